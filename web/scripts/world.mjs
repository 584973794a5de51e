// Makes the outline of the world: land and borders of Natural Earth (public
// domain, as the package world-atlas has it) as GeoJSON for a flat map. Lines
// are simplified as shared arcs, so that a border stays the same from both
// sides; rings are made continuous over the antimeridian, and the ring around
// the pole is closed there.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { feature, mesh } from 'topojson-client';

const coarse = 0.04; // degrees that a simplified line may be off
const speck = 0.03; // square degrees; smaller islands are left out

/** @typedef {[lon: number, lat: number]} Point */

/** @returns {string} the GeoJSON */
export function world() {
  const file = createRequire(import.meta.url).resolve('world-atlas/countries-50m.json');
  const atlas = JSON.parse(readFileSync(file, 'utf8'));
  const topology = { ...atlas, arcs: decode(atlas).map(simplify), transform: undefined };
  const rings = feature(topology, atlas.objects.land).features.flatMap((f) => polygons(f.geometry));
  const borders = mesh(topology, atlas.objects.countries, (a, b) => a !== b);
  return JSON.stringify({
    type: 'FeatureCollection',
    features: [
      shape('land', { type: 'MultiPolygon', coordinates: rings }),
      shape('border', { type: 'MultiLineString', coordinates: borders.coordinates.map(unwrap).map(round) }),
    ],
  });
}

/** @param {string} kind @param {object} geometry */
function shape(kind, geometry) {
  return { type: 'Feature', properties: { kind }, geometry };
}

/** The arcs in degrees. */
function decode({ arcs, transform }) {
  const [kx, ky] = transform.scale;
  const [dx, dy] = transform.translate;
  return arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([stepX, stepY]) => [(x += stepX) * kx + dx, (y += stepY) * ky + dy]);
  });
}

/** Douglas and Peucker's: keeps the ends and what is further than `coarse` off the line between them. */
function simplify(/** @type {Point[]} */ arc) {
  if (arc.length < 3) return arc;
  const [first, last] = [arc[0], arc[arc.length - 1]];
  let furthest = 0;
  let most = 0;
  for (let i = 1; i < arc.length - 1; i++) {
    const off = distance(arc[i], first, last);
    if (off > most) [furthest, most] = [i, off];
  }
  if (most <= coarse) return [first, last];
  return [...simplify(arc.slice(0, furthest + 1)).slice(0, -1), ...simplify(arc.slice(furthest))];
}

function distance([x, y], [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - share * dx, y - ay - share * dy);
}

function polygons(geometry) {
  const all = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return all
    .map((rings) => rings.map(unwrap).map(closeAtPole).map(round).filter((ring) => Math.abs(size(ring)) > speck))
    .filter((rings) => rings.length > 0);
}

/** Longitudes that go on beyond 180 instead of jumping to the other side. */
function unwrap(/** @type {Point[]} */ line) {
  let turn = 0;
  return line.map(([lon, lat], i) => {
    const step = i === 0 ? 0 : lon - line[i - 1][0];
    if (step > 180) turn -= 360;
    if (step < -180) turn += 360;
    return [lon + turn, lat];
  });
}

/** A ring that comes back a whole turn away goes around a pole: it is led along it. */
function closeAtPole(ring) {
  const [first, last] = [ring[0], ring[ring.length - 1]];
  if (Math.abs(last[0] - first[0]) < 180) return ring;
  const pole = Math.sign(first[1]) * 90;
  return [...ring, [last[0], pole], [first[0], pole], first];
}

function round(line) {
  return line.map(([lon, lat]) => [Math.round(lon * 100) / 100, Math.round(lat * 100) / 100]);
}

function size(ring) {
  return ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}
