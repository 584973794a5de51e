// The form of an API key, and the one moment at which the key itself is seen.

import { useSignal, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Role } from '../answers.ts';
import { copy } from '../clipboard.ts';
import { language, now, timezone } from '../page.ts';
import { root } from '../root.ts';
import { date, digits, texts } from '../text.ts';
import { called, type Books, type ViewProps } from './books.ts';
import { listKeys, makeKey, putKey, wrongField, type Key, type Refusal, type Result, type WantedKey } from './calls.ts';
import { Choice, Field, Refused, Title, toFirstWrong, Wrong } from './parts.tsx';
import { words } from './words.ts';

const offered = ['viewer', 'admin', 'courier', 'service'] as const;
const lives = ['1', '7', '30', '90', '365', '0'] as const; // days; 0: for ever
const day = 86_400_000; // milliseconds

/** Changes the key with the id; an empty one makes a new key. */
export function KeyForm({ id, actions, books }: ViewProps & { id: string }) {
  const t = words.value;
  const found = useSignal<Key | 'new' | Refusal | undefined>(id === '' ? 'new' : undefined);
  const made = useSignal<{ key: Key; text: string } | undefined>(undefined);
  const load = async () => {
    const answer = await listKeys();
    found.value = answer.refusal ?? answer.value.find((each) => each.id === id && each.revoked === undefined) ?? { kind: 'missing', fields: {}, couriers: new Map() };
  };
  useEffect(() => void (id !== '' && load()), []);
  const back = () => actions.open({ view: 'keys', id: undefined });
  const is = found.value;
  const refusal = typeof is === 'object' && 'kind' in is ? is : undefined;
  const old = typeof is === 'object' && !('kind' in is) ? is : undefined;
  if (made.value) return <Once is={made.value.key} text={made.value.text} done={back} />;
  return (
    <>
      <Title back={back}>{old ? <bdi>{old.name || old.prefix}</bdi> : t.newKey}</Title>
      <Refused refusal={refusal} />
      {(old || is === 'new') && <Form old={old} books={books} back={back} show={(key) => (made.value = key)} />}
    </>
  );
}

interface FormProps {
  old: Key | undefined;
  books: Books;
  back(): void;
  show(made: { key: Key; text: string }): void;
}

function Form({ old, books, back, show }: FormProps) {
  const t = words.value;
  const form = useRef<HTMLFormElement>(null);
  const wanted = useSignal<WantedKey>(old ?? { name: '', role: 'viewer', all: true, teams: [], couriers: [], courier: '', until: undefined });
  const life = useSignal(old ? 'keep' : '90');
  const refusal = useSignal<Refusal | undefined>(undefined);
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    const answer = await ask(old, { ...wanted.peek(), until: endOf(life.peek(), old) });
    refusal.value = answer.refusal;
    if (answer.refusal) return toFirstWrong(form.current);
    if (answer.value !== null) return show(answer.value);
    books.tell(t.saved(`\u2068${wanted.peek().name || old!.prefix}\u2069`));
    back();
  };
  const faults = refusal.value?.fields ?? {};
  const set = (change: Partial<WantedKey>) => (wanted.value = { ...wanted.peek(), ...change });
  return (
    <form ref={form} class="form" noValidate onSubmit={(event) => void send(event)}>
      <Refused refusal={refusal.value} />
      <div class="fields">
        <Field name="name" label={t.field['name']!} hint={t.hint.keyName} value={wanted.value.name} onInput={(event) => set({ name: event.currentTarget.value })} faults={faults['name']} />
        <Life life={life} old={old} faults={faults['until']} />
      </div>
      <Roles role={wanted.value.role} choose={(role) => set({ role })} faults={faults['role']} />
      {wanted.value.role === 'courier' ? (
        <Field name="courier" label={t.field['courier']!} dir="ltr" value={wanted.value.courier} onInput={(event) => set({ courier: event.currentTarget.value.trim() })} faults={faults['courier']} />
      ) : (
        <Reach wanted={wanted} books={books} faults={faults['teams']} />
      )}
      <div class="foot">
        <button class="primary">{old ? t.save : t.make}</button>
        <button class="soft" type="button" onClick={back}>
          {t.cancel}
        </button>
      </div>
    </form>
  );
}

/** Makes or changes the key; a new one is the value. Only what its role has a use for is said. */
async function ask(old: Key | undefined, { name, role, all, teams, couriers, courier, until }: WantedKey): Promise<Result<{ key: Key; text: string } | null>> {
  const { said, noTeamChosen } = words.peek();
  const own = role === 'courier';
  if (own && courier === '') return { refusal: wrongField('courier', said.required) };
  if (!own && !all && teams.length + couriers.length === 0) return { refusal: wrongField('teams', noTeamChosen) };
  const some = !own && !all;
  const sent = { name: name.trim(), role, all: !own && all, teams: some ? teams : [], couriers: some ? couriers : [], courier: own ? courier : '', until };
  if (!old) return makeKey(sent);
  const answer = await putKey(old.id, sent);
  return answer.refusal ? answer : { value: null };
}

