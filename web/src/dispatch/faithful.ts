// JSON that is read to be written again, as the metadata of a shop are.

/** Reads JSON so that writing it again changes no number: what JavaScript would round is kept as it was written. */
export function faithful(text: string): unknown {
  return JSON.parse(text, keep);
}

// In ECMAScript since 2025; browsers without it round beyond 2^53, as a page of the shop would.
const raw = (JSON as { rawJSON?: (source: string) => unknown }).rawJSON;

function keep(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = typeof value === 'number' ? context?.source : undefined;
  return source !== undefined && raw && String(value) !== source ? raw(source) : value;
}
