import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Team } from '../../src/answers.ts';
import { columnsOf, tableOf, truth } from '../../src/manage/columns.ts';
import { decode, readTable, TableError, unguarded, writeTable } from '../../src/manage/csv.ts';
import { newTeams, parts, plan, type Ground } from '../../src/manage/plan.ts';
import { blank, metadataOf, rowsOf, type Profile } from '../../src/manage/profile.ts';
import { inWords } from '../../src/manage/said.ts';
import { allWords } from '../../src/manage/text.ts';
import { shape } from './shape.ts';

const cells = (text: string) => readTable(text).map((line) => line.cells);
const bytes = (...all: number[]) => new Uint8Array(all);

test('tables are read as spreadsheets save them', () => {
  const cases: [text: string, want: string[][]][] = [
    ['a,b\r\n1,2\r\n', [['a', 'b'], ['1', '2']]],
    ['a;b,c\n1;2\n', [['a;b', 'c'], ['1;2']]], // a draw: the comma
    ['a;b;c,d\n1;2;3\n', [['a', 'b', 'c,d'], ['1', '2', '3']]],
    ['a\tb\n1\t2,5', [['a', 'b'], ['1', '2,5']]],
    ['sep=;\r\na;b\r\n', [['a', 'b']]],
    ['"a;b;c",d\n"x ""y"" z",\n', [['a;b;c', 'd'], ['x "y" z', '']]],
    ['a,b\n"two\r\nlines",x\n', [['a', 'b'], ['two\r\nlines', 'x']]],
    [' a , "b" \n\n , \n1,2', [['a', 'b'], ['1', '2']]],
    ['نام،,شناسه\rسارا,۱۲', [['نام،', 'شناسه'], ['سارا', '۱۲']]],
    ['', []],
    ['"', []],
  ];
  for (const [text, want] of cases) {
    if (text === '"') assert.throws(() => cells(text), (fault) => fault instanceof TableError && fault.fault === 'quote' && fault.line === 1);
    else assert.deepEqual(cells(text), want, text);
  }
});

test('lines keep their numbers in the file', () => {
  const lines = readTable('a,b\n\n"x\ny",1\r\nz,2\n');
  assert.deepEqual(lines.map(({ number }) => number), [1, 3, 5]);
  assert.throws(() => readTable('a\nb\n"c\nd'), (fault) => fault instanceof TableError && fault.line === 3);
});

test('a hundred thousand lines are read', () => {
  const text = `id,name\n${Array.from({ length: 100_000 }, (_, i) => `${i},"پیک ""${i}"""\n`).join('')}`;
  assert.equal(readTable(text).length, 100_001);
});

test('UTF-8 with and without a mark, and UTF-16 with one; nothing else', () => {
  assert.equal(decode(bytes(0xef, 0xbb, 0xbf, 0x61)), 'a');
  assert.equal(decode(new TextEncoder().encode('شناسه')), 'شناسه');
  assert.equal(decode(bytes(0xff, 0xfe, 0x33, 0x06)), 'س');
  assert.equal(decode(bytes(0xfe, 0xff, 0x06, 0x33)), 'س');
  assert.throws(() => decode(bytes(0xe3, 0x20)), (fault) => fault instanceof TableError && fault.fault === 'encoding'); // windows-1256
});

test('what is written is read back, and no spreadsheet computes it', () => {
  const rows = [['id', 'x'], ['=1+1', '+98 (912) 000-00'], ['@a', "'=b"], ['-5', 'a,"b"\n c '], ['پیک', ' ']];
  const text = writeTable(rows);
  assert.ok(text.startsWith('\uFEFFid,x\r\n'));
  assert.ok(text.includes(`'=1+1,+98 (912) 000-00\r\n'@a,''=b\r\n-5,`), text);
  const back = readTable(decode(new TextEncoder().encode(text))).map((line) => line.cells.map(unguarded));
  assert.deepEqual(back, rows.map((row) => row.map((cell) => cell.trim())));
});

test('columns are known by their names in both languages', () => {
  const header = ['شناسهٔ پیک', 'نام و نام خانوادگی', 'نام‌کاربری', 'گروه', 'شماره موبایل', 'وسيله نقليه', 'فعال', 'metadata.کد ملی', 'Colour', 'ID', 'metadata.'];
  assert.deepEqual(columnsOf(header), ['id', 'name', 'username', 'team', 'phone', 'vehicle', 'active', 'metadata.کد ملی', undefined, undefined, undefined]);
  assert.deepEqual(columnsOf(['Courier ID', 'Full_Name', 'USERNAME', 'Team', 'Phone number', 'Vehicle', 'Active']), ['id', 'name', 'username', 'team', 'phone', 'vehicle', 'active']);
  assert.deepEqual(['Yes', 'بله', '۱', 'غیر فعال', 'خير', 'FALSE', 'perhaps', ''].map(truth), [true, true, true, false, false, false, undefined, undefined]);
});

