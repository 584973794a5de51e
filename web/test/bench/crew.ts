// As many couriers as a benchmark wants, on a socket of its own in place of the
// server's.

import type { Page, WebSocketRoute } from 'playwright-core';

const part = 1;

export class Crew {
  private readonly size: number;
  private route: WebSocketRoute | undefined;
  private version = 1_763_823_600_000; // milliseconds
  private turn = 0; // who is next to move

  private constructor(size: number) {
    this.size = size;
  }

  /** Stands in for the socket of the page, which must not have been opened yet. */
  static async of(size: number, page: Page): Promise<Crew> {
    const crew = new Crew(size);
    await page.routeWebSocket(/\/ws$/, (route) => {
      crew.route = route;
      route.onMessage(() => crew.greet());
    });
    return crew;
  }

  /** Moves so many of the couriers; returns the version of that. */
  update(changed: number): number {
    const span = 100; // milliseconds
    this.version += span;
    const at = numbers(changed).map((i) => this.fix((this.turn + i) % this.size));
    this.turn += changed;
    this.send({ type: 'frame', part, to: this.version, span, at });
    this.send({ type: 'upto', version: this.version });
    return this.version;
  }

  private greet(): void {
    const all = numbers(this.size);
    this.send({ type: 'hello', epoch: 'e', version: this.version });
    this.send({ type: 'parts', parts: [[part, 'all/everything']] });
    const introduced = all.map((i) => [i, String(i), `پیک شمارهٔ ${i}`, 'north', `courier${i}`]);
    this.send({ type: 'frame', part, to: this.version, full: true, new: introduced, at: all.map((i) => this.fix(i)) });
    this.send({ type: 'upto', version: this.version });
  }

  private fix(i: number): unknown[] {
    const drift = (this.version % 60_000) / 6e6;
    return [i, 35.6 + (i % 40) / 200 + drift, 51.3 + Math.floor(i / 40) / 125, (i * 7) % 360, 8.3, 4, 1];
  }

  private send(message: object): void {
    this.route?.send(JSON.stringify(message));
  }
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
