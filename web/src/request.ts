// One request to the API. Whose token goes with it, and what the answers mean,
// is for others to say.

import { at } from './root.ts';

const patience = 30_000; // milliseconds

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Asks the API; whatever it answers that is not a network's failure is for the caller to judge. */
export function request(path: string, token: string | undefined, method: Method = 'GET', body?: unknown, more?: Record<string, string>): Promise<Response> {
  const headers: Record<string, string> = { ...more, ...(token !== undefined && { Authorization: `Bearer ${token}` }) };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  return fetch(at(`api/v1/${path}`), { method, headers, cache: 'no-store', signal: AbortSignal.timeout(patience), ...sent });
}
