// How a courier moves, told from where it was and where it is: phones that send
// neither speed nor heading have markers that point the right way too.

import type { Position } from './wire.ts';

/** Which way, and whether at all. */
export interface Motion {
  moving: boolean;
  heading: number | null; // degrees clockwise from north
}

const slowest = 0.7; // metres per second; slower is standing
const step = 12; // metres; what a standing phone's fixes wander
const silence = 3; // intervals, as in peyk.Silence

export function motion(last: (Position & Motion) | undefined, next: Position): Motion {
  const way = last ? metres(last, next) : { east: 0, north: 0 };
  const stepped = Math.hypot(way.east, way.north) > step;
  const bearing = stepped ? degrees(way) : (last?.heading ?? null);
  const repeated = last !== undefined && last.stamp === next.stamp;
  return {
    moving: next.speed === null ? stepped || (repeated && last.moving) : next.speed >= slowest,
    heading: next.heading ?? bearing,
  };
}

/** Whether nothing was heard for three of the courier's intervals at the moment, milliseconds since 1970. */
export function silent(position: Position, now: number | undefined): boolean {
  return now !== undefined && position.interval !== null && now - position.stamp > silence * position.interval;
}

function metres(from: Position, to: Position): { east: number; north: number } {
  const degree = 111_195; // metres along a meridian, on a sphere of 6,371 km
  const turn = ((to.lon - from.lon + 540) % 360) - 180;
  return { east: turn * degree * Math.cos((to.lat * Math.PI) / 180), north: (to.lat - from.lat) * degree };
}

function degrees(way: { east: number; north: number }): number {
  return (Math.atan2(way.east, way.north) * (180 / Math.PI) + 360) % 360;
}
