import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { dark, light } from '../../src/theme.ts';
import { writeArchive } from './archive.ts';
import { barriers, directory, openPage, peyk, post, until, untilLive, untilPixels, violations } from './harness.ts';

const servers: Server[] = [];
after(() => servers.forEach((server) => server.closeAllConnections()));

/** Somebody else's map server; returns its address. */
async function host(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  server.unref();
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

function serve(style: string, ...more: string[]) {
  return peyk('serve', '--insecure', '--ops-listen', '', '--listen', '127.0.0.1:0', '--map-style', style, ...more);
}

test('a map host that hangs: the built-in map, and the page says so', async () => {
  const hanging = await host(() => {});
  const server = await serve(`${hanging}/style.json`);
  const page = await openPage(server.link);
  await until(page, () => window.peyk?.ground() === 'fallback' && window.peyk.settled(), null);
  await page.getByText('The map did not answer').waitFor();
  await post(server, { latitude: 35.7, longitude: 51.4, user: { id: 1, username: 'sara' } });
  await untilLive(page, 1);
  await untilPixels(page, { x: 832, y: 400 }, 14, light.stopped, 81); // the view opens on the first courier
  assert.deepEqual(await violations(page), []);
  await page.context().close();
  await server.kill();
});

test('a map that comes late is laid all the same', async () => {
  const waiting: (() => void)[] = [];
  const style = { version: 8, sources: {}, layers: [{ id: 'all', type: 'background', paint: { 'background-color': '#00ff00' } }] };
  const slow = await host((_, answer) => {
    const give = () => answer.writeHead(200, { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*' }).end(JSON.stringify(style));
    waiting.push(give);
  });
  const server = await serve(`${slow}/style.json`);
  const page = await openPage(server.link);
  await page.getByText('The map did not answer').waitFor();
  for (const give of waiting) give();
  await until(page, () => window.peyk?.ground() === 'foreign' && window.peyk.settled(), null);
  await page.getByText('The map did not answer').waitFor({ state: 'detached' });
  await untilPixels(page, { x: 640, y: 600 }, 10, '#00ff00', 351);
  await page.context().close();
  await server.kill();
});

test('an answer that is no style: the built-in map, until somebody tries again and it is one', async () => {
  let answered: object = { message: 'this key has no credit' };
  const styles = await host((_, answer) =>
    answer.writeHead(200, { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*' }).end(JSON.stringify(answered)),
  );
  const server = await serve(`${styles}/style.json`);
  const page = await openPage(server.link);
  await until(page, () => window.peyk?.ground() === 'fallback' && window.peyk.settled(), null);
  await page.getByRole('button', { name: 'Try again' }).click();
  await until(page, () => window.peyk?.ground() === 'fallback' && window.peyk.settled(), null);
  assert.deepEqual(await barriers(page), []);
  answered = { version: 8, sources: {}, layers: [{ id: 'all', type: 'background', paint: { 'background-color': '#00ff00' } }] };
  await page.getByRole('button', { name: 'Try again' }).click();
  await until(page, () => window.peyk?.ground() === 'foreign' && window.peyk.settled(), null);
  await page.getByText('The map did not answer').waitFor({ state: 'detached' });
  await untilPixels(page, { x: 640, y: 700 }, 10, '#00ff00', 351);
  assert.deepEqual(await violations(page), []);
  await page.context().close();
  await server.kill();
});

// A red pixel, 1 × 1.
const red = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC', 'base64');

test('raster tiles, with thanks to whom they are by, as text', async () => {
  const tiles = await host((_, answer) => answer.writeHead(200, { 'Content-Type': 'image/png', 'Access-Control-Allow-Origin': '*' }).end(red));
  const server = await serve(`${tiles}/{z}/{x}/{y}.png`, '--map-attribution', '© Tiles <b>& Friends</b>');
  const page = await openPage(server.link);
  await until(page, () => window.peyk?.ground() === 'foreign' && window.peyk.settled(), null);
  assert.equal((await page.locator('.maplibregl-ctrl-attrib-inner').innerText()).trim(), '© Tiles <b>& Friends</b>');
  await untilPixels(page, { x: 640, y: 600 }, 10, '#ff0000', 351); // the tiles are on the screen
  assert.deepEqual(await violations(page), []);
  await page.context().close();
  await server.kill();
});

test('a style from an address, with couriers over it', async () => {
  const style = { version: 8, sources: {}, layers: [{ id: 'all', type: 'background', paint: { 'background-color': '#00ff00' } }] };
  const styles = await host((_, answer) =>
    answer.writeHead(200, { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*' }).end(JSON.stringify(style)),
  );
  const server = await serve(`${styles}/style.json`);
  await post(server, { latitude: 35.7, longitude: 51.4, user: { id: 1, username: 'sara' }, speed: 9, heading: 0 });
  const page = await openPage(server.link);
  await untilLive(page, 1);
  await until(page, () => window.peyk?.ground() === 'foreign' && window.peyk.settled(), null);
  await untilPixels(page, { x: 640, y: 600 }, 10, '#00ff00', 351);
  await untilPixels(page, { x: 832, y: 400 }, 14, light.moving, 101);
  assert.deepEqual(await violations(page), []);
  await page.context().close();
  await server.kill();
});

const schemas = {
  protomaps: { names: ['earth', 'water', 'landuse', 'roads', 'places'], water: { kind: 'ocean' }, green: { layer: 'landuse', tags: { kind: 'park' } } },
  openmaptiles: { names: ['water', 'landcover', 'transportation', 'place'], water: { class: 'ocean' }, green: { layer: 'landcover', tags: { class: 'wood' } } },
};

test('a PMTiles file, in either schema, in the style of the built-in map', async () => {
  for (const { names, water, green } of Object.values(schemas)) {
    const file = join(directory(), 'world.pmtiles');
    const square = (x: number, y: number): [number, number][] => [[x, y], [x + 1024, y], [x + 1024, y + 1024], [x, y + 1024]];
    const all: [number, number][] = [[0, 0], [4096, 0], [4096, 4096], [0, 4096]];
    writeArchive(file, names, [
      ...(names.includes('earth') ? [{ layer: 'earth', tags: { kind: 'earth' }, ring: all }] : []),
      { layer: 'water', tags: water, ring: square(0, 0) },
      { ...green, ring: square(2048, 0) },
    ]);
    const server = await serve(file);
    const page = await openPage(`${server.link}#map=1/0/0`);
    await until(page, () => window.peyk?.ground() === 'foreign' && window.peyk.settled(), null);
    const at = (x: number, y: number) => ({ x: 640 + ((x - 2048) / 4096) * 1024, y: 400 + ((y - 2048) / 4096) * 1024 });
    await untilPixels(page, at(600, 700), 10, light.map.water, 351); // water
    await untilPixels(page, at(2600, 700), 10, light.map.park, 351); // a park
    await untilPixels(page, at(2600, 3000), 10, light.ground, 351); // land
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('radio', { name: 'Dark' }).check();
    await until(page, () => window.peyk!.settled(), null);
    await untilPixels(page, at(2600, 3000), 10, dark.ground, 351); // and in the dark
    assert.deepEqual(await violations(page), []);
    await page.context().close();
    await server.kill();
  }
});

test('through our server, for who is logged in: the style, its tiles, an archive', async () => {
  const asked: string[] = [];
  const far = await host((request, answer) => {
    asked.push(request.url ?? '');
    if (request.url?.startsWith('/style.json')) {
      const style = {
        version: 8,
        sources: { raster: { type: 'raster', tiles: [`http://${request.headers.host}/{z}/{x}/{y}.png?key=secret`], tileSize: 256 } },
        layers: [{ id: 'raster', type: 'raster', source: 'raster' }],
      };
      answer.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(style));
      return;
    }
    answer.writeHead(200, { 'Content-Type': 'image/png' }).end(red);
  });
  const file = join(directory(), 'guarded.pmtiles');
  writeArchive(file, schemas.protomaps.names, [{ layer: 'earth', tags: { kind: 'earth' }, ring: [[0, 0], [4096, 0], [4096, 4096], [0, 4096]] }]);
  for (const style of [[`${far}/style.json`, '--map-proxy'], [file]]) {
    const server = await peyk('serve', '--ops-listen', '', '--listen', '127.0.0.1:0', '--data-dir', directory(), '--map-style', ...style);
    const [base, token] = server.link.split('/#token=');
    const page = await openPage(`${base}/`);
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await until(page, () => window.peyk?.ground() === 'fallback', null);
    await page.locator('input[name=token]').fill(token ?? '');
    await page.keyboard.press('Enter');
    await until(page, () => window.peyk?.ground() === 'foreign' && window.peyk.settled(), null);
    if (style[0] !== file) await untilPixels(page, { x: 640, y: 600 }, 10, '#ff0000', 351); // the tiles are on the screen
    assert.deepEqual(requests.filter((url) => url.includes('secret') || url.startsWith(far)), [], 'the browser sees neither the host nor its key');
    assert.deepEqual(await violations(page), []);
    await page.context().close();
    await server.kill();
  }
  assert.ok(asked.some((url) => url.endsWith('key=secret')));
});
