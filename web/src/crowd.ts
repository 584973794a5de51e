// Who stands so close together on the screen that one disc with a number says
// more than a heap of markers. Pure: places in mercator integers go in, crowds
// come out. A grid gathers, then neighbours whose middles are near are joined,
// so that a crowd on the edge of two cells is one.

import { world, type Place } from './mercator.ts';

export interface Body extends Place {
  id: string;
  standing: boolean;
}

export interface Crowd extends Place {
  ids: string[];
  count: number; // of ids, unless the server told a count only
}

/** How near, and how many at least, make a crowd. */
export interface Rule {
  reach: number; // pixels
  least: number;
  standing: boolean; // who moves will be gone in a moment, and is left out
}

/** Far out, whoever touches; in a town, only where it is really full; in a street, who stands on one point. */
export function ruleAt(zoom: number): Rule {
  if (zoom < 11) return { reach: 44, least: 2, standing: false };
  if (zoom < 13) return { reach: 32, least: 6, standing: false };
  return { reach: 9, least: 2, standing: true };
}

/** Crowds change at half steps of the zoom and not in between. */
export function stepOf(zoom: number): number {
  return Math.floor(zoom * 2) / 2;
}

/** Mercator steps in a pixel. */
export function pixelAt(zoom: number): number {
  return world / (512 * 2 ** zoom);
}

interface Heap {
  column: number;
  row: number;
  ids: string[];
  x: number; // sums
  y: number;
}

export function gather(bodies: readonly Body[], zoom: number): Crowd[] {
  const rule = ruleAt(zoom);
  const side = rule.reach * pixelAt(zoom);
  const heaps = heap(bodies, rule, side);
  const found: Crowd[] = [];
  for (const one of join(heaps, side)) {
    const count = one.ids.length;
    if (count >= rule.least) found.push({ ids: one.ids, count, x: one.x / count, y: one.y / count });
  }
  return found;
}

function heap(bodies: readonly Body[], rule: Rule, side: number): Map<number, Heap> {
  const heaps = new Map<number, Heap>();
  for (const { id, x, y, standing } of bodies) {
    if (rule.standing && !standing) continue;
    const [column, row] = [Math.floor(x / side), Math.floor(y / side)];
    const key = keyOf(column, row);
    const one = heaps.get(key);
    if (!one) {
      heaps.set(key, { column, row, ids: [id], x, y });
      continue;
    }
    one.ids.push(id);
    one.x += x;
    one.y += y;
  }
  return heaps;
}

/** Joins heaps to the largest neighbour whose middle is within the side of a cell. */
function join(heaps: Map<number, Heap>, side: number): Iterable<Heap> {
  const bySize = [...heaps.values()].toSorted((a, b) => b.ids.length - a.ids.length);
  for (const one of bySize) {
    if (heaps.get(keyOf(one.column, one.row)) !== one) continue; // it was joined to a larger one
    for (let column = one.column - 1; column <= one.column + 1; column++) {
      for (let row = one.row - 1; row <= one.row + 1; row++) {
        const other = heaps.get(keyOf(column, row));
        if (!other || other === one || apart(one, other) > side) continue;
        one.ids.push(...other.ids);
        one.x += other.x;
        one.y += other.y;
        heaps.delete(keyOf(column, row));
      }
    }
  }
  return heaps.values();
}

function keyOf(column: number, row: number): number {
  return column * 2 ** 26 + row; // there are at most 2^26 cells of 9 pixels to a side
}

function apart(a: Heap, b: Heap): number {
  const [m, n] = [a.ids.length, b.ids.length];
  return Math.hypot(a.x / m - b.x / n, a.y / m - b.y / n);
}

/** Places around a point for so many who stand on it, pixels: a ring, or rings where one is not enough. */
export function fan(count: number): { x: number; y: number }[] {
  const spots: { x: number; y: number }[] = [];
  for (let radius = 34; spots.length < count; radius += 34) {
    const room = Math.floor((2 * Math.PI * radius) / 30);
    const here = Math.min(room, count - spots.length);
    for (let i = 0; i < here; i++) {
      const angle = (i / here) * 2 * Math.PI - Math.PI / 2;
      spots.push({ x: radius * Math.cos(angle), y: radius * Math.sin(angle) });
    }
  }
  return spots;
}
