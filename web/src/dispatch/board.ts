// The orders as far as we may see them, asked for again and again while they are
// looked at, and what was done to them last. All of it goes when the view is
// closed, or when the right to it ends.

import { computed, signal } from '@preact/signals';
import type { Actions } from '../actions.ts';
import type { Refusal, Result } from '../manage/calls.ts';
import { now, place, who, type Known } from '../page.ts';
import type { Courier } from '../state.ts';
import { findOrders, give, openOrders, say, showOrder, type Given } from './calls.ts';
import { byId, inTime, isOpen, type Order } from './order.ts';
import { Pulse } from './pulse.ts';
import { byGravity, Stillness, worriesOf, type Worried, type Worry } from './worry.ts';

export const tabs = ['attention', 'unassigned', 'way'] as const;
export type Tab = (typeof tabs)[number];

/** What was done last, as long as it can be undone. */
export interface Deed extends Given {
  courier: string; // the name of who got the order
}

const shortest = 4000; // milliseconds between two questions
const each = 20; // milliseconds more for each open order: nobody reads more than 50 a second
const undoable = 8000; // milliseconds
const typing = 200; // milliseconds between the last letter and the question

const nothing: Result<Order[]> = { value: [] };

export class Board {
  readonly tab = signal<Tab>('attention');
  readonly query = signal('');
  readonly cursor = signal(-1); // the row at which the keyboard is
  readonly open = signal<readonly Order[]>([]);
  readonly found = signal<readonly Order[]>([]); // by the search
  readonly state = signal<'loading' | 'ready' | Refusal>('loading');
  readonly asOf = signal<number | undefined>(undefined); // the server's milliseconds since 1970 at the last answer
  readonly pause = signal(shortest); // until the next question
  readonly alone = signal<Order | undefined>(undefined); // the one that is looked at, where no list has it
  readonly deed = signal<Deed | undefined>(undefined);
  readonly mishap = signal<Refusal | undefined>(undefined); // why the last undoing failed
  readonly lists = computed(() => this.sorted());
  private readonly sight: Actions['sight'];
  private readonly stillness = new Stillness();
  private readonly pulse = new Pulse(() => this.ask());
  private readonly ends: (() => void)[];
  private timer: ReturnType<typeof setTimeout> | undefined; // of the undoing
  private typed: ReturnType<typeof setTimeout> | undefined;
  private right = '';

  constructor(sight: Actions['sight']) {
    this.sight = sight;
    this.ends = [who.subscribe((is) => this.mind(is)), place.subscribe((at) => at?.id !== undefined && !this.order(at.id) && this.pulse.beat())];
  }

  /** Asks for nothing any more, and forgets what could be undone. */
  close(): void {
    this.pulse.stop();
    for (const end of this.ends) end();
    clearTimeout(this.timer);
    clearTimeout(this.typed);
    this.forget();
  }

  /** The order, as far as it has come. */
  order(id: string): Order | undefined {
    const has = (order: Order) => order.id === id;
    return this.open.value.find(has) ?? this.found.value.find(has) ?? (this.alone.value?.id === id ? this.alone.value : undefined);
  }

  courier(id: string): Courier | undefined {
    return this.sight().picture.couriers.get(id);
  }

  /** What is wrong with the order now. */
  worries(order: Order): Worry[] {
    const { server } = now.value;
    if (server === undefined) return [];
    const { picture } = this.sight();
    const courier = this.courier(order.courier);
    // Who is only counted, or was not told yet, is not known to be silent.
    const known = courier !== undefined || (picture.inStep && picture.cells().length === 0);
    return worriesOf(order, known ? { courier, stands: this.stillness.since(order.courier) } : undefined, server);
  }

  search(words: string): void {
    this.query.value = words;
    this.cursor.value = -1;
    clearTimeout(this.typed);
    this.typed = setTimeout(this.pulse.beat, typing);
  }

