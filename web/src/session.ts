// What this tab remembers: the token, for the tab only, and the language.

import type { Language } from './text.ts';

const tokenKey = 'peyk.token';
const languageKey = 'peyk.language';

/** Takes the token out of the address bar, so that nobody copies or sees it there; reports whether there was one. */
export function takeTokenFromAddress(): boolean {
  const found = new URLSearchParams(location.hash.slice(1)).get('token');
  if (found === null) return false;
  history.replaceState(history.state, '', location.pathname + location.search);
  keepToken(found);
  return true;
}

export function token(): string | undefined {
  return sessionStorage.getItem(tokenKey) ?? undefined;
}

/** Keeps a token, unless it could never be one: a subprotocol has no spaces and no control characters. */
export function keepToken(text: string): void {
  const trimmed = text.trim();
  if (/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(trimmed)) sessionStorage.setItem(tokenKey, trimmed);
  else sessionStorage.removeItem(tokenKey);
}

/** The chosen language; before there was a choice, Persian to browsers that ask for it. */
export function language(): Language {
  const saved = localStorage.getItem(languageKey);
  if (saved === 'en' || saved === 'fa') return saved;
  return navigator.language.startsWith('fa') ? 'fa' : 'en';
}

export function keepLanguage(chosen: Language): void {
  localStorage.setItem(languageKey, chosen);
}
