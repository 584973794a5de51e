// The list of couriers: in the order of their names, filtered by what they are
// doing and by what is searched. It keeps the order and the folded names from
// one refresh to the next, so that a refresh of thousands fits in a frame.

import { doing, type Doing } from './doing.ts';
import { haystack, needles } from './fold.ts';
import type { Courier } from './state.ts';

export type Filter = 'all' | Doing;

export interface Wanted {
  query: string;
  filter: Filter;
}

export interface Listing {
  rows: readonly Courier[];
  counts: Readonly<Record<Filter, number>>; // of those that the query finds
}

interface Entry {
  courier: Courier;
  name: string; // as it was when the entry was sorted
  hay: string;
}

const few = 32; // newcomers that are inserted one by one

export class Roster {
  private readonly entries = new Map<string, Entry>();
  private order: Entry[] = []; // by name
  private readonly collator: Intl.Collator;

  /** Orders names as readers of the locale expect. */
  constructor(locale: string) {
    this.collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  }

  /** Lists who is there at the moment, milliseconds since 1970 of the server's. */
  refresh(couriers: ReadonlyMap<string, Courier>, now: number | undefined, { query, filter }: Wanted): Listing {
    this.follow(couriers);
    const words = needles(query);
    const counts = { all: 0, moving: 0, stopped: 0, silent: 0 };
    const rows: Courier[] = [];
    for (const { courier, hay } of this.order) {
      if (!words.every((word) => hay.includes(word))) continue;
      const is = doing(courier, now);
      counts.all += 1;
      counts[is] += 1;
      if (filter === 'all' || filter === is) rows.push(courier);
    }
    // Who fell silent last is the news; who has been silent for long is known to be.
    if (filter === 'silent') rows.sort((a, b) => (b.position?.stamp ?? 0) - (a.position?.stamp ?? 0));
    return { rows, counts };
  }

  /** Brings the order up to the couriers: who is new or renamed is inserted, who is gone is left out. */
  private follow(couriers: ReadonlyMap<string, Courier>): void {
    const fresh: Entry[] = [];
    for (const [id, courier] of couriers) {
      const entry = this.entries.get(id);
      if (entry?.courier === courier && entry.name === courier.name) continue;
      const { name, username } = courier;
      const next = { courier, name, hay: haystack(name, username, id) };
      this.entries.set(id, next);
      fresh.push(next);
    }
    const same = fresh.length === 0 && this.entries.size === couriers.size;
    if (same) return;
    for (const id of this.entries.keys()) if (!couriers.has(id)) this.entries.delete(id);
    const added = new Set(fresh);
    const kept = this.order.filter((entry) => this.entries.get(entry.courier.id) === entry && !added.has(entry));
    this.order = fresh.length > few ? [...kept, ...fresh].toSorted(this.compare) : this.insert(kept, fresh);
  }

  private insert(order: Entry[], fresh: Entry[]): Entry[] {
    for (const entry of fresh) {
      let [from, to] = [0, order.length];
      while (from < to) {
        const middle = (from + to) >> 1;
        if (this.compare(order[middle]!, entry) <= 0) from = middle + 1;
        else to = middle;
      }
      order.splice(from, 0, entry);
    }
    return order;
  }

  private compare = (a: Entry, b: Entry): number =>
    this.collator.compare(a.name, b.name) || this.collator.compare(a.courier.id, b.courier.id);
}
