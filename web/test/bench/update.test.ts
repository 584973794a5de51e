// What an update costs the main thread of the page, with 1,000 couriers: the time
// spent in our own code, and what it makes the browser compute of styles and
// layout. What MapLibre does is not in it: it does it as often as the screen is
// drawn, whether anything came or not.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CDPSession, Page, WebSocketRoute } from 'playwright-core';
import { openPage, peyk, until, untilLive } from '../browser/harness.ts';

const couriers = 1000;
const updates = 100;
const budget = 2; // milliseconds

const part = 'all/everything';
let version = 1_763_823_600_000_000; // microseconds

interface Profile {
  nodes: { id: number; callFrame: { url: string; functionName: string }; children?: number[] }[];
  samples: number[];
  timeDeltas: number[]; // microseconds
}

for (const changed of [100, 1000]) {
  test(`an update of ${changed} among ${couriers} couriers`, async () => {
    const server = await peyk('serve', '--insecure', '--map-style', 'builtin', '--ops-listen', '', '--listen', '127.0.0.1:0');
    const page = await openPage('about:blank');
    let socket: WebSocketRoute | undefined;
    await page.routeWebSocket(/\/ws$/, (route) => {
      socket = route;
      route.onMessage(() => greet(route));
    });
    await page.goto(`${server.link}#map=13/35.7/51.4`);
    await untilLive(page, couriers);
    const { script, layout } = await measure(page, () => update(socket!, changed));
    console.log(`${changed} of ${couriers} couriers: ${script.toFixed(2)} ms in our code, ${layout.toFixed(2)} ms of styles and layout an update`);
    if (changed === 100) assert.ok(script + layout <= budget, `at most ${budget} ms an update`);
    await page.context().close();
    await server.kill();
  });
}

/** Milliseconds of the main thread an update. */
async function measure(page: Page, step: () => void): Promise<{ script: number; layout: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: 200 });
  await session.send('Profiler.start');
  const before = await computed(session);
  for (let i = 0; i < updates; i++) {
    step();
    await until(page, (want) => window.peyk!.version() >= want, version);
  }
  const after = await computed(session);
  const { profile } = (await session.send('Profiler.stop')) as { profile: Profile };
  return { script: ours(profile) / 1000 / updates, layout: ((after - before) * 1000) / updates };
}

/** Seconds that went into styles and layout. */
async function computed(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.filter(({ name }) => name === 'LayoutDuration' || name === 'RecalcStyleDuration').reduce((sum, { value }) => sum + value, 0);
}

/** Microseconds in which the nearest function of a file, up the stack, was one of main.js. */
function ours({ nodes, samples, timeDeltas }: Profile): number {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const mine = new Set<number>();
  const walk = (id: number, url: string) => {
    const node = byId.get(id)!;
    const at = node.callFrame.url || url;
    if (at.endsWith('/main.js')) mine.add(id);
    for (const child of node.children ?? []) walk(child, at);
  };
  walk(nodes[0]!.id, '');
  return samples.reduce((sum, id, i) => sum + (mine.has(id) ? timeDeltas[i]! : 0), 0);
}

function greet(route: WebSocketRoute): void {
  send(route, { type: 'hello', epoch: 'e', version });
  send(route, { type: 'parts', parts: [part] });
  const introduced = numbers(couriers).map((i) => [i, String(i), `پیک شمارهٔ ${i}`, 'north', `courier${i}`]);
  send(route, { type: 'frame', part, from: 0, to: version, full: true, new: introduced, at: numbers(couriers).map(fix) });
  send(route, { type: 'upto', version });
}

let turn = 0;

function update(route: WebSocketRoute, changed: number): void {
  const from = version;
  version += 100_000;
  const at = numbers(changed).map((i) => fix((turn++ + i) % couriers));
  send(route, { type: 'frame', part, from, to: version, at });
  send(route, { type: 'upto', version });
}

function fix(i: number): unknown[] {
  const drift = (version % 60_000_000) / 6e9;
  return [i, 35.6 + (i % 40) / 200 + drift, 51.3 + Math.floor(i / 40) / 125, (i * 7) % 360, 8.3, 4, 1];
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

function send(route: WebSocketRoute, message: object): void {
  route.send(JSON.stringify(message));
}
