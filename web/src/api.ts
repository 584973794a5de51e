// Requests to the API, with our token. What the answers mean is for others to say.

import { signal } from '@preact/signals';
import { request, type Method } from './request.ts';
import * as session from './session.ts';
import { parseDetails, type Details } from './wire.ts';

/** How often there was a sign that what we know of our rights is old. */
export const doubts = signal(0);

/** Asks the API; whatever it answers that is not a network's failure is for the caller to judge. */
export async function ask(path: string, method: Method = 'GET', body?: unknown, token = session.token(), headers?: Record<string, string>): Promise<Response> {
  const answer = await request(path, token, method, body, headers);
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
