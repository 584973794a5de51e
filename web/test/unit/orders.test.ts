import assert from 'node:assert/strict';
import { test } from 'node:test';
import { far, metres } from '../../src/dispatch/distance.ts';
import { parseHubs } from '../../src/dispatch/hubs.ts';
import { candidate, nearest } from '../../src/dispatch/nearest.ts';
import { inRound, isOpen, parseOrder, type Order } from '../../src/dispatch/order.ts';
import { allWords } from '../../src/dispatch/text.ts';
import { byGravity, Stillness, worriesOf, type Worried } from '../../src/dispatch/worry.ts';
import type { Courier } from '../../src/state.ts';
import { shape } from './shape.ts';

const now = 1_763_823_600_000;
const minute = 60_000;

function order(id: string, over: Partial<Order> = {}): Order {
  return { ...parseOrder({ id, state: 'created' }), ...over };
}

/** A courier that reports every 20 s, so many milliseconds ago. */
function courier(id: string, lat: number, lon: number, old = 0): Courier {
  return { id, name: `courier ${id}`, team: '', username: '', position: { lat, lon, heading: null, speed: null, stamp: now - old, interval: 20_000, moving: true } };
}

const there = { spot: { lat: 35.7, lon: 51.4 }, address: '' };

test('an order is read as the API writes it', () => {
  const read = parseOrder({
    id: 'A-17', state: 'picked_up', courier: '7', destination: { latitude: 35.7, longitude: 51.4, address: 'خیابان ۱۲' }, pickup: { address: 'shop' },
    promised: '2025-11-22T15:00:00Z', stop: 2, customer: 'سارا', phone: '0912', shop_phone: '', courier_phone: '', code: '4711', needs_code: true, reason: '',
    metadata: { a: 1 }, times: { created: '2025-11-22T14:00:00Z', picked_up: '2025-11-22T14:30:00Z' }, version: 3,
  });
  assert.deepEqual(read, {
    id: 'A-17', state: 'picked_up', courier: '7', destination: { spot: { lat: 35.7, lon: 51.4 }, address: 'خیابان ۱۲' }, pickup: { spot: undefined, address: 'shop' },
    promised: now, stop: 2, customer: 'سارا', phone: '0912', code: '4711', reason: '', times: { created: now - 60 * minute, picked_up: now - 30 * minute }, version: 3,
  } satisfies Order);
  assert.equal(parseOrder({ id: 'x', state: 'created', destination: null, promised: null }).promised, undefined);
  for (const bad of [{}, { id: 'x' }, { id: 'x', state: 'lost' }, []]) assert.throws(() => parseOrder(bad));
});

test('what needs attention: late, and on the way with a courier that is silent or stands for long', () => {
  const way = (over: Partial<Order> = {}) => order('1', { state: 'picked_up', courier: '7', ...over });
  const fresh = { courier: courier('7', 35.7, 51.4), stands: undefined };
  const silent = { courier: courier('7', 35.7, 51.4, 4 * minute), stands: now - 20 * minute };
  const stands = (for_: number) => ({ ...fresh, stands: now - for_ });
  const cases: [name: string, order: Order, bringer: Parameters<typeof worriesOf>[1], want: [string, number | undefined][]][] = [
    ['nothing promised', way(), fresh, []],
    ['in time', way({ promised: now }), fresh, []],
    ['late', way({ promised: now - 1 }), fresh, [['late', 1]]],
    ['late, with nobody', order('1', { promised: now - minute }), { courier: undefined, stands: undefined }, [['late', minute]]],
    ['late, and over', order('1', { state: 'delivered', promised: now - minute }), fresh, []],
    ['silent', way(), silent, [['silent', 4 * minute]]],
    ['silent, but carrying nothing yet', way({ state: 'assigned' }), silent, []],
    ['never heard', way(), { courier: undefined, stands: undefined }, [['silent', undefined]]],
    ['nothing is known of the courier', way({ promised: now - 1 }), undefined, [['late', 1]]],
    ['stands at a light', way(), stands(9 * minute), []],
    ['stands for long', way(), stands(10 * minute), [['stopped', 10 * minute]]],
    ['late and silent', way({ promised: now - minute }), silent, [['late', minute], ['silent', 4 * minute]]],
  ];
  for (const [name, is, bringer, want] of cases) assert.deepEqual(worriesOf(is, bringer, now).map(({ kind, lasts }) => [kind, lasts]), want, name);
});

test('the gravest comes first', () => {
  const worried = (id: string, kind: 'late' | 'silent' | 'stopped', lasts: number | undefined): Worried => ({ order: order(id), worries: [{ kind, lasts }] });
  const list = [worried('a', 'stopped', 99), worried('b', 'silent', 5), worried('c', 'late', 1), worried('d', 'late', 7), worried('e', 'silent', undefined)];
  assert.deepEqual(list.toSorted(byGravity).map((each) => each.order.id), ['d', 'c', 'e', 'b', 'a']);
});

