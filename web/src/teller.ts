// Tells the panel what the picture is. What changes with every message is told
// at most once a second, when the ages change too; who is there and whether the
// picture is true is told at once.

import { batch, effect } from '@preact/signals';
import * as page from './page.ts';
import { Roster } from './roster.ts';
import type { Picture } from './state.ts';
import type { Connection } from './stream.ts';
import { locales } from './text.ts';

const pause = 100; // milliseconds between newcomers and the list that has them

export class Teller {
  private readonly picture: Picture;
  private roster = new Roster(locales.en);
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(picture: Picture) {
    this.picture = picture;
    effect(() => {
      this.roster = new Roster(locales[page.language.value]);
      this.list();
    });
    effect(() => {
      this.list({ query: page.query.value, filter: page.filter.value });
    });
    page.selectedId.subscribe(() => this.select());
  }

  /** The connection changed, or a message came. */
  tell(connection: Connection): void {
    const { picture } = this;
    if (connection.state === 'refused') picture.clear();
    batch(() => {
      if (connection.state === 'live') page.heard.value = connection.heard;
      if (connection.state !== 'live' || page.connection.peek().state !== 'live') page.connection.value = connection;
      page.inStep.value = picture.inStep;
      if (picture.inStep) this.load();
      if (connection.state === 'refused') this.forget();
      if (page.count.peek() !== picture.count) this.newcomers();
      page.count.value = picture.count;
      this.select();
    });
  }

  /** A second went by, to this monotonic moment. */
  tick(monotonic: number): void {
    page.now.value = { monotonic, server: this.picture.clock.now(monotonic) };
    this.list();
  }

  /** The first whole picture is listed at once: that nobody is here must not be said for a moment. */
  private load(): void {
    if (page.loaded.peek()) return;
    page.loaded.value = true;
    this.tick(performance.now());
  }

  private forget(): void {
    page.loaded.value = false;
    page.asOf.value = undefined;
    page.details.value = undefined;
    page.cursor.value = undefined;
    this.list();
  }

  private newcomers(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.tick(performance.now());
    }, pause);
  }

  private list(wanted = { query: page.query.peek(), filter: page.filter.peek() }): void {
    const now = this.picture.clock.now(performance.now());
    if (page.connection.peek().state === 'live') page.asOf.value = now;
    page.listing.value = this.roster.refresh(this.picture.couriers, now, wanted);
  }

  private select(): void {
    const id = page.selectedId.peek();
    const courier = id === undefined ? undefined : this.picture.couriers.get(id);
    const shown = page.selected.peek();
    if (courier && shown?.id === id && shown?.name === courier.name && shown.position?.stamp === courier.position?.stamp) return;
    page.selected.value = courier && { ...courier };
  }
}
