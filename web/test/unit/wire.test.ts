import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { WireError } from '../../src/fields.ts';
import type { Tracked } from '../../src/orders.ts';
import { parse, parseConfig, parseDetails, tell, watch, type Message } from '../../src/wire.ts';

function golden(name: string): string[] {
  return readFileSync(`../testdata/wire/${name}`, 'utf8').trimEnd().split('\n');
}

const everything = 'all/everything';
const sara = { number: 1, id: '10', name: 'Sara', team: 'north', username: 'test_driver1' };

/** What each golden line means; frames without what they leave out. */
const meant: Message[] = [
  { type: 'hello', epoch: '00c0ffee00c0ffee', version: 1763823600000 },
  { type: 'parts', parts: [{ number: 1, part: everything }, { number: 2, part: 'all/12/2633/1612/1000' }, { number: 3, part: 'order/A-7' }], more: false },
  { type: 'parts', parts: [{ number: 1, part: everything }], more: true },
  { type: 'upto', version: 1763823600100 },
  { type: 'beat', version: 1763823610100 },
  { type: 'bye', code: 1001, reason: 'the server stops', after: 1200 },
  { type: 'right', until: 1763827200000 },
  { type: 'right', until: 0 },
  { type: 'error', error: 'unknown_view', detail: 'want one of "all":true, "box":[south,west,north,east] and "couriers":["id",…]' },
  frame({
    from: 0,
    to: 1763823600000,
    full: true,
    introduced: [sara],
    at: [{ number: 1, position: { lat: 35.0001, lon: 53.12111, heading: 270, speed: 8.3, stamp: 1763823599948, interval: 60_000 } }],
  }),
  frame({
    left: [2],
    at: [{ number: 1, position: { lat: 35.00012, lon: 53.12111, heading: 0, speed: 8.1, stamp: 1763823600096, interval: 60_000 } }],
  }),
  frame({
    more: true,
    introduced: [
      {
        number: 4294967295,
        id: 'پیک-۷',
        name: '<img src=x onerror=alert(1)>\u202e\u2028 علی\u200cرضا',
        team: '',
        username: 'a"b\\c',
      },
    ],
    at: [
      {
        number: 4294967295,
        position: { lat: -89.999999, lon: -180, heading: null, speed: null, stamp: 1763823600007, interval: 17 },
      },
    ],
  }),
  frame({ full: true }),
  frame({
    part: 2,
    from: 0,
    full: true,
    cells: [
      { index: 0, cell: { count: 7, lat: 35.7, lon: 51.4 } },
      { index: 255, cell: { count: 1200, lat: 35.712345, lon: 51.5 } },
    ],
  }),
  frame({ part: 2, cells: [{ index: 255, cell: undefined }] }),
  tracked({
    id: 'A-7',
    state: 'picked_up',
    destination: { spot: { lat: 35.75, lon: 51.41 }, address: 'Valiasr 7' },
    promised: 1763825400000,
    code: '4711',
    shopPhone: '+98 21 000',
    phone: '+98 21 999',
    stops: 0,
    eta: { least: 8, most: 12 },
    courier: { name: 'Sara', lat: 35.746226, lon: 51.4, exact: true, stamp: 1763823600000 },
  }),
  tracked({ id: 'A-7', state: 'delivered', destination: { spot: undefined, address: 'Valiasr 7' }, ended: 1763823600000, shopPhone: '+98 21 000' }),
  frame({ part: 3, from: 0, full: true, order: 'unknown' }),
  tracked({ id: '<b>\u2028', state: 'assigned', destination: { spot: undefined, address: '\u202eتهران، "خیابان" ۷\\' }, stops: 3 }),
];

function tracked(some: Partial<Tracked>): Message {
  const nothing = { destination: undefined, promised: undefined, ended: undefined, eta: undefined, stops: undefined, courier: undefined };
  return frame({ part: 3, from: 0, full: true, order: { ...nothing, code: '', shopPhone: '', phone: '', ...some } });
}

function frame(some: object): Message {
  const empty = { full: false, more: false, left: [], introduced: [], at: [], cells: [], order: undefined };
  return { type: 'frame', part: 1, from: 1763823600000, to: 1763823600100, ...empty, ...some };
}

test('golden examples are read as they are meant', () => {
  const lines = golden('v1.jsonl');
  assert.equal(lines.length, meant.length, 'a golden line is new or gone: say here what it means');
  for (const [i, line] of lines.entries()) assert.deepEqual(parse(line), meant[i], line);
});

