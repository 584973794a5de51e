// The map of the page: which ground lies under the couriers, where they are put
// on it, and how to get from a point on the screen to a courier. It redraws at
// most once per animation frame and not at all in a hidden tab. Longitude comes
// before latitude here and nowhere else, as MapLibre wants it.

import type { Map as MapLibre, StyleSpecification } from 'maplibre-gl';
import { Camera } from './camera.ts';
import { attribute, keepAbove, lay, openMap, paint } from './canvas.ts';
import { pixelAt, type Crowd } from './crowd.ts';
import { Crowds, type Speech } from './crowds.ts';
import { glide } from './glide.ts';
import { Markers } from './markers.ts';
import { degrees, place } from './mercator.ts';
import { silent } from './motion.ts';
import type { MapRequest } from './outside.ts';
import type { Point } from './overlay.ts';
import type { Courier, Picture } from './state.ts';
import type { Theme } from './theme.ts';

/** What the map tells the page. */
export interface Ears {
  picked(id: string | undefined): void; // a courier was clicked, or nobody
  loosened(): void; // somebody dragged the map away
  moved(): void; // the view came to rest
}

const grasp = 18; // pixels around a courier that count as it
const city = [{ lat: 35.674, lon: 51.356 }, { lat: 35.7275, lon: 51.441 }]; // corners of what is built of internal/sim's

export class CourierMap {
  readonly camera: Camera;
  readonly map: MapLibre; // also for what others lay on it
  private readonly markers: Markers;
  private readonly crowds: Crowds;
  private readonly picture: Picture;
  private readonly ears: Ears;
  private readonly stamps = new Map<string, number>(); // of what is drawn, by id
  private readonly silents = new Set<string>();
  private scheduled = 0; // the animation frame that will draw; 0: none
  private jump = false; // the next drawing does not glide
  private followed: string | undefined;

  /** Draws the picture's couriers in the container. Throws without WebGL 2. */
  constructor(container: HTMLElement, picture: Picture, theme: Theme, ears: Ears, request: (url: string) => MapRequest) {
    this.picture = picture;
    this.ears = ears;
    this.markers = new Markers(paint(theme));
    this.map = openMap(container, theme, request);
    this.camera = new Camera(this.map, ears.loosened);
    this.crowds = new Crowds(this.map.getCanvasContainer(), picture, this.markers, this.sight(), (crowd) => this.open(crowd));
    this.listen();
  }

  /** Lays a ground under the couriers. */
  ground(style: StyleSpecification, theme: Theme): void {
    lay(this.map, style, this.markers);
    this.tint(theme);
  }

  /** Gives the couriers the colours of the theme. */
  tint(theme: Theme): void {
    this.markers.paint = { ...paint(theme), stale: this.markers.paint.stale };
    this.map.triggerRepaint();
  }

  /** Names the makers of somebody else's map, as they ask for. */
  attribute(): void {
    attribute(this.map);
  }

  /** Words for what the map says by itself. */
  speak(label: string, speech: Speech): void {
    this.map.getCanvas().setAttribute('aria-label', label);
    this.crowds.speak(speech);
  }

  /** Looks at the demo city, before it has come: its couriers are there first. */
  showCity(): void {
    if (!this.camera.placed) this.camera.settleOn(city);
  }

  /** Flies to where all couriers are in view. */
  showAll(milliseconds?: number): void {
    const positions = [...this.picture.couriers.values()].flatMap(({ position }) => position ?? []);
    this.camera.fit([...positions, ...this.picture.cells()], milliseconds);
  }

  select(id: string | undefined): void {
    this.markers.select(id);
    this.crowds.selected = id;
    this.crowds.gather();
  }

  /** Keeps the courier in the middle from now on; nobody without one. */
  follow(id: string | undefined): void {
    this.followed = id;
  }

  /** Closes what is fanned out; reports whether anything was. */
  closeFan(): boolean {
    return this.crowds.close();
  }

  /** Whether what is shown is known to be true; greys the couriers if not. */
  stale(stale: boolean): void {
    this.map.getContainer().classList.toggle('stale', stale);
    if (this.markers.paint.stale === stale) return;
    this.markers.paint.stale = stale;
    this.map.triggerRepaint();
  }

  /** Draws what changed in the picture, in the next animation frame; not in a hidden tab. */
  draw(): void {
    if (this.scheduled === 0 && !document.hidden) this.scheduled = requestAnimationFrame(() => this.drawNow());
  }

  /** The right to see them has ended: nobody is left, neither on the map nor in its memory, nor in a hidden tab. */
  forget(): void {
    cancelAnimationFrame(this.scheduled);
    this.drawNow();
    this.markers.wipe();
    this.crowds.hover(undefined);
    this.crowds.gather();
    this.map.triggerRepaint();
  }

