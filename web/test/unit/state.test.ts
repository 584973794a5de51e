import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Picture } from '../../src/state.ts';
import type { Frame, Message, Position } from '../../src/wire.ts';

const second = 1000; // milliseconds, as versions are
const start = 1_763_823_600 * second;

/** A position taken so many milliseconds after the start. */
function at(milliseconds: number, lat = 35.7, lon = 51.4): Position {
  return { lat, lon, heading: null, speed: null, stamp: start + milliseconds, interval: 1000 };
}

/** The number of a part whose name is a letter. */
const numberOf = (part: string) => part.charCodeAt(0);

/** A frame of couriers by number; `n` and position. */
function frame(part: string, from: number, to: number, couriers: [number, string, Position][], more: Partial<Frame> = {}): Frame {
  return {
    type: 'frame',
    part: numberOf(part),
    from: from && start + from * second,
    to: start + to * second,
    full: from === 0,
    more: false,
    left: [],
    introduced: couriers.map(([number, id]) => ({ number, id, name: `name of ${id}`, team: '', username: id })),
    at: couriers.map(([number, , position]) => ({ number, position })),
    cells: [],
    order: undefined,
    ...more,
  };
}

const hello = (epoch: string): Message => ({ type: 'hello', epoch, version: start });
const parts = (...names: string[]): Message => ({ type: 'parts', parts: names.map((part) => ({ number: numberOf(part), part })), more: false });
const upto = (to: number): Message => ({ type: 'upto', version: start + to * second });

function apply(picture: Picture, ...messages: Message[]) {
  return messages.map((message) => picture.apply(message, 0)).at(-1);
}

function ids(picture: Picture): string[] {
  return [...picture.couriers.keys()].toSorted();
}

/** A picture that is in step with couriers a and b in one part. */
function two(): Picture {
  const picture = new Picture();
  apply(picture, hello('e'), parts('p'), frame('p', 0, 1, [[1, 'a', at(900)], [2, 'b', at(800)]]), upto(1));
  picture.takeChanged();
  return picture;
}

test('a full frame fills the picture', () => {
  const picture = two();
  assert.deepEqual(ids(picture), ['a', 'b']);
  assert.equal(picture.inStep, true);
  assert.equal(picture.couriers.get('a')?.name, 'name of a');
  assert.deepEqual(picture.have(), { epoch: 'e', versions: new Map([['p', start + second]]) });
});

test('a difference moves, introduces, renames and lets go', () => {
  const picture = two();
  const outcome = apply(
    picture,
    frame('p', 1, 2, [[3, 'c', at(1900)]], { left: [2] }),
    { ...frame('p', 2, 3, []), introduced: [{ number: 1, id: 'a', name: 'Ali', team: 't', username: 'u' }] },
    frame('p', 3, 4, [], { at: [{ number: 1, position: at(3900, 35.8) }] }),
    upto(4),
  );
  assert.equal(outcome, 'applied');
  assert.deepEqual(ids(picture), ['a', 'c']);
  assert.equal(picture.couriers.get('a')?.name, 'Ali');
  assert.equal(picture.couriers.get('a')?.position?.lat, 35.8);
  assert.deepEqual([...picture.takeChanged()].toSorted(), ['a', 'b', 'c']);
  assert.equal(picture.takeChanged().size, 0);
});

test('a frame whose beginning is not held is left, and is a gap', () => {
  const picture = two();
  assert.equal(apply(picture, frame('p', 2, 3, [[1, 'a', at(2900, 36)]])), 'gap');
  assert.equal(picture.couriers.get('a')?.position?.lat, 35.7);
  assert.deepEqual(picture.have()?.versions.get('p'), start + second);
});

test('a frame of a part that is not watched is ignored', () => {
  const picture = two();
  assert.equal(apply(picture, frame('q', 0, 2, [[1, 'z', at(0)]])), 'applied');
  assert.deepEqual(ids(picture), ['a', 'b']);
});

test('an older position does not replace a newer one', () => {
  const picture = two();
  apply(picture, frame('p', 1, 2, [], { at: [{ number: 1, position: at(100, 10) }] }));
  assert.equal(picture.couriers.get('a')?.position?.lat, 35.7);
});

test('a full frame in pieces replaces only when the last piece is in', () => {
  const picture = two();
  apply(picture, frame('p', 0, 2, [[3, 'c', at(1500)]], { more: true }));
  assert.deepEqual(ids(picture), ['a', 'b', 'c'], 'nothing is gone yet');
  assert.equal(picture.have()?.versions.get('p'), start + second, 'the version is still the one from before');
  apply(picture, frame('p', 0, 2, [[1, 'a', at(1600)]], { full: false }), upto(2));
  assert.deepEqual(ids(picture), ['a', 'c']);
  assert.equal(picture.have()?.versions.get('p'), start + 2 * second);
});

