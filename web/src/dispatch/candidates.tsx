// Who could bring an order, nearest first, and giving it to one of them.

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Actions } from '../actions.ts';
import type { Refusal } from '../manage/calls.ts';
import { Refused } from '../manage/parts.tsx';
import { language, mayManage, now, selectedId } from '../page.ts';
import { digits } from '../text.ts';
import type { Board } from './board.ts';
import { far } from './distance.ts';
import { beginning, candidate, nearest, type Candidate } from './nearest.ts';
import type { Order } from './order.ts';
import { words } from './words.ts';

interface Props {
  order: Order;
  actions: Actions;
  board: Board;
  done(): void; // it was given to somebody
}

export function Candidates(props: Props) {
  const t = words.value;
  if (props.order.courier === '') {
    return (
      <section class="part" aria-label={t.nearest}>
        <h3>{t.nearest}</h3>
        <List {...props} />
      </section>
    );
  }
  if (!mayManage.value) return null;
  return (
    <details class="part">
      <summary>{t.another}</summary>
      <List {...props} />
    </details>
  );
}

function List({ order, actions, board, done }: Props) {
  const t = words.value;
  const box = useRef<HTMLUListElement>(null);
  const near = useSignal<readonly Candidate[]>([]);
  const refusal = useSignal<Refusal | undefined>(undefined);
  const busy = useSignal(false);
  useEffect(() => {
    // Nobody changes places under a pointer that is about to press.
    if (near.peek().length > 0 && box.current?.matches(':hover, :focus-within')) return;
    near.value = nearest(order, actions.sight().picture.couriers.values(), board.open.peek(), now.peek().server ?? 0);
  }, [board.asOf.value, order]);
  const give = async ({ courier }: Candidate) => {
    if (busy.peek()) return;
    busy.value = true;
    refusal.value = await board.give(order, courier);
    busy.value = false;
    if (!refusal.peek()) done();
  };
  const chosen = chosenOnMap(order, board, near.value);
  const all = [...(chosen ? [chosen] : []), ...near.value];
  return (
    <>
      <p class="muted">{beginning(order) ? t.nearestWhy : t.noPlace}</p>
      {beginning(order) && all.length === 0 && <p>{t.noCandidate}</p>}
      <Refused refusal={refusal.value} />
      <ul ref={box} class="candidates">
        {all.map((each) => (
          <li key={each.courier.id}>
            <One is={each} chosen={each === chosen} busy={busy.value} press={() => void give(each)} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** The courier that is selected on the map, if it is not among the others. */
function chosenOnMap(order: Order, board: Board, near: readonly Candidate[]): Candidate | undefined {
  const id = selectedId.value;
  if (id === undefined || id === order.courier || near.some(({ courier }) => courier.id === id)) return undefined;
  const courier = board.courier(id);
  return courier && candidate(order, courier, board.open.value);
}

function One({ is, chosen, busy, press }: { is: Candidate; chosen: boolean; busy: boolean; press(): void }) {
  const t = words.value;
  const count = is.open === 0 ? '' : digits(is.open, language.value);
  const facts = [is.metres !== undefined && far(is.metres, language.value), t.load(count, is.open === 1), is.carries && t.carries, chosen && t.chosen];
  const line = facts.filter((fact) => fact !== false).join(' · ');
  const content = (
    <>
      <span class="who">
        <bdi>{is.courier.name}</bdi>
      </span>{' '}
      <span class="what">{line}</span>
    </>
  );
  if (!mayManage.value) return <div class="candidate">{content}</div>;
  return (
    <button class="candidate" disabled={busy} onClick={press}>
      {content} <span class="act">{t.give}</span>
    </button>
  );
}
