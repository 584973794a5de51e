// The round of a courier, in its card: its open orders in the sequence in which
// it brings them, here and on the map.

import { useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import type { Actions } from '../actions.ts';
import { language, now } from '../page.ts';
import { digits } from '../text.ts';
import { openOrders } from './calls.ts';
import { called, inRound, type Order } from './order.ts';
import { usePins, type Pin } from './pins.ts';
import { Pulse } from './pulse.ts';
import { clock, isolated, Stage, Worries } from './said.tsx';
import { words } from './words.ts';
import { worriesOf } from './worry.ts';

const pause = 5000; // milliseconds

export function Round({ id, actions }: { id: string; actions: Actions }) {
  const t = words.value;
  const round = useOrders(id);
  const open = (order: string) => actions.open({ view: 'orders', id: order });
  usePins(actions, round.flatMap(pinOf), open);
  if (round.length === 0) return null;
  return (
    <section class="round" aria-label={t.roundLabel}>
      <h3>{t.round(digits(round.length, language.value), round.length === 1)}</h3>
      <ol>
        {round.map((order, i) => (
          <li key={order.id}>
            <Stop order={order} number={i + 1} press={() => open(order.id)} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The courier's open orders in their sequence, asked for as long as its card is there. */
function useOrders(id: string): readonly Order[] {
  const orders = useSignal<readonly Order[]>([]);
  useLayoutEffect(() => {
    let over = false;
    const pulse = new Pulse(async () => {
      const answer = await openOrders(id);
      if (over) return pause;
      if (answer.value) orders.value = answer.value.toSorted(inRound);
      else if (answer.refusal?.kind === 'forbidden') orders.value = [];
      return pause;
    });
    pulse.beat();
    return () => {
      over = true;
      pulse.stop();
    };
  }, []);
  return orders.value;
}

function Stop({ order, number, press }: { order: Order; number: number; press(): void }) {
  const { server } = now.value;
  const worries = server === undefined ? [] : worriesOf(order, undefined, server);
  return (
    <button class="stop" onClick={press}>
      <span class="number">{digits(number, language.value)}</span>
      <Stage state={order.state} />
      <span class="who">
        <bdi>{called(order)}</bdi>
      </span>
      {worries.length > 0 ? <Worries of={worries} /> : <span class="old">{order.promised !== undefined && clock(order.promised)}</span>}
    </button>
  );
}

function pinOf(order: Order, i: number): Pin[] {
  const spot = order.destination?.spot;
  if (!spot) return [];
  return [{ kind: 'destination', id: order.id, ...spot, label: words.value.pin.destination(isolated(called(order))), text: digits(i + 1, language.value), selected: false }];
}
