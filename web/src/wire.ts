// The wire: what the server says and what we say, as docs/protocol.md has it.
// Only this file, orders.ts and answers.ts parse. What comes out is checked, in our own
// words and units; what the protocol tells us to ignore is gone. It keeps no
// state.

import { array, flag, json, known, list, number, numberItem, object, string, textItem, WireError, words, type Fields } from './fields.ts';
import { parseTracked, type Tracked } from './orders.ts';

/** Milliseconds since 1970, the server's; only grows within an epoch. */
export type Version = number;

/** The opaque name of a set of couriers that is watched as a whole. */
export type Part = string;

/** Who a number stands for, from now on, in the frames of one part. */
export interface Introduction {
  number: number;
  id: string;
  name: string; // to show; never empty
  team: string; // may be empty
  username: string; // may be empty
}

/** Where a courier is. */
export interface Position {
  lat: number; // degrees north, WGS 84
  lon: number; // degrees east, WGS 84
  heading: number | null; // whole degrees clockwise from north
  speed: number | null; // metres per second
  stamp: number; // milliseconds since 1970, the server's: when it was taken
  interval: number | null; // milliseconds until the next one is due
}

/** Couriers of a part that is told as counts: how many are in one of its 16 × 16 cells, and where their middle is. */
export interface Cell {
  count: number;
  lat: number;
  lon: number;
}

export interface Hello {
  type: 'hello';
  epoch: string;
  version: Version;
}

/** Which parts we watch, and the number of each, which frames say. */
export interface Parts {
  type: 'parts';
  parts: { number: number; part: Part }[];
  more: boolean; // the list goes on in the next message
}

/** The difference of a part between two versions, or a piece of it. */
export interface Frame {
  type: 'frame';
  part: number;
  from: Version; // 0: it stands alone
  to: Version;
  full: boolean; // the first piece of the whole part
  more: boolean; // another piece of the same difference follows
  left: number[]; // gone from the part; applies before the rest
  introduced: Introduction[];
  at: { number: number; position: Position }[];
  cells: { index: number; cell: Cell | undefined }[]; // undefined: nobody is left in it
  order: Tracked | 'unknown' | undefined; // of an order's part, in place of all that
}

export interface Upto {
  type: 'upto';
  version: Version;
}

export interface Beat {
  type: 'beat';
  version: Version;
}

export interface Bye {
  type: 'bye';
  code: number;
  reason: string;
  after: number; // milliseconds
}

export interface Complaint {
  type: 'error';
  error: string;
  detail: string;
}

/** The fresh token that we sent was taken. */
export interface Right {
  type: 'right';
  until: number; // milliseconds since 1970; 0: it does not end
}

export type Message = Hello | Parts | Frame | Upto | Beat | Bye | Right | Complaint;

const kinds = ['builtin', 'style', 'raster', 'pmtiles'] as const;

/** Which kind of map it is: our own, MapLibre's style, a template of images, one file of tiles. */
export type Kind = (typeof kinds)[number];

/** What the page is told about the map before it draws one. */
export interface Config {
  kind: Kind; // how to read the addresses
  style: string; // the address, whole or relative to the page
  dark: string; // the one for dark pages; often the same
  attribution: string; // whom the map thanks, as text
  city: boolean; // there is a demo city at map/city.geojson
  timezone: string; // IANA name; empty: the browser's
  login: string; // where people log in, whole or relative to our origin; empty: only tokens count
  shop: Shop;
}

/** The shop as its customers know it; each may be empty. */
export interface Shop {
  name: string;
  color: string; // #rrggbb
  logo: string; // an address, relative to the root
}

/** What the API knows of a courier beyond the frames; undefined where it does not know. */
export interface Details {
  stamp: number; // milliseconds since 1970, the server's: of the position that the rest belongs to; 0: there is none
  time: number | undefined; // milliseconds since 1970: when the phone says it measured
  accuracy: number | undefined; // metres
  altitude: number | undefined; // metres
  battery: number | undefined; // 0 to 1
  phone: string | undefined;
  vehicle: string | undefined;
}

/** Reads one text frame; undefined if its type is one that we do not know. */
export function parse(text: string): Message | undefined {
  const o = object(json(text), 'message');
  switch (string(o, 'type')) {
    case 'hello':
      return { type: 'hello', epoch: string(o, 'epoch'), version: number(o, 'version') };
    case 'parts':
      return { type: 'parts', parts: list(o, 'parts').map(watched), more: flag(o, 'more') };
    case 'frame':
      return frame(o);
    case 'upto':
      return { type: 'upto', version: number(o, 'version') };
    case 'beat':
      return { type: 'beat', version: number(o, 'version') };
    case 'bye':
      return { type: 'bye', code: number(o, 'code'), reason: string(o, 'reason'), after: number(o, 'after') };
    case 'right':
      return { type: 'right', until: number(o, 'until') };
    case 'error':
      return { type: 'error', error: string(o, 'error'), detail: string(o, 'detail') };
    default:
      return undefined;
  }
}

