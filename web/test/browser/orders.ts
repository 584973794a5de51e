// A shop with couriers and orders, for the tests of the pages that show them.

import { createServer, request as forward, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { after } from 'node:test';
import { ask, keyFor, locked, openPage, peyk, type Locked } from './harness.ts';
import type { BrowserContextOptions, Page } from 'playwright-core';

export const home = { latitude: 35.7, longitude: 51.4, address: 'خیابان ولی‌عصر، کوچهٔ هفتم، پلاک ۱۲' };

/** Metres as degrees of latitude. */
export const north = (metres: number) => metres / 111_195;

export interface Shop extends Locked {
  courier: string; // its token
}

/** Starts a shop with one courier, Sara, who is 7. */
export async function shop(...args: string[]): Promise<Shop> {
  const look = ['--shop-name', 'کافه هرمس', '--shop-color', '#0b6e4f', '--timezone', 'Asia/Tehran'];
  const server = await locked(...look, ...args);
  await ask(server, 'PUT', 'couriers', { couriers: [{ id: '7', name: 'سارا کریمی' }] });
  const { key } = await keyFor(server, { role: 'courier', courier: '7', name: 'Sara' });
  return { ...server, courier: key };
}

/** Makes or changes an order; one of Sara's that comes to our home, unless told. */
export async function order(server: Locked, id: string, some: object = {}): Promise<void> {
  await ask(server, 'PUT', `orders/${encodeURIComponent(id)}`, {
    courier: '7',
    destination: home,
    shop_phone: '۰۲۱-۸۸۸۸۰۰۰۰',
    courier_phone: '+98 912 000 11 22',
    code: '4711',
    ...some,
  });
}

/** Makes a link for the order's customer. */
export async function shared(server: Locked, id: string, until?: Date): Promise<{ id: string; link: string }> {
  const made = await ask<{ id: string; link: string }>(server, 'POST', `orders/${encodeURIComponent(id)}/shares`, until && { until: until.toISOString() });
  return { id: made.id, link: server.url + made.link };
}

/** Reports where Sara is. */
export async function drive(server: Locked, latitude: number, longitude: number): Promise<void> {
  await ask(server, 'POST', 'locations', { latitude: latitude.toFixed(6), longitude: longitude.toFixed(6), user: { id: 7, username: 'sara' }, speed: 8 });
}

export const phone: BrowserContextOptions = { viewport: { width: 360, height: 640 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/** Opens a page with the demo's city under it, which is nicer to look at than bare land. */
export async function openInCity(link: string, options: BrowserContextOptions = {}): Promise<Page> {
  const demo = await peyk('demo', '--listen', '127.0.0.1:0', '--couriers', '1');
  const city = await (await fetch(`${demo.url}/map/city.geojson`)).text();
  await demo.kill();
  const page = await openPage('about:blank', { ...options, serviceWorkers: 'block' });
  await page.route('**/map/city.geojson', (route) => route.fulfill({ contentType: 'application/geo+json', body: city }));
  await page.route('**/config.json', async (route) => {
    const said = (await (await route.fetch()).json()) as object;
    await route.fulfill({ json: { ...said, city: true } });
  });
  await page.goto(link);
  return page;
}

/** A reverse proxy that has the server below a path; returns where. */
export async function behind(server: Locked, path: string): Promise<string> {
  const inner = (asked: IncomingMessage) => asked.url!.slice(path.length) || '/';
  const proxy = createServer((asked, answer) => {
    if (!asked.url!.startsWith(`${path}/`)) return void answer.writeHead(404).end();
    const passed = forward({ port: server.port, path: inner(asked), method: asked.method, headers: asked.headers }, (got) => {
      answer.writeHead(got.statusCode!, got.headers);
      got.pipe(answer);
    });
    asked.pipe(passed);
  });
  proxy.on('upgrade', (asked, socket, head) => {
    const to = connect(Number(server.port), '127.0.0.1', () => {
      const lines = [`GET ${inner(asked)} HTTP/1.1`];
      for (let i = 0; i < asked.rawHeaders.length; i += 2) lines.push(`${asked.rawHeaders[i]}: ${asked.rawHeaders[i + 1]}`);
      to.write(`${lines.join('\r\n')}\r\n\r\n`);
      to.write(head);
      socket.pipe(to).pipe(socket);
    });
    for (const end of [socket, to]) end.on('error', () => [socket, to].forEach((each) => each.destroy()));
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  after(() => void proxy.closeAllConnections());
  after(() => void proxy.close());
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}${path}`;
}