test('half a full frame is forgotten with its connection', () => {
  const picture = two();
  apply(picture, frame('p', 0, 2, [[3, 'c', at(1500)]], { more: true }));
  picture.lost();
  assert.equal(picture.inStep, false);
  apply(picture, hello('e'), parts('p'), frame('p', 1, 3, [], { left: [2] }), upto(3));
  assert.deepEqual(ids(picture), ['a']);
});

test('resuming in the same epoch keeps everything without a flash', () => {
  const picture = two();
  picture.lost();
  apply(picture, hello('e'), parts('p'));
  assert.deepEqual(ids(picture), ['a', 'b']);
  assert.equal(picture.inStep, false);
  apply(picture, upto(2));
  assert.deepEqual(ids(picture), ['a', 'b']);
  assert.equal(picture.inStep, true);
});

test('another epoch: the old picture stays until full frames replace it', () => {
  const picture = two();
  picture.lost();
  apply(picture, hello('f'), parts('p'));
  assert.deepEqual(ids(picture), ['a', 'b'], 'shown, though nothing holds them');
  assert.deepEqual(picture.have(), { epoch: 'f', versions: new Map() }, 'old versions mean nothing now');
  // The new server's clock is behind: its position still replaces the old one.
  apply(picture, frame('p', 0, 1, [[1, 'b', at(100, 36)]]), upto(1));
  assert.deepEqual(ids(picture), ['b']);
  assert.equal(picture.couriers.get('b')?.position?.lat, 36);
});

test('another epoch in which the part is empty', () => {
  const picture = two();
  apply(picture, hello('f'), parts('p'), frame('p', 0, 1, []), upto(1));
  assert.deepEqual(ids(picture), []);
});

test('a part of which no frame came by upto is empty', () => {
  const picture = two();
  apply(picture, hello('f'), parts('p', 'q'), frame('q', 0, 1, [[7, 'a', at(950)]], { more: true }), upto(1));
  assert.deepEqual(ids(picture), [], 'neither of the old epoch nor of a full frame that broke off');
  const crowd = [{ index: 3, cell: { count: 7, lat: 35, lon: 51 } }];
  apply(picture, frame('p', 0, 2, [], { cells: crowd }), upto(2), hello('g'), parts('p'));
  assert.equal(picture.cells().length, 1, 'counts stay until we know');
  apply(picture, upto(3));
  assert.equal(picture.cells().length, 0);
  assert.equal(apply(picture, frame('p', 3, 4, [[1, 'c', at(3900)]])), 'applied');
  assert.deepEqual(ids(picture), ['c']);
});

test('another epoch that does not name the old part: its couriers go at once', () => {
  const picture = two();
  apply(picture, hello('f'), parts('q'));
  assert.deepEqual(ids(picture), []);
});

test('a part that is no longer named is dropped at once', () => {
  const picture = two();
  apply(picture, parts('p', 'q'), frame('q', 0, 1, [[7, 'a', at(950, 36)], [8, 'z', at(950)]]), upto(1));
  assert.deepEqual(ids(picture), ['a', 'b', 'z']);
  apply(picture, parts('q'));
  assert.deepEqual(ids(picture), ['a', 'z'], 'a is still held by q');
  apply(picture, parts());
  assert.deepEqual(ids(picture), []);
});

test('a courier that two parts hold shows the newest position, and the other one when that is gone', () => {
  const picture = two();
  apply(picture, parts('p', 'q'), frame('q', 0, 1, [[7, 'a', at(950, 36)]]));
  assert.equal(picture.couriers.get('a')?.position?.lat, 36);
  apply(picture, frame('q', 1, 2, [], { left: [7] }));
  assert.equal(picture.couriers.get('a')?.position?.lat, 35.7);
});

test('a courier that goes from part to part does not vanish in between', () => {
  const picture = two();
  apply(picture, parts('p', 'q'), frame('q', 0, 1, []), upto(1));
  apply(picture, frame('p', 1, 2, [], { left: [1] }));
  assert.deepEqual(ids(picture), ['a', 'b'], 'held by none, until upto says so');
  apply(picture, frame('q', 1, 2, [[1, 'a', at(1900)]]), upto(2));
  assert.deepEqual(ids(picture), ['a', 'b']);
  apply(picture, frame('q', 2, 3, [], { left: [1] }), upto(3));
  assert.deepEqual(ids(picture), ['b']);
});

test('the clock is the server’s, and does not run on for ever', () => {
  const picture = new Picture();
  picture.apply(hello('e'), 1000);
  assert.equal(picture.clock.now(3000), start + 2000);
  picture.apply({ type: 'beat', version: start + 10 * second }, 11_300); // 300 ms late
  assert.equal(picture.clock.now(11_300), start + 10_300, 'a late message does not set it back');
  assert.equal(picture.clock.now(900_000), start + 25_300, 'on a dead connection it stops');
  picture.lost();
  assert.equal(picture.clock.now(12_000), start + 10_300, 'nobody falls silent because we hear nothing');
  picture.apply({ type: 'beat', version: start + 20 * second }, 21_000);
  assert.equal(picture.clock.now(22_000), start + 21_000);
});

