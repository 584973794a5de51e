// What an update costs the main thread of the page, with 1,000 couriers: the time
// spent in our own code, and what it makes the browser compute of styles and
// layout. What MapLibre does is not in it: it does it as often as the screen is
// drawn, whether anything came or not.

import { test } from 'node:test';
import type { CDPSession, Page } from 'playwright-core';
import { openPage, peyk, until, untilLive } from '../browser/harness.ts';
import { judge } from './aim.ts';
import { Crew } from './crew.ts';

const couriers = 1000;
const updates = 100;
const budget = 2; // milliseconds

interface Profile {
  nodes: { id: number; callFrame: { url: string; functionName: string }; children?: number[] }[];
  samples: number[];
  timeDeltas: number[]; // microseconds
}

for (const changed of [100, 1000]) {
  test(`an update of ${changed} among ${couriers} couriers`, async () => {
    const server = await peyk('serve', '--insecure', '--map-style', 'builtin', '--ops-listen', '', '--listen', '127.0.0.1:0');
    const page = await openPage('about:blank');
    const crew = await Crew.of(couriers, page);
    await page.goto(`${server.link}#map=13/35.7/51.4`);
    await untilLive(page, couriers);
    const { script, layout } = await measure(page, () => crew.update(changed));
    console.log(`${changed} of ${couriers} couriers: ${script.toFixed(2)} ms in our code, ${layout.toFixed(2)} ms of styles and layout an update`);
    if (changed === 100) judge('all of an update', script + layout, budget);
    await page.context().close();
    await server.kill();
  });
}

/** Milliseconds of the main thread an update. */
async function measure(page: Page, step: () => number): Promise<{ script: number; layout: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: 200 });
  await session.send('Profiler.start');
  const before = await computed(session);
  for (let i = 0; i < updates; i++) {
    await until(page, (want) => window.peyk!.version() >= want, step());
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
