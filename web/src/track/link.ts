// The link that the shop sent, /t/#SECRET. The secret stays in the address bar:
// after "#" it is sent to nobody, and only there does it survive a reload, a
// bookmark, and "open in the browser" of the messenger in which most links are
// opened. It shows one order, and ends with it. A page that was installed
// opens without one, so the last secret is kept until the server says that it is over.

import { couldBe } from '../session.ts';

const key = 'peyk.order';

/** The secret, from the address or from the last time; undefined: there is none, a cookie may let us in. */
export function secret(): string | undefined {
  const given = decode(location.hash.slice(1));
  if (given === '') return chosen() === undefined ? (localStorage.getItem(key) ?? undefined) : undefined;
  if (!couldBe(given)) return given; // no request can be made with it; the page says that it is not good
  localStorage.setItem(key, given);
  return given;
}

/** Forgets a secret that is over. */
export function forget(over: string | undefined): void {
  if (over !== undefined && localStorage.getItem(key) === over) localStorage.removeItem(key);
}

/** Which order is asked for by /t/?order=ID. */
export function chosen(): string | undefined {
  return new URLSearchParams(location.search).get('order') ?? undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text).trim();
  } catch {
    return text;
  }
}
