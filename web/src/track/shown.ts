// The map as the page needs it: loaded once there is something to see on it,
// after what matters was said, and taken away with all that it holds once there
// is not.

import { effect } from '@preact/signals';
import { mapRequest } from '../outside.ts';
import { at } from '../root.ts';
import type { Config } from '../wire.ts';
import type { TrackMap } from './map.ts';
import * as page from './page.ts';

const pin = 28; // pixels that the destination's pin stands above its place, as track.css has it

export class Shown {
  map: TrackMap | undefined;
  private readonly config: Promise<Config>;
  private readonly token: () => string | undefined;
  private loading = false;
  private undo: (() => void)[] = [];

  constructor(config: Promise<Config>, token: () => string | undefined) {
    this.config = config;
    this.token = token;
  }

  /** Keeps a map in the box while one is wanted. */
  keep(box: HTMLElement): void {
    effect(() => {
      const wanted = page.wantsMap.value;
      if (!wanted) this.end();
      else if (!this.map && !this.loading) void this.begin(box);
    });
  }

  private async begin(box: HTMLElement): Promise<void> {
    this.loading = true;
    try {
      await quiet();
      const [{ TrackMap, Ground }, config] = await Promise.all([import('./map.ts'), this.config, sheet('maplibre-gl.css')]);
      if (!page.wantsMap.peek()) return;
      const request = (url: string) => mapRequest(url, this.token());
      this.map = new TrackMap(box, page.theme.peek(), request, (touched) => (page.strayed.value = touched));
      this.follow(this.map);
      void new Ground(this.map, config, { ...page, request }).lay();
      page.drawn.value = 'yes';
    } catch {
      page.drawn.value = 'failed'; // no WebGL 2, or no network
    } finally {
      this.loading = false;
    }
  }

  /** Draws what the page is told, from now on. */
  private follow(map: TrackMap): void {
    this.undo = [
      effect(() => {
        const { wide, language } = page;
        const aside = wide.value ? page.aside : 0;
        map.leave({ top: pin, bottom: 0, left: language.value === 'fa' ? 0 : aside, right: language.value === 'fa' ? aside : 0 });
      }),
      effect(() => map.show(page.order.value?.destination?.spot, page.order.value?.courier)),
      effect(() => map.stale(page.connection.value.state !== 'live')),
      effect(() => map.speak(page.text.value.map)),
    ];
  }

  private end(): void {
    for (const undo of this.undo.splice(0)) undo();
    this.map?.remove();
    this.map = undefined;
    page.drawn.value = 'not';
    page.strayed.value = false;
  }
}

/** Waits until the browser has nothing better to do. */
function quiet(): Promise<void> {
  return new Promise((done) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => done(), { timeout: 2000 });
    else setTimeout(done, 300);
  });
}

/** Loads a style sheet, once. */
function sheet(path: string): Promise<void> {
  const href = at(path);
  const there = document.head.querySelector(`link[href="${href}"]`);
  if (there) return Promise.resolve();
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
  return new Promise((done, fail) => {
    link.addEventListener('load', () => done());
    link.addEventListener('error', () => fail(new Error('the style sheet of the map did not come')));
    document.head.append(link);
  });
}
