import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMe, type Scope } from '../../src/answers.ts';
import { deeds, everybody, whom } from '../../src/right.ts';

const teams = new Map([['n', 'شمال'], ['s', 'South']]);
const team = (name: string): Scope => ({ kind: 'team', name });
const plain = (text: string) => text.replace(/[\u2068\u2069]/g, '');

test('whom a right covers, in words', () => {
  const cases: [scopes: Scope[], en: string, fa: string][] = [
    [[{ kind: 'all', name: '' }], 'all couriers', 'همهٔ پیک‌ها'],
    [[], 'nobody', 'هیچ‌کس'],
    [[team('s')], 'team South', 'گروه South'],
    [[team('n'), team('s'), team('west')], 'teams شمال, South and west', 'گروه‌های شمال،‏ South، و west'],
    [[{ kind: 'courier', name: '10' }], 'courier 10', 'پیک 10'],
    [[team('s'), { kind: 'courier', name: '10' }, { kind: 'courier', name: '11' }], 'team South and couriers 10 and 11', 'گروه South و پیک‌های 10 و 11'],
    [[{ kind: 'order', name: 'A-1' }], 'order A-1', 'سفارش A-1'],
    [[...'abcdefg'].map(team), 'teams a, b, c, d and 3 more', 'گروه‌های a،‏ b،‏ c،‏ d، و ۳ مورد دیگر'],
  ];
  for (const [scopes, en, fa] of cases) {
    assert.equal(plain(whom(scopes, teams, 'en')), en);
    assert.equal(plain(whom(scopes, teams, 'fa')), fa);
  }
});

test('what a right allows, in words', () => {
  assert.equal(plain(deeds(['watch', 'publish', 'manage'], 'en')), 'sees, reports positions and manages');
  assert.equal(plain(deeds(['watch'], 'fa')), 'دیدن');
  assert.equal(everybody([team('s')]), false);
  assert.equal(everybody([team('s'), { kind: 'all', name: '' }]), true);
});

test('who we are, as the API says it', () => {
  const me = parseMe('{"subject":"key:ab","name":"Night","role":"viewer","courier":null,"actions":["watch","fly"],"scopes":[{"kind":"team","name":"n"},{"kind":"all"}],"until":"2026-11-22T20:00:00Z"}');
  const until = Date.UTC(2026, 10, 22, 20);
  assert.deepEqual(me, { subject: 'key:ab', name: 'Night', role: 'viewer', actions: ['watch'], scopes: [team('n'), { kind: 'all', name: '' }], until });
  assert.equal(parseMe('{"role":"admin","until":null}').until, undefined);
  for (const bad of ['', '[]', '{}', '{"role":"king"}', '{"role":"admin","scopes":[{"kind":"planet"}]}']) assert.throws(() => parseMe(bad), bad);
});
