// The teams, with how many are in each. Who manages everybody makes, renames and
// deletes them.

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Team } from '../answers.ts';
import { Icon } from '../icon.tsx';
import { language, managesAll } from '../page.ts';
import { digits } from '../text.ts';
import { called, type Books, type ViewProps } from './books.ts';
import { deleteTeam, putTeam, wrongField, type Refusal } from './calls.ts';
import { Field, Refused, Sure, toFirstWrong } from './parts.tsx';
import { words } from './words.ts';

export function Teams({ actions, books }: ViewProps) {
  const refusal = useSignal<Refusal | undefined>(undefined);
  const load = async () => {
    refusal.value = await books.openTeams();
  };
  useEffect(() => void load(), []);
  const list = books.teams.value;
  const show = (team: Team) => {
    books.team.value = team.id;
    books.query.value = '';
    void books.open();
    actions.open({ view: 'couriers', id: undefined });
  };
  return (
    <div class="scroll">
      {managesAll.value && <Make books={books} />}
      <Refused refusal={refusal.value} again={() => void load()} />
      {list.length === 0 && !refusal.value && <p class="nothing muted">{words.value.noTeams}</p>}
      <ul class="items">
        {list.map((team) => (
          <Item key={team.id} team={team} books={books} show={() => show(team)} />
        ))}
      </ul>
    </div>
  );
}

function Make({ books }: { books: Books }) {
  const t = words.value;
  const form = useRef<HTMLFormElement>(null);
  const refusal = useSignal<Refusal | undefined>(undefined);
  const make = async (event: SubmitEvent) => {
    event.preventDefault();
    const said = new FormData(form.current!);
    const [id, name] = [String(said.get('id')).trim(), String(said.get('name')).trim()];
    refusal.value = wrongId(id, books) ?? (await put(id, name, books));
    if (refusal.peek()) toFirstWrong(form.current);
    else form.current?.reset();
  };
  const faults = refusal.value?.fields ?? {};
  return (
    <form ref={form} class="form make" noValidate onSubmit={(event) => void make(event)}>
      <h2>{t.newTeam}</h2>
      <Refused refusal={refusal.value} />
      <div class="fields">
        <Field name="name" label={t.field['name']!} hint={t.hint.teamName} faults={faults['name']} />
        <Field name="id" label={t.field['id']!} hint={t.hint.teamId} dir="ltr" required faults={faults['id']} />
      </div>
      <button class="primary">{t.makeTeam}</button>
    </form>
  );
}

/** What is wrong with the id of a new team; one that is there would only be renamed. */
function wrongId(id: string, books: Books): Refusal | undefined {
  const { said } = words.peek();
  if (id === '') return wrongField('id', said.required);
  return books.teams.peek().some((team) => team.id === id) ? wrongField('id', said.exists) : undefined;
}

/** Makes the team, or names it; returns why not. */
async function put(id: string, name: string, books: Books): Promise<Refusal | undefined> {
  const answer = await putTeam(id, name);
  if (answer.refusal) return answer.refusal;
  books.tell(words.peek().saved(`\u2068${name || id}\u2069`));
  return books.openTeams();
}

function Item({ team, books, show }: { team: Team; books: Books; show(): void }) {
  const t = words.value;
  const renaming = useSignal(false);
  const asking = useSignal(false);
  const refusal = useSignal<Refusal | undefined>(undefined);
  const remove = async () => {
    asking.value = false;
    const answer = await deleteTeam(team.id);
    refusal.value = answer.refusal;
    if (answer.refusal) return void books.openTeams();
    books.tell(t.removed(`\u2068${called(team)}\u2069`));
    await books.openTeams();
  };
  return (
    <li class="item">
      {renaming.value ? <Rename team={team} books={books} done={() => (renaming.value = false)} /> : <Name team={team} />}
      <span class="acts">
        <button class="quiet" onClick={show}>
          {t.people(digits(team.couriers, language.value), team.couriers === 1)}
        </button>
        {managesAll.value && !renaming.value && (
          <>
            <button class="square" aria-label={`${t.rename}: ${called(team)}`} title={t.rename} onClick={() => (renaming.value = true)}>
              <Icon of="edit" />
            </button>
            <button class="square" aria-label={`${t.remove}: ${called(team)}`} title={team.couriers > 0 ? t.teamUsed : t.remove} disabled={team.couriers > 0} onClick={() => (asking.value = true)}>
              <Icon of="bin" />
            </button>
          </>
        )}
      </span>
      {refusal.value?.kind === 'used' ? <p class="refused" role="alert">{t.teamUsed}</p> : <Refused refusal={refusal.value} />}
      {asking.value && <Sure ask={t.askRemove(`\u2068${called(team)}\u2069`)} why={t.askRemoveTeam} act={t.remove} yes={() => void remove()} no={() => (asking.value = false)} />}
    </li>
  );
}

function Name({ team }: { team: Team }) {
  return (
    <span class="called">
      <strong>
        <bdi>{called(team)}</bdi>
      </strong>
      {team.name !== '' && (
        <span class="muted">
          <bdi>{team.id}</bdi>
        </span>
      )}
    </span>
  );
}

function Rename({ team, books, done }: { team: Team; books: Books; done(): void }) {
  const t = words.value;
  const input = useRef<HTMLInputElement>(null);
  const refusal = useSignal<Refusal | undefined>(undefined);
  useEffect(() => input.current?.select(), []);
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    refusal.value = await put(team.id, input.current!.value.trim(), books);
    if (!refusal.peek()) done();
  };
  return (
    <form class="rename" onSubmit={(event) => void save(event)} onKeyDown={(event) => event.key === 'Escape' && (event.stopPropagation(), done())}>
      <input ref={input} dir="auto" aria-label={t.field['name']} defaultValue={team.name} autocomplete="off" />
      <button class="primary">{t.save}</button>
      <button class="soft" type="button" onClick={done}>
        {t.cancel}
      </button>
      <Refused refusal={refusal.value} />
    </form>
  );
}
