// Where the keyboard is in the list, and the keys that move it; the same in the
// list and in the search.

import type { Actions } from './actions.ts';
import { cursor, listing, selectedId } from './page.ts';
import { rowId } from './rows.tsx';

const page = 8; // rows

/** Which row the keyboard is at; -1: at none. */
export function position(): number {
  const id = cursor.value ?? selectedId.value;
  return id === undefined ? -1 : listing.value.rows.findIndex((row) => row.id === id);
}

/** The id of the element of the row at which the keyboard is. */
export function optionId(): string | undefined {
  const at = position();
  return at < 0 ? undefined : rowId(at);
}

/** Moves through the list, or flies to the courier at the cursor, if the key asks for it. */
export function step(event: KeyboardEvent, actions: Actions): void {
  const { rows } = listing.peek();
  const at = position();
  const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? rows.length - 1 : at - 1, PageDown: at + page, PageUp: at - page }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    event.stopPropagation();
    cursor.value = rows[Math.max(0, Math.min(rows.length - 1, to))]?.id;
  } else if (event.key === 'Enter') {
    event.preventDefault();
    const row = rows[Math.max(0, at)];
    if (row) actions.select(row.id);
  }
}
