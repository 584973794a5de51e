// Requests to the API, with our token. Addresses are relative to the page's, so
// that it works below any path. What the answers mean is for others to say.

import { signal } from '@preact/signals';
import * as session from './session.ts';
import { parseDetails, type Details } from './wire.ts';

const patience = 30_000; // milliseconds

/** How often there was a sign that what we know of our rights is old. */
export const doubts = signal(0);

/** Asks the API; whatever it answers that is not a network's failure is for the caller to judge. */
export async function ask(path: string, method: 'GET' | 'POST' | 'PUT' | 'DELETE' = 'GET', body?: unknown, token = session.token(), more: Record<string, string> = {}): Promise<Response> {
  const headers: Record<string, string> = { ...more, ...(token !== undefined && { Authorization: `Bearer ${token}` }) };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(`api/v1/${path}`, { method, headers, cache: 'no-store', signal: AbortSignal.timeout(patience), ...sent });
  if (path !== 'me' && (answer.status === 401 || answer.status === 403)) doubts.value++;
  return answer;
}

/** Whether the server lets somebody in with the token. */
export async function isGood(token: string): Promise<boolean> {
  try {
    return (await ask('me', 'GET', undefined, token)).ok;
  } catch {
    return false;
  }
}

/** What the API knows of a courier; undefined if it does not say. */
export async function detailsOf(id: string): Promise<Details | undefined> {
  try {
    const answer = await ask(`couriers/${encodeURIComponent(id)}`);
    return answer.ok ? parseDetails(await answer.text()) : undefined;
  } catch {
    return undefined;
  }
}
