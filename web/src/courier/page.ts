// What the courier's page shows, as signals. main.tsx writes them.

import { computed, signal } from '@preact/signals';
import { language, timezone } from '../look.ts';
import type { Here } from '../track/say.ts';
import { asReported, type Job } from './jobs.ts';
import type { Refusal, Report } from './outbox.ts';
import { words } from './words.ts';

export { shop } from '../brand.ts';
export { language };
export const text = computed(() => words[language.value]);

export const jobs = signal<readonly Job[] | undefined>(undefined); // as the server told them last; undefined: it never did
export const waiting = signal<readonly Report[]>([]); // what we said since, and the server does not have
export const shown = computed(() => asReported(jobs.value ?? [], waiting.value));
export const refused = signal<Readonly<Record<string, Refusal>>>({}); // by the order's id

export const standing = signal<'in' | 'out' | 'bad' | 'other'>('in'); // whether the server lets us in; other: as somebody else than a courier
export const away = signal(false); // the last request did not come through
export const asOf = signal(0); // milliseconds since 1970: when the jobs were told
export const now = signal(Date.now());
export const here = computed<Here>(() => ({ language: language.value, timezone: timezone.value, now: now.value }));