/** What one may ask to see: all that one may, a box of the map as it is looked at, or some couriers. */
export type View =
  | { all: true }
  | { box: [south: number, west: number, north: number, east: number]; zoom: number; limit: 1000 | 5000 | 20_000 }
  | { couriers: string[] };

/** Writes the message that gives a fresh token on the open connection. */
export function tell(token: string): string {
  return JSON.stringify({ type: 'token', token });
}

/** Writes the message that says what we want to see, and what we already have. */
export function watch(have?: { epoch: string; versions: ReadonlyMap<Part, Version> }, view: View = { all: true }): string {
  if (!have) return JSON.stringify({ type: 'watch', view });
  return JSON.stringify({ type: 'watch', view, epoch: have.epoch, have: Object.fromEntries(have.versions) });
}

/** Reads /config.json. */
export function parseConfig(text: string): Config {
  const o = object(json(text), 'config');
  const kind = kinds.find((each) => each === string(o, 'kind'));
  if (!kind) throw new WireError(`a kind of map that we do not know: ${string(o, 'kind')}`);
  const [style, dark, attribution] = [string(o, 'style'), string(o, 'dark'), string(o, 'attribution')];
  return { kind, style, dark, attribution, city: flag(o, 'city'), timezone: words(o, 'timezone') ?? '', login: words(o, 'login') ?? '', shop: shop(object(o['shop'] ?? {}, 'shop')) };
}

function shop(o: Fields): Shop {
  const color = words(o, 'color') ?? '';
  return { name: words(o, 'name') ?? '', color: /^#[0-9a-f]{6}$/i.test(color) ? color : '', logo: words(o, 'logo') ?? '' };
}

/** Reads the answer to GET /api/v1/couriers/{id}. */
export function parseDetails(answer: string): Details {
  const o = object(json(answer), 'courier');
  const position = object(o['position'] ?? {}, 'position'); // who was not heard has none
  const time = words(position, 'time');
  return {
    stamp: (known(position, 'stamp') ?? 0) / 1000,
    time: time === undefined ? undefined : Date.parse(time),
    accuracy: known(position, 'accuracy'),
    altitude: known(position, 'altitude'),
    battery: known(position, 'battery'),
    phone: words(o, 'phone'),
    vehicle: words(o, 'vehicle'),
  };
}

function watched(item: unknown): Parts['parts'][number] {
  const a = array(item, 'part');
  return { number: numberItem(a[0]), part: textItem(a[1]) };
}

function frame(o: Fields): Frame {
  const to = number(o, 'to');
  const span = o['span'] === undefined ? 0 : number(o, 'span');
  return {
    type: 'frame',
    part: number(o, 'part'),
    from: span > 0 ? to - span : 0,
    to,
    full: flag(o, 'full'),
    more: flag(o, 'more'),
    left: list(o, 'left').map((item) => numberItem(item)),
    introduced: list(o, 'new').map(introduction),
    at: list(o, 'at').map((item) => fix(item, to)),
    cells: list(o, 'cells').map(cell),
    order: o['order'] === undefined ? undefined : parseTracked(o['order']),
  };
}

function introduction(item: unknown): Introduction {
  const a = array(item, 'introduction');
  return {
    number: numberItem(a[0]),
    id: textItem(a[1]),
    name: textItem(a[2]),
    team: textItem(a[3]),
    username: textItem(a[4]),
  };
}

function fix(item: unknown, to: Version): { number: number; position: Position } {
  const a = array(item, 'position');
  const interval = measure(a[6]);
  const position = {
    lat: numberItem(a[1]),
    lon: numberItem(a[2]),
    heading: measure(a[3]),
    speed: measure(a[4]),
    stamp: to - numberItem(a[5]),
    interval: interval === null ? null : interval * 1000,
  };
  return { number: numberItem(a[0]), position };
}

function cell(item: unknown): { index: number; cell: Cell | undefined } {
  const a = array(item, 'cell');
  const [index, count] = [numberItem(a[0]), numberItem(a[1])];
  return { index, cell: count === 0 ? undefined : { count, lat: numberItem(a[2]), lon: numberItem(a[3]) } };
}

function measure(value: unknown): number | null {
  return value === null || value === undefined ? null : numberItem(value);
}
