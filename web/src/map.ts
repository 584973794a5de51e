// The map of the page: which ground lies under the couriers, where they are put
// on it, and how to get from a point on the screen to a courier. It redraws at
// most once per animation frame and not at all in a hidden tab. Longitude comes
// before latitude here and nowhere else, as MapLibre wants it.

import { AttributionControl, LngLatBounds, Map as MapLibre, setWorkerUrl, type GeoJSONSource, type MapOptions, type StyleSpecification } from 'maplibre-gl';
import { Markers } from './markers.ts';
import { degrees, place, world } from './mercator.ts';
import { silent } from './motion.ts';
import type { Courier, Picture } from './state.ts';
import { parts, type Theme } from './theme.ts';

/** A point in the map's box, CSS pixels from its upper left corner. */
export interface Point {
  x: number;
  y: number;
}

const longestGlide = 2000; // milliseconds; slower phones' couriers arrive and wait
const farthestGlide = 3000; // metres; further is not driven but jumped
const grasp = 18; // pixels around a courier that count as it
const flight = 600; // milliseconds at most

export class CourierMap {
  private readonly map: MapLibre;
  private readonly markers: Markers;
  private readonly picture: Picture;
  private readonly stamps = new Map<string, number>(); // of what is drawn, by id
  private readonly silents = new Set<string>();
  private scheduled = 0; // the animation frame that will draw; 0: none
  private jump = false; // the next drawing does not glide
  private placed = false; // the first view is found, by us or by hand
  private styled = false; // a style was loaded, so that another one can be compared with it
  private awaitsCity = false; // the first view will be the demo city

  /** Draws the picture's couriers in the container. Throws without WebGL 2. */
  constructor(container: HTMLElement, picture: Picture, theme: Theme, picked: (id: string | undefined) => void) {
    setWorkerUrl(new URL('maplibre-gl-worker.mjs', document.baseURI).href);
    this.picture = picture;
    this.markers = new Markers(paint(theme));
    this.map = new MapLibre({ ...options, container, style: blank(theme) });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.on('style.load', () => this.addMarkers());
    this.map.on('webglcontextlost', () => this.markers.forget());
    this.map.on('webglcontextrestored', () => this.markers.forget());
    this.map.on('click', (event) => picked(this.pick(event.point)));
    this.map.on('mousemove', (event) => this.point(event.point));
    this.map.on('movestart', (event) => (this.placed ||= 'originalEvent' in event && event.originalEvent !== undefined));
    document.addEventListener('visibilitychange', () => this.come());
  }

  /** Lays a ground under the couriers; from one built-in theme to another without a flash. */
  ground(style: StyleSpecification, theme: Theme): void {
    this.map.setStyle(style, { diff: this.styled });
    if (this.map.getLayer(this.markers.id)) this.map.moveLayer(this.markers.id); // layers that are new lie above it
    this.tint(theme);
  }

  /** Gives the couriers the colours of the theme. */
  tint(theme: Theme): void {
    this.markers.paint = { ...paint(theme), stale: this.markers.paint.stale };
    this.map.triggerRepaint();
  }

  /** Names the makers of somebody else's map, as they ask for. */
  attribute(): void {
    this.map.addControl(new AttributionControl({ compact: false }), 'bottom-left');
  }

  /** Words for what MapLibre says by itself. */
  name(label: string): void {
    this.map.getCanvas().setAttribute('aria-label', label);
  }

  /** Looks at the demo city, once it has come. */
  async showCity(): Promise<void> {
    this.awaitsCity = true;
    await this.map.once('style.load');
    const bounds = await this.map.getSource<GeoJSONSource>('city')?.getBounds();
    if (this.placed || !bounds) return;
    this.placed = true;
    const camera = this.map.cameraForBounds(bounds, { padding: 0 });
    if (camera) this.map.jumpTo({ center: camera.center!, zoom: Math.max(12.9, camera.zoom! + 0.4) });
  }

  /** Flies to where all couriers are in view. */
  showAll(milliseconds = flight): void {
    const bounds = new LngLatBounds();
    for (const { position } of this.picture.couriers.values()) if (position) bounds.extend([position.lon, position.lat]);
    if (bounds.isEmpty()) return;
    this.placed = true;
    this.map.fitBounds(bounds, { padding: 80, maxZoom: 15, duration: still() ? 0 : milliseconds });
  }

  zoom(by: number): void {
    this.map.easeTo({ zoom: this.map.getZoom() + by, duration: still() ? 0 : 200 });
  }

  select(id: string | undefined): void {
    this.markers.select(id);
  }

