// The shop's hubs, as the server's configuration names them.

import { array, json, list, object } from '../fields.ts';
import type { Spot } from '../orders.ts';
import { at } from '../root.ts';

/** A place of the shop's own, from which orders come. */
export interface Hub extends Spot {
  name: string;
}

/** Reads the hubs in /config.json. */
export function parseHubs(text: string): Hub[] {
  return list(object(json(text), 'config'), 'hubs').flatMap((item) => {
    const [lat, lon, name] = array(item, 'hub');
    return typeof lat === 'number' && typeof lon === 'number' ? [{ lat, lon, name: String(name ?? '') }] : [];
  });
}

/** Asks for the hubs; none if the server does not answer. */
export async function hubs(): Promise<Hub[]> {
  try {
    return parseHubs(await (await fetch(at('config.json'))).text());
  } catch {
    return [];
  }
}