function endOf(life: string, old: Key | undefined): number | undefined {
  if (life === 'keep') return old?.until;
  return life === '0' ? undefined : serverNow() + Number(life) * day;
}

function serverNow(): number {
  return now.peek().server ?? Date.now();
}

function Life({ life, old, faults }: { life: Signal<string>; old: Key | undefined; faults: readonly string[] | undefined }) {
  const t = words.value;
  const options = [...(old ? ['keep'] : []), ...lives].map((each) => [each, t.lasting[each]!] as const);
  const end = endOf(life.value, old);
  const hint = end === undefined ? t.unlimited : `${t.until} ${date(end, language.value, timezone.value)}`;
  return <Choice name="until" label={t.lasts} hint={hint} value={life.value} options={options} choose={(chosen) => (life.value = chosen)} faults={faults} />;
}

function Roles({ role, choose, faults }: { role: Role; choose(role: Role): void; faults: readonly string[] | undefined }) {
  const t = words.value;
  return (
    <fieldset class="choices">
      <legend>{t.field['role']}</legend>
      {offered.map((each) => (
        <label key={each} class="check">
          <input type="radio" name="role" checked={role === each} onChange={() => choose(each)} />
          <span>
            {texts[language.value].roles[each]} <small class="muted">{t.roleHint[each]}</small>
          </span>
        </label>
      ))}
      <Wrong name="role" faults={faults} />
    </fieldset>
  );
}

function Reach({ wanted, books, faults }: { wanted: Signal<WantedKey>; books: Books; faults: readonly string[] | undefined }) {
  const t = words.value;
  const { all, teams, couriers } = wanted.value;
  const set = (change: Partial<WantedKey>) => (wanted.value = { ...wanted.peek(), ...change });
  const toggle = (id: string, on: boolean) => set({ teams: on ? [...teams, id] : teams.filter((each) => each !== id) });
  const gone = teams.filter((id) => !books.teams.value.some((team) => team.id === id)).map((id) => ({ id, name: '', couriers: 0 }));
  return (
    <fieldset class="choices">
      <legend>{t.reach}</legend>
      {[true, false].map((each) => (
        <label key={String(each)} class="check">
          <input type="radio" name="reach" checked={all === each} onChange={() => set({ all: each })} />
          {each ? t.reachAll : t.reachTeams}
        </label>
      ))}
      {!all && (
        <div class="teams">
          {[...books.teams.value, ...gone].map((team) => (
            <label key={team.id} class="check">
              <input type="checkbox" checked={teams.includes(team.id)} aria-invalid={faults !== undefined} onChange={(event) => toggle(team.id, event.currentTarget.checked)} />
              <bdi>{called(team)}</bdi>
            </label>
          ))}
          {books.teams.value.length === 0 && <p class="muted">{t.noTeams}</p>}
          {couriers.length > 0 && <p class="muted">{t.reachCouriers(digits(couriers.length, language.value), couriers.length === 1)}</p>}
        </div>
      )}
      <Wrong name="teams" faults={faults} />
    </fieldset>
  );
}

/** The key, this once. */
function Once({ is: { name, prefix, role }, text, done }: { is: Key; text: string; done(): void }) {
  const t = words.value;
  const shown = useRef<HTMLElement>(null);
  const copied = useSignal('');
  const watches = role === 'admin' || role === 'viewer';
  const link = `${root}#token=${text}`;
  const take = async (what: string) => {
    if (await copy(what, shown.current)) copied.value = what;
  };
  return (
    <section class="form once" aria-label={t.onceTitle}>
      <h2>{t.onceTitle}</h2>
      <p>
        <bdi>{name || prefix}</bdi>
      </p>
      <p class="note" role="alert">
        {t.onceWhy}
      </p>
      <pre dir="ltr" tabIndex={0}>
        <code ref={shown}>{text}</code>
      </pre>
      <p class="row">
        <button class="primary" autofocus onClick={() => void take(text)}>
          {copied.value === text ? t.copied : t.copyKey}
        </button>
        {watches && (
          <button class="soft" onClick={() => void take(link)}>
            {copied.value === link ? t.copied : t.copyLink}
          </button>
        )}
      </p>
      {watches && <small class="muted">{t.linkWhy}</small>}
      <div class="foot">
        <button class="soft" onClick={done}>
          {t.done}
        </button>
      </div>
    </section>
  );
}
