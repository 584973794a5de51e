// How long ago a position was taken, as the list and the card say it. While the
// connection is lost nobody knows what is now: then the moment itself is said.

import { connection, language, now, text, timezone } from './page.ts';
import { age, timeOfDay } from './text.ts';

const fresh = 5000; // milliseconds; a number that is small anyway need not change every second

/** A few letters, for a row; the stamp is milliseconds since 1970 of the server's. */
export function heardShort(stamp: number): string {
  if (connection.value.state === 'lost') return timeOfDay(stamp, language.value, timezone.value);
  const old = since(stamp);
  return old < fresh ? text.value.now : age(old, language.value);
}

/** A phrase, for the card. */
export function heardLong(stamp: number): string {
  if (connection.value.state === 'lost') return timeOfDay(stamp, language.value, timezone.value);
  const old = since(stamp);
  return old < 1500 ? text.value.justNow : text.value.ago(age(old, language.value));
}

function since(stamp: number): number {
  const { server } = now.value;
  return server === undefined ? 0 : server - stamp;
}
