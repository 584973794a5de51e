// What the courier's page keeps on the phone: the token, the orders as they were
// told last, what waits to be sent, and what the server refused. All of it goes
// when the courier logs out.

import type { Refusal, Report } from './outbox.ts';

const keys = { token: 'peyk.courier', orders: 'peyk.courier.orders', reports: 'peyk.courier.reports', refused: 'peyk.courier.refused' } as const;

export function token(): string | undefined {
  return localStorage.getItem(keys.token) ?? undefined;
}

/** Keeps a token; the orders that another one was told are not for this one. */
export function keepToken(text: string): void {
  if (text === token()) return;
  localStorage.setItem(keys.token, text);
  forgetOrders();
}

/** The last answer to GET /api/v1/me/orders, and when it came, in milliseconds since 1970. */
export function orders(): { answer: string; at: number } | undefined {
  return read<{ answer: string; at: number } | undefined>(keys.orders, undefined);
}

export function keepOrders(answer: string, at: number): void {
  write(keys.orders, { answer, at });
}

export function forgetOrders(): void {
  localStorage.removeItem(keys.orders);
}

export const reports = {
  load: () => read<Report[]>(keys.reports, []),
  save: (all: readonly Report[]) => write(keys.reports, all),
};

/** What was refused, by the order's id, until somebody has read it. */
export const refused = {
  load: () => read<Record<string, Refusal>>(keys.refused, {}),
  save: (all: Record<string, Refusal>) => write(keys.refused, all),
};

export function forgetAll(): void {
  for (const key of Object.values(keys)) localStorage.removeItem(key);
}

function write(key: string, value: unknown): void {
  localStorage.setItem(key, JSON.stringify(value));
}

/** What we wrote ourselves; what is not readable any more is as if it was not there. */
function read<Value>(key: string, otherwise: Value): Value {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? 'null') as Value | null) ?? otherwise;
  } catch {
    return otherwise;
  }
}
