// What the customer's page shows, as signals. main.tsx writes them.

import { computed, signal } from '@preact/signals';
import type { Laying } from '../ground.ts';
import { language, theme, timezone } from '../look.ts';
import type { Tracked } from '../orders.ts';
import type { Connection } from '../stream.ts';
import { chosen } from './link.ts';
import type { Here } from './say.ts';
import { words } from './words.ts';

export { shop } from '../brand.ts';
export { language, theme };
export const text = computed(() => words[language.value]);

export const orders = signal<readonly Tracked[]>([]);
export const picked = signal(chosen()); // the id of the one that is shown; undefined: the first
export const order = computed(() => (picked.value === undefined ? orders.value[0] : orders.value.find(({ id }) => id === picked.value)));
export const loaded = signal(false); // the server said which orders there are
export const hasSecret = signal(false); // the link had one
export const login = signal(''); // where people log in to the shop; empty: they do not

export const connection = signal<Connection>({ state: 'connecting' }); // written when its state changes
export const heard = signal(0); // milliseconds since 1970, the server's: when anything came last
export const now = signal(Date.now()); // milliseconds since 1970, the server's as soon as it is known; once a second
export const here = computed<Here>(() => ({ language: language.value, timezone: timezone.value, now: now.value }));

export const ground = signal<Laying>('waiting');
export const city = signal(false);
export const drawn = signal<'not' | 'yes' | 'failed'>('not'); // the map
export const strayed = signal(false); // somebody dragged the map away

export const aside = 412; // pixels that the page takes beside a wide map, as track.css has it
const wideness = matchMedia('(min-width: 800px)');
export const wide = signal(wideness.matches);
wideness.addEventListener('change', (event) => (wide.value = event.matches));

/** Whether there is something to see on a map. */
export const wantsMap = computed(() => order.value !== undefined && order.value.ended === undefined && (order.value.destination?.spot ?? order.value.courier) !== undefined);
