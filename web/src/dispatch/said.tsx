// How orders, their moments and their worries are said in the language of the page.

import { language, now, timezone } from '../page.ts';
import { age, date, hourAndMinute } from '../text.ts';
import type { Order } from './order.ts';
import { words } from './words.ts';
import type { Worry } from './worry.ts';

const today = 12 * 3_600_000; // milliseconds; nobody mistakes which day a time of day is of

/** A moment by its time of day where that is enough. */
export function clock(at: number): string {
  const near = Math.abs(at - (now.value.server ?? at)) < today;
  return near ? hourAndMinute(at, language.value, timezone.value) : date(at, language.value, timezone.value);
}

/** What is wrong, in a few words. */
export function worded({ kind, lasts }: Worry): string {
  return lasts === undefined ? words.value.unheard : words.value.worry[kind](age(lasts, language.value));
}

/** A name that does not turn the text around it. */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}

/** How far an order has come, as a form; said to readers of the screen unless the word stands beside it. */
export function Stage({ state, quiet = false }: Pick<Order, 'state'> & { quiet?: boolean }) {
  const said = words.value.state[state];
  return quiet ? <span class={`stage ${state}`} aria-hidden="true" /> : <span class={`stage ${state}`} role="img" aria-label={said} title={said} />;
}

export function Worries({ of }: { of: readonly Worry[] }) {
  return (
    <>
      {of.map((worry) => (
        <span key={worry.kind} class={`worry is-${worry.kind}`}>
          {worded(worry)}
        </span>
      ))}
    </>
  );
}
