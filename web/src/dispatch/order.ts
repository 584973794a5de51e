// An order as the shop's people see it, checked as it comes from the API, and
// what follows from it alone. Pure.

import { known, object, string, words, type Fields } from '../fields.ts';
import { hasEnded, moment, orderStates, placeOf, stateOf, type OrderState, type Place } from '../orders.ts';

export interface Order {
  id: string;
  state: OrderState;
  courier: string; // its id; empty: nobody yet
  destination: Place | undefined;
  pickup: Place | undefined;
  promised: number | undefined; // milliseconds since 1970: by when
  stop: number; // its place in the courier's round, from 1; 0: not said
  customer: string; // a name; may be empty
  phone: string;
  code: string; // that the customer tells the courier; empty: none, or not for us to know
  reason: string; // why it failed
  times: Partial<Record<OrderState, number>>; // milliseconds since 1970: when it came to each state
  version: number; // every change of it is the next
}

/** Reads an order. */
export function parseOrder(item: unknown): Order {
  const o = object(item, 'order');
  return {
    id: string(o, 'id'),
    state: stateOf(o),
    courier: words(o, 'courier') ?? '',
    destination: placeOf(o['destination']),
    pickup: placeOf(o['pickup']),
    promised: moment(o, 'promised'),
    stop: known(o, 'stop') ?? 0,
    customer: words(o, 'customer') ?? '',
    phone: words(o, 'phone') ?? '',
    code: words(o, 'code') ?? '',
    reason: words(o, 'reason') ?? '',
    times: times(object(o['times'] ?? {}, 'times')),
    version: known(o, 'version') ?? 0,
  };
}

/** Whether something comes after the state. */
export function isOpen({ state }: Order): boolean {
  return !hasEnded(state);
}

/** What to call an order where there is room for one thing. */
export function called({ id, customer }: Order): string {
  return customer || id;
}

/** The sequence in which a courier brings its orders, as internal/order has it. */
export function inRound(a: Order, b: Order): number {
  return (
    firstKnown(a.stop || undefined, b.stop || undefined) ||
    inTime(a, b) ||
    firstKnown(pickedUp(a), pickedUp(b)) ||
    byId(a, b)
  );
}

/** What was promised first comes first; what was not promised comes last. */
export function inTime(a: Order, b: Order): number {
  return firstKnown(a.promised, b.promised);
}

export function byId(a: Order, b: Order): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function pickedUp({ state, times: at }: Order): number | undefined {
  return state === 'picked_up' ? (at.picked_up ?? 0) : undefined;
}

/** The lesser first, and what is known before what is not. */
function firstKnown(a: number | undefined, b: number | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return a - b;
}

function times(o: Fields): Order['times'] {
  return Object.fromEntries(orderStates.flatMap((state) => {
    const at = moment(o, state);
    return at === undefined ? [] : [[state, at]];
  }));
}
