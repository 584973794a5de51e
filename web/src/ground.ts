// Which map lies under the couriers: the built-in one, a style from an address,
// or raster tiles. A foreign one that does not answer within three seconds is
// given up for the built-in one, and the page says so: the hosts of maps are
// filtered in places, and filtered hosts do not refuse but hang.

import { effect } from '@preact/signals';
import type { StyleSpecification } from 'maplibre-gl';
import type { CourierMap } from './map.ts';
import * as page from './page.ts';
import { builtin } from './style.ts';
import type { Config } from './wire.ts';

const patience = 3000; // milliseconds

/** Lays the ground that the configuration asks for, in the page's language and colours from now on. */
export async function lay(map: CourierMap, config: Config): Promise<void> {
  if (config.style === 'builtin') {
    layBuiltin(map, config);
    page.ground.value = 'builtin';
    return;
  }
  try {
    map.ground(await foreign(config), page.theme.peek());
    map.attribute();
    effect(() => map.tint(page.theme.value));
    page.ground.value = 'foreign';
  } catch {
    layBuiltin(map, config);
    page.ground.value = 'fallback';
  }
}

function layBuiltin(map: CourierMap, { city }: Config): void {
  page.city.value = city;
  effect(() => {
    const theme = page.theme.value;
    map.ground(builtin({ theme, language: page.language.value, city }), theme);
  });
  if (city) void map.showCity();
}

async function foreign(config: Config): Promise<StyleSpecification> {
  if (config.style.includes('{z}')) return raster(config);
  const answer = await reach(config.style);
  if (!answer.ok) throw new Error(`map style: ${answer.status}`);
  return (await answer.json()) as StyleSpecification; // MapLibre checks it
}

/** A raster template is reached for by its first tile; any answer will do, some servers have no such tile. */
async function raster({ style, attribution }: Config): Promise<StyleSpecification> {
  await reach(style.replace(/\{[zxy]\}/g, '0'));
  return {
    version: 8,
    sources: { raster: { type: 'raster', tiles: [style], tileSize: 256, attribution: escape(attribution) } },
    layers: [{ id: 'raster', type: 'raster', source: 'raster' }],
  };
}

function reach(url: string): Promise<Response> {
  return fetch(url, { signal: AbortSignal.timeout(patience), credentials: 'omit', referrerPolicy: 'no-referrer' });
}

/** MapLibre sets an attribution as HTML; ours is text. */
function escape(text: string): string {
  const element = document.createElement('span');
  element.textContent = text;
  return element.innerHTML;
}
