// What an import would do, line by line, and doing it: in parts, each whole or
// not at all.

import { useComputed, useSignal, type Signal } from '@preact/signals';
import type { Actions } from '../actions.ts';
import { language, teams } from '../page.ts';
import { some } from '../right.ts';
import { Rows, type RowProps } from '../rows.tsx';
import { digits } from '../text.ts';
import type { Books } from './books.ts';
import { putCouriers, type Faults, type Refusal } from './calls.ts';
import { Refused } from './parts.tsx';
import { newTeams, parts, type Fate, type Step } from './plan.ts';
import { shownName, type Difference } from './profile.ts';
import { inWords } from './said.ts';
import { words } from './words.ts';

const fates = ['made', 'changed', 'wrong', 'same'] as const;
const rowHeight = 52; // pixels, as desk.css has it

/** A table that was read. */
export interface Draft {
  file: string; // its name
  steps: readonly Step[];
  ignored: readonly string[]; // names of columns that nobody knows
}

/** How far the import is. */
interface Progress {
  busy: boolean;
  all: number; // couriers that were to be put
  made: number;
  changed: number;
  refusal: Refusal | undefined;
}

export function Preview({ draft, books, actions, again }: { draft: Draft; books: Books; actions: Actions; again(): void }) {
  const t = words.value;
  const steps = useSignal(draft.steps);
  const shown = useSignal<Fate | undefined>(undefined);
  const progress = useSignal<Progress | undefined>(undefined);
  const counts = useComputed(() => count(steps.value));
  const rows = useComputed(() => (shown.value === undefined ? steps.value : steps.value.filter(({ fate }) => fate === shown.value)));
  const fresh = newTeams(steps.value, books.teams.value);
  return (
    <>
      <div class="about">
        <p>
          <bdi>{draft.file}</bdi>{' '}
          <button class="quiet" disabled={progress.value?.busy} onClick={again}>
            {t.otherFile}
          </button>
        </p>
        {draft.ignored.length > 0 && <p class="muted">{t.ignored(some(draft.ignored, language.value))}</p>}
        {fresh.length > 0 && <p>{t.makesTeams(some(fresh, language.value))}</p>}
      </div>
      <Chips counts={counts.value} shown={shown} />
      <div class="list">
        <Rows
          id="lines"
          label={t.importTitle}
          height={rowHeight}
          count={rows.value.length}
          at={-1}
          press={() => {}}
          draw={(index, props) => <Row key={rows.value[index]!.line} step={rows.value[index]!} props={props} />}
        />
      </div>
      <Foot counts={counts.value} progress={progress.value} go={() => void run(steps, progress, books)} done={() => actions.open({ view: 'couriers', id: undefined })} />
    </>
  );
}

function count(steps: readonly Step[]): Record<Fate, number> {
  const counts = { made: 0, changed: 0, same: 0, wrong: 0 };
  for (const { fate } of steps) counts[fate] += 1;
  return counts;
}

function Chips({ counts, shown }: { counts: Record<Fate, number>; shown: Signal<Fate | undefined> }) {
  const t = words.value;
  return (
    <div class="chips" role="group" aria-label={t.importTitle}>
      {fates.map((each) => (
        <button key={each} class="chip" aria-pressed={shown.value === each} onClick={() => (shown.value = shown.peek() === each ? undefined : each)}>
          {t.fate[each]} <b>{digits(counts[each], language.value)}</b>
        </button>
      ))}
    </div>
  );
}

function Row({ step, props }: { step: Step; props: RowProps }) {
  const t = words.value;
  const { line, fate, profile, changes, faults } = step;
  const { phone, team } = profile;
  const told = faults.length > 0 ? faults.map(faultIn).join(' · ') : fate === 'changed' ? changes.map(changeIn).join(' · ') : [phone, teams.value.get(team) ?? team].filter((each) => each !== '').join(' · ');
  return (
    <div {...props} class={`row-item line fate-${fate}`} aria-selected={false} title={told}>
      <span class="who">
        <bdi>{shownName(profile) || t.none}</bdi>
      </span>
      <span class="fate">{t.fate[fate]}</span>
      <span class="what">{told}</span>
      <span class="old">{t.line(digits(line, language.value))}</span>
    </div>
  );
}

