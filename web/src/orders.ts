// Orders as the server tells of them: to a customer what it may know at this
// moment, to a courier what it has to do. It parses, and keeps no state.

import { array, flag, json, known, list, number, numberItem, object, string, WireError, words, type Fields } from './fields.ts';

export const orderStates = ['created', 'assigned', 'picked_up', 'delivered', 'cancelled', 'failed'] as const;
export type OrderState = (typeof orderStates)[number];

/** Whether nothing comes after the state. */
export function hasEnded(state: OrderState): boolean {
  return state === 'delivered' || state === 'cancelled' || state === 'failed';
}

/** Degrees, WGS 84. */
export interface Spot {
  lat: number;
  lon: number;
}

/** Where an order goes to or comes from. */
export interface Place {
  spot: Spot | undefined; // undefined: only the address is known
  address: string; // may be empty
}

/** The courier as a customer may see it. */
export interface Seen extends Spot {
  name: string; // may be empty
  exact: boolean; // else it is somewhere in a cell around the spot
  stamp: number; // milliseconds since 1970, the server's: of the position
}

/** All that a customer may know of its order now. */
export interface Tracked {
  id: string;
  state: OrderState;
  destination: Place | undefined;
  promised: number | undefined; // milliseconds since 1970
  ended: number | undefined; // likewise
  eta: { least: number; most: number } | undefined; // minutes
  stops: number | undefined; // that come before it; undefined: not told
  code: string; // for the door; empty: there is none
  shopPhone: string;
  phone: string; // to call the courier
  courier: Seen | undefined;
}

/** Reads the order of a frame; unknown: there is no such order, or it ended long ago. */
export function parseTracked(value: unknown): Tracked | 'unknown' {
  const o = object(value, 'order');
  if (o['state'] === 'unknown') return 'unknown';
  return {
    id: words(o, 'id') ?? '',
    state: stateOf(o),
    destination: spotted(o['destination']),
    promised: known(o, 'promised'),
    ended: known(o, 'ended'),
    eta: eta(o['eta']),
    stops: known(o, 'stops'),
    code: words(o, 'code') ?? '',
    shopPhone: words(o, 'shop_phone') ?? '',
    phone: words(o, 'phone') ?? '',
    courier: seen(o['courier']),
  };
}

/** Reads the answer to GET /api/v1/track. */
export function parseTrack(answer: string): Tracked[] {
  return list(object(json(answer), 'answer'), 'orders').map((item) => {
    const o = object(item, 'order');
    return {
      id: string(o, 'id'),
      state: stateOf(o),
      destination: placeOf(o['destination']),
      promised: moment(o, 'promised'),
      ended: moment(o, 'ended'),
      eta: some(o['eta'], 'eta', (minutes) => ({ least: number(minutes, 'least'), most: number(minutes, 'most') })),
      stops: known(o, 'stops'),
      code: words(o, 'code') ?? '',
      shopPhone: words(o, 'shop_phone') ?? '',
      phone: words(o, 'courier_phone') ?? '',
      courier: some(o['courier'], 'courier', (courier) => ({
        lat: number(courier, 'latitude'),
        lon: number(courier, 'longitude'),
        name: words(courier, 'name') ?? '',
        exact: flag(courier, 'exact'),
        stamp: moment(courier, 'time') ?? 0,
      })),
    };
  });
}

/** Where the API says that an order goes to or comes from. */
export function placeOf(value: unknown): Place | undefined {
  return some(value, 'place', (o) => {
    const [lat, lon] = [known(o, 'latitude'), known(o, 'longitude')];
    return { spot: lat === undefined || lon === undefined ? undefined : { lat, lon }, address: words(o, 'address') ?? '' };
  });
}

/** A moment as the API writes it, in milliseconds since 1970. */
export function moment(o: Fields, key: string): number | undefined {
  const text = words(o, key);
  return text === undefined ? undefined : Date.parse(text);
}

function some<Made>(value: unknown, what: string, make: (o: Fields) => Made): Made | undefined {
  return value === undefined || value === null ? undefined : make(object(value, what));
}

export function stateOf(o: Fields): OrderState {
  const said = string(o, 'state');
  const found = orderStates.find((each) => each === said);
  if (!found) throw new WireError(`a state that we do not know: ${said}`);
  return found;
}

/** [latitude, longitude, address]; the degrees are null where only the address is known. */
function spotted(value: unknown): Place | undefined {
  if (value === undefined || value === null) return undefined;
  const [lat, lon, address] = array(value, 'place');
  const spot = typeof lat === 'number' && typeof lon === 'number' ? { lat, lon } : undefined;
  return { spot, address: typeof address === 'string' ? address : '' };
}

function eta(value: unknown): Tracked['eta'] {
  if (value === undefined || value === null) return undefined;
  const [least, most] = array(value, 'eta');
  return { least: numberItem(least), most: numberItem(most) };
}

function seen(value: unknown): Seen | undefined {
  return some(value, 'courier', (o) => {
    const [lat, lon] = array(o['at'], 'at');
    return { lat: numberItem(lat), lon: numberItem(lon), name: words(o, 'name') ?? '', exact: flag(o, 'exact'), stamp: number(o, 'time') };
  });
}
