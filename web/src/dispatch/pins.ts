// Places of orders on the map, and the shop's hubs: a few elements of the page
// that lie above the couriers and go with the map.

import type { Map as MapLibre } from 'maplibre-gl';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Actions } from '../actions.ts';
import { ground } from '../page.ts';
import type { Spot } from '../orders.ts';

export interface Pin extends Spot {
  kind: 'destination' | 'pickup' | 'hub';
  id: string; // of its order; of a hub its name
  label: string;
  text: string; // on the pin or beside it; may be empty
  selected: boolean;
}

/** Shows the pins as long as the component is there; calls press with the id of an order whose pin is pressed. */
export function usePins(actions: Actions, wanted: readonly Pin[], press: (id: string) => void): void {
  void ground.value; // there may be a map now
  const { map } = actions.sight();
  const layer = useRef<Pins>(undefined);
  useLayoutEffect(() => { // so that they go with the component, and not a frame later
    if (!map) return;
    const pins = new Pins(map.map, (id) => pressed.current(id));
    layer.current = pins;
    return () => pins.remove();
  }, [map]);
  const pressed = useRef(press);
  pressed.current = press;
  useEffect(() => layer.current?.show(wanted));
}

class Pins {
  private readonly map: MapLibre;
  private readonly root = document.createElement('div');
  private shown: { pin: Pin; element: HTMLElement }[] = [];

  constructor(map: MapLibre, press: (id: string) => void) {
    this.map = map;
    this.root.className = 'pins';
    this.root.addEventListener('click', ({ target }) => {
      const pressed = this.shown.find(({ element }) => element === target);
      if (pressed) press(pressed.pin.id);
    });
    map.getCanvasContainer().append(this.root);
    map.on('move', this.place);
    map.on('resize', this.place);
  }

  show(pins: readonly Pin[]): void {
    const old = this.shown.map(({ element }) => element);
    this.shown = pins.map((pin, i) => ({ pin, element: dressed(old[i] ?? this.root.appendChild(document.createElement('div')), pin) }));
    for (const element of old.slice(pins.length)) element.remove();
    this.place();
  }

  remove(): void {
    this.map.off('move', this.place);
    this.map.off('resize', this.place);
    this.root.remove();
    this.shown = [];
  }

  /** Puts the pins where the map is now. Longitude comes first as MapLibre wants it. */
  private readonly place = (): void => {
    for (const { pin, element } of this.shown) {
      const { x, y } = this.map.project([pin.lon, pin.lat]);
      element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    }
  };
}

/** The element as the pin looks. The lists are the way for the keyboard, as for crowds. */
function dressed(element: HTMLElement, { kind, label, text, selected }: Pin): HTMLElement {
  element.className = selected ? `pin ${kind} selected` : `pin ${kind}`;
  element.setAttribute('role', 'img');
  element.setAttribute('aria-label', label);
  element.title = label;
  if (element.textContent !== text) element.textContent = text;
  return element;
}
