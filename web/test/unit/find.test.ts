import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAddress, writeAddress } from '../../src/address.ts';
import { fold, haystack, needles } from '../../src/fold.ts';
import { Roster } from '../../src/roster.ts';
import type { Courier } from '../../src/state.ts';

const finds = (query: string, text: string) => needles(query).every((word) => haystack(text).includes(word));

test('a search overlooks how letters and digits are typed', () => {
  const pairs: [query: string, text: string][] = [
    ['علي', 'علی'],
    ['كريمي', 'کریمی'],
    ['علیرضا', 'علی\u200cرضا'],
    ['علی رضا', 'علیرضا'],
    ['علی\u200cرضا', 'علی رضا'],
    ['ارش', 'آرش'],
    ['مؤمن', 'مومن'],
    ['۱۲', 'پیک ١٢'],
    ['12', 'پیک ۱۲'],
    ['JOSE', 'José'],
    ['  sara ', 'SARA N.'],
    ['فاطمة', 'فاطمه'],
    ['محمّد', 'محمـــد'],
    ['\u202eabc', 'a\u200fbc'],
  ];
  for (const [query, text] of pairs) assert.ok(finds(query, text), `${query} in ${text}`);
  assert.equal(finds('سارا', 'دارا'), false);
  assert.equal(finds('', 'whoever'), true);
  assert.equal(fold('Ⅻ'), 'xii');
});

const now = 1_000_000;

function courier(id: string, name: string, old = 0, moving = true): Courier {
  const at = { lat: 0, lon: 0, heading: null, speed: null, stamp: now - old, interval: 1000, moving };
  return { id, name, team: '', username: `user${id}`, position: at };
}

const among = (...couriers: Courier[]) => new Map(couriers.map((each) => [each.id, each]));
const everybody = { query: '', filter: 'all' as const };
const names = (rows: readonly Courier[]) => rows.map(({ name }) => name);

test('the list is in the order of names, numbers as numbers', () => {
  const roster = new Roster('fa-IR');
  const couriers = among(courier('1', 'پیک ۱۰'), courier('2', 'پیک ۲'), courier('3', 'آرش'), courier('4', 'Zoe'));
  assert.deepEqual(names(roster.refresh(couriers, now, everybody).rows), ['آرش', 'پیک ۲', 'پیک ۱۰', 'Zoe']);
});

test('who comes, goes or is renamed is found in its place', () => {
  const roster = new Roster('en-GB');
  const couriers = among(courier('1', 'b'), courier('2', 'd'));
  roster.refresh(couriers, now, everybody);
  couriers.set('3', courier('3', 'c'));
  couriers.set('4', courier('4', 'a'));
  assert.deepEqual(names(roster.refresh(couriers, now, everybody).rows), ['a', 'b', 'c', 'd']);
  couriers.delete('1');
  assert.deepEqual(names(roster.refresh(couriers, now, everybody).rows), ['a', 'c', 'd']);
  Object.assign(couriers.get('4')!, { name: 'z' });
  assert.deepEqual(names(roster.refresh(couriers, now, everybody).rows), ['c', 'd', 'z']);
  assert.equal(roster.refresh(couriers, now, { query: 'z', filter: 'all' }).rows.length, 1);
  couriers.set('3', courier('3', 'c')); // gone and back
  assert.deepEqual(names(roster.refresh(couriers, now, everybody).rows), ['c', 'd', 'z']);
});

test('chips count what the search finds, and the newest silence comes first', () => {
  const roster = new Roster('en-GB');
  const couriers = among(courier('1', 'a', 9000), courier('2', 'b', 5000), courier('3', 'c'), courier('4', 'd', 0, false));
  const { rows, counts } = roster.refresh(couriers, now, { query: 'user', filter: 'silent' });
  assert.deepEqual(counts, { all: 4, moving: 1, stopped: 1, silent: 2 });
  assert.deepEqual(names(rows), ['b', 'a']);
  assert.deepEqual(roster.refresh(couriers, now, { query: 'user4', filter: 'silent' }).counts, { all: 1, moving: 0, stopped: 1, silent: 0 });
});

test('the address holds the view, the courier and what is managed', () => {
  const address = { view: { zoom: 13.25, lat: 35.70001, lon: 51.4 }, courier: 'a+b/پیک &#=%', place: { view: 'couriers' as const, id: 'x/y+ &z' } };
  assert.deepEqual(readAddress(writeAddress(address)), address);
  assert.equal(writeAddress({ view: undefined, courier: undefined, place: undefined }), '');
  assert.equal(writeAddress({ view: address.view, courier: undefined, place: undefined }), '#map=13.25/35.70001/51.40000');
  assert.deepEqual(readAddress('#courier=10'), { view: undefined, courier: '10', place: undefined });
  for (const place of [{ view: 'keys', id: undefined }, { view: 'teams', id: undefined }, { view: 'couriers', id: '' }] as const) {
    assert.deepEqual(readAddress(writeAddress({ view: undefined, courier: undefined, place })).place, place);
  }
  for (const bad of ['', '#', '#map=', '#map=1/2', '#map=a/b/c', '#map=1/91/0', '#map=99/1/1', '#map=1/2/3/4', '#%', '#courier=', '#manage=', '#manage=nothing/1']) {
    assert.deepEqual(readAddress(bad), { view: undefined, courier: undefined, place: undefined }, bad);
  }
});
