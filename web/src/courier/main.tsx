// The courier's page: it puts the rooms together and starts them. Everything
// that was told and said is on the phone first, so that it works without a
// network and goes on where it was.

import { render } from 'preact';
import { keepShell, wear } from '../brand.ts';
import { timezone } from '../look.ts';
import { configured } from '../outside.ts';
import { request } from '../request.ts';
import { couldBe, takeTokenFromAddress } from '../session.ts';
import { digits } from '../text.ts';
import { parseJob, parseJobs, withJob } from './jobs.ts';
import { Outbox, type Report, type Sent } from './outbox.ts';
import * as page from './page.ts';
import * as shelf from './shelf.ts';
import { View, type Actions } from './view.tsx';

const often = 20_000; // milliseconds between two looks at what there is to do
const soon = 30_000; // milliseconds within which a report is sent if nothing is in its way

class Page {
  private readonly outbox: Outbox;

  constructor() {
    this.outbox = new Outbox(shelf.reports, (report) => this.send(report), (refused) => {
      if (refused) shelf.refused.save({ ...shelf.refused.load(), [refused.report.order]: refused.why });
      this.tell();
    });
  }

  start(): void {
    this.enterByAddress();
    addEventListener('hashchange', () => this.enterByAddress() && void this.look());
    this.recall();
    render(<View actions={this.actions()} />, document.getElementById('page')!);
    void this.look();
    setInterval(() => document.hidden || void this.look(), often);
    setInterval(() => (page.now.value = Date.now()), 1000);
    addEventListener('online', () => void this.look());
    addEventListener('storage', () => this.recall()); // another tab
    document.addEventListener('visibilitychange', () => document.hidden || void this.look());
    void configured().then(({ shop, timezone: zone }) => {
      page.shop.value = shop;
      timezone.value = zone;
    });
  }

  private actions(): Actions {
    return {
      report: (order, state, { code = '', reason = '' }) => {
        this.understand(order);
        this.outbox.add({ order, state, code, reason, at: Date.now() });
      },
      understand: (order) => this.understand(order),
      enter: (token) => {
        if (!couldBe(token)) {
          page.standing.value = 'bad';
          return;
        }
        shelf.keepToken(token);
        this.recall();
        void this.look();
      },
      leave: () => this.leave(),
    };
  }

  /** Takes the token out of the address, where it could be seen; reports whether there was one. */
  private enterByAddress(): boolean {
    const token = takeTokenFromAddress();
    if (token !== undefined && couldBe(token)) shelf.keepToken(token);
    return token !== undefined;
  }

  /** Shows what is on the phone. */
  private recall(): void {
    const kept = shelf.orders();
    try {
      page.jobs.value = kept && parseJobs(kept.answer);
    } catch {
      page.jobs.value = undefined; // of another version
    }
    page.asOf.value = kept?.at ?? 0;
    this.tell();
  }

  private tell(): void {
    page.waiting.value = this.outbox.waiting;
    page.refused.value = shelf.refused.load();
  }

  /** Sends what waits, and then asks what there is to do: so nothing that was said seems undone. */
  private async look(): Promise<void> {
    await this.outbox.flush();
    try {
      const answer = await request('me/orders', shelf.token());
      const text = await answer.text();
      if (!this.letIn(answer.status) || !answer.ok) return;
      page.jobs.value = parseJobs(text);
      shelf.keepOrders(text, Date.now());
      page.asOf.value = Date.now();
    } catch {
      page.away.value = true;
    }
  }

  private async send({ order, state, code, reason, at }: Report): Promise<Sent> {
    try {
      // Only what had to wait says since when: so a phone's wrong clock does no harm to the rest.
      const late = Date.now() - at > soon && { time: new Date(at).toISOString() };
      const body = { state, ...(code !== '' && { code }), ...(reason !== '' && { reason }), ...late };
      const answer = await request(`me/orders/${encodeURIComponent(order)}`, shelf.token(), 'POST', body);
      const text = await answer.text();
      if (!this.letIn(answer.status) || answer.status >= 500) return 'away';
      if (answer.ok) page.jobs.value = page.jobs.peek() && withJob(page.jobs.peek()!, parseJob(text));
      return outcome(answer.status, text);
    } catch {
      page.away.value = true;
      return 'away';
    }
  }

  /** Whether the server let us in; what is on the phone stays until somebody logs out, except the orders of who is no courier. */
  private letIn(status: number): boolean {
    page.away.value = status >= 500;
    if (status === 401) page.standing.value = shelf.token() === undefined ? 'out' : 'bad';
    else if (status === 403) page.standing.value = 'other';
    else page.standing.value = 'in';
    if (page.standing.peek() !== 'in') {
      shelf.forgetOrders();
      page.jobs.value = undefined;
    }
    return page.standing.peek() === 'in';
  }

  private understand(order: string): void {
    const { [order]: _, ...rest } = shelf.refused.load();
    shelf.refused.save(rest);
    this.tell();
  }

  private leave(): void {
    const count = this.outbox.waiting.length;
    if (count > 0 && !confirm(page.text.peek().leaveReally(digits(count, page.language.peek())))) return;
    shelf.forgetAll();
    this.recall();
    page.standing.value = 'out';
  }
}

/** What the server's answer to a report means. */
function outcome(status: number, text: string): Sent {
  if (status < 300) return 'taken';
  if (status === 429) return 'later';
  if (status === 409) return { refused: 'state' };
  if (status === 404) return { refused: 'gone' };
  return { refused: status === 400 && text.includes('"code"') ? 'code' : 'other' };
}

wear(() => page.text.value.title);
new Page().start();
keepShell('c');
