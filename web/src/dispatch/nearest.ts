// Who could bring an order: the couriers nearest to where it begins. Pure.

import { silent } from '../motion.ts';
import type { Spot } from '../orders.ts';
import type { Courier } from '../state.ts';
import { metres } from './distance.ts';
import type { Order } from './order.ts';

/** A courier that could bring an order. */
export interface Candidate {
  courier: Courier;
  metres: number | undefined; // as the crow flies; undefined: nobody knows where the order begins
  open: number; // orders that it has
  carries: boolean; // some of them are on their way
}

/** Where a courier goes first for an order: to where it is picked up; if that is not known, to where it goes. */
export function beginning({ pickup, destination }: Order): Spot | undefined {
  return pickup?.spot ?? destination?.spot;
}

/**
 * The couriers nearest to where the order begins: the free ones, which are heard and carry nothing;
 * if they are too few, the nearest of those that carry something too. Its own courier is not among them.
 */
export function nearest(order: Order, couriers: Iterable<Courier>, open: readonly Order[], now: number, most = 5): Candidate[] {
  const from = beginning(order);
  if (!from) return [];
  const found: Candidate[] = [];
  const load = loads(open);
  for (const courier of couriers) {
    const { id, position } = courier;
    if (!position || silent(position, now) || id === order.courier) continue;
    found.push({ courier, metres: metres(from, position), ...(load.get(id) ?? { open: 0, carries: false }) });
  }
  return found.toSorted((a, b) => Number(a.carries) - Number(b.carries) || a.metres! - b.metres!).slice(0, most);
}

/** One courier as a candidate, however far it is. */
export function candidate(order: Order, courier: Courier, open: readonly Order[]): Candidate {
  const from = beginning(order);
  const load = loads(open).get(courier.id) ?? { open: 0, carries: false };
  return { courier, metres: from && courier.position && metres(from, courier.position), ...load };
}

/** What each courier has to do already. */
function loads(open: readonly Order[]): Map<string, { open: number; carries: boolean }> {
  const found = new Map<string, { open: number; carries: boolean }>();
  for (const { courier, state } of open) {
    if (courier === '') continue;
    const load = found.get(courier) ?? { open: 0, carries: false };
    found.set(courier, { open: load.open + 1, carries: load.carries || state === 'picked_up' });
  }
  return found;
}
