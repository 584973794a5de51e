// The list of the couriers that we manage, page by page as it is scrolled.

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../icon.tsx';
import { language, managesAll, teams } from '../page.ts';
import { Rows, rowId, type RowProps } from '../rows.tsx';
import { digits } from '../text.ts';
import { called, type Books, type ViewProps } from './books.ts';
import { allCouriers, type Refusal } from './calls.ts';
import { tableOf } from './columns.ts';
import { writeTable } from './csv.ts';
import { save } from './file.ts';
import { Refused } from './parts.tsx';
import { shownName, type Known } from './profile.ts';
import { words } from './words.ts';

const rowHeight = 52; // pixels, as desk.css has it
const pause = 200; // milliseconds between the last letter and the question

export function Couriers({ actions, books }: ViewProps) {
  const list = books.couriers.value;
  useEffect(() => {
    // Who comes back by the keyboard goes on where it was.
    if (books.cursor.peek() >= 0 && document.activeElement === document.body) document.getElementById('managed')?.focus();
  }, []);
  const open = (index: number) => {
    const courier = list[index];
    if (courier) actions.open({ view: 'couriers', id: courier.id });
  };
  return (
    <>
      <Finder books={books} press={(event) => step(event, books, open)} />
      <Doings actions={actions} books={books} />
      <div class="list">
        <Rows
          id="managed"
          label={words.value.list}
          height={rowHeight}
          count={list.length}
          at={Math.min(books.cursor.value, list.length - 1)}
          reveal={books.cursor.value < 0 ? undefined : String(books.cursor.value)}
          press={(event) => step(event, books, open)}
          near={() => void books.goOn()}
          draw={(index, props) => <Row key={list[index]!.id} courier={list[index]!} props={props} at={index === books.cursor.value} press={() => open(index)} />}
        />
        {list.length === 0 && <Nobody books={books} />}
      </div>
    </>
  );
}

function Finder({ books, press }: { books: Books; press(event: KeyboardEvent): void }) {
  const t = words.value;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const search = (text: string) => {
    books.query.value = text;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void books.open(), pause);
  };
  return (
    <div class="search">
      <Icon of="search" />
      <input
        id="search"
        role="combobox"
        aria-label={t.search}
        aria-controls="managed"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-activedescendant={books.cursor.value < 0 ? undefined : rowId(books.cursor.value)}
        placeholder={t.searchHint}
        value={books.query.value}
        autocomplete="off"
        spellcheck={false}
        enterkeyhint="search"
        onInput={(event) => search(event.currentTarget.value)}
        onKeyDown={press}
      />
      <OfTeam books={books} />
    </div>
  );
}

/** Only the couriers of one team. */
function OfTeam({ books }: { books: Books }) {
  const t = words.value;
  const choose = (id: string) => {
    books.team.value = id;
    void books.open();
  };
  return (
    <select aria-label={t.team} value={books.team.value} onChange={(event) => choose(event.currentTarget.value)}>
      <option value="">{t.anyTeam}</option>
      {books.teams.value.map((team) => (
        <option key={team.id} value={team.id}>
          {called(team)}
        </option>
      ))}
    </select>
  );
}

function Doings({ actions, books }: ViewProps) {
  const t = words.value;
  const exporting = useSignal<number | undefined>(undefined);
  const refused = useSignal<Refusal | undefined>(undefined);
  const count = digits(books.couriers.value.length, language.value);
  const write = async () => {
    exporting.value = 0;
    const all = await allCouriers({ q: books.query.peek().trim(), team: books.team.peek() }, (n) => (exporting.value = n));
    exporting.value = undefined;
    refused.value = all.refusal;
    if (!all.refusal) save('couriers.csv', writeTable(tableOf(all.value)));
  };
  return (
    <div class="doings">
      <span class="muted" role="status">
        {exporting.value === undefined ? books.state.value === 'ready' && t.listed(count, books.more.value) : t.exporting(digits(exporting.value, language.value))}
      </span>
      <button class="quiet" onClick={() => actions.open({ view: 'import', id: undefined })}>
        {t.import}
      </button>
      <button class="quiet" disabled={exporting.value !== undefined} onClick={() => void write()}>
        {t.export}
      </button>
      {managesAll.value && (
        <button class="primary" onClick={() => actions.open({ view: 'couriers', id: '' })}>
          {t.add}
        </button>
      )}
      <Refused refusal={refused.value} />
    </div>
  );
}

function Row({ courier, props, at, press }: { courier: Known; props: RowProps; at: boolean; press(): void }) {
  const t = words.value;
  const { id, username, team, phone, vehicle, active, listed } = courier;
  const mark = !active ? t.offDuty : listed ? '' : t.heardOnly;
  const looks = ['row-item', 'managed', at && 'at', mark !== '' && 'marked'];
  return (
    <div {...props} class={looks.filter(Boolean).join(' ')} aria-selected={at} onClick={press}>
      <span class="who">
        <bdi>{shownName(courier)}</bdi>
      </span>
      <span class="what">
        <bdi>{id}</bdi>
        {username !== '' && <> · <bdi>{username}</bdi></>}
      </span>
      <span class="of-team">{team !== '' && <bdi>{teams.value.get(team) ?? team}</bdi>}</span>
      <span class="vehicle">
        <bdi>{vehicle}</bdi>
      </span>
      <span class="phone">
        <bdi dir="ltr">{phone}</bdi>
      </span>
      <span class="mark">{mark}</span>
    </div>
  );
}

/** Why there are no rows, and what to do. */
function Nobody({ books }: { books: Books }) {
  const t = words.value;
  const state = books.state.value;
  if (state === 'loading') return <p class="nobody late muted">{t.loading}</p>;
  if (state !== 'ready') return <div class="nobody"><Refused refusal={state} again={() => void books.open()} /></div>;
  const all = books.query.value.trim() === '' && books.team.value === '';
  const clear = () => {
    books.query.value = '';
    books.team.value = '';
    void books.open();
  };
  return (
    <div class="nobody" role="status">
      <p>{!all ? t.noResult : managesAll.value ? t.nobody : t.nobodyHere}</p>
      {!all && (
        <button class="quiet" onClick={clear}>
          {t.clear}
        </button>
      )}
    </div>
  );
}

/** Moves through the list, or opens the courier at the cursor, if the key asks for it. */
function step(event: KeyboardEvent, books: Books, open: (index: number) => void): void {
  const at = books.cursor.peek();
  const last = books.couriers.peek().length - 1;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 8, PageUp: at - 8 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    books.cursor.value = Math.max(Math.min(0, last), Math.min(last, to));
  } else if (event.key === 'Enter') {
    event.preventDefault();
    open(Math.max(0, at));
  }
}
