import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contrast, legible, over } from '../../src/color.ts';
import { Cutter } from '../../src/events.ts';
import type { Tracked } from '../../src/orders.ts';
import { tel } from '../../src/phone.ts';
import { dark, light } from '../../src/theme.ts';
import { headline, promise, step, window, type Here } from '../../src/track/say.ts';
import { Told } from '../../src/track/told.ts';
import { words } from '../../src/track/words.ts';
import { parse } from '../../src/wire.ts';
import { shape } from './shape.ts';

const noon = Date.UTC(2026, 10, 22, 8, 30); // in Tehran
const english: Here = { language: 'en', timezone: 'Asia/Tehran', now: noon };
const persian: Here = { ...english, language: 'fa' };
const seen = { lat: 35.7, lon: 51.4, name: 'Sara', exact: false, stamp: noon };

function order(some: Partial<Tracked>): Tracked {
  const nothing = { destination: undefined, promised: undefined, ended: undefined, eta: undefined, stops: undefined, courier: undefined };
  return { id: 'A-7', state: 'picked_up', ...nothing, code: '', shopPhone: '', phone: '', ...some };
}

test('both languages of the customer say everything', () => {
  assert.deepEqual(shape(words.fa), shape(words.en));
});

test('when it arrives is said as a window, and never more exactly', () => {
  assert.equal(window({ least: 8, most: 12 }, 'en'), '8 to 12 minutes');
  assert.equal(window({ least: 8, most: 12 }, 'fa'), '۸ تا ۱۲ دقیقهٔ دیگر');
  assert.equal(window({ least: 0, most: 3 }, 'en'), 'less than 3 minutes');
  assert.equal(window({ least: 80, most: 130 }, 'en'), '1 to 3 hours');
});

test('every state has its sentence, and why there is no courier to see', () => {
  assert.deepEqual(headline(order({ state: 'created' }), english), { title: words.en.headline.created, why: words.en.why.created });
  assert.equal(headline(order({}), english).why, words.en.why.hidden);
  assert.equal(headline(order({ courier: seen, stops: 0 }), english).why, '');
  assert.equal(headline(order({ courier: seen, stops: 1 }), english).why, 'It brings one other order first.');
  assert.equal(headline(order({ courier: seen, stops: 3 }), persian).why, 'نخست ۳ سفارش دیگر را می‌رساند.');
  assert.match(headline(order({ state: 'delivered', ended: noon - 600_000 }), english).why, /^11:50 · /);
  assert.match(headline(order({ state: 'failed', ended: noon - 86_400_000 }), persian).why, /۳۰ آبان ۱۴۰۵.*۱۲:۰۰/, 'another day is said');
});

test('a promise is said until the end, and that it is over', () => {
  assert.deepEqual(promise(order({ promised: noon + 60_000 }), english), { text: '12:01', late: false });
  assert.deepEqual(promise(order({ promised: noon - 60_000 }), persian), { text: '۱۱:۵۹؛ از آن گذشته است', late: true });
  assert.equal(promise(order({ promised: noon, state: 'delivered', ended: noon }), english), undefined);
  assert.deepEqual([step(order({})), step(order({ state: 'delivered' })), step(order({ state: 'failed' }))], [2, 3, undefined]);
});

test('numbers can be dialled however they are written', () => {
  assert.deepEqual([tel('۰۹۱۲ ۰۰۰-۱۱'), tel('+98 (21) 000'), tel('٠٢١,7#')], ['tel:091200011', 'tel:+9821000', 'tel:0217#']);
});

test("a shop's colour is legible on everything, and stays what it is where it can", () => {
  for (const theme of [light, dark]) {
    for (const color of ['#ffff00', '#000000', '#ffffff', '#1a56c4', '#e4002b', '#00ff99', '#808080']) {
      const shown = legible(color, [theme.surface, theme.ground], theme.ink);
      assert.ok(contrast(shown, theme.surface) >= 4.5 && contrast(shown, theme.ground) >= 4.5, `${color} as ${shown}`);
      assert.ok(contrast(color, over(color)) >= 4.5, `text on ${color}`);
    }
  }
  assert.equal(legible('#1a56c4', [light.surface, light.ground], light.ink), '#1a56c4');
});

test('events are cut wherever the pieces end', () => {
  const whole = ': hi\n\nid: e.1.x\ndata: {"a":1}\n\ndata: {"b":\ndata: 2}\n\n';
  for (const size of [1, 2, 7, 1000]) {
    const cutter = new Cutter();
    const got: string[] = [];
    for (let i = 0; i < whole.length; i += size) got.push(...cutter.take(whole.slice(i, i + size)));
    assert.deepEqual(got, ['{"a":1}', '{"b":\n2}'], `in pieces of ${size}`);
  }
});

const hello = '{"type":"hello","epoch":"e","version":1000}';
const upto = '{"type":"upto","version":2000}';
const parts = (...names: string[]) => JSON.stringify({ type: 'parts', parts: names.map((name, i) => [i + 1, name]) });
const frame = (part: number, told: object) => JSON.stringify({ type: 'frame', part, to: 2000, full: true, order: { id: `A-${part}`, state: 'picked_up', ...told } });
const withCourier = { code: '4711', phone: '+98', courier: { name: 'Sara', at: [35.7, 51.4], time: 1 } };

function tell(told: Told, ...messages: string[]): void {
  for (const text of messages) told.apply(parse(text)!, 0);
}

test('what is told replaces what was, and what is not told is gone', () => {
  const told = new Told();
  tell(told, hello, parts('order/A-1', 'order/A-2'), frame(1, withCourier), frame(2, { state: 'delivered', ended: 5 }), upto);
  assert.deepEqual(told.all().map(({ id, courier }) => [id, courier?.name]), [['A-1', 'Sara'], ['A-2', undefined]]);
  tell(told, frame(1, {}));
  assert.equal(told.all()[0]?.courier, undefined);
  tell(told, frame(1, { state: 'unknown' }));
  assert.deepEqual(told.all().map(({ id }) => id), ['A-2']);
  tell(told, parts('order/A-9'), upto);
  assert.deepEqual(told.all(), []);
});

test('an answer of the API is shown until frames come, and is not laid over them', () => {
  const told = new Told();
  told.ask()([order({ id: 'A-1' }), order({ id: 'A-5' })]);
  assert.equal(told.all().length, 2);
  const late = told.ask();
  tell(told, hello, parts('order/A-1'), frame(1, { state: 'delivered' }), upto);
  late([order({ id: 'A-1', courier: seen })]);
  assert.deepEqual(told.all().map(({ id, state, courier }) => [id, state, courier]), [['A-1', 'delivered', undefined]]);
});

test('when the right ends nothing is kept but how an order ended', () => {
  const told = new Told();
  tell(told, hello, parts('order/A-1', 'order/A-2'), frame(1, withCourier), frame(2, { ...withCourier, state: 'failed', ended: 5, destination: [1, 2, 'home'] }), upto);
  told.clear();
  assert.deepEqual(told.all(), [order({ id: 'A-2', state: 'failed', ended: 5 })]);
});

test('after a long silence the courier is elsewhere', () => {
  const told = new Told();
  tell(told, hello, parts('order/A-1'), frame(1, { ...withCourier, eta: [3, 5], stops: 0 }), upto);
  told.tire();
  assert.deepEqual(told.all(), [order({ id: 'A-1', code: '4711', phone: '+98' })]);
});
