// What the orders' view asks of the API, and what came of it, checked.

import { call, callFor, type Result } from '../manage/calls.ts';
import { array, list, object, string, words, type Fields } from '../fields.ts';
import { moment } from '../orders.ts';
import { root } from '../root.ts';
import { faithful } from './faithful.ts';
import { parseOrder, type Order } from './order.ts';

/** A link that shows one order to whoever has it. */
export interface Share {
  id: string;
  made: number | undefined; // milliseconds since 1970, as the next two
  until: number | undefined; // undefined: an hour after the end of the order, as all of them at the latest
  revoked: number | undefined;
}

/** Everything that the shop said of an order, to be said again. */
export interface Said {
  id: string;
  fields: Fields;
}

/** An order was given to somebody, and how to take that back. */
export interface Given {
  order: Order; // as it is now
  was: Said;
}

const open = 'created,assigned,picked_up';
const pageSize = 1000;
const most = 10; // pages
const fields = ['courier', 'destination', 'pickup', 'promised', 'stop', 'customer', 'phone', 'shop_phone', 'courier_phone', 'code', 'reason', 'metadata'];

/** All that are open, or those of one courier; of very many the first by their ids. */
export async function openOrders(courier = ''): Promise<Result<Order[]>> {
  const all: Order[] = [];
  let after = '';
  for (let page = 0; page < most; page++) {
    const answer = await listOrders({ state: open, courier, after, limit: pageSize });
    if (answer.refusal) return answer;
    all.push(...answer.value.orders);
    if (answer.value.next === undefined) break;
    after = answer.value.next;
  }
  return { value: all };
}

/** The orders, also ended ones, in whose id, customer, phone, courier or address the words are. */
export async function findOrders(q: string): Promise<Result<Order[]>> {
  const answer = await listOrders({ q, limit: 200 });
  return answer.refusal ? answer : { value: answer.value.orders };
}

function listOrders(query: Record<string, string | number>): Promise<Result<{ orders: Order[]; next: string | undefined }>> {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== '') asked.set(name, String(value));
  return call(`orders?${asked}`, 'GET', undefined, (o) => ({ orders: list(o, 'orders').map(parseOrder), next: words(o, 'next') }));
}

export function showOrder(id: string): Promise<Result<Order>> {
  return call(path(id), 'GET', undefined, parseOrder);
}

/** Gives an order to a courier, if it still is as we saw it. */
export async function give({ id, version }: Order, courier: string): Promise<Result<Given>> {
  const was = await callFor(path(id), 'GET', undefined, (text) => said(id, text));
  if (was.refusal) return was;
  const answer = await say({ id, fields: { ...was.value.fields, courier } }, version);
  return answer.refusal ? answer : { value: { order: answer.value, was: was.value } };
}

/** Says of an order all that there is to say, if it still has the version. */
export function say({ id, fields: all }: Said, version: number): Promise<Result<Order>> {
  return call(path(id), 'PUT', all, parseOrder, { 'If-Match': `"${version}"` });
}

export function listShares(id: string): Promise<Result<Share[]>> {
  return call(`${path(id)}/shares`, 'GET', undefined, (o) => array(o['shares'], 'shares').map((item) => share(object(item, 'share'))));
}

/** Makes a share; its link is in no other answer. */
export function makeShare(id: string): Promise<Result<{ share: Share; link: string }>> {
  return call(`${path(id)}/shares`, 'POST', undefined, (o) => ({ share: share(o), link: new URL(string(o, 'link').replace(/^\//, ''), root).href }));
}

export function revokeShare(id: string, which: string): Promise<Result<null>> {
  return call(`${path(id)}/shares/${encodeURIComponent(which)}`, 'DELETE', undefined, () => null);
}

function path(id: string): string {
  return `orders/${encodeURIComponent(id)}`;
}

function said(id: string, text: string): Said {
  const o = object(faithful(text), 'order');
  return { id, fields: Object.fromEntries(fields.map((name) => [name, o[name]])) };
}

function share(o: Fields): Share {
  return { id: string(o, 'id'), made: moment(o, 'made'), until: moment(o, 'until'), revoked: moment(o, 'revoked') };
}
