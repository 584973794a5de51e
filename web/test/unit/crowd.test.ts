import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fan, gather, pixelAt, stepOf, type Body } from '../../src/crowd.ts';
import { place } from '../../src/mercator.ts';
import { choose } from '../../src/names.ts';
import { leg } from '../../src/overlay.ts';

/** Bodies so many pixels east of a place. */
function row(zoom: number, pixels: number[], standing = true): Body[] {
  const { x, y } = place(35.7, 51.4);
  return pixels.map((by, i) => ({ id: String(i), x: x + by * pixelAt(zoom), y, standing }));
}

test('far out, who touches is a crowd, and everybody is in one place', () => {
  const bodies = row(8, [0, 20, 40, 300, 310, 600]);
  const crowds = gather(bodies, 8);
  assert.deepEqual(crowds.map(({ count }) => count).toSorted(), [2, 3]);
  assert.equal(new Set(crowds.flatMap(({ ids }) => ids)).size, 5, 'nobody twice, and who is alone in none');
  const middle = crowds.find(({ count }) => count === 3)!;
  assert.ok(Math.abs(middle.x - bodies[1]!.x) < 1, 'a crowd is in the middle of its members');
});

test('two that touch are one crowd wherever the grid lies', () => {
  for (let shift = 0; shift < 44; shift += 3) assert.equal(gather(row(8, [shift, shift + 20]), 8).length, 1, String(shift));
});

test('in a town only a heap is a crowd; in a street who stands on one point', () => {
  assert.equal(gather(row(12, [0, 10, 20]), 12).length, 0);
  assert.equal(gather(row(12, [0, 3, 6, 9, 12, 15]), 12).length, 1);
  assert.equal(gather(row(16, [0, 2]), 16).length, 1);
  assert.equal(gather(row(16, [0, 2], false), 16).length, 0, 'who drives by is gone in a moment');
  assert.equal(gather(row(16, [0, 30]), 16).length, 0);
});

test('crowds change at half steps of the zoom', () => {
  assert.deepEqual([8, 8.49, 8.5, 8.99].map(stepOf), [8, 8, 8.5, 8.5]);
});

test('who is fanned out has room', () => {
  for (const count of [2, 7, 8, 30, 200]) {
    const spots = fan(count);
    assert.equal(spots.length, count);
    for (const [i, a] of spots.entries()) {
      for (const b of spots.slice(i + 1)) assert.ok(Math.hypot(a.x - b.x, a.y - b.y) > 24, `${count}: ${JSON.stringify([a, b])}`);
    }
  }
});

test('the legs of who is fanned out reach their markers, on the outer rings too', () => {
  for (const spot of fan(40)) {
    const end = leg(spot);
    const gap = Math.hypot(spot.x - end.x, spot.y - end.y);
    assert.ok(gap > 5 && gap < 11, `${gap} pixels to the middle of the marker`);
  }
});

test('names: the selected always, then the nearest that do not cover others', () => {
  const at = (id: string, x: number, y = 100) => ({ id, name: `name ${id}`, x, y });
  assert.deepEqual(choose([at('a', 100), at('b', 110, 160), at('c', 500)], [], { x: 105, y: 100 }, false), ['a', 'b', 'c']);
  assert.deepEqual(choose([at('a', 100), at('b', 130)], ['a'], { x: 100, y: 100 }, false), ['a'], 'asked for, though it covers another');
  assert.deepEqual(choose([at('a', 100), at('b', 130)], [], { x: 100, y: 100 }, false), ['b'], 'its name would cover the other');
  assert.deepEqual(choose([at('a', 100), at('b', 130)], [], { x: 100, y: 100 }, true), ['a'], 'and on the other side the other way round');
  const many = Array.from({ length: 100 }, (_, i) => at(String(i), 0, i * 40));
  assert.equal(choose(many, [], { x: 0, y: 0 }, false).length, 8);
});
