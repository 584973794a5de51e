// Who is shown by a disc and who by a marker, who is fanned out, and whose name
// is to be seen: what depends on how near couriers are to each other on the
// screen. It goes through all of them at most twice a second, and at once when
// the zoom asks for it.

import { fan, gather, pixelAt, ruleAt, stepOf, type Body, type Crowd } from './crowd.ts';
import type { Markers } from './markers.ts';
import { degrees, difference, place } from './mercator.ts';
import { choose, type Candidate } from './names.ts';
import { Overlay, type Name, type Point, type Project } from './overlay.ts';
import type { Picture } from './state.ts';
import type { Cell } from './wire.ts';

/** The map as the crowds see it. */
export interface Sight {
  zoom(): number;
  size(): { width: number; height: number };
  project: Project;
  focus(): Point; // what is looked at
}

/** How crowds are said in the page's language. */
export interface Speech {
  digits(count: number): string;
  label(count: number): string;
  leftwards: boolean; // names stand to the left of markers
}

const pause = 500; // milliseconds
const namedInFan = 8; // more have no room around a point
const namesFrom = 13; // zoom from which the nearest few have names

export class Crowds {
  readonly overlay: Overlay;
  selected: string | undefined;
  private hovered: string | undefined;
  private readonly picture: Picture;
  private readonly markers: Markers;
  private readonly sight: Sight;
  private speech: Speech = { digits: String, label: String, leftwards: false };
  private step = NaN; // of the zoom, when last gathered
  private timer: ReturnType<typeof setTimeout> | undefined;
  private fanned: string[] = []; // stand around their middle
  private crowds: Crowd[] = [];

  /** Calls open when a crowd's disc is pressed. */
  constructor(container: HTMLElement, picture: Picture, markers: Markers, sight: Sight, open: (crowd: Crowd) => void) {
    this.overlay = new Overlay(container, open);
    this.picture = picture;
    this.markers = markers;
    this.sight = sight;
  }

  speak(speech: Speech): void {
    this.speech = speech;
    this.gather();
  }

  /** Couriers changed: gathers soon. */
  note(): void {
    this.timer ??= setTimeout(() => this.gather(), pause);
  }

  /** The map moved: gathers at once if the zoom took a step, and puts everything where it is now. */
  moved(): void {
    if (stepOf(this.sight.zoom()) !== this.step) {
      this.gather();
      if (this.fanned.length > 0) this.close();
    }
    this.overlay.placeCrowds(this.sight.project);
  }

  /** Goes with the markers; called with every frame of the map. */
  rendered(): void {
    this.overlay.placeNames((id) => this.point(id));
  }

  hover(id: string | undefined): void {
    if (id === this.hovered) return;
    this.hovered = id;
    this.name();
  }

  /** Lets those who stand on one point stand around it. */
  spread(crowd: Crowd): void {
    this.close();
    this.fanned = crowd.ids;
    const spots = fan(crowd.ids.length);
    for (const [i, id] of crowd.ids.entries()) this.markers.shift(id, spots[i]!);
    this.overlay.showLegs(crowd, spots);
    this.gather();
  }

  /** Puts those who are fanned out back on their point; reports whether there were any. */
  close(): boolean {
    if (this.fanned.length === 0) return false;
    for (const id of this.fanned) this.markers.shift(id, { x: 0, y: 0 });
    this.fanned = [];
    this.overlay.showLegs(undefined, []);
    this.gather();
    return true;
  }

  gather(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const zoom = this.sight.zoom();
    this.step = stepOf(zoom);
    const apart = new Set(this.fanned);
    const bodies = this.markers.bodies().filter(({ id }) => !apart.has(id) && id !== this.selected);
    const crowds = gather(bodies, this.step);
    const hidden = new Set(crowds.flatMap(({ ids }) => ids));
    this.markers.hide((id) => hidden.has(id));
    this.crowds = [...crowds, ...this.picture.cells().map(counted)];
    const say = (count: number) => ({ digits: this.speech.digits(count), label: this.speech.label(count) });
    this.overlay.showCrowds(this.crowds, say);
    this.overlay.placeCrowds(this.sight.project);
    this.name();
  }

  /** Whether the members stand so close that no zoom will part them. */
  inseparable({ ids }: Crowd): boolean {
    const members = new Set(ids);
    const [one, ...others] = this.markers.bodies().filter(({ id }) => members.has(id));
    const reach = ruleAt(18).reach * pixelAt(18);
    return one !== undefined && others.every((other) => metric(one, other) <= reach);
  }

  /** Where the marker is on the screen now; undefined if it is not there. */
  point(id: string): Point | undefined {
    const at = this.markers.shown(id) ? this.markers.at(id) : undefined;
    if (!at) return undefined;
    const { lat, lon } = degrees(at);
    const { x, y } = this.sight.project(lat, lon);
    const beside = this.markers.offset(id);
    return { x: x + beside.x, y: y + beside.y };
  }

  private name(): void {
    const first = [this.selected, this.hovered, ...(this.fanned.length <= namedInFan ? this.fanned : [])].filter((id) => id !== undefined);
    const candidates = this.candidates(this.sight.zoom() >= namesFrom ? undefined : first);
    const near = (this.selected === undefined ? undefined : candidates.find(({ id }) => id === this.selected)) ?? this.sight.focus();
    const ids = choose(candidates, first, near, this.speech.leftwards);
    this.overlay.showNames(ids.map((id) => this.nameOf(id)));
    this.rendered();
  }

  private nameOf(id: string): Name {
    const { x } = this.markers.offset(id); // names of those who are fanned out point away from the middle
    const leftwards = Math.abs(x) > 1 ? x < 0 : this.speech.leftwards;
    return { id, text: this.picture.couriers.get(id)?.name ?? '', selected: id === this.selected, leftwards };
  }

  /** Who is on the screen, of the ids or of all. */
  private candidates(ids: readonly string[] | undefined): Candidate[] {
    const { width, height } = this.sight.size();
    const found: Candidate[] = [];
    for (const id of ids ? new Set(ids) : this.picture.couriers.keys()) {
      const at = this.point(id);
      if (!at || at.x < 0 || at.y < 0 || at.x > width || at.y > height) continue;
      found.push({ id, name: this.picture.couriers.get(id)?.name ?? '', ...at });
    }
    return found;
  }
}

/** A crowd that the server told as a count. */
function counted({ count, lat, lon }: Cell): Crowd {
  const { x, y } = place(lat, lon);
  return { ids: [], count, x, y };
}

function metric(a: Body, b: Body): number {
  return Math.hypot(difference(a.x, b.x), difference(a.y, b.y));
}
