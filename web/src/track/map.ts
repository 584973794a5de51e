// The customer's map: where the order goes to, and the courier that brings it: as
// a point that glides where it is told exactly, else as the area in which it is.
// It comes as a file of its own, after the page says what matters.

import type { Map as MapLibre, StyleSpecification } from 'maplibre-gl';
import { Camera, type Inset } from '../camera.ts';
import { attribute, keepAbove, lay, openMap, paint } from '../canvas.ts';
import { glide, metresPerStep } from '../glide.ts';
import type { Land } from '../ground.ts';
import { Markers } from '../markers.ts';
import { degrees, place, world, type Place } from '../mercator.ts';
import { motion, type Motion } from '../motion.ts';
import type { Seen, Spot } from '../orders.ts';
import type { MapRequest } from '../outside.ts';
import type { Theme } from '../theme.ts';
import type { Position } from '../wire.ts';

export { Ground } from '../ground.ts'; // comes with the map, and not before

const id = 'courier';
const reach = 50; // metres around the middle of a cell: all of it, and a little more
const smallest = 14; // pixels; a smaller area is not seen
const nearest = 16.5; // zoom to which the map goes by itself

export class TrackMap implements Land {
  readonly camera: Camera;
  private readonly map: MapLibre;
  private readonly markers: Markers;
  private readonly area = element('area');
  private readonly pin = element('pin');
  private last: (Position & Motion & { exact: boolean }) | undefined; // the courier as it is drawn
  private destination: Spot | undefined;
  private touched = false; // somebody looks where he wants
  private readonly moved: (touched: boolean) => void;
  private readonly woke = () => document.hidden || this.markers.settle();

  /** Calls moved when somebody drags the map away, or lets it look by itself again. Throws without WebGL 2. */
  constructor(container: HTMLElement, theme: Theme, request: (url: string) => MapRequest, moved: (touched: boolean) => void) {
    this.moved = moved;
    this.markers = new Markers(oneColor(theme));
    this.map = openMap(container, theme, request);
    this.camera = new Camera(this.map, () => this.loosen(true));
    this.map.getCanvasContainer().append(this.area, this.pin);
    keepAbove(this.map, this.markers);
    this.map.on('render', () => this.put());
    this.map.on('zoomstart', (event) => 'originalEvent' in event && event.originalEvent !== undefined && this.loosen(true));
    for (const event of ['webglcontextlost', 'webglcontextrestored'] as const) this.map.on(event, () => this.markers.forget());
    this.map.on('resize', () => this.frame(0));
    document.addEventListener('visibilitychange', this.woke);
  }

  ground(style: StyleSpecification, theme: Theme): void {
    lay(this.map, style, this.markers);
    this.tint(theme);
  }

  tint(theme: Theme): void {
    this.markers.paint = { ...oneColor(theme), stale: this.markers.paint.stale };
    this.map.triggerRepaint();
  }

  attribute(): void {
    attribute(this.map);
  }

  /** The view is where the order is, not the city. */
  showCity(): void {}

  speak(label: string): void {
    this.map.getCanvas().setAttribute('aria-label', label);
  }

  /** Leaves to the page's words what they cover of the map, and looks at both in what is free. */
  leave(covered: Inset): void {
    this.camera.inset = covered;
    this.frame(0);
  }

  /** Shows where the order goes to and where its courier is; what is not given is nowhere any more. */
  show(destination: Spot | undefined, seen: Seen | undefined): void {
    const news = (seen === undefined) !== (this.last === undefined) || destination?.lat !== this.destination?.lat || destination?.lon !== this.destination?.lon;
    this.destination = destination;
    if (seen) this.move(seen);
    else if (this.last) this.forget();
    this.put();
    if (news || !this.fits()) this.frame(news && this.camera.placed ? undefined : 0);
  }

  /** Whether what is shown is known to be true; greys the courier if not. */
  stale(stale: boolean): void {
    this.markers.paint.stale = stale;
    this.map.getContainer().classList.toggle('stale', stale);
    this.map.triggerRepaint();
  }

