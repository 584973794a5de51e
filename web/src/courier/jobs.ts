// What a courier has to do: its orders in the sequence of its round, as the
// server says and as it said itself since. Pure.

import { array, flag, json, object, string, words, type Fields } from '../fields.ts';
import { hasEnded, moment, placeOf, stateOf, type OrderState, type Place } from '../orders.ts';
import type { Report } from './outbox.ts';

/** An order as its courier is told of it. */
export interface Job {
  id: string;
  state: OrderState;
  destination: Place | undefined;
  pickup: Place | undefined;
  promised: number | undefined; // milliseconds since 1970
  ended: number | undefined; // likewise
  customer: string; // each of these may be empty
  phone: string;
  shopPhone: string;
  needsCode: boolean; // the customer has one to say at the door
}

/** Reads the answer to GET /api/v1/me/orders. */
export function parseJobs(answer: string): Job[] {
  return array(object(json(answer), 'answer')['orders'], 'orders').map((item) => job(object(item, 'order')));
}

/** Reads the answer to a report. */
export function parseJob(answer: string): Job {
  return job(object(json(answer), 'order'));
}

/** The jobs as they are once what waits has been sent: those that are still to do, and those that are over. */
export function asReported(jobs: readonly Job[], waiting: readonly Report[]): { open: Job[]; over: Job[] } {
  const now = jobs.map((each) => {
    const said = waiting.findLast(({ order }) => order === each.id);
    return said ? { ...each, state: said.state, ended: hasEnded(said.state) ? said.at : each.ended } : each;
  });
  return { open: now.filter(({ state }) => !hasEnded(state)), over: now.filter(({ state }) => hasEnded(state)) };
}

/** The jobs with one of them as the server says that it is now. */
export function withJob(jobs: readonly Job[], fresh: Job): Job[] {
  return jobs.map((each) => (each.id === fresh.id ? fresh : each));
}

/** The address that opens the phone's navigation; iPhones know no geo:. */
export function wayTo({ spot, address }: Place, iPhone: boolean): string {
  const place = spot ? `${spot.lat},${spot.lon}` : address;
  if (iPhone) return `maps:?daddr=${encodeURIComponent(place)}`;
  return `geo:${spot ? place : '0,0'}?q=${encodeURIComponent(place)}`;
}

function job(o: Fields): Job {
  const state = stateOf(o);
  return {
    id: string(o, 'id'),
    state,
    destination: placeOf(o['destination']),
    pickup: placeOf(o['pickup']),
    promised: moment(o, 'promised'),
    ended: hasEnded(state) ? moment(object(o['times'] ?? {}, 'times'), state) : undefined,
    customer: words(o, 'customer') ?? '',
    phone: words(o, 'phone') ?? '',
    shopPhone: words(o, 'shop_phone') ?? '',
    needsCode: flag(o, 'needs_code'),
  };
}
