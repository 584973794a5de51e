// Who is selected and where the map looks, kept in step with the address bar:
// what is chosen is written there, what a link says is done.

import { effect } from '@preact/signals';
import { readAddress, writeAddress, type Place } from './address.ts';
import type { Camera } from './camera.ts';
import * as page from './page.ts';

const pause = 300; // milliseconds; browsers refuse to change an address more than some 200 times in 30 s

export class Bearings {
  private readonly camera: () => Camera | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sought: string | undefined; // the id that a link names, to fly to when it is on the map

  constructor(camera: () => Camera | undefined) {
    this.camera = camera;
    page.selectedId.subscribe(() => this.write());
    effect(() => {
      const courier = page.selected.value;
      if (courier?.id === this.sought) this.arrive();
    });
  }

  /** Does what the address says. */
  read(): void {
    const { view, courier, place } = readAddress(location.hash);
    this.turn(place);
    if (view) this.camera()?.look(view);
    if (courier === page.selectedId.peek()) return;
    page.following.value = false;
    page.cursor.value = courier;
    page.selectedId.value = courier;
    this.sought = view ? undefined : courier;
    this.arrive();
  }

  /** Writes into the address, soon, what is looked at. */
  write(): void {
    this.timer ??= setTimeout(() => this.writeNow(), pause);
  }

  /** Opens something beside the map, or the list of couriers; the browser's way back leads to what was there. */
  open(place: Place | undefined): void {
    this.writeNow(); // what is not written yet belongs to what was there
    if (this.turn(place)) history.pushState(history.state, '', location.pathname + location.search + this.hash());
  }

  private writeNow(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.camera()) return; // the address has not been read yet
    const hash = this.hash();
    if (hash !== location.hash) history.replaceState(history.state, '', location.pathname + location.search + hash);
  }

  /** Shows the place; reports whether it was another one. */
  private turn(place: Place | undefined): boolean {
    const { view, id } = { view: undefined, id: undefined, ...page.place.peek() };
    if (view === place?.view && id === place?.id) return false;
    page.place.value = place;
    return true;
  }

  private hash(): string {
    const camera = this.camera();
    const view = camera?.placed ? camera.view : readAddress(location.hash).view;
    return writeAddress({ view, courier: page.selectedId.peek(), place: page.place.peek() });
  }

  /** Selects the courier and flies there, since it was chosen in the list. */
  select(id: string): void {
    this.choose(id);
    if (page.narrow.peek() && page.sheet.peek() !== 1) page.sheet.value = 1;
    this.sought = id;
    this.arrive();
  }

  /** Selects the courier that was clicked on the map, which stays where it is unless the panel would cover it. */
  pick(id: string | undefined): void {
    if (id === undefined) return this.deselect();
    this.choose(id);
    const position = page.selected.peek()?.position;
    if (position) this.camera()?.reveal(position);
  }

  private choose(id: string): void {
    if (id !== page.selectedId.peek()) page.following.value = false;
    page.cursor.value = id; // the list shows it
    page.selectedId.value = id;
    if (page.narrow.peek() && page.sheet.peek() === 0) page.sheet.value = 1;
  }

  deselect(): void {
    page.following.value = false;
    page.cursor.value = undefined;
    page.selectedId.value = undefined;
  }

  /** Goes with the selected courier from now on, or lets it drive away. */
  follow(follow: boolean): void {
    const position = page.selected.peek()?.position;
    page.following.value = follow && position !== undefined;
    if (page.following.peek() && position) this.camera()?.fly(position);
  }

  private arrive(): void {
    const position = page.selected.peek()?.position;
    const camera = this.camera();
    if (this.sought === undefined || page.selected.peek()?.id !== this.sought || !position || !camera) return;
    this.sought = undefined;
    camera.fly(position);
  }
}
