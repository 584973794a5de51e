// The keys of the page as a whole; those of the list are in cursor.ts. A letter
// is told by its key and by its place, so that it works on Persian keyboards too.

import type { Actions } from './actions.ts';
import { step } from './cursor.ts';
import { cursor, folded, helping, narrow, place, query, selectedId, sheet } from './page.ts';

/** Listens to the keyboard; closeFan reports whether there was something to close. */
export function listenToKeys(actions: Actions, closeFan: () => boolean): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || helping.peek()) return;
    if (event.key === 'Escape') back(actions, closeFan);
    else if (!typing(event.target)) press(event, actions);
  });
}

function press(event: KeyboardEvent, actions: Actions): void {
  if (event.key === '/') {
    event.preventDefault();
    toSearch();
  } else if (event.key === '?' || event.key === '؟') {
    helping.value = true;
  } else if (place.peek() !== undefined) {
    return; // the rest is for the map and its list
  } else if (event.key === 'f' || event.code === 'KeyF') {
    actions.toggleFollow();
  } else if (event.target === document.body) {
    step(event, actions); // nothing has the focus: arrows are the list's
  }
}

function toSearch(): void {
  folded.value = false;
  if (narrow.peek() && sheet.peek() === 0) sheet.value = 1;
  // The field is there once the panel has unfolded, which is before the next key.
  queueMicrotask(() => document.getElementById('search')?.focus());
}

/** One step back: what is fanned out, what is managed, the card, the search, the cursor. */
function back(actions: Actions, closeFan: () => boolean): void {
  if (document.querySelector(':popover-open, dialog[open]') || closeFan()) return;
  if (place.peek()) leave(actions);
  else if (selectedId.peek() !== undefined) actions.deselect();
  else if (query.peek() !== '') query.value = '';
  else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  cursor.value = undefined;
}

/** From a field to its form, from there to the list, from there to the map. */
function leave(actions: Actions): void {
  const { view, id } = place.peek()!;
  const at = document.activeElement;
  if (at instanceof HTMLInputElement || at instanceof HTMLSelectElement) at.blur();
  else if (id !== undefined) actions.open({ view, id: undefined });
  else actions.open(view === 'import' ? { view: 'couriers', id: undefined } : undefined);
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type !== 'radio' && target.type !== 'checkbox';
}
