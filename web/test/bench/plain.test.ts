// What is computed without a page, with as much as large shops have: who is
// nearest to an order, whom a search finds, and a table that is imported.

import { test } from 'node:test';
import { nearest } from '../../src/dispatch/nearest.ts';
import { parseOrder } from '../../src/dispatch/order.ts';
import { readTable } from '../../src/manage/csv.ts';
import { Roster } from '../../src/roster.ts';
import type { Courier } from '../../src/state.ts';
import { judge } from './aim.ts';

const now = 1_763_823_600_000;
const runs = 9;

function crew(size: number): Courier[] {
  return Array.from({ length: size }, (_, i) => ({
    id: String(i),
    name: `پیک شمارهٔ ${(i * 7919) % size}`,
    team: '',
    username: `user${i}`,
    position: { lat: 35.6 + (i % 97) / 500, lon: 51.3 + (i % 89) / 500, heading: null, speed: null, stamp: now, interval: 20_000, moving: true },
  }));
}

/** Milliseconds of the run in the middle. */
function middle(run: (i: number) => unknown): number {
  const times = Array.from({ length: runs }, (_, i) => {
    const began = performance.now();
    run(i);
    return performance.now() - began;
  });
  return times.toSorted((a, b) => a - b)[runs >> 1]!;
}

test('the five nearest of 10,000 couriers', () => {
  const order = parseOrder({ id: '1', state: 'created', destination: { latitude: 35.7, longitude: 51.4 } });
  const couriers = crew(10_000);
  judge('the five nearest of 10,000 couriers', middle(() => nearest(order, couriers, [], now)), 200);
});

test('a search among 5,000 couriers', () => {
  const roster = new Roster('fa-IR');
  const couriers = new Map(crew(5000).map((each) => [each.id, each]));
  roster.refresh(couriers, now, { query: '', filter: 'all' });
  judge('a search among 5,000 couriers', middle((i) => roster.refresh(couriers, now, { query: `پيك ${i}`, filter: 'all' })), 16);
});

test('a table of 100,000 lines', () => {
  const text = `id,name\n${Array.from({ length: 100_000 }, (_, i) => `${i},"پیک ""${i}"""\n`).join('')}`;
  judge('a table of 100,000 lines', middle(() => readTable(text)), 2000);
});
