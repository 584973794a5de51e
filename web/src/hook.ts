// What tests can ask the page, as window.peyk: markers are drawn by the GPU and
// have no elements, and no test should have to sleep. It only reads.

import type { CourierMap } from './map.ts';
import type { Point } from './overlay.ts';
import * as page from './page.ts';
import type { Picture } from './state.ts';

export interface Hook {
  connection(): string;
  ground(): string;
  settled(): boolean; // the map shows all it was asked for
  ids(): string[];
  count(): number;
  remembered(): number; // couriers in what the panel was told
  version(): number; // up to which the picture is true
  drawn(): number; // of them, on the map
  project(id: string): Point | undefined; // where the marker is drawn now
  target(id: string): Point | undefined; // where it is going
  place(lat: number, lon: number): Point;
  discs(): (Point & { count: number })[]; // of crowds
}

declare global {
  interface Window {
    peyk?: Hook;
  }
}

export function offerHook(picture: Picture, map: CourierMap | undefined): void {
  window.peyk = {
    connection: () => page.connection.peek().state,
    ground: () => page.ground.peek(),
    settled: () => map?.settled ?? false,
    ids: () => [...picture.couriers.keys()],
    count: () => picture.couriers.size,
    remembered: () => page.listing.peek().rows.length + [page.selected.peek(), page.details.peek()].filter((each) => each !== undefined).length,
    version: () => Math.max(0, ...(picture.have()?.versions.values() ?? [])),
    drawn: () => map?.drawn ?? 0,
    project: (id) => map?.project(id),
    target: (id) => {
      const position = picture.couriers.get(id)?.position;
      return position && map?.projectPlace(position.lat, position.lon);
    },
    discs: () => map?.discs ?? [],
    place: (lat, lon) => map?.projectPlace(lat, lon) ?? { x: NaN, y: NaN },
  };
}
