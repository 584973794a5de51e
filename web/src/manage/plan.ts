// What importing a table would do, line by line: who would be made or changed,
// and what is wrong. A column that the table does not have changes nothing.
// Pure; the server decides in the end.

import { fold } from '../fold.ts';
import type { Team } from '../answers.ts';
import { truth, type Column } from './columns.ts';
import { unguarded, type Line } from './csv.ts';
import { blank, differences, fromText, type Difference, type Field, type Profile } from './profile.ts';

export type Fate = 'made' | 'changed' | 'same' | 'wrong';

/** What is wrong with a cell. */
export interface Fault {
  column: string;
  kind: 'empty' | 'long' | 'control' | 'truth' | 'twice' | 'stranger' | 'team' | 'said';
  about: string; // the longest it may be, the line that has it already, the server's sentence; else empty
}

/** What becomes of one line. */
export interface Step {
  line: number;
  fate: Fate;
  profile: Profile; // as it will be
  changes: Difference[]; // of one that is there already
  faults: Fault[];
}

/** What there is already, and what we may do to it. */
export interface Ground {
  known: ReadonlyMap<string, Profile>;
  teams: readonly Team[];
  all: boolean; // we may manage everybody; else only whom we know, in the teams we know
}

const limits: Record<Field, number> = { id: 128, name: 512, username: 512, team: 512, phone: 512, vehicle: 512 }; // bytes, as peyk.Courier has them
const bytes = new TextEncoder();

/** The steps for the lines below the header. */
export function plan(lines: readonly Line[], columns: readonly Column[], ground: Ground): Step[] {
  const seen = new Map<string, number>();
  const teams = teamsByName(ground.teams);
  return lines.map((line) => {
    const read = readLine(line, columns, ground, teams);
    const { id } = read.profile;
    const before = seen.get(id);
    if (before !== undefined && id !== '') read.faults.push({ column: 'id', kind: 'twice', about: String(before) });
    else seen.set(id, line.number);
    return step(line.number, read, ground);
  });
}

interface Read {
  profile: Profile;
  faults: Fault[];
}

function step(line: number, { profile, faults }: Read, { known, teams, all }: Ground): Step {
  const is = known.get(profile.id);
  if (!all && profile.id !== '') {
    if (!is) faults.push({ column: 'id', kind: 'stranger', about: '' });
    else if (profile.team !== is.team && !teams.some(({ id }) => id === profile.team)) faults.push({ column: 'team', kind: 'team', about: '' });
  }
  const changes = is ? differences(is, profile) : [];
  const fate = faults.length > 0 ? 'wrong' : !is ? 'made' : changes.length > 0 ? 'changed' : 'same';
  return { line, fate, profile, changes, faults };
}

function readLine({ cells }: Line, columns: readonly Column[], { known }: Ground, teams: ReadonlyMap<string, string>): Read {
  const id = unguarded(cells[columns.indexOf('id')] ?? '');
  const is = known.get(id) ?? blank(id);
  const profile: Profile = { ...is, id, metadata: { ...is.metadata } };
  const faults: Fault[] = [];
  if (id === '') faults.push({ column: 'id', kind: 'empty', about: '' });
  for (const [i, column] of columns.entries()) {
    if (column === undefined) continue;
    const cell = unguarded(cells[i] ?? '');
    if (column === 'active') setActive(profile, cell, faults);
    else if (column.startsWith('metadata.')) setMetadata(profile, column.slice('metadata.'.length), cell, is);
    else setText(profile, column as Field, cell, faults, teams);
  }
  return { profile, faults };
}

function setText(profile: Profile, column: Field, cell: string, faults: Fault[], teams: ReadonlyMap<string, string>): void {
  const text = column === 'team' ? (teams.get(fold(cell)) ?? cell) : cell;
  profile[column] = text;
  if (bytes.encode(text).length > limits[column]) faults.push({ column, kind: 'long', about: String(limits[column]) });
  if (/\p{Cc}/u.test(text)) faults.push({ column, kind: 'control', about: '' });
}

/** An empty cell says nothing. */
function setActive(profile: Profile, cell: string, faults: Fault[]): void {
  const said = cell === '' ? profile.active : truth(cell);
  if (said === undefined) faults.push({ column: 'active', kind: 'truth', about: '' });
  else profile.active = said;
}

function setMetadata({ metadata }: Profile, key: string, cell: string, is: Profile): void {
  if (cell === '') delete metadata[key];
  else metadata[key] = fromText(cell, is.metadata[key]);
}

/** From what a team is called to its id, where the name is one team's alone and nobody's id. */
function teamsByName(teams: readonly Team[]): Map<string, string> {
  const found = new Map<string, string>();
  const twice = new Set<string>();
  for (const { id, name } of teams) {
    if (found.has(fold(name))) twice.add(fold(name));
    if (name !== '') found.set(fold(name), id);
  }
  for (const name of [...twice, ...teams.map(({ id }) => fold(id))]) found.delete(name);
  return found;
}

const most = 10_000; // couriers in one request
const mostBytes = 4_000_000; // half of what the server takes

/** The steps that change something, in parts that the server takes at once: all of a part or none of it. */
export function parts(steps: readonly Step[]): Step[][] {
  const all: Step[][] = [];
  let size = Infinity;
  for (const each of steps) {
    if (each.fate !== 'made' && each.fate !== 'changed') continue;
    const more = bytes.encode(JSON.stringify(each.profile)).length;
    if (size + more > mostBytes || all.at(-1)!.length >= most) {
      all.push([]);
      size = 0;
    }
    all.at(-1)!.push(each);
    size += more;
  }
  return all;
}

/** The ids of teams that the steps name and that are not there yet. */
export function newTeams(steps: readonly Step[], teams: readonly Team[]): string[] {
  const there = new Set(['', ...teams.map(({ id }) => id)]);
  return [...new Set(steps.filter(({ fate }) => fate === 'made' || fate === 'changed').map(({ profile }) => profile.team))].filter((id) => !there.has(id));
}
