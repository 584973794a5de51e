// How a page looks, whichever it is: its language, light or dark, its time zone.
// The choices are remembered for all pages together.

import { computed, signal } from '@preact/signals';
import * as session from './session.ts';
import type { Language } from './text.ts';
import { dark, light } from './theme.ts';

export const language = signal<Language>(session.language());
export const timezone = signal(''); // IANA name; empty: the browser's

const darkness = matchMedia('(prefers-color-scheme: dark)');
const systemIsDark = signal(darkness.matches);
export const shade = signal<session.Shade>(session.shade());
const isDark = computed(() => (shade.value === 'system' ? systemIsDark.value : shade.value === 'dark'));
export const theme = computed(() => (isDark.value ? dark : light));

/** Lets the page follow what the system is. */
export function followSystem(): void {
  darkness.addEventListener('change', (event) => (systemIsDark.value = event.matches));
}

/** Goes on in another language, from now on. */
export function speak(chosen: Language): void {
  language.value = chosen;
  session.keepLanguage(chosen);
}

/** Gives the document the page's language and colours, where it should be something else the given accent. */
export function dress(title: string, accent?: string): void {
  document.documentElement.lang = language.value;
  document.body.dir = language.value === 'fa' ? 'rtl' : 'ltr'; // on <html> it would mirror brackets in the map's labels
  document.title = title;
  const { style } = document.documentElement;
  style.colorScheme = shade.value === 'system' ? 'light dark' : shade.value;
  for (const [name, color] of Object.entries(theme.value)) {
    if (typeof color === 'string') style.setProperty(`--${name}`, color);
  }
  if (accent !== undefined) style.setProperty('--accent', accent);
}
