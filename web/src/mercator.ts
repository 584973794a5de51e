// Web-mercator places as 32-bit unsigned integers: the whole world is 2^32 wide
// and high, so a step is a centimetre, exact at every zoom, and differences
// that wrap around go the short way over the antimeridian.

/** x to the east, y to the south, each 0 to 2^32 - 1. */
export interface Place {
  x: number;
  y: number;
}

export const world = 2 ** 32;
const edge = 85.051129; // degrees; where web-mercator ends

export function place(lat: number, lon: number): Place {
  const sine = Math.sin((Math.max(-edge, Math.min(edge, lat)) * Math.PI) / 180);
  const x = lon / 360 + 0.5;
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  return { x: whole(x), y: Math.min(world - 1, Math.max(0, Math.round(y * world))) };
}

export function degrees(at: Place): { lat: number; lon: number } {
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - (2 * at.y) / world))) * 180) / Math.PI;
  return { lat, lon: (at.x / world) * 360 - 180 };
}

/** Where one is who has gone the share, 0 to 1, of the way. */
export function between(from: Place, to: Place, share: number): Place {
  if (share >= 1) return to;
  return {
    x: (from.x + Math.round(difference(from.x, to.x) * share)) >>> 0,
    y: (from.y + Math.round(difference(from.y, to.y) * share)) >>> 0,
  };
}

/** b - a, the short way round. */
export function difference(a: number, b: number): number {
  return (b - a) | 0;
}

function whole(x: number): number {
  return Math.round((x - Math.floor(x)) * world) >>> 0;
}
