// Which map lies under the couriers: the built-in one, a style from an address,
// raster tiles, or a PMTiles file. Until a foreign one answers that takes more
// than three seconds the built-in one lies there, and the page says so: the hosts
// of maps are filtered in places, and filtered hosts do not refuse but hang.

import { computed, effect, type ReadonlySignal, type Signal } from '@preact/signals';
import type { StyleSpecification } from 'maplibre-gl';
import { basemap } from './basemap.ts';
import type { MapRequest } from './outside.ts';
import { at } from './root.ts';
import { builtin } from './style.ts';
import type { Language } from './text.ts';
import { dark, type Theme } from './theme.ts';
import type { Config } from './wire.ts';

const patience = 3000; // milliseconds

/** Stands in a style from our server before our own paths, since it does not know where browsers reach it. */
const ownPrefix = 'https://peyk.invalid/';

/** Which map it is; fallback: the built-in one, since the other did not come. */
export type Laying = 'waiting' | 'builtin' | 'foreign' | 'fallback' | 'none';

/** The map that gets a ground. */
export interface Land {
  ground(style: StyleSpecification, theme: Theme): void;
  tint(theme: Theme): void;
  attribute(): void;
  showCity(): void;
}

/** The page around the map: how it looks, what it is told, and how it asks. */
export interface Setting {
  readonly theme: ReadonlySignal<Theme>;
  readonly language: ReadonlySignal<Language>;
  readonly ground: Signal<Laying>;
  readonly city: Signal<boolean>;
  request(url: string): MapRequest;
}

/** The ground of one map. */
export class Ground {
  private readonly map: Land;
  private readonly config: Config;
  private readonly page: Setting;
  private undo = () => {}; // ends what follows the page's signals
  private attributed = false;

  constructor(map: Land, config: Config, page: Setting) {
    this.map = map;
    this.config = config;
    this.page = page;
  }

  /** Lays what the configuration asks for, in the page's language and colours from now on. */
  async lay(): Promise<void> {
    if (this.config.kind !== 'builtin') return this.layOther(() => this.follow(this.layBuiltin()));
    this.follow(this.layBuiltin());
    this.page.ground.value = 'builtin';
  }

  /** Tries again what did not come: a host may be back, and ours wants somebody who is logged in. */
  async relay(): Promise<void> {
    if (this.page.ground.peek() !== 'fallback') return;
    this.page.ground.value = 'waiting';
    await this.layOther(() => {}); // the built-in map lies there
  }

  /** Lays somebody else's map once it comes, however late; if that takes long, something else until then. */
  private async layOther(meanwhile: () => void): Promise<void> {
    const fallBack = () => {
      if (this.page.ground.peek() !== 'waiting') return;
      meanwhile();
      this.page.ground.value = 'fallback';
    };
    const late = setTimeout(fallBack, patience);
    try {
      this.follow(await (this.config.kind === 'pmtiles' ? this.layArchive() : this.layForeign()));
      if (!this.attributed) this.map.attribute();
      this.attributed = true;
      this.page.ground.value = 'foreign';
    } catch {
      fallBack();
    }
    clearTimeout(late);
  }

  private follow(undo: () => void): void {
    this.undo();
    this.undo = undo;
  }

  private layBuiltin(): () => void {
    const { map, page } = this;
    const { city } = this.config;
    page.city.value = city;
    const undo = effect(() => {
      const theme = page.theme.value;
      map.ground(builtin({ theme, language: page.language.value, city }), theme);
    });
    if (city) map.showCity();
    return undo;
  }

  /** A style or raster tiles; the one for dark pages may be another. */
  private async layForeign(): Promise<() => void> {
    const { map, page, config } = this;
    const address = computed(() => whole(page.theme.value === dark ? config.dark : config.style));
    let laid = address.peek();
    map.ground(await this.foreign(laid), page.theme.peek());
    return effect(() => {
      map.tint(page.theme.value);
      const wanted = address.value;
      if (wanted === laid) return;
      laid = wanted;
      // If this one does not come, what is shown stays on the one that is there.
      this.foreign(wanted).then((style) => wanted === laid && map.ground(style, page.theme.peek()), () => {});
    });
  }

  /** Tiles from one file, in the style of the built-in map. */
  private async layArchive(): Promise<() => void> {
    const { map, page, config } = this;
    const { open } = await import('./archive.ts');
    const archive = await open(page.request(whole(config.style)));
    return effect(() => {
      const theme = page.theme.value;
      map.ground(basemap({ ...archive, attribution: archive.attribution || escape(config.attribution) }, theme, page.language.value), theme);
    });
  }

  private async foreign(address: string): Promise<StyleSpecification> {
    if (this.config.kind === 'raster') return this.raster(address);
    const answer = await this.reach(address);
    if (!answer.ok) throw new Error(`map style: ${answer.status}`);
    const text = await answer.text();
    const ours = new URL(address).origin === location.origin;
    return styleIn(ours ? text.replaceAll(ownPrefix, at('')) : text);
  }

  /** A raster template is reached for by its first tile; any answer will do, some servers have no such tile. */
  private async raster(address: string): Promise<StyleSpecification> {
    await this.reach(address.replace(/\{[zxy]\}/g, '0').replace('{ratio}', ''));
    return {
      version: 8,
      sources: { raster: { type: 'raster', tiles: [address], tileSize: 256, attribution: escape(this.config.attribution) } },
      layers: [{ id: 'raster', type: 'raster', source: 'raster' }],
    };
  }

  private reach(address: string): Promise<Response> {
    const { url, headers } = this.page.request(address);
    return fetch(url, { headers, credentials: 'omit', referrerPolicy: 'no-referrer' });
  }
}

/** The style that a text is. MapLibre checks it, but of what is no style at all it says nothing and draws nothing. */
function styleIn(text: string): StyleSpecification {
  const style = JSON.parse(text) as StyleSpecification | null;
  if (!Array.isArray(style?.layers)) throw new Error('this is no map style');
  return style;
}

/** An address of ours as a whole one; the marks of a template stay as they are. */
function whole(address: string): string {
  return /^[a-z]+:/i.test(address) ? address : at(address);
}

/** MapLibre sets an attribution as HTML; ours is text. */
function escape(text: string): string {
  const element = document.createElement('span');
  element.textContent = text;
  return element.innerHTML;
}