test('who does not leave its place stands, however its fixes wander', () => {
  const still = new Stillness();
  const at = (lat: number, old: number) => still.follow([courier('7', lat, 51.4, old)]);
  at(35.7, 30 * minute);
  at(35.7003, 20 * minute); // 33 m
  assert.equal(still.since('7'), now - 30 * minute);
  at(35.701, 10 * minute); // 111 m
  assert.equal(still.since('7'), now - 10 * minute);
  assert.equal(still.since('8'), undefined);
  still.follow([]);
  assert.equal(still.since('7'), undefined);
});

test('the five nearest free couriers, and others only if they are too few', () => {
  const near = Array.from({ length: 7 }, (_, i) => courier(String(i), 35.7 + (i + 1) / 100, 51.4));
  const carried = order('x', { state: 'picked_up', courier: '0' });
  const open = [carried, order('y', { state: 'assigned', courier: '1' }), order('z', { state: 'assigned', courier: '1' })];
  const wanted = order('1', { pickup: there, destination: { spot: { lat: 0, lon: 0 }, address: '' } });
  const found = nearest(wanted, near, open, now);
  assert.deepEqual(found.map((each) => [each.courier.id, each.open, each.carries]), [['1', 2, false], ['2', 0, false], ['3', 0, false], ['4', 0, false], ['5', 0, false]]);
  assert.ok(Math.abs(found[0]!.metres! - 2224) < 2, String(found[0]!.metres));
  const few = [near[0]!, near[3]!, courier('quiet', 35.7, 51.4, 2 * minute), { ...near[5]!, position: undefined }];
  assert.deepEqual(nearest(wanted, few, open, now).map((each) => [each.courier.id, each.carries]), [['3', false], ['0', true]], 'who is silent or nowhere brings nothing');
  assert.deepEqual(nearest({ ...carried, pickup: there }, few, open, now).map((each) => each.courier.id), ['3'], 'its own courier has it already');
  assert.equal(nearest(order('1', { destination: there }), near, [], now)[0]!.courier.id, '0', 'without a pick-up, from where it goes');
  assert.deepEqual(nearest(order('1'), near, [], now), []);
  assert.equal(candidate(order('1'), near[0]!, open).metres, undefined);
  assert.deepEqual(candidate(wanted, near[6]!, open).open, 0);
});

test('among thousands the five are the nearest', () => {
  const crew = Array.from({ length: 10_000 }, (_, i) => courier(String(i), 35.6 + (i % 97) / 500, 51.3 + (i % 89) / 500));
  const wanted = crew.map(({ position }) => metres(there.spot, position!)).toSorted((a, b) => a - b).slice(0, 5);
  assert.deepEqual(nearest(order('1', { pickup: there }), crew, [], now).map((each) => each.metres), wanted);
});

test('a round has the sequence of the server', () => {
  const way = (id: string, over: Partial<Order>) => order(id, { state: 'assigned', courier: '7', ...over });
  const round = [
    way('g', {}),
    way('f', { state: 'picked_up', times: { picked_up: 20 } }),
    way('e', { state: 'picked_up', times: { picked_up: 10 } }),
    way('d', { promised: 9 }),
    way('c', { promised: 8 }),
    way('b', { stop: 2, promised: 1 }),
    way('a', { stop: 1 }),
    way('h', {}),
  ];
  assert.deepEqual(round.toSorted(inRound).map(({ id }) => id), ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
  assert.deepEqual((['created', 'assigned', 'picked_up', 'delivered', 'cancelled', 'failed'] as const).map((state) => isOpen(order('1', { state }))), [true, true, true, false, false, false]);
});

test('distances are said as people say them', () => {
  assert.deepEqual([0, 14, 996, 1249, 9949, 12_400].map((length) => far(length, 'en')), ['0 m', '10 m', '1 km', '1.2 km', '9.9 km', '12 km']);
  assert.equal(far(2345, 'fa'), '۲٫۳ کیلومتر');
  assert.ok(Math.abs(metres({ lat: 0, lon: 179.9 }, { lat: 0, lon: -179.9 }) - 22_239) < 2, 'the short way round');
});

test('hubs are read where there are some', () => {
  assert.deepEqual(parseHubs({ hubs: [{ latitude: 35.7, longitude: 51.4, name: 'ونک' }] }), [{ lat: 35.7, lon: 51.4, name: 'ونک' }]);
  assert.deepEqual(parseHubs({ hubs: [] }), []);
});

test('both languages say everything', () => {
  assert.deepEqual(shape(allWords.fa), shape(allWords.en));
});
