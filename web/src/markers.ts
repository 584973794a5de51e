// The couriers on the map, as a layer of the map's own WebGL. Each has one
// record in a buffer: where it comes from, where it goes to, when it set out
// and how long it takes; the GPU does the gliding, so a thousand cost nothing
// per frame. Only the changed range of the buffer is uploaded. It knows places
// and looks, and nothing of couriers but their ids.

import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibre } from 'maplibre-gl';
import { Brush, type Paint } from './brush.ts';
import type { Body } from './crowd.ts';
import { between, difference, place, type Place } from './mercator.ts';
import { look, record } from './shader.ts';

/** What a marker should be. */
export interface Mark {
  lat: number;
  lon: number;
  heading: number | null; // degrees clockwise from north
  moving: boolean;
  silent: boolean;
}

const hour = 3_600_000; // milliseconds; float32 still tells quarters of them apart then

export class Markers implements CustomLayerInterface {
  readonly id = 'couriers';
  readonly type = 'custom';
  private readonly slots = new Map<string, number>();
  private readonly ids: string[] = []; // by slot
  private buffer = new ArrayBuffer(record.words * 4 * 256);
  private ints = new Uint32Array(this.buffer);
  private floats = new Float32Array(this.buffer);
  private dirty = { from: 0, to: 0 }; // slots that the GPU does not have yet
  private base = performance.now(); // monotonic; zero of the records' clock
  private until = 0; // monotonic; when the last glide ends
  private selected: string | undefined;
  private map: MapLibre | undefined;
  private brush: Brush | undefined;
  paint: Paint;

  constructor(paint: Paint) {
    this.paint = paint;
  }

  /** Puts a marker, gliding there for so many milliseconds from where it is now. */
  put(id: string, mark: Mark, duration: number): void {
    const slot = this.slots.get(id);
    if (slot === undefined) this.write(this.add(id), place(mark.lat, mark.lon), mark, 0);
    else this.write(slot, this.where(slot), mark, duration);
  }

  /** Changes what a marker looks like, and leaves it on its way. */
  mark(id: string, { moving, silent }: Pick<Mark, 'moving' | 'silent'>): void {
    const slot = this.slots.get(id);
    if (slot === undefined) return;
    const word = slot * record.words + record.look;
    const kept = this.ints[word]! & (look.selected | look.hidden);
    this.ints[word] = kept | (moving ? look.moving : 0) | (silent ? look.silent : 0);
    this.touch(slot);
  }

  /** Hides the markers for which hidden says yes: a crowd's disc stands for them. */
  hide(hidden: (id: string) => boolean): void {
    for (const [slot, id] of this.ids.entries()) {
      const word = slot * record.words + record.look;
      const is = this.ints[word]! & look.hidden;
      const be = hidden(id) ? look.hidden : 0;
      if (is === be) continue;
      this.ints[word]! ^= look.hidden;
      this.touch(slot);
    }
  }

  /** Moves a marker so many pixels beside its place. */
  shift(id: string, { x, y }: { x: number; y: number }): void {
    const slot = this.slots.get(id);
    if (slot === undefined) return;
    this.floats[slot * record.words + record.offsetX] = x;
    this.floats[slot * record.words + record.offsetY] = y;
    this.touch(slot);
  }

  /** How many pixels the marker stands beside its place. */
  offset(id: string): { x: number; y: number } {
    const word = (this.slots.get(id) ?? 0) * record.words;
    return { x: this.floats[word + record.offsetX]!, y: this.floats[word + record.offsetY]! };
  }

  /** Whether the marker itself is on the map, and no disc stands for it. */
  shown(id: string): boolean {
    const slot = this.slots.get(id);
    return slot !== undefined && (this.ints[slot * record.words + record.look]! & look.hidden) === 0;
  }

  /** Where every marker goes to. */
  bodies(): Body[] {
    return this.ids.map((id, slot) => {
      const word = slot * record.words;
      const is = this.ints[word + record.look]!;
      const standing = (is & look.moving) === 0 || (is & look.silent) !== 0;
      return { id, x: this.ints[word + record.toX]!, y: this.ints[word + record.toY]!, standing };
    });
  }

  remove(id: string): void {
    const slot = this.slots.get(id);
    if (slot === undefined) return;
    this.slots.delete(id);
    const last = this.ids.pop()!;
    if (last === id) return;
    this.ids[slot] = last;
    this.slots.set(last, slot);
    const from = this.ids.length * record.words;
    this.ints.copyWithin(slot * record.words, from, from + record.words);
    this.touch(slot);
  }

  /** All have been removed: where they were goes from memory and from the GPU too. */
  wipe(): void {
    this.ints.fill(0);
    this.onRemove();
  }

  select(id: string | undefined): void {
    for (const each of [this.selected, id]) {
      if (each === id) this.raise(each);
      const slot = each === undefined ? undefined : this.slots.get(each);
      if (slot === undefined) continue;
      this.ints[slot * record.words + record.look]! ^= look.selected;
      this.touch(slot);
    }
    this.selected = id;
  }

  /** Ends every glide at once: who comes back to a tab sees where couriers are. */
  settle(): void {
    for (let slot = 0; slot < this.ids.length; slot++) this.floats[slot * record.words + record.duration] = 0;
    this.until = 0;
    this.touch(0);
    this.touch(this.ids.length - 1);
  }