  /** Whether what is shown is known to be true; greys the couriers if not. */
  stale(stale: boolean): void {
    if (this.markers.paint.stale === stale) return;
    this.markers.paint.stale = stale;
    this.map.triggerRepaint();
  }

  /** Draws what changed in the picture, in the next animation frame. */
  draw(): void {
    if (this.scheduled === 0) this.scheduled = requestAnimationFrame(() => this.drawNow());
  }

  /** Looks through all couriers for who fell silent, by the frames' clock; returns how many are. */
  watchSilence(): number {
    const now = this.picture.clock.now(performance.now());
    for (const courier of this.picture.couriers.values()) {
      const is = courier.position !== undefined && silent(courier.position, now);
      if (is === this.silents.has(courier.id)) continue;
      this.hush(courier.id, is);
      this.markers.mark(courier.id, { moving: courier.position?.moving ?? false, silent: is });
    }
    return this.silents.size;
  }

  /** Where the courier's marker is drawn now; undefined if it is not. */
  project(id: string): Point | undefined {
    const at = this.markers.at(id);
    if (!at) return undefined;
    const { lat, lon } = degrees(at);
    return this.projectPlace(lat, lon);
  }

  projectPlace(lat: number, lon: number): Point {
    const { x, y } = this.map.project([lon, lat]);
    return { x, y };
  }

  /** How many couriers are on the map. */
  get drawn(): number {
    return this.stamps.size;
  }

  /** Whether the ground and the layer of the couriers are there, and the view stands still. */
  get settled(): boolean {
    return this.map.loaded() && !this.map.isMoving() && this.map.getLayer(this.markers.id) !== undefined;
  }

  private drawNow(): void {
    this.scheduled = 0;
    const now = this.picture.clock.now(performance.now());
    for (const id of this.picture.takeChanged()) {
      const courier = this.picture.couriers.get(id);
      if (courier?.position) this.put(courier, now);
      else this.remove(id);
    }
    this.jump = false;
    if (!this.placed && !this.awaitsCity && this.picture.inStep) this.showAll(0);
  }

  private put({ id, position }: Courier, now: number | undefined): void {
    if (!position) return;
    const is = silent(position, now);
    this.hush(id, is);
    const last = this.stamps.get(id);
    if (last === position.stamp) return;
    this.stamps.set(id, position.stamp);
    const gap = last === undefined ? 0 : position.stamp - last;
    const glides = gap > 0 && !this.jump && !still() && this.metresTo(id, position.lat, position.lon) < farthestGlide;
    this.markers.put(id, { ...position, silent: is }, glides ? Math.min(gap, longestGlide) : 0);
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

  private metresTo(id: string, lat: number, lon: number): number {
    const from = this.markers.at(id);
    if (!from) return 0;
    const to = place(lat, lon);
    const metre = world / (40_075_017 * Math.cos((lat * Math.PI) / 180)); // mercator steps in one
    return Math.hypot((to.x - from.x) | 0, (to.y - from.y) | 0) / metre;
  }

  private pick(point: Point): string | undefined {
    const { lat, lng } = this.map.unproject([point.x, point.y]);
    const pixel = world / (512 * 2 ** this.map.getZoom()); // mercator steps in one
    return this.markers.nearest(place(lat, lng), grasp * pixel);
  }

  private point(point: Point): void {
    this.map.getCanvas().style.cursor = this.pick(point) === undefined ? '' : 'pointer';
  }

  /** The tab is looked at again: everything is where it is, at once. */
  private come(): void {
    if (document.hidden) return;
    this.jump = true;
    this.markers.settle();
    this.draw();
  }

  private addMarkers(): void {
    this.styled = true;
    this.map.setProjection({ type: 'mercator' }); // the couriers' layer knows no globe
    if (!this.map.getLayer(this.markers.id)) this.map.addLayer(this.markers);
  }
}

const options: Omit<MapOptions, 'container'> = {
  center: [53, 32.5],
  zoom: 4.2,
  maxZoom: 20,
  maxPitch: 0,
  dragRotate: false,
  pitchWithRotate: false,
  touchPitch: false,
  attributionControl: false,
  fadeDuration: 0,
};

function blank(theme: Theme): StyleSpecification {
  return { version: 8, sources: {}, layers: [{ id: 'sea', type: 'background', paint: { 'background-color': theme.map.water } }] };
}

function paint(theme: Theme) {
  return {
    moving: parts(theme.moving),
    stopped: parts(theme.stopped),
    silent: parts(theme.silent),
    ground: parts(theme.surface),
    accent: parts(theme.accent),
    stale: true,
  };
}

function still(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
