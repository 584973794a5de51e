// Which map lies under the couriers: the built-in one, a style from an address,
// raster tiles, or a PMTiles file. A foreign one that does not answer within
// three seconds is given up for the built-in one, and the page says so: the hosts
// of maps are filtered in places, and filtered hosts do not refuse but hang.

import { computed, effect } from '@preact/signals';
import type { StyleSpecification } from 'maplibre-gl';
import { basemap } from './basemap.ts';
import type { CourierMap } from './map.ts';
import { mapRequest } from './outside.ts';
import * as page from './page.ts';
import { builtin } from './style.ts';
import { dark } from './theme.ts';
import type { Config } from './wire.ts';

const patience = 3000; // milliseconds

/** Stands in a style from our server before our own paths, since it does not know where browsers reach it. */
const ownPrefix = 'https://peyk.invalid/';

/** The ground of one map. */
export class Ground {
  private readonly map: CourierMap;
  private readonly config: Config;
  private undo = () => {}; // ends what follows the page's signals
  private attributed = false;

  constructor(map: CourierMap, config: Config) {
    this.map = map;
    this.config = config;
  }

  /** Lays what the configuration asks for, in the page's language and colours from now on. */
  async lay(): Promise<void> {
    if (this.config.kind === 'builtin') {
      this.follow(layBuiltin(this.map, this.config));
      page.ground.value = 'builtin';
      return;
    }
    try {
      this.follow(await (this.config.kind === 'pmtiles' ? layArchive(this.map, this.config) : layForeign(this.map, this.config)));
      if (!this.attributed) this.map.attribute();
      this.attributed = true;
      page.ground.value = 'foreign';
    } catch {
      this.follow(layBuiltin(this.map, this.config));
      page.ground.value = 'fallback';
    }
  }

  /** Tries again what did not come; maps through our server want somebody who is logged in. */
  async relay(): Promise<void> {
    if (page.ground.peek() === 'fallback') await this.lay();
  }

  private follow(undo: () => void): void {
    this.undo();
    this.undo = undo;
  }
}

function layBuiltin(map: CourierMap, { city }: Config): () => void {
  page.city.value = city;
  const undo = effect(() => {
    const theme = page.theme.value;
    map.ground(builtin({ theme, language: page.language.value, city }), theme);
  });
  if (city) void map.showCity();
  return undo;
}

/** A style or raster tiles; the one for dark pages may be another. */
async function layForeign(map: CourierMap, config: Config): Promise<() => void> {
  const address = computed(() => whole(page.theme.value === dark ? config.dark : config.style));
  let laid = address.peek();
  map.ground(await foreign(laid, config), page.theme.peek());
  return effect(() => {
    map.tint(page.theme.value);
    const wanted = address.value;
    if (wanted === laid) return;
    laid = wanted;
    // If this one does not come, the couriers stay on the one that is there.
    foreign(wanted, config).then((style) => wanted === laid && map.ground(style, page.theme.peek()), () => {});
  });
}

/** Tiles from one file, in the style of the built-in map. */
async function layArchive(map: CourierMap, config: Config): Promise<() => void> {
  const opened = import('./archive.ts').then(({ open }) => open(mapRequest(whole(config.style))));
  const archive = await Promise.race([opened, late()]);
  return effect(() => {
    const theme = page.theme.value;
    map.ground(basemap({ ...archive, attribution: archive.attribution || escape(config.attribution) }, theme, page.language.value), theme);
  });
}

async function foreign(address: string, config: Config): Promise<StyleSpecification> {
  if (config.kind === 'raster') return raster(address, config.attribution);
  const answer = await reach(address);
  if (!answer.ok) throw new Error(`map style: ${answer.status}`);
  const text = await answer.text();
  const ours = new URL(address).origin === location.origin;
  return JSON.parse(ours ? text.replaceAll(ownPrefix, whole('')) : text) as StyleSpecification; // MapLibre checks it
}

/** A raster template is reached for by its first tile; any answer will do, some servers have no such tile. */
async function raster(address: string, attribution: string): Promise<StyleSpecification> {
  await reach(address.replace(/\{[zxy]\}/g, '0').replace('{ratio}', ''));
  return {
    version: 8,
    sources: { raster: { type: 'raster', tiles: [address], tileSize: 256, attribution: escape(attribution) } },
    layers: [{ id: 'raster', type: 'raster', source: 'raster' }],
  };
}

function reach(address: string): Promise<Response> {
  const { url, headers } = mapRequest(address);
  return fetch(url, { headers, signal: AbortSignal.timeout(patience), credentials: 'omit', referrerPolicy: 'no-referrer' });
}

function late(): Promise<never> {
  return new Promise((_, fail) => setTimeout(() => fail(new Error('the map is late')), patience));
}

/** An address relative to the page as a whole one; the marks of a template stay as they are. */
function whole(address: string): string {
  return /^[a-z]+:/i.test(address) ? address : new URL('.', document.baseURI).href + address;
}

/** MapLibre sets an attribution as HTML; ours is text. */
function escape(text: string): string {
  const element = document.createElement('span');
  element.textContent = text;
  return element.innerHTML;
}