  /** Where the marker is now, on its way; undefined if there is none. */
  at(id: string): Place | undefined {
    const slot = this.slots.get(id);
    return slot === undefined ? undefined : this.where(slot);
  }

  /** The shown marker nearest to the place and less than so many pixels away; a pixel is so many mercator steps. */
  nearest(to: Place, within: number, pixel: number): string | undefined {
    let found: string | undefined;
    let best = within * pixel;
    for (let slot = 0; slot < this.ids.length; slot++) {
      const word = slot * record.words;
      if (this.ints[word + record.look]! & look.hidden) continue;
      const at = this.where(slot);
      const east = difference(to.x, at.x) + this.floats[word + record.offsetX]! * pixel;
      const south = difference(to.y, at.y) + this.floats[word + record.offsetY]! * pixel;
      const distance = Math.hypot(east, south);
      if (distance >= best) continue;
      best = distance;
      found = this.ids[slot];
    }
    return found;
  }

  onAdd(map: MapLibre): void {
    this.map = map;
    this.brush = undefined;
    this.touch(0);
    this.touch(this.ids.length - 1);
  }

  onRemove(): void {
    this.brush?.free();
    this.brush = undefined;
  }

  /** The context is gone with everything in it; the next drawing makes all anew. */
  forget(): void {
    this.brush = undefined;
  }

  render(gl: WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    const map = this.map;
    if (!map || this.ids.length === 0) return;
    const now = performance.now();
    if (now - this.base > hour) this.rebase(now);
    this.brush ??= new Brush(gl);
    this.brush.load(this.ints, this.dirty, this.ids.length);
    this.dirty = { from: Infinity, to: 0 };
    this.brush.draw(map, input, this.paint, this.ids.length, now - this.base);
    if (now < this.until) map.triggerRepaint();
  }

  /** Gives the marker the last slot: who is drawn last lies above the others. */
  private raise(id: string | undefined): void {
    const slot = id === undefined ? undefined : this.slots.get(id);
    const last = this.ids.length - 1;
    if (id === undefined || slot === undefined || slot === last) return;
    const { words } = record;
    const mine = this.ints.slice(slot * words, (slot + 1) * words);
    this.ints.copyWithin(slot * words, last * words, (last + 1) * words);
    this.ints.set(mine, last * words);
    const other = this.ids[last]!;
    this.ids[slot] = other;
    this.ids[last] = id;
    this.slots.set(other, slot);
    this.slots.set(id, last);
    this.touch(slot);
    this.touch(last);
  }

  private add(id: string): number {
    const slot = this.ids.length;
    if (slot * record.words * 4 === this.buffer.byteLength) this.grow();
    this.ids.push(id);
    this.slots.set(id, slot);
    this.floats[slot * record.words + record.turnTo] = 0;
    this.floats[slot * record.words + record.offsetX] = 0;
    this.floats[slot * record.words + record.offsetY] = 0;
    this.ints[slot * record.words + record.look] = id === this.selected ? look.selected : 0;
    return slot;
  }

  private grow(): void {
    const old = this.ints;
    this.buffer = new ArrayBuffer(this.buffer.byteLength * 2);
    this.ints = new Uint32Array(this.buffer);
    this.floats = new Float32Array(this.buffer);
    this.ints.set(old);
  }

  private write(slot: number, from: Place, mark: Mark, duration: number): void {
    const { ints, floats } = this;
    const word = slot * record.words;
    const to = place(mark.lat, mark.lon);
    const now = performance.now();
    const turnFrom = floats[word + record.turnTo] ?? 0;
    const turn = mark.heading === null ? turnFrom : (mark.heading * Math.PI) / 180;
    ints[word + record.fromX] = from.x;
    ints[word + record.fromY] = from.y;
    ints[word + record.toX] = to.x;
    ints[word + record.toY] = to.y;
    floats[word + record.start] = now - this.base;
    floats[word + record.duration] = duration;
    floats[word + record.turnFrom] = duration > 0 ? turnFrom : turn;
    floats[word + record.turnTo] = turn;
    this.until = Math.max(this.until, now + duration);
    this.mark(this.ids[slot]!, mark);
  }

  private where(slot: number): Place {
    const { ints, floats } = this;
    const word = slot * record.words;
    const from = { x: ints[word + record.fromX]!, y: ints[word + record.fromY]! };
    const to = { x: ints[word + record.toX]!, y: ints[word + record.toY]! };
    const duration = floats[word + record.duration]!;
    if (duration === 0) return to;
    return between(from, to, (performance.now() - this.base - floats[word + record.start]!) / duration);
  }

  /** Moves the zero of the records' clock to now, before float32 gets coarse. */
  private rebase(now: number): void {
    const shift = now - this.base;
    for (let slot = 0; slot < this.ids.length; slot++) this.floats[slot * record.words + record.start]! -= shift;
    this.base = now;
    this.touch(0);
    this.touch(this.ids.length - 1);
  }

  private touch(slot: number): void {
    this.dirty.from = Math.min(this.dirty.from, Math.max(slot, 0));
    this.dirty.to = Math.max(this.dirty.to, slot + 1);
    this.map?.triggerRepaint();
  }
}
