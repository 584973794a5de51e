// What the API answers about us and about teams, checked as wire.ts checks the
// stream. It keeps no state.

import { array, json, list, object, string, words, type Fields } from './fields.ts';

export const roles = ['admin', 'viewer', 'courier', 'service', 'customer'] as const;
export type Role = (typeof roles)[number];

export const actions = ['watch', 'publish', 'manage'] as const;
export type Action = (typeof actions)[number];

const kinds = ['all', 'team', 'courier', 'order'] as const;

/** A set of couriers that a right covers as a whole. */
export interface Scope {
  kind: (typeof kinds)[number];
  name: string; // the team, courier or order; empty for all
}

/** Who we are to the server, and what we may do. */
export interface Me {
  subject: string; // may be empty
  name: string; // to show; may be empty
  role: Role;
  actions: Action[];
  scopes: Scope[];
  until: number | undefined; // milliseconds since 1970; undefined: it does not end
}

export interface Team {
  id: string;
  name: string; // to show; may be empty
  couriers: number; // how many are in it
}

/** Reads the answer to GET /api/v1/me. */
export function parseMe(answer: string): Me {
  const o = object(json(answer), 'me');
  const until = words(o, 'until');
  return {
    subject: words(o, 'subject') ?? '',
    name: words(o, 'name') ?? '',
    role: one(roles, string(o, 'role')),
    actions: list(o, 'actions').flatMap((each) => actions.find((action) => action === each) ?? []),
    scopes: list(o, 'scopes').map(scope),
    until: until === undefined ? undefined : Date.parse(until),
  };
}

/** Reads the answer to GET /api/v1/teams. */
export function parseTeams(answer: Fields): Team[] {
  return array(answer['teams'], 'teams').map((item) => {
    const o = object(item, 'team');
    return { id: string(o, 'id'), name: words(o, 'name') ?? '', couriers: Number(o['couriers'] ?? 0) };
  });
}

/** The sentence with which the API refuses; empty if it says none. */
export function parseDetail(answer: string): string {
  try {
    return words(object(json(answer), 'answer'), 'detail') ?? '';
  } catch {
    return ''; // something in between answered
  }
}

function scope(item: unknown): Scope {
  const o = object(item, 'scope');
  return { kind: one(kinds, string(o, 'kind')), name: words(o, 'name') ?? '' };
}

/** The word as one of those that we know. */
export function one<Word extends string>(known: readonly Word[], word: string): Word {
  const found = known.find((each) => each === word);
  if (found === undefined) throw new Error(`unknown word ${word} (want one of ${known.join(', ')})`);
  return found;
}