  /** Looks at both, and from now on by itself. */
  showBoth(): void {
    this.loosen(false);
    this.frame();
  }

  /** Takes the map away with all that it holds. */
  remove(): void {
    this.forget();
    this.map.remove();
    document.removeEventListener('visibilitychange', this.woke);
  }

  /** Where the courier is drawn now, on the screen; undefined: nowhere. */
  get courier(): { x: number; y: number; exact: boolean } | undefined {
    const at = this.markers.at(id);
    return at && this.last && { ...this.project(at), exact: this.last.exact };
  }

  /** Whether the ground is there and the view stands still. */
  get settled(): boolean {
    return this.map.loaded() && !this.map.isMoving() && this.map.getLayer(this.markers.id) !== undefined;
  }

  private move(seen: Seen): void {
    if (this.last?.stamp === seen.stamp && this.last.exact === seen.exact && this.last.lat === seen.lat && this.last.lon === seen.lon) return;
    const next = { lat: seen.lat, lon: seen.lon, heading: null, speed: null, stamp: seen.stamp, interval: null };
    const to = place(seen.lat, seen.lon);
    const from = this.markers.at(id) ?? to;
    const gap = this.last ? seen.stamp - this.last.stamp : 0;
    const went = motion(this.last?.exact === seen.exact ? this.last : undefined, next);
    this.markers.put(id, { ...seen, ...went, silent: false }, document.hidden ? 0 : glide(from, to, seen.lat, gap));
    this.markers.hide(() => !seen.exact);
    this.last = { ...next, ...went, exact: seen.exact };
  }

  /** The courier is not told any more: it is left neither on the map nor in memory. */
  private forget(): void {
    this.markers.remove(id);
    this.markers.wipe();
    this.last = undefined;
    this.map.triggerRepaint();
  }

  /** Puts what lies on the map where the map is now. */
  private put(): void {
    const at = this.markers.at(id);
    const blurred = at !== undefined && this.last !== undefined && !this.last.exact;
    this.area.hidden = !blurred;
    if (blurred) {
      const step = (512 * 2 ** this.map.getZoom()) / world; // pixels of a mercator step
      const radius = Math.max(smallest, (reach / metresPerStep(this.last!.lat)) * step);
      this.area.style.setProperty('--radius', `${radius.toFixed(1)}px`);
      translate(this.area, this.project(at));
    } else this.area.removeAttribute('style');
    this.pin.hidden = this.destination === undefined;
    if (this.destination) translate(this.pin, this.map.project([this.destination.lon, this.destination.lat]));
  }

  private project(at: Place): { x: number; y: number } {
    const { lat, lon } = degrees(at);
    const { x, y } = this.map.project([lon, lat]);
    return { x, y };
  }

  private spots(): Spot[] {
    return [this.destination, this.last].filter((each) => each !== undefined);
  }

  /** Whether all is in view, under nothing, and not far smaller than it could be. */
  private fits(): boolean {
    const { left, right, top, bottom } = this.camera.inset;
    const { clientWidth, clientHeight } = this.map.getContainer();
    const free = ({ x, y }: { x: number; y: number }) => x >= left && x <= clientWidth - right && y >= top && y <= clientHeight - bottom;
    return this.spots().every(({ lat, lon }) => free(this.map.project([lon, lat]))) && this.camera.closest(this.spots(), nearest) - this.map.getZoom() < 1;
  }

  private frame(milliseconds?: number): void {
    if (!this.touched) this.camera.fit(this.spots(), milliseconds, nearest);
  }

  private loosen(touched: boolean): void {
    if (this.touched === touched) return;
    this.touched = touched;
    this.moved(touched);
  }
}

/** A courier that waits at a light is no news to a customer: it has another form, and the same colour. */
function oneColor(theme: Theme) {
  const colors = paint(theme);
  return { ...colors, stopped: colors.moving };
}

function element(name: string): HTMLElement {
  const made = document.createElement('div');
  made.className = name;
  made.hidden = true;
  return made;
}

function translate({ style }: HTMLElement, { x, y }: { x: number; y: number }): void {
  style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
}

