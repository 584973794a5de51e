// The form of one courier: what the shop says of it, to be changed, made or
// deleted.

import { useSignal, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Team } from '../answers.ts';
import { managesAll } from '../page.ts';
import { called, type Books, type ViewProps } from './books.ts';
import { deleteCourier, putCourier, showCourier, wrongField, type Refusal, type Result } from './calls.ts';
import { Details, faultsOf } from './detail.tsx';
import { Choice, Field, Refused, Sure, Title, toFirstWrong } from './parts.tsx';
import { blank, metadataOf, rowsOf, shownName, type Detail, type Known, type Profile } from './profile.ts';
import { words } from './words.ts';

/** Edits the courier with the id; an empty one makes a new courier. */
export function CourierForm({ id, actions, books }: ViewProps & { id: string }) {
  const t = words.value;
  const found = useSignal<Result<Known> | undefined>(undefined);
  const load = async () => {
    found.value = id === '' ? { value: { ...blank(), listed: true, placed: false } } : await showCourier(id);
  };
  useEffect(() => void load(), []);
  const back = () => actions.open({ view: 'couriers', id: undefined });
  const courier = found.value?.refusal ? undefined : found.value?.value;
  const refusal = found.value?.refusal;
  return (
    <>
      <Title back={back}>{id === '' ? t.newCourier : <bdi>{courier ? shownName(courier) : id}</bdi>}</Title>
      {!found.value && <p class="nobody late muted">{t.loading}</p>}
      {refusal?.kind === 'missing' && <p class="nobody">{t.noCourier(`\u2068${id}\u2069`)}</p>}
      {refusal && refusal.kind !== 'missing' && <Refused refusal={refusal} again={() => void load()} />}
      {courier && <Form courier={courier} fresh={id === ''} books={books} actions={actions} back={back} />}
    </>
  );
}

interface FormProps extends ViewProps {
  courier: Known;
  fresh: boolean; // there is none yet
  back(): void;
}

function Form({ courier, fresh, books, actions, back }: FormProps) {
  const t = words.value;
  const form = useRef<HTMLFormElement>(null);
  const profile = useSignal<Profile>(courier);
  const details = useSignal<readonly Detail[]>(rowsOf(courier.metadata));
  const refusal = useSignal<Refusal | undefined>(undefined);
  const busy = useSignal(false);
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy.peek()) return;
    busy.value = true;
    refusal.value = faultsOf(details.peek()) ?? (fresh ? await wrongId(profile.peek().id.trim()) : undefined) ?? (await put(profile.peek(), details.peek(), courier, books));
    busy.value = false;
    if (refusal.peek()) toFirstWrong(form.current);
    else back();
  };
  const faults = refusal.value?.fields ?? {};
  return (
    <form ref={form} class="form" noValidate onSubmit={(event) => void send(event)}>
      {!courier.listed && <p class="note">{t.hint.heardOnly}</p>}
      <Refused refusal={refusal.value} />
      <Texts profile={profile} fresh={fresh} teams={books.teams.value} faults={faults} />
      <Active profile={profile} />
      <Details details={details} faults={faults['metadata']} />
      <div class="foot">
        <button class="primary" disabled={busy.value}>
          {t.save}
        </button>
        <button class="soft" type="button" onClick={back}>
          {t.cancel}
        </button>
        {!fresh && <More courier={courier} actions={actions} books={books} refusal={refusal} back={back} />}
      </div>
    </form>
  );
}

/** What is wrong with the id of a new courier; one that is there would be replaced. */
async function wrongId(id: string): Promise<Refusal | undefined> {
  const { said } = words.peek();
  if (id === '') return wrongField('id', said.required);
  return (await showCourier(id)).refusal ? undefined : wrongField('id', said.exists);
}

/** Saves the courier; returns what is wrong, if anything. */
async function put(profile: Profile, details: readonly Detail[], old: Known, books: Books): Promise<Refusal | undefined> {
  const answer = await putCourier({ ...profile, id: profile.id.trim(), metadata: metadataOf(details, old.metadata) });
  if (answer.refusal) return answer.refusal;
  const saved = answer.value;
  books.tell(words.peek().saved(`\u2068${shownName(saved)}\u2069`));
  if (books.couriers.peek().some(({ id }) => id === saved.id)) books.replace(saved);
  else void books.open();
  void books.openTeams(); // how many are in them
  return undefined;
}

function Texts({ profile, fresh, teams, faults }: { profile: Signal<Profile>; fresh: boolean; teams: readonly Team[]; faults: Refusal['fields'] }) {
  const t = words.value;
  const is = profile.value;
  const set = (name: keyof Profile) => (event: Event) => (profile.value = { ...profile.peek(), [name]: (event.currentTarget as HTMLInputElement).value });
  const text = (name: 'name' | 'username' | 'vehicle', hint?: string) => <Field name={name} label={t.field[name]!} hint={hint} value={is[name]} onInput={set(name)} faults={faults[name]} />;
  return (
    <div class="fields">
      {text('name')}
      <Field name="id" label={t.field['id']!} hint={fresh ? t.hint.id : undefined} value={is.id} onInput={set('id')} readOnly={!fresh} required={fresh} dir="ltr" faults={faults['id'] ?? faults['non_field_errors']} />
      {text('username', t.hint.username)}
      <Choice name="team" label={t.field['team']!} value={is.team} options={choices(teams, is.team)} choose={(team) => (profile.value = { ...profile.peek(), team })} faults={faults['team']} />
      <Field name="phone" label={t.field['phone']!} type="tel" dir="ltr" value={is.phone} onInput={set('phone')} faults={faults['phone']} />
      {text('vehicle')}
    </div>
  );
}

function Active({ profile }: { profile: Signal<Profile> }) {
  const t = words.value;
  return (
    <label class="check">
      <input type="checkbox" checked={profile.value.active} onChange={(event) => (profile.value = { ...profile.peek(), active: event.currentTarget.checked })} />
      <span>
        {t.field['active']} <small class="muted">{t.hint.active}</small>
      </span>
    </label>
  );
}

/** The teams to choose from; only who manages everybody takes couriers out of theirs. */
function choices(teams: readonly Team[], current: string): (readonly [string, string])[] {
  const known = teams.map((team) => [team.id, called(team)] as const);
  const away = current !== '' && !teams.some(({ id }) => id === current) ? [[current, current] as const] : [];
  return [...(managesAll.value || current === '' ? [['', words.value.noTeam] as const] : []), ...known, ...away];
}

/** What else can be done with a courier that is there. */
function More({ courier, actions, books, refusal, back }: ViewProps & { courier: Known; refusal: Signal<Refusal | undefined>; back(): void }) {
  const t = words.value;
  const asking = useSignal(false);
  const remove = async () => {
    asking.value = false;
    const answer = await deleteCourier(courier.id);
    refusal.value = answer.refusal;
    if (answer.refusal) return;
    books.remove(courier.id);
    books.tell(t.removed(`\u2068${shownName(courier)}\u2069`));
    void books.openTeams();
    back();
  };
  const show = () => {
    actions.open(undefined);
    actions.select(courier.id);
  };
  return (
    <>
      {courier.placed && (
        <button class="quiet" type="button" onClick={show}>
          {t.showOnMap}
        </button>
      )}
      <button class="quiet grave" type="button" onClick={() => (asking.value = true)}>
        {t.remove}
      </button>
      {asking.value && <Sure ask={t.askRemove(`\u2068${shownName(courier)}\u2069`)} why={t.askRemoveCourier} act={t.remove} yes={() => void remove()} no={() => (asking.value = false)} />}
    </>
  );
}
