// A right in words: what one may do, and on whom. Pure.

import type { Action, Scope } from './answers.ts';
import { digits, joined, texts, type Language } from './text.ts';

const few = 5; // names that are said; of more only how many they are

/** What the actions allow, as a phrase. */
export function deeds(actions: readonly Action[], language: Language): string {
  return joined(actions.map((action) => texts[language].actions[action]), language);
}

/** Whom the scopes cover, as a phrase; teams by what they are called. */
export function whom(scopes: readonly Scope[], teams: ReadonlyMap<string, string>, language: Language): string {
  const t = texts[language].scopes;
  if (scopes.some(({ kind }) => kind === 'all')) return t.all;
  const said = (['team', 'courier', 'order'] as const).flatMap((kind) => {
    const names = scopes.filter((scope) => scope.kind === kind).map(({ name }) => (kind === 'team' ? (teams.get(name) ?? name) : name));
    return names.length > 0 ? [t[kind](some(names, language), names.length === 1)] : [];
  });
  return said.length > 0 ? joined(said, language) : t.nobody;
}

/** Whether the scopes hold every courier. */
export function everybody(scopes: readonly Scope[]): boolean {
  return scopes.some(({ kind }) => kind === 'all');
}

/** Names in one phrase; of many the first few, and how many more there are. */
export function some(names: readonly string[], language: Language): string {
  if (names.length <= few) return joined(names, language);
  const rest = texts[language].scopes.more(digits(names.length - few + 1, language));
  return joined([...names.slice(0, few - 1), rest], language);
}
