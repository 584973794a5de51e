// What tests can ask the customer's page, as window.track. It only reads.

import type { TrackMap } from './map.ts';
import * as page from './page.ts';
import type { Told } from './told.ts';

export interface Hook {
  connection(): string;
  settled(): boolean; // the map shows all it was asked for
  courier(): { x: number; y: number; exact: boolean } | undefined; // where it is drawn now, in the map's box
  remembered(): boolean; // whether anything of a courier is held
}

declare global {
  interface Window {
    track?: Hook;
  }
}

export function offerHook(told: Told, map: () => TrackMap | undefined): void {
  window.track = {
    connection: () => page.connection.peek().state,
    settled: () => map()?.settled ?? false,
    courier: () => map()?.courier,
    remembered: () => [...told.all(), ...page.orders.peek()].some(({ courier }) => courier !== undefined) || map()?.courier !== undefined,
  };
}
