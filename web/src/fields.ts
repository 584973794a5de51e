// Members of JSON objects as they are wanted, or a WireError. What is left out
// where it is empty, and what may be missing, have a function each.

/** Something came that is not of the form it should be. */
export class WireError extends Error {
  override name = 'WireError';
}

export type Fields = Record<string, unknown>;

export function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new WireError('not JSON', { cause });
  }
}

export function object(value: unknown, what: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new WireError(`${what} is not an object`);
}

export function array(value: unknown, what: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new WireError(`${what} is not an array`);
}

export function string(o: Fields, key: string): string {
  const value = o[key];
  if (typeof value === 'string') return value;
  throw new WireError(`${key} is not a string`);
}

export function number(o: Fields, key: string): number {
  return numberItem(o[key], key);
}

/** A member that is left out where it is false. */
export function flag(o: Fields, key: string): boolean {
  return o[key] === true;
}

/** A member that is left out where it is empty. */
export function list(o: Fields, key: string): unknown[] {
  return o[key] === undefined ? [] : array(o[key], key);
}

export function numberItem(value: unknown, what: unknown = 'item'): number {
  if (typeof value === 'number') return value;
  throw new WireError(`${String(what)} is not a number`);
}

export function textItem(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new WireError('item is not a string');
}

/** A member that may be missing, or empty. */
export function words(o: Fields, key: string): string | undefined {
  const value = o[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function known(o: Fields, key: string): number | undefined {
  const value = o[key];
  return typeof value === 'number' ? value : undefined;
}
