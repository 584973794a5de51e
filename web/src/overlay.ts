// What lies above the couriers on the map as elements of the page: crowds as
// discs that can be pressed, names beside markers, and the legs of those who are
// fanned out. It is told what there is, and asked to put it where the map is now.

import type { Crowd } from './crowd.ts';
import { degrees, type Place } from './mercator.ts';

/** A point in the map's box, CSS pixels from its upper left corner. */
export interface Point {
  x: number;
  y: number;
}

/** From a place to where it is on the screen now. */
export type Project = (lat: number, lon: number) => Point;

export interface Name {
  id: string;
  text: string;
  selected: boolean;
  leftwards: boolean; // it stands to the left of the marker
}

export class Overlay {
  private readonly root = document.createElement('div');
  private readonly legs = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  private crowds: { crowd: Crowd; lat: number; lon: number; element: HTMLElement }[] = [];
  private names = new Map<string, HTMLElement>();
  private middle: { lat: number; lon: number } | undefined; // of the legs

  /** Calls press with the crowd whose disc is pressed. */
  constructor(container: HTMLElement, press: (crowd: Crowd) => void) {
    this.root.addEventListener('click', ({ target }) => {
      const pressed = this.crowds.find(({ element }) => element === target);
      if (pressed) press(pressed.crowd);
    });
    this.root.className = 'overlay';
    this.root.append(this.legs);
    container.append(this.root);
  }

  showCrowds(crowds: readonly Crowd[], say: (count: number) => { digits: string; label: string }): void {
    const old = this.crowds.map(({ element }) => element);
    this.crowds = crowds.map((crowd, i) => {
      const element = old[i] ?? this.root.appendChild(disc());
      const { digits, label } = say(crowd.count);
      if (element.textContent !== digits) element.textContent = digits;
      element.setAttribute('aria-label', label);
      element.style.setProperty('--size', `${sizeOf(crowd.count)}px`);
      return { crowd, ...degrees(crowd), element };
    });
    for (const element of old.slice(crowds.length)) element.remove();
  }

  showNames(names: readonly Name[]): void {
    const kept = new Map<string, HTMLElement>();
    for (const { id, text, selected, leftwards } of names) {
      const element = this.names.get(id) ?? this.root.appendChild(document.createElement('bdi'));
      this.names.delete(id);
      if (element.textContent !== text) element.textContent = text;
      element.className = ['name', selected && 'selected', leftwards && 'left'].filter(Boolean).join(' ');
      kept.set(id, element);
    }
    for (const element of this.names.values()) element.remove();
    this.names = kept;
  }

  /** Draws a leg from the place to each of the spots, pixels from it; none without a place. */
  showLegs(at: Place | undefined, spots: readonly Point[]): void {
    this.middle = at && degrees(at);
    this.legs.replaceChildren(
      ...spots.map(leg).map(({ x, y }) => {
        const line = document.createElementNS('http://www.w3.org/2000/svg', 'line');
        for (const [name, value] of Object.entries({ x2: x, y2: y })) line.setAttribute(name, value.toFixed(1));
        return line;
      }),
    );
  }

  /** Puts crowds and legs where the map is now. */
  placeCrowds(project: Project): void {
    for (const { lat, lon, element } of this.crowds) put(element, project(lat, lon));
    if (this.middle) put(this.legs, project(this.middle.lat, this.middle.lon));
  }

  /** Puts names beside their markers. */
  placeNames(at: (id: string) => Point | undefined): void {
    for (const [id, element] of this.names) {
      const point = at(id);
      element.hidden = point === undefined;
      if (point) put(element, point);
    }
  }

  /** Where the crowd's disc is and how many it stands for; for tests. */
  discs(): { x: number; y: number; count: number }[] {
    return this.crowds.map(({ crowd, element }) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2, count: crowd.count };
    });
  }
}

/** Where the leg to the spot ends, pixels from the middle: at the edge of the marker, however far out that is. */
export function leg({ x, y }: Point): Point {
  const share = 1 - 9 / Math.hypot(x, y);
  return { x: x * share, y: y * share };
}

/** The diameter of a crowd's disc: its area goes with the count, between what a finger meets and what hides the map. */
export function sizeOf(count: number): number {
  return Math.round(Math.max(30, Math.min(80, 7 * Math.sqrt(count))));
}

function disc(): HTMLElement {
  const element = document.createElement('button');
  element.className = 'crowd';
  element.tabIndex = -1; // the list is the way for the keyboard; hundreds of discs are not
  return element;
}

function put(element: HTMLElement | SVGElement, { x, y }: Point): void {
  element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
}
