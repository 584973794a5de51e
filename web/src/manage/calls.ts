// What managing asks of the API, and what came of it, checked. Nothing throws: a
// refusal is an answer too.

import { one, parseTeams, roles, type Role, type Team } from '../answers.ts';
import { ask } from '../api.ts';
import { array, flag, json, list, object, string, words, type Fields } from '../fields.ts';
import type { Known, Profile } from './profile.ts';

/** What is wrong, by field; the field "" is the whole. */
export type Faults = Record<string, string[]>;

/** Why it was not done. */
export interface Refusal {
  kind: 'fields' | 'missing' | 'used' | 'stale' | 'forbidden' | 'large' | 'unreachable' | 'other';
  fields: Faults;
  couriers: Map<number, Faults>; // by place in the list that was sent
}

export type Result<Value> = { value: Value; refusal?: never } | { refusal: Refusal; value?: never };

/** An API key, without the key. */
export interface Key {
  id: string;
  name: string;
  prefix: string;
  role: Role;
  all: boolean;
  teams: string[];
  couriers: string[];
  courier: string; // that its holder is; empty: none
  made: number | undefined; // milliseconds since 1970, as the next three
  until: number | undefined;
  used: number | undefined;
  revoked: number | undefined;
}

/** What a key shall be. */
export type WantedKey = Pick<Key, 'name' | 'role' | 'all' | 'teams' | 'couriers' | 'courier' | 'until'>;

export interface Page {
  couriers: Known[];
  next: string | undefined; // what to ask for after; undefined at the end
}

const bulkPage = 1000;

export function listCouriers(query: { q?: string; team?: string; after?: string; limit: number }): Promise<Result<Page>> {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== '') asked.set(name, String(value));
  return call(`couriers?${asked}`, 'GET', undefined, (o) => ({ couriers: list(o, 'couriers').map(courier), next: words(o, 'next') }));
}

/** All couriers that a query finds; tells how many came so far. */
export async function allCouriers(query: { q?: string; team?: string }, sofar: (count: number) => void): Promise<Result<Known[]>> {
  const all: Known[] = [];
  let after = '';
  for (;;) {
    const page = await listCouriers({ ...query, after, limit: bulkPage });
    if (page.refusal) return page;
    all.push(...page.value.couriers);
    sofar(all.length);
    if (page.value.next === undefined) return { value: all };
    after = page.value.next;
  }
}

export function showCourier(id: string): Promise<Result<Known>> {
  return call(`couriers/${encodeURIComponent(id)}`, 'GET', undefined, courier);
}

export function putCourier({ id, name, username, team, phone, vehicle, active, metadata }: Profile): Promise<Result<Known>> {
  return call(`couriers/${encodeURIComponent(id)}`, 'PUT', { name, username, team, phone, vehicle, active, metadata }, courier);
}

export function putCouriers(couriers: readonly Profile[]): Promise<Result<{ made: number; changed: number }>> {
  const sent = couriers.map(({ id, name, username, team, phone, vehicle, active, metadata }) => ({ id, name, username, team, phone, vehicle, active, metadata }));
  return call('couriers', 'PUT', { couriers: sent }, (o) => ({ made: Number(o['made']), changed: Number(o['changed']) }));
}

export function deleteCourier(id: string): Promise<Result<null>> {
  return call(`couriers/${encodeURIComponent(id)}`, 'DELETE', undefined, () => null);
}

export function listTeams(): Promise<Result<Team[]>> {
  return call('teams', 'GET', undefined, (o) => parseTeams(o));
}

export function putTeam(id: string, name: string): Promise<Result<null>> {
  return call(`teams/${encodeURIComponent(id)}`, 'PUT', { name }, () => null);
}

export function deleteTeam(id: string): Promise<Result<null>> {
  return call(`teams/${encodeURIComponent(id)}`, 'DELETE', undefined, () => null);
}

export function listKeys(): Promise<Result<Key[]>> {
  return call('keys', 'GET', undefined, (o) => list(o, 'keys').map((item) => key(object(item, 'key'))));
}

/** Makes a key; what it consists of is in no other answer. */
export function makeKey(wanted: WantedKey): Promise<Result<{ key: Key; text: string }>> {
  return call('keys', 'POST', sentKey(wanted), (o) => ({ key: key(o), text: string(o, 'key') }));
}

