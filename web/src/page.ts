// What the page knows and the panel shows, as signals. main.tsx writes most of
// them; the panel and the map read them.

import { computed, signal } from '@preact/signals';
import * as session from './session.ts';
import type { Courier } from './state.ts';
import type { Connection } from './stream.ts';
import { texts, type Language } from './text.ts';
import { dark, light } from './theme.ts';

export const language = signal<Language>(session.language());
export const text = computed(() => texts[language.value]);

const darkness = matchMedia('(prefers-color-scheme: dark)');
const isDark = signal(darkness.matches);
export const theme = computed(() => (isDark.value ? dark : light));

export const connection = signal<Connection>({ state: 'connecting' });
export const inStep = signal(false); // the picture was true when the last message came
export const count = signal(0); // couriers
export const silentCount = signal(0);
export const selectedId = signal<string | undefined>(undefined);
export const selected = signal<Courier | undefined>(undefined);

/** Which map lies under the couriers; fallback: the built-in one, since the other did not come. */
export const ground = signal<'waiting' | 'builtin' | 'foreign' | 'fallback' | 'none'>('waiting');
export const city = signal(false); // the demo city is shown

/** Monotonic milliseconds, and the server's since 1970 where known; once a second. */
export const now = signal({ monotonic: performance.now(), server: undefined as number | undefined });

/** Lets the theme follow what the system is set to. */
export function followDarkness(): void {
  darkness.addEventListener('change', (event) => (isDark.value = event.matches));
}
