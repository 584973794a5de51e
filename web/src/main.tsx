// The page: it puts the rooms together and starts them. State flows one way:
// the stream feeds the picture; the picture is drawn by the map and told to the
// panel.

import { effect } from '@preact/signals';
import { render } from 'preact';
import { lay } from './ground.ts';
import { offerHook } from './hook.ts';
import { CourierMap } from './map.ts';
import { browser, configured } from './outside.ts';
import * as page from './page.ts';
import { Panel, type Actions } from './panel.tsx';
import * as session from './session.ts';
import { Picture } from './state.ts';
import { Stream } from './stream.ts';
import type { Config } from './wire.ts';

const second = 1000; // milliseconds

function start(): void {
  session.takeTokenFromAddress();
  page.followDarkness();
  effect(dress);

  const picture = new Picture();
  const stream = new Stream(browser(), picture, (connection) => {
    page.connection.value = connection;
    tell(picture);
  });
  let map: CourierMap | undefined;
  render(<Panel actions={actions(stream, () => map)} />, element('panel'));
  page.selectedId.subscribe(() => tell(picture));
  stream.open();
  addEventListener('hashchange', () => session.takeTokenFromAddress() && stream.open());
  addEventListener('online', () => stream.wake());
  document.addEventListener('visibilitychange', () => document.hidden || stream.wake());

  void configured().then((config) => {
    map = draw(picture, config);
    setInterval(() => tick(picture, map), second);
    document.addEventListener('visibilitychange', () => tick(picture, map));
    offerHook(picture, map);
  });
}

/** Gives the document the page's language and colours. */
function dress(): void {
  const language = page.language.value;
  document.documentElement.lang = language;
  document.body.dir = language === 'fa' ? 'rtl' : 'ltr'; // on <html> it would mirror brackets in the map's labels
  document.title = page.text.value.title;
  for (const [name, color] of Object.entries(page.theme.value)) {
    if (typeof color === 'string') document.documentElement.style.setProperty(`--${name}`, color);
  }
}

function actions(stream: Stream, map: () => CourierMap | undefined): Actions {
  return {
    zoom: (by) => map()?.zoom(by),
    showAll: () => map()?.showAll(),
    deselect: () => (page.selectedId.value = undefined),
    switchLanguage: () => {
      page.language.value = page.language.value === 'en' ? 'fa' : 'en';
      session.keepLanguage(page.language.value);
    },
    enter: (token) => {
      session.keepToken(token);
      stream.open();
    },
  };
}

/** Opens the map and keeps it up with the page's signals; undefined where the browser cannot draw one. */
function draw(picture: Picture, config: Config): CourierMap | undefined {
  let map: CourierMap;
  try {
    map = new CourierMap(element('map'), picture, page.theme.peek(), (id) => (page.selectedId.value = id));
  } catch {
    page.ground.value = 'none';
    return undefined;
  }
  effect(() => map.name(page.text.value.map));
  effect(() => map.select(page.selectedId.value));
  effect(() => map.stale(page.connection.value.state !== 'live' || !page.inStep.value));
  page.connection.subscribe(() => map.draw()); // written after every message
  void lay(map, config);
  return map;
}

/** Tells the panel what the picture is now. */
function tell(picture: Picture): void {
  page.inStep.value = picture.inStep;
  page.count.value = picture.couriers.size;
  const chosen = page.selectedId.peek();
  const courier = chosen === undefined ? undefined : picture.couriers.get(chosen);
  page.selected.value = courier && { ...courier };
}

function tick(picture: Picture, map: CourierMap | undefined): void {
  if (document.hidden) return;
  const monotonic = performance.now();
  page.now.value = { monotonic, server: picture.clock.now(monotonic) };
  page.silentCount.value = map?.watchSilence() ?? 0;
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

start();
