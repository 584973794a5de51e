// What the shop says of a courier, and how that is edited as text. Pure.

export const fields = ['id', 'name', 'username', 'team', 'phone', 'vehicle'] as const;
export type Field = (typeof fields)[number];

export interface Profile extends Record<Field, string> {
  active: boolean; // false: off duty
  metadata: Record<string, unknown>;
}

/** A courier as the API lists it. */
export interface Known extends Profile {
  listed: boolean; // the shop said it; else it was only heard
  placed: boolean; // it is on the map
}

export function blank(id = ''): Profile {
  return { id, name: '', username: '', team: '', phone: '', vehicle: '', active: true, metadata: {} };
}

/** What to show for a courier; never empty. */
export function shownName({ id, name, username }: Profile): string {
  return name || username || id;
}

/** A value of the metadata as one line of text. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The value that was edited as text: the old one if the text is still the same, since it may be more than text. */
export function fromText(text: string, old: unknown): unknown {
  return old !== undefined && asText(old) === text ? old : text;
}

/** Whether two profiles say the same. */
export function same(a: Profile, b: Profile): boolean {
  return differences(a, b).length === 0;
}

export interface Difference {
  column: string; // a field, "active" or "metadata.KEY"
  from: string;
  to: string;
}

/** What changes from one profile to the other, but for the id. */
export function differences(from: Profile, to: Profile): Difference[] {
  const found: Difference[] = [];
  const note = (column: string, a: string, b: string) => a !== b && found.push({ column, from: a, to: b });
  for (const field of fields) if (field !== 'id') note(field, from[field], to[field]);
  note('active', String(from.active), String(to.active));
  for (const key of new Set([...Object.keys(from.metadata), ...Object.keys(to.metadata)])) {
    note(`metadata.${key}`, asOne(from.metadata[key]), asOne(to.metadata[key]));
  }
  return found;
}

function asOne(value: unknown): string {
  return value === undefined ? '' : asText(value);
}

/** A row of the metadata while it is edited. A value that is more than text is JSON there. */
export interface Detail {
  number: number; // tells rows apart while they are edited
  key: string;
  value: string;
}

export function rowsOf(metadata: Record<string, unknown>): Detail[] {
  return Object.entries(metadata).map(([key, value], number) => ({ number, key, value: asText(value) }));
}

export function metadataOf(details: readonly Detail[], old: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(written(details).map(({ key, value }) => [key.trim(), fromText(value, old[key.trim()])]));
}

/** The rows in which anything stands. */
export function written(details: readonly Detail[]): Detail[] {
  return details.filter(({ key, value }) => key.trim() !== '' || value !== '');
}
