// What the management knows while it is open, as signals: the couriers as far as
// they were looked at, the teams, and what was done last. It goes with the
// management when that is closed, or when the right to it ends.

import { signal } from '@preact/signals';
import { nameTeams } from '../access.ts';
import type { Actions } from '../actions.ts';
import type { Team } from '../answers.ts';
import { listCouriers, listTeams, type Refusal } from './calls.ts';
import type { Known } from './profile.ts';

/** What every view of the management is given. */
export interface ViewProps {
  actions: Actions;
  books: Books;
}

const pageSize = 200;
const saying = 8000; // milliseconds

export class Books {
  readonly query = signal('');
  readonly team = signal(''); // only its couriers; empty: of any and of none
  readonly couriers = signal<readonly Known[]>([]); // in the order of their ids
  readonly more = signal(false); // there are more of them
  readonly state = signal<'loading' | 'ready' | Refusal>('loading'); // of the couriers
  readonly teams = signal<readonly Team[]>([]);
  readonly done = signal(''); // what was done just now
  readonly cursor = signal(-1); // the row at which the keyboard is
  private timer: ReturnType<typeof setTimeout> | undefined;
  private next: string | undefined;
  private asked = 0; // counts questions: of an earlier one the answer is not wanted

  /** Says for a while what was done. */
  tell(text: string): void {
    clearTimeout(this.timer);
    const { done } = this; // and nothing else, or the couriers would stay as long
    done.value = text;
    this.timer = setTimeout(() => (done.value = ''), saying);
  }

  /** Asks for the couriers anew, from the first. */
  async open(): Promise<void> {
    const asked = ++this.asked;
    this.state.value = 'loading';
    const page = await this.ask('');
    if (asked !== this.asked) return;
    this.couriers.value = [];
    this.cursor.value = -1;
    this.take(page);
  }

  /** Asks for those after the last that we have. */
  async goOn(): Promise<void> {
    if (this.next === undefined || this.state.peek() !== 'ready') return;
    const asked = ++this.asked;
    this.state.value = 'loading';
    const page = await this.ask(this.next);
    if (asked === this.asked) this.take(page);
  }

  /** Asks for the teams, and tells the rest of the page what they are called. */
  async openTeams(): Promise<Refusal | undefined> {
    const answer = await listTeams();
    if (answer.refusal) return answer.refusal;
    this.teams.value = answer.value;
    nameTeams(answer.value);
    return undefined;
  }

  /** A courier was changed: the list shows it where it was. */
  replace(courier: Known): void {
    this.couriers.value = this.couriers.peek().map((each) => (each.id === courier.id ? courier : each));
  }

  remove(id: string): void {
    this.couriers.value = this.couriers.peek().filter((each) => each.id !== id);
  }

  private ask(after: string) {
    return listCouriers({ q: this.query.peek().trim(), team: this.team.peek(), after, limit: pageSize });
  }

  private take(page: Awaited<ReturnType<typeof listCouriers>>): void {
    if (page.refusal) {
      this.state.value = page.refusal;
      return;
    }
    this.couriers.value = [...this.couriers.peek(), ...page.value.couriers];
    this.next = page.value.next;
    this.more.value = this.next !== undefined;
    this.state.value = 'ready';
  }
}

/** What the page says for a team: its name, or its id. */
export function called({ id, name }: Team): string {
  return name || id;
}
