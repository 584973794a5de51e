import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { age, coordinates, digits, exact, texts, timeOfDay, wind } from '../../src/text.ts';
import { shape } from './shape.ts';
import { dark, light, type Theme } from '../../src/theme.ts';

test('ages are said as people say them', () => {
  const said = [0, 400, 12_000, 59_400, 60_000, 3_599_000, 7_200_000, 200_000_000].map((ms) => age(ms, 'en'));
  assert.deepEqual(said, ['0 s', '0 s', '12 s', '59 s', '1 min', '59 min', '2 h', '2 d']);
  assert.equal(age(180_000, 'fa'), '۳ دقیقه');
  assert.equal(age(-5, 'en'), '0 s');
});

test('Persian has its digits and its calendar, whatever the browser', () => {
  assert.equal(digits(1234, 'fa'), '۱٬۲۳۴');
  assert.equal(digits(1234, 'en'), '1,234');
  assert.match(exact(1763823600000, 'fa', ''), /۱۴۰۴/);
  assert.match(exact(1763823600000, 'en', ''), /2025/);
});

test('moments are told in the time zone that the server names', () => {
  assert.match(exact(1763823600000, 'fa', 'Asia/Tehran'), /۱۸:۳۰:۰۰/);
  assert.match(exact(1763823600000, 'en', 'Asia/Tokyo'), /23 Nov 2025, 00:00:00/);
  assert.equal(timeOfDay(1763823600000, 'en', 'Asia/Tehran'), '18:30:00');
  assert.match(exact(1763823600000, 'en', 'No/Where'), /2025/, 'a zone that the browser does not know is no fault');
});

test('directions and coordinates are told in the language', () => {
  assert.deepEqual([0, 22, 23, 359, 181].map((heading) => wind(heading, 'en')), ['north', 'north', 'north-east', 'north', 'south']);
  assert.equal(coordinates(35.7, 51.4, 'en'), '35.70000, 51.40000');
  assert.equal(coordinates(35.7, 51.4, 'fa'), '۳۵٫۷۰۰۰۰، ۵۱٫۴۰۰۰۰');
});

test('both languages say everything', () => {
  const { en, fa } = texts;
  assert.deepEqual(shape(fa), shape(en));
  assert.equal(texts.en.couriers('1', true), '1 courier');
});

for (const [name, theme] of Object.entries({ light, dark })) {
  test(`what is to be read can be read, ${name}`, () => {
    const pairs: [keyof Theme, keyof Theme][] = [
      ['ink', 'surface'],
      ['muted', 'surface'],
      ['accent', 'surface'],
      ['danger', 'surface'],
      ['attention', 'surface'],
      ['ink', 'ground'],
      ['muted', 'ground'],
    ];
    for (const [ink, ground] of pairs) {
      const ratio = contrast(String(theme[ink]), String(theme[ground]));
      assert.ok(ratio >= 4.5, `${ink} on ${ground}: ${ratio.toFixed(2)}`);
    }
    for (const mark of [theme.moving, theme.stopped, theme.silent]) {
      assert.ok(contrast(mark, theme.map.town) >= 3, `a courier on the map: ${mark} ${contrast(mark, theme.map.town).toFixed(2)}`);
    }
  });
}

/** The contrast of two colours (WCAG 2.2). */
function contrast(a: string, b: string): number {
  const [dim = 0, bright = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (bright + 0.05) / (dim + 0.05);
}

function luminance(color: string): number {
  const channel = (at: number) => {
    const c = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

test('the outline of the world is flat: no ring jumps, every ring is closed', () => {
  const { features } = JSON.parse(readFileSync('dist/world.geojson', 'utf8')) as {
    features: { properties: { kind: string }; geometry: { coordinates: [number, number][][][] } }[];
  };
  assert.deepEqual(features.map((feature) => feature.properties.kind), ['land', 'border']);
  for (const ring of features[0]!.geometry.coordinates.flat()) {
    assert.deepEqual(ring[0], ring.at(-1));
    for (const [i, [lon, lat]] of ring.entries()) {
      const last = ring[i - 1] ?? ring[0]!;
      // Only along the pole does a line go around the world.
      assert.ok(Math.abs(lon - last[0]) < 180 || Math.abs(lat) === 90, `${last} to ${lon},${lat}`);
      assert.ok(Math.abs(lat) <= 90);
    }
  }
});