/** A server's world with its whole history, from which any difference can be made. */
class Model {
  readonly history: { version: number; id: string; number: number; position: Position | undefined }[] = [];
  version = 0;

  change(number: number, random: () => number): void {
    this.version += 1;
    const gone = random() < 0.2;
    const position = gone ? undefined : at(this.version * 1000, 35 + random());
    this.history.push({ version: this.version, id: `id ${number}`, number, position });
  }

  world(): Map<string, number> {
    const world = new Map<string, number>();
    for (const { id, position } of this.history) {
      if (position) world.set(id, position.lat);
      else world.delete(id);
    }
    return world;
  }

  /** The difference from a version, in pieces of one courier. */
  difference(from: number): Frame[] {
    const newest = new Map<number, (typeof this.history)[number]>();
    for (const change of this.history) if (change.version > from) newest.set(change.number, change);
    const pieces = [...newest.values()].map(({ number, id, position }) =>
      position
        ? frame('p', from, this.version, [[number, id, position]], { more: true, full: false })
        : frame('p', from, this.version, [], { left: [number], more: true, full: false }),
    );
    pieces.push(frame('p', from, this.version, [], { full: false }));
    if (from === 0) pieces[0]!.full = true;
    return pieces;
  }
}

/** Numbers that look random and are the same every time (mulberry32). */
function numbers(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

test('whatever is lost on the way, the picture is the world in the end', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const random = numbers(seed);
    const model = new Model();
    const picture = new Picture();
    for (let connection = 0; connection < 6; connection++) {
      apply(picture, hello('e'), parts('p'));
      for (let tick = 0; tick < 4; tick++) {
        for (let change = 0; change < 5; change++) model.change(1 + Math.floor(random() * 8), random);
        const have = picture.have()?.versions.get('p');
        const pieces = model.difference(have === undefined ? 0 : (have - start) / second);
        const last = connection === 5 || random() < 0.7;
        const come = last ? pieces.length : Math.floor(random() * pieces.length);
        for (const piece of pieces.slice(0, come)) assert.equal(apply(picture, piece), 'applied');
        if (!last) break;
        apply(picture, upto(model.version));
      }
      picture.lost();
    }
    const shown = new Map([...picture.couriers].map(([id, courier]) => [id, courier.position?.lat]));
    assert.deepEqual(new Map([...shown].toSorted()), new Map([...model.world()].toSorted()), `seed ${seed}`);
  }
});

test('upto is the version of every part, and never goes back', () => {
  const picture = new Picture();
  apply(picture, hello('e'), parts('p', 'q'), frame('p', 0, 1, [[1, 'a', at(900)]]), frame('q', 0, 9, [[1, 'b', at(800)]]), upto(5));
  assert.deepEqual(picture.have()?.versions, new Map([['p', start + 5 * second], ['q', start + 9 * second]]));
  assert.equal(apply(picture, frame('p', 5, 6, [[1, 'a', at(5900, 36)]])), 'applied', 'so the next difference may begin there');
  assert.equal(picture.couriers.get('a')?.position?.lat, 36);
});

test('a part may be told as counts, and as couriers again', () => {
  const picture = two();
  const cell = (count: number) => ({ count, lat: 35.7, lon: 51.4 });
  apply(picture, frame('p', 0, 2, [], { cells: [{ index: 7, cell: cell(40) }], more: true }));
  assert.deepEqual(ids(picture), ['a', 'b'], 'the old content stays until the last piece is in');
  assert.deepEqual(picture.cells(), []);
  apply(picture, frame('p', 0, 2, [], { full: false, cells: [{ index: 8, cell: cell(2) }] }), upto(2));
  assert.deepEqual(ids(picture), []);
  assert.deepEqual([picture.cells(), picture.count], [[cell(40), cell(2)], 42]);
  apply(picture, frame('p', 2, 3, [], { cells: [{ index: 7, cell: cell(41) }, { index: 8, cell: undefined }] }), upto(3));
  assert.deepEqual(picture.cells(), [cell(41)]);
  apply(picture, frame('p', 0, 4, [[1, 'a', at(3900)]]), upto(4));
  assert.deepEqual([ids(picture), picture.cells()], [['a'], []]);
});

test('cleared, it holds nothing and has nothing to go on from', () => {
  const picture = two();
  picture.clear();
  assert.deepEqual([ids(picture), picture.have(), picture.inStep], [[], undefined, false]);
  assert.deepEqual([...picture.takeChanged()].toSorted(), ['a', 'b']);
  apply(picture, hello('e'), parts('p'), frame('p', 0, 1, [[1, 'a', at(900)]]), upto(1));
  assert.deepEqual(ids(picture), ['a']);
});