  /** Looks through all couriers for who fell silent, by the frames' clock. */
  watchSilence(): void {
    const now = this.picture.clock.now(performance.now());
    for (const courier of this.picture.couriers.values()) {
      const is = courier.position !== undefined && silent(courier.position, now);
      if (is === this.silents.has(courier.id)) continue;
      this.hush(courier.id, is);
      this.markers.mark(courier.id, { moving: courier.position?.moving ?? false, silent: is });
    }
  }

  /** Where the courier's marker is drawn now; undefined if it is not. */
  project(id: string): Point | undefined {
    return this.crowds.point(id);
  }

  projectPlace(lat: number, lon: number): Point {
    const { x, y } = this.map.project([lon, lat]);
    return { x, y };
  }

  /** How many couriers are on the map. */
  get drawn(): number {
    return this.stamps.size;
  }

  /** The crowds' discs on the screen. */
  get discs(): { x: number; y: number; count: number }[] {
    return this.crowds.overlay.discs();
  }

  /** Whether the ground and the layer of the couriers are there, and the view stands still. */
  get settled(): boolean {
    return this.map.loaded() && !this.map.isMoving() && this.map.getLayer(this.markers.id) !== undefined;
  }

  private listen(): void {
    keepAbove(this.map, this.markers);
    this.map.on('webglcontextlost', () => this.markers.forget());
    this.map.on('webglcontextrestored', () => this.markers.forget());
    this.map.on('click', (event) => event.originalEvent.target === this.map.getCanvas() && this.click(event.point));
    this.map.on('mousemove', (event) => this.point(event.point));
    this.map.on('mouseout', () => this.crowds.hover(undefined));
    this.map.on('move', () => this.crowds.moved());
    this.map.on('resize', () => this.crowds.moved());
    this.map.on('render', () => this.crowds.rendered());
    this.map.on('moveend', () => {
      this.crowds.note();
      this.ears.moved();
    });
    document.addEventListener('visibilitychange', () => this.come());
  }

  private sight() {
    return {
      zoom: () => this.map.getZoom(),
      size: () => ({ width: this.map.getContainer().clientWidth, height: this.map.getContainer().clientHeight }),
      project: (lat: number, lon: number) => this.projectPlace(lat, lon),
      focus: () => this.camera.middle(),
    };
  }

  /** A crowd's disc was pressed: nearer, until its members are apart; those whom no zoom parts are fanned out. */
  private open(crowd: Crowd): void {
    this.ears.loosened();
    if (crowd.ids.length > 0 && this.crowds.inseparable(crowd)) {
      if (this.map.getZoom() < 14) this.camera.look({ ...degrees(crowd), zoom: 16 });
      this.crowds.spread(crowd);
      return;
    }
    const positions = crowd.ids.flatMap((id) => this.picture.couriers.get(id)?.position ?? []);
    if (positions.length > 0) this.camera.fit(positions, undefined, 18);
    else this.camera.approach(degrees(crowd));
  }

  private drawNow(): void {
    this.scheduled = 0;
    const now = this.picture.clock.now(performance.now());
    for (const id of this.picture.takeChanged()) {
      const courier = this.picture.couriers.get(id);
      if (courier?.position) this.put(courier, now);
      else this.remove(id);
    }
    if (this.jump) this.crowds.gather();
    else this.crowds.note(); // counts may have changed, and no courier
    this.jump = false;
    if (!this.camera.placed && this.picture.inStep) this.showAll(0);
  }

  private put({ id, position }: Courier, now: number | undefined): void {
    if (!position) return;
    const is = silent(position, now);
    this.hush(id, is);
    const last = this.stamps.get(id);
    if (last === position.stamp) return;
    this.stamps.set(id, position.stamp);
    const from = this.markers.at(id);
    const to = place(position.lat, position.lon);
    const duration = last === undefined || !from || this.jump ? 0 : glide(from, to, position.lat, position.stamp - last);
    this.markers.put(id, { ...position, silent: is }, duration);
    if (id === this.followed) this.camera.accompany(position, duration);
  }

  private remove(id: string): void {
    this.stamps.delete(id);
    this.silents.delete(id);
    this.markers.remove(id);
  }

  private hush(id: string, is: boolean): void {
    if (is) this.silents.add(id);
    else this.silents.delete(id);
  }

  private click(point: Point): void {
    const id = this.pick(point);
    if (id !== undefined || !this.crowds.close()) this.ears.picked(id);
  }

  private pick(point: Point): string | undefined {
    const { lat, lng } = this.map.unproject([point.x, point.y]);
    return this.markers.nearest(place(lat, lng), grasp, pixelAt(this.map.getZoom()));
  }

  private point(point: Point): void {
    const id = this.pick(point);
    this.map.getCanvas().style.cursor = id === undefined ? '' : 'pointer';
    this.crowds.hover(id);
  }

  /** The tab is looked at again: everything is where it is, at once. */
  private come(): void {
    if (document.hidden) return;
    this.jump = true;
    this.markers.settle();
    this.draw();
  }
}
