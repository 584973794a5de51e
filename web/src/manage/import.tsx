// Importing couriers from a table: choose a file, look at what would happen, let
// it happen.

import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { language, managesAll } from '../page.ts';
import { digits } from '../text.ts';
import type { Books, ViewProps } from './books.ts';
import { allCouriers, type Refusal } from './calls.ts';
import { columnsOf } from './columns.ts';
import { decode, readTable, TableError, unguarded, writeTable } from './csv.ts';
import { save } from './file.ts';
import { Refused, Title } from './parts.tsx';
import { plan } from './plan.ts';
import { Preview, type Draft } from './preview.tsx';
import { words } from './words.ts';

type State = { is: 'empty' } | { is: 'reading'; count: number } | { is: 'bad'; why: string } | { is: 'refused'; refusal: Refusal; file: File } | { is: 'read'; draft: Draft };

export function Import({ actions, books }: ViewProps) {
  const state = useSignal<State>({ is: 'empty' });
  const now = state.value;
  const take = async (file: File) => {
    state.value = { is: 'reading', count: 0 };
    state.value = await read(file, books, (count) => (state.value = { is: 'reading', count }));
  };
  return (
    <>
      <Title back={() => actions.open({ view: 'couriers', id: undefined })}>{words.value.importTitle}</Title>
      {now.is === 'read' ? (
        <Preview draft={now.draft} books={books} actions={actions} again={() => (state.value = { is: 'empty' })} />
      ) : (
        <Chooser state={now} take={(file) => void take(file)} />
      )}
    </>
  );
}

function Chooser({ state, take }: { state: State; take(file: File): void }) {
  const t = words.value;
  return (
    <div class="scroll form">
      <Drop take={take} />
      <p class="muted" role="status">
        {state.is === 'reading' && `${t.comparing} ${state.count > 0 ? digits(state.count, language.value) : ''}`}
      </p>
      {state.is === 'bad' && (
        <p class="refused" role="alert">
          {state.why}
        </p>
      )}
      {state.is === 'refused' && <Refused refusal={state.refusal} again={() => take(state.file)} />}
      <p class="muted">{t.dropHint}</p>
      <p>
        <button class="quiet" onClick={() => save('example.csv', writeTable(sample()))}>
          {t.sample}
        </button>
      </p>
    </div>
  );
}

function Drop({ take }: { take(file: File): void }) {
  const t = words.value;
  const input = useRef<HTMLInputElement>(null);
  const over = useSignal(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    over.value = false;
    const file = event.dataTransfer?.files[0];
    if (file) take(file);
  };
  const drag = (event: DragEvent) => {
    event.preventDefault();
    over.value = true;
  };
  return (
    <div class={over.value ? 'drop over' : 'drop'} onDragOver={drag} onDragLeave={() => (over.value = false)} onDrop={drop}>
      <p>{t.drop}</p>
      <button class="primary" onClick={() => input.current?.click()}>
        {t.choose}
      </button>
      <input ref={input} type="file" hidden aria-label={t.choose} accept=".csv,.tsv,.txt,text/csv" onChange={(event) => event.currentTarget.files?.[0] && take(event.currentTarget.files[0])} />
    </div>
  );
}

/** Reads the file and compares it with what is there. */
async function read(file: File, books: Books, sofar: (count: number) => void): Promise<State> {
  const t = words.peek();
  try {
    const [header, ...lines] = readTable(decode(new Uint8Array(await file.arrayBuffer())));
    const names = header?.cells.map(unguarded) ?? [];
    const columns = columnsOf(names);
    if (!columns.includes('id')) return { is: 'bad', why: t.tableFault.noId };
    if (lines.length === 0) return { is: 'bad', why: t.tableFault.empty };
    const refusal = await books.openTeams();
    const known = refusal ? { refusal } : await allCouriers({}, sofar);
    if (known.refusal) return { is: 'refused', refusal: known.refusal, file };
    const ground = { known: new Map(known.value.map((each) => [each.id, each])), teams: books.teams.peek(), all: managesAll.peek() };
    const ignored = names.filter((name, i) => columns[i] === undefined && name !== '');
    return { is: 'read', draft: { file: file.name, steps: plan(lines, columns, ground), ignored } };
  } catch (fault) {
    if (fault instanceof TableError) return { is: 'bad', why: faultOf(fault) };
    throw fault;
  }
}

function faultOf({ fault, line }: TableError): string {
  const t = words.peek().tableFault;
  return fault === 'quote' ? t.quote(digits(line, language.peek())) : t.encoding;
}

/** What a table may look like. */
function sample(): string[][] {
  const persian = language.peek() === 'fa';
  const columns = ['id', 'name', 'username', 'team', 'phone', 'vehicle', 'active'];
  const header = columns.map((name) => (persian ? words.peek().field[name]! : name));
  const row = persian ? ['101', 'سارا کریمی', 'sara', 'north', '09120000000', 'موتور', 'بله'] : ['101', 'Sara Karimi', 'sara', 'north', '+98 912 000 0000', 'motorcycle', 'yes'];
  return [header, row];
}
