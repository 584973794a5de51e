// Where the map looks: flights, following a courier, and the view that the
// address bar holds. It keeps what it looks at in the middle of what the panel
// leaves free. Longitude comes before latitude only in what MapLibre is told.

import { LngLatBounds, type Map as MapLibre } from 'maplibre-gl';
import type { View } from './address.ts';

/** How many pixels of the map lie under the panel, on each side. */
export interface Inset {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface Spot {
  lat: number;
  lon: number;
}

const flight = 600; // milliseconds at most
const near = 15; // zoom at which one courier is looked at

export class Camera {
  inset: Inset = { left: 0, right: 0, top: 0, bottom: 0 };
  placed = false; // the first view is found, by us or by hand
  private readonly map: MapLibre;
  private readonly loosened: () => void;

  /** Calls loosened when somebody drags the map away from who is followed. */
  constructor(map: MapLibre, loosened: () => void) {
    this.map = map;
    this.loosened = loosened;
    map.on('movestart', (event) => (this.placed ||= 'originalEvent' in event && event.originalEvent !== undefined));
    map.on('dragstart', () => this.loosened());
  }

  get view(): View {
    const { lat, lng } = this.map.getCenter();
    return { zoom: this.map.getZoom(), lat, lon: lng };
  }

  /** Goes to a view at once, as an address wants it. */
  look({ zoom, lat, lon }: View): void {
    this.placed = true;
    this.map.jumpTo({ zoom, center: [lon, lat] });
  }

  zoom(by: number): void {
    this.map.easeTo({ zoom: this.map.getZoom() + by, duration: pace(200) });
  }

  /** Flies to where the spot is in the middle, and near enough to see streets. */
  fly({ lat, lon }: Spot): void {
    this.placed = true;
    const zoom = Math.max(near, this.map.getZoom());
    this.map.flyTo({ center: [lon, lat], zoom, offset: this.offset(), duration: pace(flight) });
  }

  /** Goes two steps nearer to the spot. */
  approach({ lat, lon }: Spot): void {
    this.map.easeTo({ center: [lon, lat], zoom: this.map.getZoom() + 2, offset: this.offset(), duration: pace(flight) });
  }

  /** The middle of what the panel leaves free, pixels in the map's box. */
  middle(): { x: number; y: number } {
    const { clientWidth, clientHeight } = this.map.getContainer();
    const [x, y] = this.offset();
    return { x: clientWidth / 2 + x, y: clientHeight / 2 + y };
  }

  /** Moves by as little as brings the spot out from under the panel; not at all if it can be seen. */
  reveal({ lat, lon }: Spot): void {
    const { x, y } = this.map.project([lon, lat]);
    const { clientWidth, clientHeight } = this.map.getContainer();
    const { left, right, top, bottom } = this.inset;
    const by: [x: number, y: number] = [beyond(x, left, clientWidth - right), beyond(y, top, clientHeight - bottom)];
    if (by.some((pixels) => pixels !== 0)) this.map.panBy(by, { duration: pace(flight / 2) });
  }

  /** Goes with who drives to the spot in so many milliseconds; not while somebody zooms. */
  accompany({ lat, lon }: Spot, milliseconds: number): void {
    if (this.map.isZooming()) return;
    this.map.easeTo({ center: [lon, lat], offset: this.offset(), duration: pace(milliseconds), easing: (share) => share });
  }

  /** Shows all of the spots; nothing happens without one. */
  fit(spots: Iterable<Spot>, milliseconds = flight, maxZoom = near): void {
    const bounds = around(spots);
    if (bounds.isEmpty()) return;
    this.placed = true;
    this.map.fitBounds(bounds, { padding: this.padding(), maxZoom, duration: pace(milliseconds) });
  }

  /** The zoom at which all of the spots are just in view. */
  closest(spots: Iterable<Spot>, maxZoom: number): number {
    const bounds = around(spots);
    return (bounds.isEmpty() ? undefined : this.map.cameraForBounds(bounds, { padding: this.padding(), maxZoom })?.zoom) ?? maxZoom;
  }

  /** Looks at a city at once, near enough to see its streets. */
  settleOn(corners: Spot[]): void {
    this.placed = true;
    const bounds = around(corners);
    const whole = this.map.cameraForBounds(bounds, { padding: this.inset })?.zoom ?? 0;
    this.map.easeTo({ center: bounds.getCenter(), zoom: Math.max(12.9, whole), offset: this.offset(), duration: 0 });
  }

  /** Goes with the panel to the other side: what was in the middle of what it leaves free stays there. */
  makeRoom(inset: Inset): void {
    const { left, right } = this.inset;
    this.inset = inset;
    if (this.placed && left !== right && left === inset.right && right === inset.left) this.map.panBy([left - right, 0], { duration: 0 });
  }

  private offset(): [x: number, y: number] {
    const { left, right, top, bottom } = this.inset;
    return [(left - right) / 2, (top - bottom) / 2];
  }

  private padding(): Inset {
    const { clientWidth, clientHeight } = this.map.getContainer();
    const { left, right, top, bottom } = this.inset;
    // What is left must be something, or the map cannot fit anything into it.
    const aside = Math.max(8, Math.min(80, (clientWidth - left - right) / 5));
    const above = Math.max(8, Math.min(80, (clientHeight - top - bottom) / 5));
    return { left: left + aside, right: right + aside, top: top + above, bottom: bottom + above };
  }
}

/** How far out of the stretch it is, pixels; a marker needs some room. */
function beyond(x: number, from: number, to: number): number {
  const room = 24; // pixels
  return Math.min(0, x - from - room) + Math.max(0, x - to + room);
}

function around(spots: Iterable<Spot>): LngLatBounds {
  const bounds = new LngLatBounds();
  for (const { lat, lon } of spots) bounds.extend([lon, lat]);
  return bounds;
}

/** Whether things should be there and not move there. */
export function still(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

function pace(milliseconds: number): number {
  return still() ? 0 : milliseconds;
}