export function putKey(id: string, wanted: WantedKey): Promise<Result<Key>> {
  return call(`keys/${encodeURIComponent(id)}`, 'PUT', sentKey(wanted), key);
}

export function revokeKey(id: string): Promise<Result<null>> {
  return call(`keys/${encodeURIComponent(id)}`, 'DELETE', undefined, () => null);
}

function sentKey({ until, ...rest }: WantedKey) {
  return { ...rest, until: until === undefined ? null : new Date(until).toISOString() };
}

type Method = Parameters<typeof ask>[1];

/** Asks the API, and reads the object that it answers; none is an empty one. */
export function call<Value>(path: string, method: Method, body: unknown, read: (o: Fields) => Value, headers?: Record<string, string>): Promise<Result<Value>> {
  return callFor(path, method, body, (text) => read(text === '' ? {} : object(json(text), 'answer')), headers);
}

/** Asks the API, and reads the text that it answers. */
export async function callFor<Value>(path: string, method: Method, body: unknown, read: (text: string) => Value, headers?: Record<string, string>): Promise<Result<Value>> {
  try {
    const answer = await ask(path, method, body, undefined, headers);
    const text = await answer.text();
    if (!answer.ok) return { refusal: refusal(answer.status, text) };
    return { value: read(text) };
  } catch {
    return { refusal: refused('unreachable') };
  }
}

const kinds: Record<number, Refusal['kind']> = { 400: 'fields', 401: 'forbidden', 403: 'forbidden', 404: 'missing', 409: 'used', 412: 'stale', 413: 'large' };

function refusal(status: number, text: string): Refusal {
  const why = refused(kinds[status] ?? 'other');
  if (why.kind !== 'fields') return why;
  const o = object(json(text), 'faults');
  if (!Array.isArray(o['couriers']) && typeof o['couriers'] === 'object') {
    for (const [place, said] of Object.entries(o['couriers'] ?? {})) why.couriers.set(Number(place), faults(object(said, 'faults')));
  } else {
    why.fields = faults(o);
  }
  return why;
}

function refused(kind: Refusal['kind']): Refusal {
  return { kind, fields: {}, couriers: new Map() };
}

/** What we see ourselves before the server is asked. */
export function wrongField(name: string, ...sentences: string[]): Refusal {
  return { ...refused('fields'), fields: { [name]: sentences } };
}

/** Sentences by field; a sentence about the whole has another form. */
function faults(o: Fields): Faults {
  const found: Faults = {};
  for (const [field, said] of Object.entries(o)) {
    const sentences = (Array.isArray(said) ? said : [said]).map(String);
    found[field === 'detail' || field === 'non_field_errors' ? '' : field] = sentences;
  }
  return found;
}

function courier(item: unknown): Known {
  const o = object(item, 'courier');
  const metadata = o['metadata'];
  return {
    id: string(o, 'id'),
    name: words(o, 'name') ?? '',
    username: words(o, 'username') ?? '',
    team: words(o, 'team') ?? '',
    phone: words(o, 'phone') ?? '',
    vehicle: words(o, 'vehicle') ?? '',
    active: flag(o, 'active'),
    metadata: metadata === undefined || metadata === null ? {} : object(metadata, 'metadata'),
    listed: flag(o, 'listed'),
    placed: typeof o['position'] === 'object' && o['position'] !== null,
  };
}

function key(o: Fields): Key {
  return {
    id: string(o, 'id'),
    name: words(o, 'name') ?? '',
    prefix: words(o, 'prefix') ?? '',
    role: one(roles, string(o, 'role')),
    all: flag(o, 'all'),
    teams: names(o, 'teams'),
    couriers: names(o, 'couriers'),
    courier: words(o, 'courier') ?? '',
    made: moment(o, 'made'),
    until: moment(o, 'until'),
    used: moment(o, 'used'),
    revoked: moment(o, 'revoked'),
  };
}

function names(o: Fields, field: string): string[] {
  return array(o[field] ?? [], field).map(String);
}

function moment(o: Fields, field: string): number | undefined {
  const said = words(o, field);
  return said === undefined ? undefined : Date.parse(said);
}
