import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { haproxy, nginx } from './front.ts';
import { ask, freePort, locked, openPage, until, untilLive, untilPixels, violations } from './harness.ts';

// A red pixel, 1 × 1.
const red = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC', 'base64');

// A map server on the other side, so that the map too comes through the proxies.
const far = createServer((request, answer) => {
  if (!request.url?.startsWith('/style.json')) return answer.writeHead(200, { 'Content-Type': 'image/png' }).end(red);
  const tiles = [`http://${request.headers.host}/{z}/{x}/{y}.png`];
  const style = { version: 8, sources: { raster: { type: 'raster', tiles, tileSize: 256 } }, layers: [{ id: 'raster', type: 'raster', source: 'raster' }] };
  return answer.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(style));
}).listen(0, '127.0.0.1');
after(() => far.close());

for (const [name, front] of Object.entries({ nginx, haproxy })) {
  test(`behind ${name}, with TLS and a base path: the page, the map and a courier`, async () => {
    if (!far.listening) await once(far, 'listening');
    const port = await freePort();
    const base = `https://shop.example:${port}/peyk`;
    const style = `http://127.0.0.1:${(far.address() as AddressInfo).port}/style.json`;
    const server = await locked('--public-url', base, '--trusted-proxies', '127.0.0.1', '--map-style', style, '--map-proxy');
    assert.ok(server.link.startsWith(`${base}/#token=`), server.link);
    await front(port, server.port);
    await ask(server, 'PUT', 'couriers', { couriers: [{ id: '1', name: 'Sara' }] });
    await ask(server, 'POST', 'locations', { latitude: 35.7, longitude: 51.4, user: { id: 1, username: 'user1' } });

    const page = await openPage('about:blank', { ignoreHTTPSErrors: true });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('websocket', (socket) => asked.push(socket.url().replace('wss:', 'https:')));
    await page.goto(server.link.replace('/#', '#')); // whoever leaves the slash out finds it as well
    await untilLive(page, 1);
    await until(page, () => window.peyk?.ground() === 'foreign' && window.peyk.settled(), null);
    await page.getByRole('option', { name: /Sara/ }).waitFor();
    await untilPixels(page, { x: 640, y: 600 }, 10, '#ff0000', 351); // the tiles are on the screen

    await ask(server, 'POST', 'locations', { latitude: 35.71, longitude: 51.4, user: { id: 2, username: 'user2' } });
    await untilLive(page, 2);
    for (const path of ['', '/', '/main.js', '/maplibre-gl-worker.mjs', '/config.json', '/ws', '/api/v1/me', '/map/']) {
      assert.ok(asked.some((url) => (path === '/map/' ? url.startsWith(base + path) : url === base + path)), `${path} is not among ${asked.join(' ')}`);
    }
    const strange = asked.filter((url) => url !== base && !url.startsWith(`${base}/`) && !/^(blob|data|about):/.test(url));
    assert.deepEqual(strange, []);
    assert.deepEqual(await violations(page), []);
    await page.context().close();
    await server.kill();
  });
}
