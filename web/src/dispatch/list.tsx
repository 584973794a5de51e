// The list of orders: the search, the tabs, and the rows.

import type { Actions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { Refused } from '../manage/parts.tsx';
import { language, loaded, sheet } from '../page.ts';
import { Rows, rowId, type RowProps } from '../rows.tsx';
import { digits } from '../text.ts';
import { tabs, type Board, type Tab } from './board.ts';
import { called, isOpen } from './order.ts';
import { clock, isolated, Stage, worded } from './said.tsx';
import { words } from './words.ts';
import type { Worried } from './worry.ts';

interface Props {
  actions: Actions;
  board: Board;
}

const rowHeight = 52; // pixels, as list.css has it
const page = 8; // rows

export function Finder({ actions, board }: Props) {
  const t = words.value;
  const searched = board.query.value !== '';
  return (
    <div class="search">
      <Icon of="search" />
      <input
        id="search"
        role="combobox"
        aria-label={t.search}
        aria-controls="orders"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-activedescendant={board.cursor.value < 0 ? undefined : rowId(board.cursor.value)}
        placeholder={t.searchHint}
        value={board.query.value}
        autocomplete="off"
        spellcheck={false}
        enterkeyhint="search"
        onInput={(event) => searchFor(event.currentTarget.value, board)}
        onKeyDown={(event) => step(event, actions, board)}
      />
      {searched && (
        <button class="square" aria-label={t.clearSearch} onClick={() => board.search('')}>
          <Icon of="close" />
        </button>
      )}
      {!searched && (
        <button class="square" aria-label={t.close} title={t.close} onClick={() => actions.open(undefined)}>
          <Icon of="start" />
        </button>
      )}
    </div>
  );
}

function searchFor(text: string, board: Board): void {
  board.search(text);
  if (text !== '' && sheet.peek() === 0) sheet.value = 1;
}

export function Orders({ actions, board }: Props) {
  const rows = shown(board);
  return (
    <>
      {board.query.value.trim() === '' && <Tabs board={board} />}
      <div class="list">
        <Rows
          id="orders"
          label={words.value.list}
          height={rowHeight}
          count={rows.length}
          at={Math.min(board.cursor.value, rows.length - 1)}
          reveal={board.cursor.value < 0 ? undefined : String(board.cursor.value)}
          press={(event) => step(event, actions, board)}
          draw={(index, props) => <Row key={rows[index]!.order.id} of={rows[index]!} props={props} at={index === board.cursor.value} board={board} press={() => open(rows[index]!, actions)} />}
        />
        {rows.length === 0 && <Nothing board={board} />}
      </div>
    </>
  );
}

/** The orders that are listed: what the search finds, else those of the tab. */
function shown(board: Board): readonly Worried[] {
  return board.lists.value[board.query.value.trim() === '' ? board.tab.value : 'found'];
}

function Tabs({ board }: { board: Board }) {
  const t = words.value;
  const choose = (tab: Tab) => {
    board.tab.value = tab;
    board.cursor.value = -1;
    if (sheet.peek() === 0) sheet.value = 1;
  };
  return (
    <div class="chips" role="group" aria-label={t.tabsLabel}>
      {tabs.map((tab) => (
        <button key={tab} class={`chip of-${tab}`} aria-pressed={board.tab.value === tab} onClick={() => choose(tab)}>
          {t.tabs[tab]} <b>{digits(board.lists.value[tab].length, language.value)}</b>
        </button>
      ))}
    </div>
  );
}

function Row({ of: { order, worries }, props, at, board, press }: { of: Worried; props: RowProps; at: boolean; board: Board; press(): void }) {
  const t = words.value;
  const { id, customer, courier, destination, promised, state } = order;
  const bringer = courier === '' ? t.nobody : (board.courier(courier)?.name ?? courier);
  const late = worries.find(({ kind }) => kind === 'late');
  const other = worries.find(({ kind }) => kind !== 'late');
  return (
    <div {...props} class={at ? 'row-item order at' : 'row-item order'} aria-selected={at} onClick={press}>
      <Stage state={state} />
      <span class="who">
        <bdi>{called(order)}</bdi>
      </span>
      <span class={late ? 'worry is-late' : 'old'}>{late ? worded(late) : promised !== undefined && isOpen(order) ? clock(promised) : t.state[state]}</span>
      <span class="what">
        {customer !== '' && <><bdi>{id}</bdi> · </>}
        <bdi>{courier === '' && destination?.address ? destination.address : bringer}</bdi>
      </span>
      <span class={other ? `worry is-${other.kind}` : 'old'}>{other && worded(other)}</span>
    </div>
  );
}

/** Why there are no rows, and what to do. */
function Nothing({ board }: { board: Board }) {
  const t = words.value;
  const state = board.state.value;
  if (typeof state === 'object' && board.asOf.value === undefined) return <div class="nobody"><Refused refusal={state} again={() => board.refresh()} /></div>;
  if (state === 'loading' || !loaded.value) return <p class="nobody late muted">{t.loading}</p>;
  const searched = board.query.value.trim();
  const none = board.open.value.length === 0 ? t.noOrders : t.nothing[board.tab.value];
  return (
    <div class="nobody" role="status">
      <p>{searched === '' ? none : t.noResult(isolated(searched))}</p>
      {searched !== '' && (
        <button class="quiet" onClick={() => board.search('')}>
          {t.clearSearch}
        </button>
      )}
    </div>
  );
}

/** Moves through the list, or opens the order at the cursor, if the key asks for it. */
function step(event: KeyboardEvent, actions: Actions, board: Board): void {
  const rows = shown(board);
  const at = board.cursor.peek();
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    event.stopPropagation();
    board.cursor.value = Math.max(Math.min(0, rows.length - 1), Math.min(rows.length - 1, to));
  } else if (event.key === 'Enter') {
    event.preventDefault();
    const row = rows[Math.max(0, at)];
    if (row) open(row, actions);
  }
}

function open({ order }: Worried, actions: Actions): void {
  if (sheet.peek() === 0) sheet.value = 1;
  actions.open({ view: 'orders', id: order.id });
}
