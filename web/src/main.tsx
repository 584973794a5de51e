// The page: it puts the rooms together and starts them. State flows one way:
// the stream feeds the picture; the picture is drawn by the map and told to the
// panel.

import { batch, effect } from '@preact/signals';
import { render } from 'preact';
import { Access, learn } from './access.ts';
import type { Actions } from './actions.ts';
import { detailsOf } from './api.ts';
import { Bearings } from './bearings.ts';
import { Asker } from './details.ts';
import { offerHook } from './hook.ts';
import { listenToKeys } from './keys.ts';
import { Ground } from './ground.ts';
import { CourierMap } from './map.ts';
import { dress, speak } from './look.ts';
import { browser, configured, mapRequest } from './outside.ts';
import * as page from './page.ts';
import { Panel } from './panel.tsx';
import * as session from './session.ts';
import { sheetHeights } from './sheet.tsx';
import { Picture } from './state.ts';
import { Stream } from './stream.ts';
import { Teller } from './teller.ts';
import { digits } from './text.ts';
import type { Config } from './wire.ts';

const second = 1000; // milliseconds

function start(): void {
  const token = session.takeTokenFromAddress();
  if (token !== undefined) session.keepToken(token, false);
  page.followBrowser();
  effect(() => dress(page.text.value.title));

  const picture = new Picture();
  const teller = new Teller(picture);
  let map: CourierMap | undefined;
  let ground: Ground | undefined;
  const stream = new Stream(browser(learn), picture, (connection) => {
    teller.tell(connection);
    if (connection.state === 'refused') map?.forget();
    else map?.draw();
  });
  const bearings = new Bearings(() => map?.camera);
  const access = new Access(stream);
  const act = { ...actions(access, bearings, () => map), sight: () => ({ picture, map }), relay: () => void ground?.relay() };
  render(<Panel actions={act} />, element('panel'));
  listenToKeys(act, () => map?.closeFan() ?? false);
  stream.open();
  void access.look();
  // It comes with the change; hashchange would be a task later, and the address written anew in between.
  addEventListener('popstate', () => {
    const fresh = session.takeTokenFromAddress();
    if (fresh === undefined) bearings.read();
    else void access.enter(fresh);
  });
  addEventListener('online', () => stream.wake());
  document.addEventListener('visibilitychange', () => document.hidden || stream.wake());

  void configured().then((config) => {
    page.timezone.value = config.timezone;
    page.login.value = config.login;
    map = draw(picture, bearings);
    ground = map && lay(map, config);
    bearings.read();
    keepTime(teller, access, () => map);
    offerHook(picture, map);
  });
}

function actions(access: Access, bearings: Bearings, map: () => CourierMap | undefined): Omit<Actions, 'sight' | 'relay'> {
  return {
    zoom: (by) => map()?.camera.zoom(by),
    showAll: () => {
      page.following.value = false;
      map()?.showAll();
    },
    select: (id) => bearings.select(id),
    deselect: () => bearings.deselect(),
    toggleFollow: () => bearings.follow(!page.following.peek()),
    speak,
    shade: (shade) => {
      page.shade.value = shade;
      session.keepShade(shade);
    },
    enter: (token, forLong) => void access.enter(token, forLong),
    leave: () => access.leave(),
    open: (place) => bearings.open(place),
  };
}

/** Opens the map and keeps it up with the page's signals; undefined where the browser cannot draw one. */
function draw(picture: Picture, bearings: Bearings): CourierMap | undefined {
  let map: CourierMap;
  const ears = { picked: (id: string | undefined) => bearings.pick(id), loosened: () => bearings.follow(false), moved: () => bearings.write() };
  try {
    map = new CourierMap(element('map'), picture, page.theme.peek(), ears, request);
  } catch {
    page.ground.value = 'none';
    return undefined;
  }
  effect(() => {
    const [t, language] = [page.text.value, page.language.value];
    const say = (count: number) => digits(count, language);
    map.speak(t.map, { digits: say, label: (count) => t.cluster(say(count)), leftwards: language === 'fa' });
  });
  effect(() => map.select(page.selectedId.value ?? page.bringer.value));
  effect(() => map.follow(page.following.value ? page.selectedId.value : undefined));
  effect(() => map.stale(page.connection.value.state !== 'live' || !page.inStep.value));
  effect(() => {
    map.camera.makeRoom(inset());
  });
  map.draw();
  return map;
}

/** Lays under the couriers what the configuration asks for; what did not come is tried again with every login. */
function lay(map: CourierMap, config: Config): Ground {
  const ground = new Ground(map, config, { ...page, request });
  void ground.lay();
  page.entries.subscribe(() => void ground.relay());
  return ground;
}

/** Asks for a piece of the map as who we are. */
function request(url: string) {
  return mapRequest(url, session.token());
}

/** What of the map lies under the panel. */
function inset() {
  const sides = { left: 0, right: 0, top: 0, bottom: 0 };
  if (page.narrow.value) [sides.top, sides.bottom] = [48, sheetHeights(innerHeight)[page.sheet.value === 0 ? 0 : 1]]; // the bar, and the sheet
  else if (page.mayManage.value && page.place.value && page.place.value.view !== 'orders') sides[page.language.value === 'fa' ? 'right' : 'left'] = Math.min(760, innerWidth * 0.6) + 24; // as desk.css has it
  else if (!page.folded.value || page.selectedId.value !== undefined) sides[page.language.value === 'fa' ? 'right' : 'left'] = 384;
  return sides;
}

/** Does what is done once a second, and at once when the tab is looked at again. */
function keepTime(teller: Teller, access: Access, map: () => CourierMap | undefined): void {
  const asker = new Asker(detailsOf);
  const tick = () => {
    access.tick();
    if (document.hidden) return;
    batch(() => teller.tick(performance.now()));
    map()?.watchSilence();
    void asker.look(performance.now());
  };
  setInterval(tick, second);
  document.addEventListener('visibilitychange', tick);
  page.selectedId.subscribe(() => void asker.look(performance.now()));
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

start();
