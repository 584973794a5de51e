// What the browser remembers: the token, for this tab only unless asked for
// more; the language; light or dark.

import type { Language } from './text.ts';

export type Shade = 'system' | 'light' | 'dark';

const tokenForm = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/; // RFC 9110, section 5.6.2
const tokenKey = 'peyk.token';
const languageKey = 'peyk.language';
const shadeKey = 'peyk.shade';

/** Takes the token out of the address bar, so that nobody copies or sees it there; undefined if there is none. */
export function takeTokenFromAddress(): string | undefined {
  const rest = location.hash.slice(1).split('&');
  const found = rest.find((item) => item.startsWith('token='));
  if (found === undefined) return undefined;
  const kept = rest.filter((item) => item !== found).join('&');
  history.replaceState(history.state, '', location.pathname + location.search + (kept && `#${kept}`));
  return new URLSearchParams(found).get('token') ?? '';
}

export function token(): string | undefined {
  return sessionStorage.getItem(tokenKey) ?? localStorage.getItem(tokenKey) ?? undefined;
}

/** Whether a text could be a token: a subprotocol has no spaces and no control characters. */
export function couldBe(text: string): boolean {
  return tokenForm.test(text.trim());
}

/** Keeps a token in place of the one before, for the tab or for the browser, unless it could never be one. */
export function keepToken(text: string, forLong: boolean): void {
  forgetToken();
  if (couldBe(text)) (forLong ? localStorage : sessionStorage).setItem(tokenKey, text.trim());
}

/** Whether the token is kept beyond the tab. */
export function isForLong(): boolean {
  return localStorage.getItem(tokenKey) !== null;
}

export function forgetToken(): void {
  sessionStorage.removeItem(tokenKey);
  localStorage.removeItem(tokenKey);
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

/** Light or dark as chosen; before there was a choice, as the system is. */
export function shade(): Shade {
  const saved = localStorage.getItem(shadeKey);
  return saved === 'light' || saved === 'dark' ? saved : 'system';
}

export function keepShade(chosen: Shade): void {
  localStorage.setItem(shadeKey, chosen);
}
