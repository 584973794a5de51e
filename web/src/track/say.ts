// What an order is in words. Pure.

import { hasEnded, type Tracked } from '../orders.ts';
import { date, day, digits, hourAndMinute, type Language } from '../text.ts';
import { words } from './words.ts';

const halfDay = 43_200_000; // milliseconds

/** Where and when: what the words are made for. */
export interface Here {
  language: Language;
  timezone: string;
  now: number; // milliseconds since 1970, the server's
}

/** What is said first, and the sentence below it; that may be empty. */
export function headline(order: Tracked, here: Here): { title: string; why: string } {
  const t = words[here.language];
  const title = t.headline[order.state];
  if (hasEnded(order.state)) {
    const when = order.ended === undefined ? '' : moment(order.ended, here);
    return { title, why: [when, t.why[order.state as 'delivered' | 'cancelled' | 'failed']].filter(Boolean).join(' · ') };
  }
  if (order.stops !== undefined && order.stops > 0) return { title, why: t.before(digits(order.stops, here.language), order.stops === 1) };
  if (order.courier) return { title, why: '' };
  return { title, why: order.state === 'picked_up' ? t.why.hidden : t.why[order.state as 'created' | 'assigned'] };
}

/** A window of minutes as people say it; long ones in hours. */
export function window({ least, most }: { least: number; most: number }, language: Language): string {
  const t = words[language];
  if (most >= 120) return t.hours(digits(Math.max(1, Math.floor(least / 60)), language), digits(Math.ceil(most / 60), language));
  if (least <= 0) return t.within(digits(most, language));
  return t.minutes(digits(least, language), digits(most, language));
}

/** By when it was promised, and whether that is over. */
export function promise(order: Tracked, here: Here): { text: string; late: boolean } | undefined {
  if (order.promised === undefined || hasEnded(order.state)) return undefined;
  const late = here.now > order.promised;
  const time = moment(order.promised, here);
  return { late, text: late ? words[here.language].late(time) : time };
}

/** The hour, and the day where one could think of another. */
export function moment(at: number, { language, timezone, now }: Here): string {
  const clear = Math.abs(at - now) < halfDay || day(at, language, timezone) === day(now, language, timezone);
  return clear ? hourAndMinute(at, language, timezone) : date(at, language, timezone);
}

/** How far the order is, as one of the steps; undefined where it left them. */
export function step(order: Tracked): number | undefined {
  const at = steps.findIndex((each) => each === order.state);
  return at < 0 ? undefined : at;
}

export const steps = ['created', 'assigned', 'picked_up', 'delivered'] as const;
