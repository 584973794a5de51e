// Real things for the browser tests: Peyk itself, Redis, Chromium. Everything
// listens on a free port of loopback, keeps its files in a directory of its own
// and ends with the test that started it.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { indexedPng, readPng, type Picture } from './png.ts';

export type { Hook } from '../../src/hook.ts'; // what window.peyk is

/** No test waits for anything longer than this; a machine may have two busy cores and no GPU. */
export const patience = 60_000; // milliseconds

const scratch = mkdtempSync(join(tmpdir(), 'peyk-web-'));
const binary = resolve(process.env['PEYK_BINARY'] ?? '.test/peyk'); // scripts/test.mjs builds the latter
const shots = resolve('.test/shots');
const running = new Set<ChildProcess>();
let browser: Browser | undefined;

after(async () => {
  await browser?.close();
  for (const child of running) child.kill('SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
});

export interface Server {
  url: string;
  link: string; // with the token, where there is one
  port: string;
  kill(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts Peyk, built from this tree, and waits until it says where it listens. */
export function peyk(...args: string[]): Promise<Server> {
  // Without --insecure the second line holds the link with the token.
  return begin(args, args[0] === 'serve' && !args.includes('--insecure'));
}

/** Starts Peyk on a store that is there already: its first token was told before. */
export function peykAgain(...args: string[]): Promise<Server> {
  return begin(args, false);
}

async function begin(args: string[], tells: boolean): Promise<Server> {
  const child = start(binary, args);
  const said: string[] = [];
  for await (const line of createInterface(child.stdout!)) {
    said.push(line);
    const link = /https?:\/\/\S+#token=\S+/.exec(line)?.[0];
    const url = /http:\/\/[\d.]+:\d+/.exec(said.join('\n'))?.[0];
    if (url === undefined || (tells && link === undefined)) continue;
    child.stdout!.resume();
    return { url, link: link ?? `${url}/`, port: new URL(url).port, kill: (signal) => stop(child, signal) };
  }
  throw new Error(`peyk ${args.join(' ')} ended: ${said.join('\n')}`);
}

/** A network that may fail: an address that leads to a server, to another one later, or to none. */
export interface Gate {
  url: string;
  leadTo(server: Server | undefined): void; // what is connected to the one before is cut off
}

export async function openGate(): Promise<Gate> {
  let port: number | undefined;
  const open = new Set<Socket>();
  const gate = createServer((one) => {
    const ends = port === undefined ? [one] : [one, connect(port, '127.0.0.1')];
    const cut = () => ends.forEach((end) => end.destroy());
    for (const end of ends) end.on('error', cut).on('close', cut);
    if (ends[1] === undefined) return cut();
    open.add(one.on('close', () => open.delete(one)));
    one.pipe(ends[1]).pipe(one);
  }).listen(0, '127.0.0.1');
  gate.unref();
  await once(gate, 'listening');
  const leadTo = (server: Server | undefined) => {
    port = server && Number(server.port);
    for (const each of open) each.destroy();
  };
  return { url: `http://127.0.0.1:${(gate.address() as AddressInfo).port}`, leadTo };
}

/** A directory that nobody else has and that goes with the tests. */
export function directory(): string {
  return mkdtempSync(join(scratch, 'dir-'));
}

/** Starts Redis and returns its port. */
export async function redis(): Promise<number> {
  const port = await freePort();
  const child = start('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', directory()]);
  for await (const line of createInterface(child.stdout!)) {
    if (!line.includes('Ready to accept connections')) continue;
    child.stdout!.resume();
    return port;
  }
  throw new Error('redis-server ended');
}

/**
 * Opens a page in a context of its own, 1280 × 800 unless told; it is closed by the caller or with the browser.
 * Markers jump unless told: to draw every frame of a glide is what a machine without a GPU is slow at.
 */
export async function openPage(link: string, options: BrowserContextOptions = {}): Promise<Page> {
  browser ??= await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags, timeout: patience });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { violations: seen });
    document.addEventListener('securitypolicyviolation', (event) => seen.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.goto(link);
  return page;
}

/** Opens a page whose clock goes on by itself, and that the test can stop and put forward. */
export async function openClocked(link: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await openPage('about:blank', options);
  await page.clock.install();
  await page.goto(link);
  return page;
}

/** Stops the clock of such a page: none of its timers ends and no frame is drawn until the test says so. */
export async function stopClock(page: Page): Promise<void> {
  const ahead = 5000; // milliseconds; it cannot be stopped in the past
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + ahead);
}

/** Asks again and again until the answer is yes. */
export async function eventually(what: string, question: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + patience; !(await question()); await pause(50)) {
    if (Date.now() > end) throw new Error(`still not: ${what}`);
  }
}

/** Waits until the page's own answer to a question is yes; the function runs in the page. */
export async function until<Arg>(page: Page, question: (arg: Arg) => boolean, arg: Arg): Promise<void> {
  // Asked every 50 ms and not every frame: without a GPU frames are what the page lacks.
  await page.waitForFunction(question as (arg: unknown) => boolean, arg, { timeout: patience, polling: 50 });
}

/** Waits until the map is there with so many couriers on it. */
export async function untilLive(page: Page, couriers: number): Promise<void> {
  await until(
    page,
    (n) => window.peyk?.connection() === 'live' && window.peyk.settled() && window.peyk.count() === n && window.peyk.drawn() === n,
    couriers,
  );
}

