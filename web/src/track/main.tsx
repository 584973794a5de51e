// The customer's page: it puts the rooms together and starts them. What the
// server tells goes one way: the stream and the API feed what was told, which is
// shown. The words come first, the map later.

import { batch } from '@preact/signals';
import { render } from 'preact';
import { parseDetail } from '../answers.ts';
import { keepShell, wear } from '../brand.ts';
import { timezone } from '../look.ts';
import { parseTrack } from '../orders.ts';
import { configured } from '../outside.ts';
import { request } from '../request.ts';
import { couldBe } from '../session.ts';
import { Stream, type Connection, type Standing } from '../stream.ts';
import { offerHook } from './hook.ts';
import { Line } from './line.ts';
import * as link from './link.ts';
import * as page from './page.ts';
import { Shown } from './shown.ts';
import { Told } from './told.ts';
import { View } from './view.tsx';

const second = 1000; // milliseconds
const tired = 120_000; // milliseconds without a word after which a courier is elsewhere

class Page {
  private readonly told = new Told();
  private readonly token = link.secret();
  private readonly line = new Line(() => this.token);
  private readonly stream: Stream;
  private heard = performance.now(); // monotonic milliseconds

  constructor() {
    page.hasSecret.value = this.token !== undefined;
    this.stream = new Stream(
      {
        connect: (protocols, ear) => this.line.open(protocols, ear),
        standing: () => this.look(),
        renamed: () => {},
        token: () => this.token,
        now: () => performance.now(),
        after: (milliseconds, call) => {
          const timer = setTimeout(call, milliseconds);
          return () => clearTimeout(timer);
        },
        random: Math.random,
      },
      this.told,
      (connection) => this.become(connection),
    );
  }

  start(): void {
    if (this.token === undefined || couldBe(this.token)) {
      void this.greet();
      this.stream.open();
    } else this.stream.end('unknown');
    setInterval(() => this.tick(), second);
    addEventListener('online', () => this.wake());
    document.addEventListener('visibilitychange', () => document.hidden || this.wake());
    addEventListener('hashchange', () => location.reload()); // another link in the same tab
    const config = configured();
    const shown = new Shown(config, () => this.token);
    const handles = { keep: (box: HTMLElement) => shown.keep(box), showBoth: () => shown.map?.showBoth() };
    void config.then(({ shop, login, timezone: zone }) => {
      page.shop.value = shop;
      page.login.value = login;
      timezone.value = zone;
    });
    render(<View handles={handles} />, document.getElementById('page')!);
    offerHook(this.told, () => shown.map);
  }

  /** The first look; the stream asks again by itself whenever it must. */
  private async greet(): Promise<void> {
    const standing = await this.look();
    if (standing !== 'welcome' && standing !== 'unreachable') this.stream.end(standing);
  }

  /** Asks what there is to see now. */
  private async look(): Promise<Standing> {
    const apply = this.told.ask();
    try {
      const answer = await request('track', this.token);
      const text = await answer.text();
      if (answer.status === 401 || answer.status === 403) return this.lost(parseDetail(text));
      if (!answer.ok) return 'unreachable';
      apply(parseTrack(text));
      this.heard = performance.now();
      this.show(true);
      return 'welcome';
    } catch {
      return 'unreachable';
    }
  }

  /** Why we are not let in: its time is over, it was taken back, or it never was. */
  private lost(detail: string): Standing {
    if (/expired/.test(detail)) return 'expired';
    return page.loaded.peek() ? 'revoked' : 'unknown';
  }

  /** The tab is looked at again, or the network is back: what is shown shall be right at once. */
  private wake(): void {
    this.tick();
    if (page.connection.peek().state === 'refused') return;
    this.stream.wake();
    void this.greet();
  }

  private become(connection: Connection): void {
    if (connection.state === 'refused') {
      this.told.clear();
      link.forget(this.token);
    }
    if (connection.state === 'live') this.heard = connection.heard;
    batch(() => {
      if (connection.state !== 'live' || page.connection.peek().state !== 'live') page.connection.value = connection;
      this.show(false);
    });
  }

  private show(whole: boolean): void {
    batch(() => {
      page.orders.value = this.told.all();
      if (whole || page.orders.peek().length > 0) page.loaded.value = true;
      this.tick();
    });
  }

  private tick(): void {
    const now = performance.now();
    if (now - this.heard > tired && this.told.all().some(({ courier }) => courier)) {
      this.told.tire();
      page.orders.value = this.told.all();
    }
    const ahead = (this.told.clock.now(now) ?? Date.now()) - now;
    page.now.value = Math.floor((now + ahead) / second) * second;
    page.heard.value = this.heard + ahead;
  }
}

wear(() => (page.shop.value.name === '' ? page.text.value.title : page.text.value.of(page.shop.value.name)));
new Page().start();
keepShell('t');