  /** Asks now, since something was done. */
  refresh(): void {
    this.pulse.beat();
  }

  /** Gives an order to a courier; returns why not. */
  async give(order: Order, courier: Courier): Promise<Refusal | undefined> {
    this.mishap.value = undefined;
    const answer = await give(order, courier.id);
    this.refresh();
    if (answer.refusal) return answer.refusal;
    this.replace(answer.value.order);
    this.deed.value = { ...answer.value, courier: courier.name };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.deed.value = undefined), undoable);
    return undefined;
  }

  /** Says of the order again what was said of it before, if nothing else became of it since. */
  async undo(): Promise<void> {
    const deed = this.deed.peek();
    if (!deed) return;
    this.deed.value = undefined;
    const answer = await say(deed.was, deed.order.version);
    this.mishap.value = answer.refusal;
    if (!answer.refusal) this.replace(answer.value);
    this.refresh();
  }

  private async ask(): Promise<number> {
    const { right } = this;
    const words = this.query.peek().trim();
    const [open, found] = await Promise.all([openOrders(), words === '' ? nothing : findOrders(words)]);
    if (right !== this.right) return 0; // the answer is about somebody else's right
    const refusal = open.refusal ?? found.refusal;
    if (refusal) {
      if (refusal.kind === 'forbidden') this.forget();
      this.state.value = refusal;
      return this.pause.peek();
    }
    this.take(open.value ?? [], found.value ?? []);
    await this.look(right);
    return this.pause.peek();
  }

  private take(open: readonly Order[], found: readonly Order[]): void {
    const { couriers } = this.sight().picture;
    const carrying = open.filter(({ state }) => state === 'picked_up').flatMap(({ courier }) => couriers.get(courier) ?? []);
    this.stillness.follow(carrying);
    this.open.value = open;
    this.found.value = found;
    this.state.value = 'ready';
    this.asOf.value = now.peek().server;
    this.pause.value = Math.max(shortest, open.length * each);
  }

  /** Asks for the order that is looked at, where no list has it. */
  private async look(right: string): Promise<void> {
    const id = place.peek()?.id;
    this.alone.value = this.alone.peek()?.id === id ? this.alone.peek() : undefined;
    if (id === undefined || this.open.peek().some((order) => order.id === id)) return;
    const answer = await showOrder(id);
    if (right === this.right) this.alone.value = answer.refusal ? undefined : answer.value;
  }

  private replace(order: Order): void {
    this.open.value = this.open.peek().map((other) => (other.id === order.id ? order : other));
    this.found.value = this.found.peek().map((other) => (other.id === order.id ? order : other));
  }

  /** Who we are was said again: what another right let us see goes at once. */
  private mind(is: Known | undefined): void {
    const right = is ? JSON.stringify([is.subject, is.scopes, is.actions]) : '';
    if (right !== this.right && this.right !== '') this.forget();
    this.right = right;
    this.pulse.beat();
  }

  private forget(): void {
    this.open.value = [];
    this.found.value = [];
    this.alone.value = undefined;
    this.deed.value = undefined;
    this.state.value = 'loading';
    this.stillness.follow([]);
  }

  private sorted(): Record<Tab, readonly Worried[]> & { found: readonly Worried[] } {
    const all = this.open.value.map((order) => ({ order, worries: this.worries(order) }));
    return {
      attention: all.filter(({ worries }) => worries.length > 0).toSorted(byGravity),
      unassigned: all.filter(({ order }) => order.courier === '').toSorted(promised),
      way: all.filter(({ order }) => order.courier !== '').toSorted(promised),
      found: this.found.value.map((order) => ({ order, worries: this.worries(order) })).toSorted((a, b) => Number(isOpen(b.order)) - Number(isOpen(a.order)) || promised(a, b)),
    };
  }
}

/** What was promised first comes first. */
function promised(a: Worried, b: Worried): number {
  return inTime(a.order, b.order) || byId(a.order, b.order);
}
