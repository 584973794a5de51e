// An order as the shop's people see it, checked as it comes from the API, and
// what follows from it alone. Pure.

import { one } from '../answers.ts';
import { known, object, string, words, type Fields } from '../wire.ts';

export const states = ['created', 'assigned', 'picked_up', 'delivered', 'cancelled', 'failed'] as const;
export type State = (typeof states)[number];

/** Degrees, WGS 84. */
export interface Spot {
  lat: number;
  lon: number;
}

/** Where an order goes to or comes from. */
export interface Place {
  spot: Spot | undefined; // undefined: only the address is known
  address: string; // may be empty
}

export interface Order {
  id: string;
  state: State;
  courier: string; // its id; empty: nobody yet
  destination: Place | undefined;
  pickup: Place | undefined;
  promised: number | undefined; // milliseconds since 1970: by when
  stop: number; // its place in the courier's round, from 1; 0: not said
  customer: string; // a name; may be empty
  phone: string;
  code: string; // that the customer tells the courier; empty: none, or not for us to know
  reason: string; // why it failed
  times: Partial<Record<State, number>>; // milliseconds since 1970: when it came to each state
  version: number; // every change of it is the next
}

/** Reads an order. */
export function parseOrder(item: unknown): Order {
  const o = object(item, 'order');
  return {
    id: string(o, 'id'),
    state: one(states, string(o, 'state')),
    courier: words(o, 'courier') ?? '',
    destination: place(o['destination']),
    pickup: place(o['pickup']),
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

/** A moment of the API as milliseconds since 1970; undefined if there is none. */
export function moment(o: Fields, field: string): number | undefined {
  const said = words(o, field);
  return said === undefined ? undefined : Date.parse(said);
}

/** Whether something comes after the state. */
export function isOpen({ state }: Order): boolean {
  return state === 'created' || state === 'assigned' || state === 'picked_up';
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

function place(item: unknown): Place | undefined {
  if (item === null || item === undefined) return undefined;
  const o = object(item, 'place');
  const [lat, lon] = [known(o, 'latitude'), known(o, 'longitude')];
  return { spot: lat === undefined || lon === undefined ? undefined : { lat, lon }, address: words(o, 'address') ?? '' };
}

function times(o: Fields): Order['times'] {
  return Object.fromEntries(states.flatMap((state) => {
    const at = moment(o, state);
    return at === undefined ? [] : [[state, at]];
  }));
}
