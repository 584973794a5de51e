// What a courier reports, kept until the server has it: also without a network,
// and over a restart of the phone. Reports of one order are sent one after the
// other as they were made. To send one twice is no fault: the server says 200
// again. What the server refuses is taken out, and told.

import type { OrderState } from '../orders.ts';

export interface Report {
  order: string; // its id
  state: Extract<OrderState, 'picked_up' | 'delivered' | 'failed'>;
  code: string;
  reason: string;
  at: number; // milliseconds since 1970, the phone's: when it was made
}

/** What became of sending one: the server has it, or refuses it; it may be tried later; or nothing can be sent now. */
export type Sent = 'taken' | 'later' | 'away' | { refused: Refusal };

/** Why: the code was wrong, the order has gone on or is over, it is not ours, or what the server says of it. */
export type Refusal = 'code' | 'state' | 'gone' | 'other';

/** Where reports survive. */
export interface Shelf {
  load(): Report[];
  save(reports: readonly Report[]): void;
}

export class Outbox {
  private readonly shelf: Shelf;
  private readonly send: (report: Report) => Promise<Sent>;
  private readonly changed: (refused?: { report: Report; why: Refusal }) => void;
  private sending: Promise<void> | undefined;

  /** Calls changed when a report was added or is out, with the reason where it was refused. */
  constructor(shelf: Shelf, send: (report: Report) => Promise<Sent>, changed: (refused?: { report: Report; why: Refusal }) => void) {
    this.shelf = shelf;
    this.send = send;
    this.changed = changed;
  }

  get waiting(): readonly Report[] {
    return this.shelf.load();
  }

  /** Keeps a report, and sends it as soon as that is possible. */
  add(report: Report): void {
    this.shelf.save([...this.shelf.load(), report]);
    this.changed();
    void this.flush();
  }

  /** Sends what waits, as far as it goes. */
  flush(): Promise<void> {
    this.sending ??= Promise.resolve().then(() => this.sendAll()).finally(() => (this.sending = undefined));
    return this.sending;
  }

  private async sendAll(): Promise<void> {
    const stuck = new Set<string>(); // orders of which nothing more can be sent now
    for (;;) {
      const report = this.shelf.load().find(({ order }) => !stuck.has(order));
      if (!report) return;
      const sent = await this.send(report);
      if (sent === 'away') return;
      if (sent === 'later') {
        stuck.add(report.order);
        continue;
      }
      this.shelf.save(this.shelf.load().filter((each) => !same(each, report)));
      this.changed(sent === 'taken' ? undefined : { report, why: sent.refused });
    }
  }
}

function same(a: Report, b: Report): boolean {
  return a.order === b.order && a.state === b.state && a.at === b.at;
}