const sara: Profile = { ...blank('1'), name: 'Sara', team: 'n', phone: '0912', metadata: { shift: 2, note: 'x' } };
const teams: Team[] = [{ id: 'n', name: 'شمال', couriers: 1 }, { id: 's', name: 'South', couriers: 0 }];
const ground: Ground = { known: new Map([['1', sara], ['2', blank('2')]]), teams, all: true };

function planned(text: string, over: Partial<Ground> = {}) {
  const [header, ...lines] = readTable(text);
  return plan(lines, columnsOf(header!.cells), { ...ground, ...over });
}

test('an import says who is made, who changes and what is wrong, and leaves alone what the table does not have', () => {
  const steps = planned('id,phone,team,active,metadata.shift,metadata.note\n1,0913,شمال,yes,2,\n2,,,,,\n3,1,new,no,,\n,1,,,,\n1,1,,,,\n4,,,often,,\n');
  assert.deepEqual(steps.map(({ line, fate }) => [line, fate]), [[2, 'changed'], [3, 'same'], [4, 'made'], [5, 'wrong'], [6, 'wrong'], [7, 'wrong']]);
  assert.deepEqual(steps[0]!.profile, { ...sara, phone: '0913', metadata: { shift: 2 } }, 'a team by its name; a number stays one');
  assert.deepEqual(steps[0]!.changes, [{ column: 'phone', from: '0912', to: '0913' }, { column: 'metadata.note', from: 'x', to: '' }]);
  assert.deepEqual(steps[2]!.profile, { ...blank('3'), phone: '1', team: 'new', active: false });
  assert.deepEqual(steps.slice(3).map(({ faults }) => faults.map(({ column, kind, about }) => [column, kind, about])), [[['id', 'empty', '']], [['id', 'twice', '2']], [['active', 'truth', '']]]);
  assert.deepEqual(newTeams(steps, teams), ['new']);
});

test('who manages some teams adds nobody and moves nobody out', () => {
  const mine = { all: false, teams: teams.slice(0, 1) };
  const steps = planned('id,team\n1,n\n2,\n9,n\n', mine);
  assert.deepEqual(steps.map(({ fate }) => fate), ['same', 'same', 'wrong']);
  assert.deepEqual(planned('id,team\n1,s\n', mine)[0]!.faults, [{ column: 'team', kind: 'team', about: '' }]);
});

test('texts are bounded in bytes, and hold nothing that cannot be seen', () => {
  const long = 'پ'.repeat(257);
  const [step] = planned(`id,name,vehicle\n1,${long},"a\u0007b"\n`);
  assert.deepEqual(step!.faults.map(({ column, kind }) => [column, kind]), [['name', 'long'], ['vehicle', 'control']]);
});

test('what changes goes in parts that the server takes', () => {
  const many = planned(`id\n${Array.from({ length: 25_000 }, (_, i) => `c${i}\n`).join('')}1\n`);
  assert.deepEqual(parts(many).map((part) => part.length), [10_000, 10_000, 5000]);
  const heavy = planned(`id,metadata.x\n${Array.from({ length: 3000 }, (_, i) => `c${i},${'x'.repeat(3000)}\n`).join('')}`);
  const sizes = parts(heavy).map((part) => JSON.stringify(part.map(({ profile }) => profile)).length);
  assert.ok(sizes.length === 3 && sizes.every((size) => size < 8 << 20), sizes.join());
});

test('what is exported and imported again changes nothing', () => {
  const text = writeTable(tableOf([sara, { ...blank('2'), active: false }]));
  const steps = planned(text.slice(1), { known: new Map([['1', sara], ['2', { ...blank('2'), active: false }]]) });
  assert.deepEqual(steps.map(({ fate }) => fate), ['same', 'same']);
});

test('details are edited as text, and what was more than text stays so', () => {
  const old = { a: 'x', n: 5, list: [1, { b: null }] };
  const rows = rowsOf(old);
  assert.deepEqual(rows.map(({ key, value }) => [key, value]), [['a', 'x'], ['n', '5'], ['list', '[1,{"b":null}]']]);
  assert.deepEqual(metadataOf(rows, old), old);
  const edited = [{ ...rows[1]!, value: '6' }, rows[2]!, { number: 9, key: ' new ', value: 'y' }, { number: 10, key: '', value: '' }];
  assert.deepEqual(metadataOf(edited, old), { n: '6', list: old.list, new: 'y' });
});

test('the management says everything in both languages', () => {
  assert.deepEqual(shape(allWords.fa), shape(allWords.en));
});

test('what the server says of fields is said in the language of the page', () => {
  assert.equal(inWords('Courier name has 600 bytes (want at most 512).', 'fa'), 'حداکثر ۵۱۲ بایت.');
  assert.equal(inWords('This field is required.', 'en'), 'This is required.');
  assert.equal(inWords('Something new.', 'fa'), 'Something new.');
});