test('what we say is the golden examples, byte for byte', () => {
  const have = { epoch: '00c0ffee00c0ffee', versions: new Map([[everything, 1763823600000]]) };
  const box = { box: [35.5, 51.2, 35.8, 51.6] as [number, number, number, number], zoom: 11.5, limit: 1000 as const };
  assert.deepEqual([watch(), watch(undefined, box), watch(undefined, { couriers: ['10', 'پیک-۷'] }), watch(have), tell('eyJhbGciOiJFUzI1NiJ9.…')], golden('watch.jsonl'));
});

test('what is not known is ignored', () => {
  assert.equal(parse('{"type":"weather","rain":true}'), undefined);
  assert.deepEqual(parse('{"type":"beat","version":5,"moon":"full"}'), { type: 'beat', version: 5 });
  const longer = parse('{"type":"frame","part":1,"to":1000,"new":[[1,"a","A","","",7]],"at":[[1,1,2,3,4,0,60,"more",[]]]}');
  assert.equal(longer?.type === 'frame' && longer.at[0]?.position.interval, 60_000);
});

test('counts are read, and a count of nobody', () => {
  const counted = parse('{"type":"frame","part":1,"to":1000,"full":true,"cells":[[0,12,35.7,51.4],[255,0]]}');
  assert.deepEqual(counted?.type === 'frame' && counted.cells, [
    { index: 0, cell: { count: 12, lat: 35.7, lon: 51.4 } },
    { index: 255, cell: undefined },
  ]);
  assert.throws(() => parse('{"type":"frame","part":1,"to":1,"cells":[[0,12]]}'), WireError);
});

test('what the API says of a courier is read', () => {
  const answer = '{"id":"1","name":"x","position":{"latitude":1,"longitude":2,"stamp":1763823600000000,"battery":0.5,"time":"2025-11-22T15:00:00Z"}}';
  assert.deepEqual(parseDetails(answer), {
    stamp: 1763823600000,
    time: 1763823600000,
    accuracy: undefined,
    altitude: undefined,
    battery: 0.5,
    phone: undefined,
    vehicle: undefined,
  });
  assert.equal(parseDetails(answer.replace('{', '{"phone":"+98912",')).phone, '+98912');
  assert.deepEqual([parseDetails('{"vehicle":"motorcycle"}').vehicle, parseDetails('{}').stamp], ['motorcycle', 0], 'who was not heard has no position');
  assert.throws(() => parseDetails('{"position":7}'), WireError);
});

test('what is not of the form is refused', () => {
  const bad = [
    '',
    'x',
    '[]',
    'null',
    '"hello"',
    '{}',
    '{"type":7}',
    '{"type":"hello","epoch":1,"version":1}',
    '{"type":"hello","epoch":"e"}',
    '{"type":"parts","parts":{}}',
    '{"type":"parts","parts":[1]}',
    '{"type":"parts","parts":[["p",1]]}',
    '{"type":"frame","part":"p","to":1}',
    '{"type":"frame","part":1,"to":1,"span":"0"}',
    '{"type":"frame","part":1,"to":1,"left":["1"]}',
    '{"type":"frame","part":1,"to":1,"new":[[1,"a"]]}',
    '{"type":"frame","part":1,"to":1,"at":[[1,"35",51,null,null,0,null]]}',
    '{"type":"frame","part":1,"to":1,"at":[5]}',
    '{"type":"frame","part":1,"to":1,"order":{"state":"lost"}}',
    '{"type":"frame","part":1,"to":1,"order":{"state":"picked_up","courier":{"at":[1]}}}',
  ];
  for (const text of bad) assert.throws(() => parse(text), WireError, text);
});

test('the configuration is read', () => {
  const said = { kind: 'raster', style: 'map/{z}/{x}/{y}', dark: 'd', attribution: '', city: true, timezone: 'Asia/Tehran', login: '/login/', shop: { name: 'Hermes', color: '#e4002b', logo: 'shop/logo.svg' } };
  assert.deepEqual(parseConfig(JSON.stringify(said)), said);
  assert.equal(parseConfig(JSON.stringify({ ...said, shop: { color: 'red; x' } })).shop.color, '');
  assert.throws(() => parseConfig(JSON.stringify({ ...said, kind: 'globe' })), WireError);
  assert.throws(() => parseConfig('{"style":1}'), WireError);
});
