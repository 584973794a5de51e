// Which orders need somebody's attention, and why: late against what was
// promised, or on the way with a courier that is silent or stands for long. Pure,
// but for Stillness, which remembers since when couriers stand.

import { silent } from '../motion.ts';
import type { Spot } from '../orders.ts';
import type { Courier } from '../state.ts';
import { metres } from './distance.ts';
import { inTime, isOpen, type Order } from './order.ts';

const kinds = ['late', 'silent', 'stopped'] as const; // the gravest first

/** Why an order needs attention. */
export interface Worry {
  kind: (typeof kinds)[number];
  lasts: number | undefined; // milliseconds; undefined: for longer than we know
}

/** What is known of the courier that brings an order. */
export interface Bringer {
  courier: Courier | undefined; // undefined: it is not on the map
  stands: number | undefined; // milliseconds since 1970: since when; undefined: it does not, or we do not know
}

/** An order that needs attention. */
export interface Worried {
  order: Order;
  worries: Worry[]; // never empty
}

const long = 10 * 60_000; // milliseconds; no traffic light and few doors keep a courier for so long
const roam = 50; // metres; what the fixes of a standing phone wander

/**
 * What is wrong with an order at the moment, milliseconds since 1970 of the server's; the gravest
 * first. Of the courier nothing is said where nothing is known.
 */
export function worriesOf(order: Order, bringer: Bringer | undefined, now: number): Worry[] {
  const found: Worry[] = [];
  if (!isOpen(order)) return found;
  if (order.promised !== undefined && now > order.promised) found.push({ kind: 'late', lasts: now - order.promised });
  if (order.state !== 'picked_up' || !bringer) return found;
  const { stands } = bringer;
  const position = bringer.courier?.position;
  if (!position) found.push({ kind: 'silent', lasts: undefined });
  else if (silent(position, now)) found.push({ kind: 'silent', lasts: now - position.stamp });
  else if (stands !== undefined && now - stands >= long) found.push({ kind: 'stopped', lasts: now - stands });
  return found;
}

/** The gravest first: by kind, then what lasts longest, then what was promised first. */
export function byGravity(a: Worried, b: Worried): number {
  const [x, y] = [a.worries[0]!, b.worries[0]!];
  return kinds.indexOf(x.kind) - kinds.indexOf(y.kind) || (y.lasts ?? Infinity) - (x.lasts ?? Infinity) || inTime(a.order, b.order);
}

/** Since when couriers stand, as far as we have watched them. */
export class Stillness {
  private readonly anchors = new Map<string, Spot & { since: number }>();

  /** Takes in where the couriers are; of others what was known is forgotten. */
  follow(couriers: Iterable<Courier>): void {
    const seen = new Set<string>();
    for (const { id, position } of couriers) {
      if (!position) continue;
      seen.add(id);
      const anchor = this.anchors.get(id);
      if (anchor && metres(anchor, position) <= roam) continue;
      this.anchors.set(id, { lat: position.lat, lon: position.lon, since: position.stamp });
    }
    for (const id of this.anchors.keys()) if (!seen.has(id)) this.anchors.delete(id);
  }

  /** Since when the courier has not left its place, milliseconds since 1970; undefined if we did not watch it. */
  since(id: string): number | undefined {
    return this.anchors.get(id)?.since;
  }
}