function faultIn({ column, kind, about }: Step['faults'][number]): string {
  const t = words.value;
  const number = /^\d+$/.test(about) ? digits(Number(about), language.value) : about;
  return `${columnIn(column)} ${t.fault[kind](kind === 'said' ? inWords(about, language.value) : number)}`;
}

function changeIn({ column, from, to }: Difference): string {
  const arrow = language.value === 'fa' ? '←' : '→';
  return `${columnIn(column)}: ${valueIn(column, from)} ${arrow} ${valueIn(column, to)}`;
}

function valueIn(column: string, text: string): string {
  if (text === '') return words.value.none;
  const shown = column === 'active' ? activeIn(text) : column === 'team' ? (teams.value.get(text) ?? text) : text;
  return `\u2068${shown}\u2069`;
}

function activeIn(text: string): string {
  return text === 'true' ? words.value.field['active']! : words.value.offDuty;
}

function columnIn(column: string): string {
  return words.value.field[column] ?? column.replace('metadata.', '');
}

function Foot({ counts, progress, go, done }: { counts: Record<Fate, number>; progress: Progress | undefined; go(): void; done(): void }) {
  const t = words.value;
  const all = counts.made + counts.changed;
  const finished = progress && !progress.busy && !progress.refusal;
  const so = progress && progress.made + progress.changed;
  return (
    <div class="foot">
      <span role="status">
        {progress?.busy && t.progress(say(so!), say(progress.all))}
        {finished && t.result(say(progress.made), say(progress.changed))}
        {!progress && counts.wrong > 0 && all > 0 && t.leftOut(say(counts.wrong), counts.wrong === 1)}
        {!progress && all === 0 && counts.wrong === 0 && t.nothingToDo}
      </span>
      {progress?.busy && <progress value={so} max={progress.all} />}
      {progress?.refusal && <p class="refused">{t.stopped(say(so!))}</p>}
      <Refused refusal={progress?.refusal} />
      {finished ? (
        <button class="primary" onClick={done}>
          {t.toList}
        </button>
      ) : (
        <button class="primary" disabled={all === 0 || progress?.busy} onClick={go}>
          {t.doImport(say(all), all === 1)}
        </button>
      )}
    </div>
  );
}

function say(n: number): string {
  return digits(n, language.value);
}

/** Imports part by part, until the end or until one is refused. */
async function run(steps: Signal<readonly Step[]>, progress: Signal<Progress | undefined>, books: Books): Promise<void> {
  const all = parts(steps.peek());
  const now: Progress = { busy: true, all: all.flat().length, made: 0, changed: 0, refusal: undefined };
  progress.value = { ...now };
  for (const part of all) {
    const answer = await putCouriers(part.map(({ profile }) => profile));
    if (answer.refusal) {
      now.refusal = answer.refusal;
      steps.value = marked(steps.peek(), part, answer.refusal.couriers);
      break;
    }
    now.made += answer.value.made;
    now.changed += answer.value.changed;
    const kept = new Set(part);
    steps.value = steps.peek().map((each) => (kept.has(each) ? become(each, 'same') : each));
    progress.value = { ...now };
  }
  progress.value = { ...now, busy: false };
  await books.openTeams();
  await books.open();
}

/** The steps, of which the server found some of a part wrong. */
function marked(steps: readonly Step[], part: readonly Step[], wrong: ReadonlyMap<number, Faults>): readonly Step[] {
  const faults = new Map([...wrong].map(([place, said]) => [part[place], said]));
  return steps.map((each) => {
    const said = faults.get(each);
    if (!said) return each;
    const told = Object.entries(said).map(([column, sentences]) => ({ column, kind: 'said' as const, about: sentences.join(' ') }));
    return become(each, 'wrong', told);
  });
}

function become(step: Step, fate: Fate, faults: Step['faults'] = []): Step {
  return { ...step, fate, faults };
}
