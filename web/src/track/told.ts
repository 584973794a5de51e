// What the customer was told of its orders, and nothing else: what the server no
// longer tells is gone from here, and with it from the page and its map. It
// takes the frames of a stream and the answers of GET /api/v1/track.

import { FrameClock } from '../clock.ts';
import { hasEnded, type Tracked } from '../orders.ts';
import type { Picture } from '../stream.ts';
import type { Frame, Message, Part, Parts } from '../wire.ts';

export class Told implements Picture {
  readonly clock = new FrameClock();
  private readonly orders = new Map<string, Tracked>(); // by id
  private parts = new Map<number, Part>(); // that we watch
  private named: Parts['parts'] = []; // of a list of parts that goes on
  private readonly holders = new Map<Part, string>(); // the id of the order that a part tells of
  private writes = 0; // counts what frames changed

  /** All orders, those that are still to come first. */
  all(): Tracked[] {
    const all = [...this.orders.values()];
    return [...all.filter(({ state }) => !hasEnded(state)), ...all.filter(({ state }) => hasEnded(state))];
  }

  /** Every frame of an order stands alone and is small: there is nothing to go on from. */
  have(): undefined {
    return undefined;
  }

  apply(message: Message, at: number): 'applied' {
    if (message.type === 'hello') this.clock.reset();
    if ('version' in message) this.clock.hear(message.version, at);
    if (message.type === 'parts') this.watch(message);
    if (message.type === 'frame') this.take(message, at);
    if (message.type === 'upto') this.settle();
    return 'applied';
  }

  lost(): void {
    this.clock.stop();
  }

  /** Begins a question to the API; its answer is applied by what this returns, unless a frame was faster. */
  ask(): (orders: readonly Tracked[]) => void {
    const asked = this.writes;
    return (orders) => {
      if (asked !== this.writes) return;
      this.orders.clear();
      for (const order of orders) this.orders.set(order.id, order);
    };
  }

  /** Nothing was heard for so long that the courier is elsewhere by now. */
  tire(): void {
    for (const [id, order] of this.orders) this.orders.set(id, { ...order, courier: undefined, eta: undefined, stops: undefined });
  }

  /** The right has ended. How an order ended may go on to be said, without what else was known of it. */
  clear(): void {
    for (const [id, { state, ended }] of this.orders) {
      if (hasEnded(state)) this.orders.set(id, bare(id, state, ended));
      else this.orders.delete(id);
    }
    this.parts.clear();
    this.holders.clear();
    this.writes++;
  }

  private watch({ parts, more }: Parts): void {
    this.named.push(...parts);
    if (more) return;
    this.parts = new Map(this.named.map(({ number, part }) => [number, part]));
    this.named = [];
    const kept = new Set(this.parts.values());
    for (const part of this.holders.keys()) if (!kept.has(part)) this.drop(part);
    this.writes++;
  }

  private drop(part: Part): void {
    this.orders.delete(this.holders.get(part) ?? '');
    this.holders.delete(part);
  }

  private take({ part: number, to, order }: Frame, at: number): void {
    const part = this.parts.get(number);
    this.clock.hear(to, at);
    if (part === undefined || !order) return;
    this.writes++;
    if (order === 'unknown') return this.drop(part);
    this.orders.set(order.id, order);
    this.holders.set(part, order.id);
  }

  /** All is told: what no part tells of is not ours any more. */
  private settle(): void {
    const told = new Set(this.holders.values());
    for (const id of this.orders.keys()) if (!told.has(id)) this.orders.delete(id);
    this.writes++;
  }
}

function bare(id: string, state: Tracked['state'], ended: number | undefined): Tracked {
  const nothing = { destination: undefined, promised: undefined, eta: undefined, stops: undefined, courier: undefined };
  return { id, state, ended, ...nothing, code: '', shopPhone: '', phone: '' };
}
