// How long a marker takes to where it goes.

import { still } from './camera.ts';
import { world, type Place } from './mercator.ts';

const longest = 2000; // milliseconds; slower phones' couriers arrive and wait
const farthest = 3000; // metres; further is not driven but jumped

/** Milliseconds of the way between two places at a latitude, whose positions were so many milliseconds apart; 0: it jumps. */
export function glide(from: Place, to: Place, lat: number, gap: number): number {
  const near = metres(from, to, lat) < farthest;
  return gap > 0 && near && !still() ? Math.min(gap, longest) : 0;
}

function metres(from: Place, to: Place, lat: number): number {
  return Math.hypot((to.x - from.x) | 0, (to.y - from.y) | 0) * metresPerStep(lat);
}

/** How long a mercator step is at a latitude. */
export function metresPerStep(lat: number): number {
  return (40_075_017 * Math.cos((lat * Math.PI) / 180)) / world;
}
