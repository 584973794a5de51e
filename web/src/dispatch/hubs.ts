// The shop's hubs, as the server's configuration names them to those who work for
// the shop.

import { list, number, object, string, type Fields } from '../fields.ts';
import { call } from '../manage/calls.ts';
import type { Spot } from '../orders.ts';

/** A place of the shop's own, from which orders come. */
export interface Hub extends Spot {
  name: string;
}

/** Reads the answer to GET /api/v1/hubs. */
export function parseHubs(answer: Fields): Hub[] {
  return list(answer, 'hubs').map((item) => {
    const o = object(item, 'hub');
    return { lat: number(o, 'latitude'), lon: number(o, 'longitude'), name: string(o, 'name') };
  });
}

/** Asks for the hubs; none if the server does not answer. */
export async function hubs(): Promise<Hub[]> {
  return (await call('hubs', 'GET', undefined, parseHubs)).value ?? [];
}
