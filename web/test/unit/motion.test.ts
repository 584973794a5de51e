import assert from 'node:assert/strict';
import { test } from 'node:test';
import { between, degrees, difference, place, world } from '../../src/mercator.ts';
import { motion, silent } from '../../src/motion.ts';
import type { Position } from '../../src/wire.ts';

const here: Position = { lat: 35.7, lon: 51.4, heading: null, speed: null, stamp: 1000, interval: 60_000 };

test('what the phone says of its motion is believed', () => {
  assert.deepEqual(motion(undefined, { ...here, speed: 8, heading: 270 }), { moving: true, heading: 270 });
  assert.deepEqual(motion(undefined, { ...here, speed: 0.3, heading: 270 }), { moving: false, heading: 270 });
});

test('a phone that says nothing is watched', () => {
  const first = { ...here, ...motion(undefined, here) };
  assert.deepEqual([first.moving, first.heading], [false, null]);
  const east = { ...here, lon: 51.401, stamp: 2000 };
  const second = { ...east, ...motion(first, east) };
  assert.equal(second.moving, true);
  assert.equal(Math.round(second.heading ?? NaN), 90);
  const rest = { ...east, lon: 51.40101, stamp: 3000 }; // a metre: standing
  assert.deepEqual(motion(second, rest), { moving: false, heading: second.heading });
  const south = { ...east, lat: 35.69, stamp: 3000 };
  assert.equal(Math.round(motion(second, south).heading ?? NaN), 180);
  assert.equal(motion(second, east).moving, true, 'the same position again changes nothing');
});

test('a step over the antimeridian goes the short way', () => {
  const west = { ...here, lat: 0, lon: 179.9995 };
  const first = { ...west, ...motion(undefined, west) };
  assert.equal(Math.round(motion(first, { ...west, lon: -179.9995, stamp: 2000 }).heading ?? NaN), 90);
});

test('silent is older than three of its own intervals', () => {
  assert.equal(silent(here, 1000 + 180_000), false);
  assert.equal(silent(here, 1001 + 180_000), true);
  assert.equal(silent({ ...here, interval: null }, 1e12), false);
  assert.equal(silent(here, undefined), false);
});

test('places are mercator integers, exact to centimetres', () => {
  assert.deepEqual(place(0, 0), { x: world / 2, y: world / 2 });
  for (const [lat, lon] of [[35.7, 51.4], [-33.9, 151.2], [64.1, -21.9], [85, 0]] as const) {
    const back = degrees(place(lat, lon));
    assert.ok(Math.abs(back.lat - lat) < 1e-7 && Math.abs(back.lon - lon) < 1e-7, `${lat}, ${lon} came back as ${back.lat}, ${back.lon}`);
  }
  assert.deepEqual(place(90, 180), { x: 0, y: place(86, 0).y }, 'the poles lie on the edge, the antimeridian is one line');
});

test('between two places the way is the short one', () => {
  const [from, to] = [place(0, 179), place(0, -179)];
  assert.ok(difference(from.x, to.x) > 0);
  assert.ok(Math.abs(degrees(between(from, to, 0.75)).lon - -179.5) < 1e-6);
  assert.deepEqual(between(from, to, 1), to);
  assert.deepEqual(between(from, to, 7), to);
  assert.deepEqual(between(from, to, 0), from);
});
