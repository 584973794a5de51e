// How long a hungry person waits: from opening the link on a slow phone, on 3G
// and with nothing cached, to the state and the window of arrival on the screen
// and a main thread that answers. The network is as WebPageTest's "3G" is: 1.6
// Mbit/s, 300 ms; a page of tomorrow with its service worker is faster.

import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openPage, until } from '../browser/harness.ts';
import { drive, home, north, order, phone, shared, shop } from '../browser/orders.ts';
import { judge } from './aim.ts';

const aim = 2000; // milliseconds
const slower = 4; // times
const runs = 5;

interface Moments {
  said: number; // milliseconds since the navigation began: the state was in the page
  idle: number; // the main thread had nothing more to do
}

test('the customer’s page on a slow phone and 3G', async () => {
  const server = await shop();
  await order(server, 'A-1', { state: 'picked_up' });
  await drive(server, home.latitude + north(1500), home.longitude);
  const { link } = await shared(server, 'A-1');
  const all: Moments[] = [];
  const taps: number[] = [];
  const maps: number[] = [];
  for (let i = 0; i < runs; i++) {
    const page = await slowly();
    await page.goto(link, { waitUntil: 'commit' });
    await until(page, () => 'idle' in window && document.querySelector('.eta') !== null, null);
    all.push(await page.evaluate(() => ({ said: window.said, idle: window.idle })));
    taps.push(await tap(page));
    await until(page, () => window.track?.courier() !== undefined && window.track.settled(), null);
    maps.push(await page.evaluate(() => performance.now()));
    await page.context().close();
  }
  const interactive = middle(all.map(({ idle }) => idle));
  console.log(`state and arrival on the screen after ${middle(all.map(({ said }) => said))} ms`);
  console.log(`a tap was answered in ${middle(taps)} ms while the map came (worst ${Math.round(Math.max(...taps))}); the map was there after ${middle(maps)} ms`);
  judge(`interactive, at worst ${Math.round(Math.max(...all.map(({ idle }) => idle)))} ms`, interactive, aim);
  await server.kill();
});

declare global {
  interface Window {
    said: number;
    idle: number;
  }
}

/** A page with an empty cache, on a slow phone. */
async function slowly(): Promise<Page> {
  const page = await openPage('about:blank', { ...phone, serviceWorkers: 'block' });
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 300, downloadThroughput: 1.6e6 / 8, uploadThroughput: 768e3 / 8 });
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('article h1')) return;
      observer.disconnect();
      window.said = performance.now();
      requestIdleCallback(() => (window.idle = performance.now()));
    }).observe(document, { childList: true, subtree: true });
  });
  return page;
}

/** Milliseconds from a tap to the other language on the screen. */
function tap(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const began = performance.now();
    const was = document.querySelector('article h1')!.textContent;
    document.querySelector<HTMLElement>('header button')!.click();
    while (document.querySelector('article h1')!.textContent === was) await new Promise((done) => requestAnimationFrame(done));
    return performance.now() - began;
  });
}

function middle(times: number[]): number {
  return Math.round(times.toSorted((a, b) => a - b)[times.length >> 1]!);
}