/** What the page's policy kept it from; for every page that was opened nothing should be. */
export function violations(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { violations: string[] }).violations);
}

/** With PEYK_SCREENSHOT=1 makes a screenshot for people to look at, and with a name of docs/ the one that is shown there. */
export async function shoot(page: Page, name: string, shown?: 'demo' | 'panel-fa' | 'panel-phone' | 'panel-orders' | 'customer'): Promise<void> {
  if (!process.env['PEYK_SCREENSHOT']) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`), animations: 'disabled' });
  if (shown === undefined) return;
  const { width, height } = page.viewportSize()!;
  const png = indexedPng(await picture(page, { x: 0, y: 0, width, height }));
  if (png.length > 400_000) throw new Error(`${shown}.png has ${png.length} bytes`);
  writeFileSync(resolve(`../docs/${shown}.png`), png);
}

const axe = readFileSync(createRequire(join(process.cwd(), 'package.json')).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds in the page that is serious, as sentences; nothing should be. */
export async function barriers(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  return page.evaluate(async () => {
    type Found = { violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] };
    type Axe = { run(how: object): Promise<Found> };
    const { violations: found } = await (window as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'] });
    const grave = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    return grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('; ')}`);
  });
}

/** The couriers whose markers lie well inside the window and under nothing. */
export function inSight(page: Page): Promise<{ id: string; x: number; y: number }[]> {
  return page.evaluate(() => {
    const free = (x: number, y: number) => document.elementFromPoint(x, y)?.tagName === 'CANVAS';
    return window.peyk!.ids().flatMap((id) => {
      const at = window.peyk!.project(id);
      return at && free(at.x - 20, at.y) && free(at.x + 20, at.y) ? [{ id, ...at }] : [];
    });
  });
}

/** Waits until so many pixels at least, within a reach of a point, have a colour; what moves is asked for its point each time. */
export async function untilPixels(page: Page, at: Spot | (() => Promise<Spot>), reach: number, colors: string | string[], least: number): Promise<void> {
  const count = async () => {
    const spot = typeof at === 'function' ? await at() : at;
    let sum = 0;
    for (const color of [colors].flat()) sum += await pixels(page, spot, reach, color);
    return sum;
  };
  // What the page has told the map is on the screen a frame later, and tiles fade in.
  await eventually(`${least} pixels of ${String(colors)}`, async () => (await count()) >= least);
}

interface Spot {
  x: number;
  y: number;
}

/** How many pixels within so many of a point have a colour, "#rrggbb", or nearly. */
export async function pixels(page: Page, at: Spot, reach: number, color: string): Promise<number> {
  const { rgba } = await picture(page, { x: at.x - reach, y: at.y - reach, width: 2 * reach, height: 2 * reach });
  const want = [1, 3, 5].map((from) => Number.parseInt(color.slice(from, from + 2), 16));
  let count = 0;
  for (let i = 0; i < rgba.length; i += 4) {
    if (want.every((part, k) => Math.abs(part - rgba[i + k]!) < 12)) count++;
  }
  return count;
}

/** What is on the screen. */
async function picture(page: Page, clip: { x: number; y: number; width: number; height: number }): Promise<Picture> {
  return readPng(await page.screenshot({ clip, animations: 'disabled' }));
}

/** Posts a position as a phone does. */
export async function post(server: Server, position: object): Promise<void> {
  const answer = await fetch(`${server.url}/api/v1/locations`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(position),
  });
  if (!answer.ok) throw new Error(`POST: ${answer.status} ${await answer.text()}`);
}

/** A server that asks who one is, and the token of its first admin. */
export interface Locked extends Server {
  admin: string;
}

/** Starts Peyk with a store of its own, and nobody in it. */
export async function locked(...args: string[]): Promise<Locked> {
  const server = await peyk('serve', '--map-style', 'builtin', '--ops-listen', '', '--data-dir', directory(), '--listen', '127.0.0.1:0', ...args);
  return { ...server, admin: new URL(server.link).hash.slice('#token='.length) };
}

/** Asks the API as the admin; an answer other than success is an error. */
export async function ask<Answer = unknown>(server: Locked, method: string, path: string, body?: object): Promise<Answer> {
  const headers = { Authorization: `Bearer ${server.admin}`, 'Content-Type': 'application/json' };
  const answer = await fetch(`${server.url}/api/v1/${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}

/** Makes an API key, good for so many milliseconds, or for ever. */
export function keyFor(server: Locked, wanted: object, lasting?: number): Promise<{ id: string; key: string }> {
  const end = lasting === undefined ? null : new Date(Date.now() + lasting).toISOString();
  return ask(server, 'POST', 'keys', { until: end, ...wanted });
}

const flags = [
  '--no-sandbox',
  '--host-resolver-rules=MAP *.example 127.0.0.1', // so that there are different sites
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

/** Starts a program in a directory of its own; it ends with the tests. */
export function start(command: string, args: string[]): ChildProcess {
  const child = spawn(command, args, { cwd: directory(), stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  return child;
}

async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
  running.delete(child);
}

/**
 * A port on which nobody listens. It is below those that the system gives to whoever connects,
 * so that no connection takes it before our own server does.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    const server = createServer();
    const free = await new Promise<boolean>((done) => server.once('error', () => done(false)).listen(port, '127.0.0.1', () => done(true)));
    if (!free) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
