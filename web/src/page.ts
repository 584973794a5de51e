// What the page knows and the panel shows, as signals. main.tsx and the rooms it
// starts write most of them; the panel and the map read them.

import { computed, signal } from '@preact/signals';
import type { Place } from './address.ts';
import type { Me } from './answers.ts';
import type { Laying } from './ground.ts';
import { followSystem, language } from './look.ts';
import { everybody } from './right.ts';
import type { Filter, Listing } from './roster.ts';
import type { Courier } from './state.ts';
import type { Connection } from './stream.ts';
import { texts } from './text.ts';
import type { Details } from './wire.ts';

/** Who we are to the server, and how long. */
export interface Known extends Me {
  ends: number | undefined; // monotonic milliseconds; undefined: never
  token: string | undefined; // by which it knows us; undefined: by a cookie, or it does not ask
}

export { language, shade, theme, timezone } from './look.ts';
export const text = computed(() => texts[language.value]);
export const login = signal(''); // where people log in; empty: only tokens count

export const connection = signal<Connection>({ state: 'connecting' }); // written when its state changes
export const heard = signal(0); // monotonic milliseconds: when anything came last; read it with now, not for itself
export const inStep = signal(false); // the picture was true when the last message came
export const loaded = signal(false); // a whole picture came, and was not taken away since
export const count = signal(0); // couriers
export const asOf = signal<number | undefined>(undefined); // the server's milliseconds since 1970 that the picture is of

export const query = signal('');
export const filter = signal<Filter>('all');
export const listing = signal<Listing>({ rows: [], counts: { all: 0, moving: 0, stopped: 0, silent: 0 } });
export const cursor = signal<string | undefined>(undefined); // the id where the keyboard is in the list

export const selectedId = signal<string | undefined>(undefined);
export const selected = signal<Courier | undefined>(undefined);
export const details = signal<{ id: string; known: Details } | undefined>(undefined);
export const following = signal(false); // the map goes with the selected
export const bringer = signal<string | undefined>(undefined); // who brings the order that is open

/** Who we are to the server; undefined before it said so, and after it said that we are nobody. */
export const who = signal<Known | undefined>(undefined);
/** Whether we may see and manage, so that the page offers it. */
export const mayManage = computed(() => connection.value.state !== 'refused' && who.value?.actions.includes('manage') === true);
export const managesAll = computed(() => mayManage.value && everybody(who.value!.scopes));
export const teams = signal<ReadonlyMap<string, string>>(new Map()); // what to show for a team's id
export const badToken = signal(false); // the last token that was given was not good
export const expiry = signal<number | undefined>(undefined); // milliseconds since 1970: when the right that ended did
export const place = signal<Place | undefined>(undefined); // what is open beside the map; undefined: the list of couriers

/** How often somebody logged in. */
export const entries = signal(0);

/** Which map lies under the couriers. */
export const ground = signal<Laying>('waiting');
export const city = signal(false); // the demo city is shown

const narrowness = matchMedia('(max-width: 640px)');
export const narrow = signal(narrowness.matches); // the panel is a sheet
export const folded = signal(false); // the panel is away, where it is none
export const sheet = signal<0 | 1 | 2>(0); // how high the sheet is
export const helping = signal(false); // the list of keys is open

/** Monotonic milliseconds, and the server's since 1970 where known; once a second. */
export const now = signal({ monotonic: performance.now(), server: undefined as number | undefined });

/** Lets the page follow what the system and the window are. */
export function followBrowser(): void {
  followSystem();
  narrowness.addEventListener('change', (event) => (narrow.value = event.matches));
}
