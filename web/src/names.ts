// Which couriers have their name beside them: the selected, the one under the
// pointer, and the nearest few as far as there is room. Pure.

import type { Point } from './overlay.ts';

export interface Candidate extends Point {
  id: string;
  name: string;
}

const few = 8;
const tried = 40; // of the nearest; in a crowd there is no room for more anyway
const height = 20; // pixels of a name
const aside = 13; // pixels from the middle of the marker to its name
const body = 10; // pixels around a marker that a name keeps free

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/**
 * The ids to name, out of the candidates on the screen: always those in first, then the
 * nearest to the point. Names go to the right of markers, or to the left if asked.
 */
export function choose(candidates: readonly Candidate[], first: readonly string[], near: Point, leftwards: boolean): string[] {
  const chosen = candidates.filter(({ id }) => first.includes(id));
  const taken = chosen.map((one) => box(one, leftwards));
  const rest = candidates
    .filter(({ id }) => !first.includes(id))
    .map((one) => ({ one, distance: Math.hypot(one.x - near.x, one.y - near.y) }))
    .toSorted((a, b) => a.distance - b.distance);
  let named = 0;
  for (const { one } of rest.slice(0, tried)) {
    const want = box(one, leftwards);
    if (taken.some((other) => meet(want, other)) || candidates.some((other) => other !== one && covers(want, other))) continue;
    chosen.push(one);
    taken.push(want);
    named += 1;
    if (named === few) break;
  }
  return chosen.map(({ id }) => id);
}

/** About where the name will be; a letter is some 7 pixels wide, and long names are cut. */
function box({ x, y, name }: Candidate, leftwards: boolean): Box {
  const width = Math.min(160, name.length * 7) + 12;
  const left = leftwards ? x - aside - width : x + aside;
  return { left, right: left + width, top: y - height / 2, bottom: y + height / 2 };
}

function meet(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function covers({ left, right, top, bottom }: Box, { x, y }: Point): boolean {
  return x > left - body && x < right + body && y > top - body && y < bottom + body;
}
