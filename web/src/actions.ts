// What the panel can do; main.tsx does it.

import type { Place } from './address.ts';
import type { CourierMap } from './map.ts';
import type { Shade } from './session.ts';
import type { Picture } from './state.ts';
import type { Language } from './text.ts';

export interface Actions {
  zoom(by: number): void;
  showAll(): void;
  select(id: string): void; // and fly there
  deselect(): void;
  toggleFollow(): void;
  speak(language: Language): void;
  shade(shade: Shade): void;
  enter(token: string, forLong?: boolean): void; // goes on with another token, kept as the one before unless told
  relay(): void; // tries again for the map that did not come
  leave(): void; // forgets the token, and what it let us see
  open(place: Place | undefined): void; // beside the map
  sight(): { picture: Picture; map: CourierMap | undefined }; // what is seen, and on which map; undefined: none yet, or never
}
