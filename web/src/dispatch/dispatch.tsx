// The orders beside the map: what needs attention, who brings what, and giving
// orders to couriers. It is a part of the page of its own, that only those load
// who look at orders, or at a courier, whose card has its round.

import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo } from 'preact/hooks';
import type { Actions } from '../actions.ts';
import { Refused } from '../manage/parts.tsx';
import { language, place } from '../page.ts';
import { age, digits } from '../text.ts';
import { Board } from './board.ts';
import { hubs, type Hub } from './hubs.ts';
import { Finder, Orders as List } from './list.tsx';
import { usePins, type Pin } from './pins.ts';
import { clock, isolated } from './said.tsx';
import { Ticket } from './ticket.tsx';
import { words } from './words.ts';

export { Round } from './round.tsx';

/** What every part of the view is given. */
export interface PartProps {
  actions: Actions;
  board: Board;
}

export function Orders({ actions }: { actions: Actions }) {
  const board = useMemo(() => new Board(actions.sight), []);
  useLayoutEffect(() => () => board.close(), []);
  useHubs(actions);
  const id = place.value?.id;
  return (
    <>
      {id === undefined ? (
        <>
          <Finder actions={actions} board={board} />
          <List actions={actions} board={board} />
        </>
      ) : (
        <Ticket key={id} id={id} actions={actions} board={board} />
      )}
      <Done board={board} />
      <Foot board={board} />
    </>
  );
}

function useHubs(actions: Actions): void {
  const known = useSignal<readonly Hub[]>([]);
  useEffect(() => void hubs().then((found) => (known.value = found)), []);
  const pins = known.value.map(({ lat, lon, name }): Pin => ({ kind: 'hub', id: name, lat, lon, label: words.value.pin.hub(isolated(name)), text: name, selected: false }));
  usePins(actions, pins, () => {});
}

/** What was done just now, and the way to undo it. */
function Done({ board }: { board: Board }) {
  const t = words.value;
  const deed = board.deed.value;
  return (
    <div class={deed || board.mishap.value ? 'deed told' : 'deed'}>
      <span role="status">{deed && t.given(isolated(deed.order.id), isolated(deed.courier))}</span>
      {deed && (
        <button class="soft" onClick={() => void board.undo()}>
          {t.undo}
        </button>
      )}
      {board.mishap.value && <p class="wrong">{t.notUndone}</p>}
      <Refused refusal={board.mishap.value} />
    </div>
  );
}

/** How many orders there are, and how fresh that is. */
function Foot({ board }: { board: Board }) {
  const t = words.value;
  const { open, state, asOf, pause } = board;
  const count = open.value.length;
  const failing = typeof state.value === 'object' && asOf.value !== undefined;
  if (asOf.value === undefined) return null;
  return (
    <p class={failing ? 'foot-note failing' : 'foot-note'} role={failing ? 'status' : undefined}>
      {failing ? t.outdated(clock(asOf.value)) : t.foot(digits(count, language.value), count === 1, age(pause.value, language.value))}
    </p>
  );
}
