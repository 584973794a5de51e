import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { light } from '../../src/theme.ts';
import { directory, openPage, peyk, pixels, post, redis, until, untilLive, violations } from './harness.ts';

const quiet = ['serve', '--insecure', '--ops-listen', '', '--listen'];
const anyPort = '127.0.0.1:0';

test('without couriers the page says how to send the first one, and it works', async () => {
  const server = await peyk(...quiet, anyPort);
  const page = await openPage(server.link);
  const line = await page.locator('pre code').innerText();
  const url = /curl (\S+)/.exec(line)?.[1] ?? '';
  const header = /-H '([^:]+): ([^']+)'/.exec(line) ?? [];
  const body = /-d '([^']+)'/.exec(line)?.[1] ?? '';
  const answer = await fetch(url, { method: 'POST', headers: { [header[1] ?? '']: header[2] ?? '' }, body });
  assert.equal(answer.status, 200, line);
  await untilLive(page, 1);
  await page.locator('pre').waitFor({ state: 'detached' });
  assert.deepEqual(await violations(page), []);
  await page.context().close();
  await server.kill();
});

test('a position that is posted is drawn at its place', async () => {
  const server = await peyk(...quiet, anyPort);
  await post(server, { latitude: 35.7, longitude: 51.4, user: { id: 1, username: 'sara' } });
  const page = await openPage(server.link);
  await untilLive(page, 1);
  // The view opens on the only courier, at zoom 15 of 512-pixel tiles.
  const degree = (512 * 2 ** 15) / 360; // pixels
  await post(server, { latitude: 35.7, longitude: 51.405, user: { id: 2, username: 'ali' }, speed: 9, heading: 90 });
  const at = { x: 640 + 0.005 * degree, y: 400 };
  await until(page, (want) => {
    const is = window.peyk?.project('2');
    return is !== undefined && Math.hypot(is.x - want.x, is.y - want.y) < 1;
  }, at);
  assert.ok((await pixels(page, at, 14, light.moving)) > 100, 'the moving one is a drop');
  assert.ok((await pixels(page, { x: 640, y: 400 }, 14, light.stopped)) > 80, 'of the other one no motion is known');
  assert.equal(await pixels(page, { x: at.x, y: 460 }, 14, light.moving), 0, 'and nothing where nobody is');
  await page.context().close();
  await server.kill();
});

test('what redis-cli publishes is on the map', async () => {
  const port = await redis();
  const server = await peyk(...quiet, anyPort, '--bus', `redis://127.0.0.1:${port}`);
  const page = await openPage(server.link);
  await untilLive(page, 0);
  const message = '{"latitude": 35.7, "longitude": 51.4, "user": {"id": 10, "username": "test_driver1"}}';
  const publish = () => execFileSync('redis-cli', ['-p', String(port), 'publish', 'dlchannel', message], { encoding: 'utf8' });
  assert.equal(publish().trim(), '1', 'Peyk is the one subscriber');
  await untilLive(page, 1);
  const at = await page.evaluate(() => window.peyk!.project('10')!);
  assert.ok((await pixels(page, at, 14, light.stopped)) > 80);
  await page.mouse.click(at.x, at.y);
  assert.equal(await page.locator('.card h2').innerText(), 'test_driver1');
  await page.context().close();
  await server.kill();
});

test('a server that is killed and started again: the page comes back, strangers vanish', async () => {
  const first = await peyk(...quiet, anyPort);
  await post(first, { latitude: 35.7, longitude: 51.4, user: { id: 1, username: 'stays' } });
  await post(first, { latitude: 35.71, longitude: 51.41, user: { id: 2, username: 'goes' } });
  const page = await openPage(first.link);
  await untilLive(page, 2);
  await first.kill('SIGKILL');
  await until(page, () => window.peyk?.connection() === 'lost' && window.peyk.count() === 2, null);
  await page.getByText('Lost').waitFor();
  const second = await peyk(...quiet, `127.0.0.1:${first.port}`);
  await post(second, { latitude: 35.72, longitude: 51.42, user: { id: 1, username: 'stays' } });
  await until(page, () => window.peyk?.connection() === 'live' && window.peyk.ids().join() === '1', null);
  const { is, want } = await page.evaluate(() => ({ is: window.peyk!.target('1')!, want: window.peyk!.place(35.72, 51.42) }));
  assert.ok(Math.hypot(is.x - want.x, is.y - want.y) < 1, 'and the one that stays is where the new server says');
  await page.context().close();
  await second.kill();
});

test('hostile names are text', async () => {
  const server = await peyk(...quiet, anyPort);
  const names = ['<img src=x onerror="window.hacked=1">', '\u202egnp.exe\u202e', 'ن'.repeat(200), "'\"><script>window.hacked=1</script>"];
  for (const [i, name] of names.entries()) {
    await post(server, { latitude: Number((35.7 + i / 500).toFixed(3)), longitude: 51.4, user: { id: i, username: 'x', name } });
  }
  const page = await openPage(server.link);
  await untilLive(page, names.length);
  for (const [i, name] of names.entries()) {
    const at = await page.evaluate((id) => window.peyk!.project(id)!, String(i));
    await page.mouse.click(at.x, at.y);
    await page.waitForFunction((want) => document.querySelector('.card h2')?.textContent === want, name);
    const box = await page.locator('.card').boundingBox();
    assert.ok(box && box.width < 300 && box.height < 260, `the card of ${name.slice(0, 20)}… keeps its size`);
    // The browser isolates a name, so one that turns its own text leaves the rest as it is.
    assert.equal(await page.locator('.card h2 bdi').evaluate((element) => getComputedStyle(element).unicodeBidi), 'isolate');
  }
  assert.equal(await page.evaluate(() => 'hacked' in window), false);
  assert.deepEqual(await violations(page), []);
  await page.context().close();
  await server.kill();
});

test('the token: from the link or pasted, out of the address bar, for the tab', async () => {
  const server = await peyk('serve', '--ops-listen', '', '--data-dir', directory(), '--listen', anyPort);
  const page = await openPage(server.link);
  await untilLive(page, 0);
  assert.equal(page.url(), `${server.url}/`);
  await page.reload();
  await untilLive(page, 0);

  const stranger = await openPage(server.url);
  await until(stranger, () => window.peyk?.connection() === 'refused', null);
  const field = stranger.getByLabel('Token');
  await field.fill('not-the-token');
  await field.press('Enter');
  await stranger.getByText('This token is not').waitFor();
  await stranger.goto(`${server.url}/#token=not-the-token-either`); // a new link in the same tab loads nothing anew
  await stranger.waitForURL(`${server.url}/`);
  await field.fill(new URL(server.link).hash.slice('#token='.length));
  await field.press('Enter');
  await untilLive(stranger, 0);
  await page.context().close();
  await stranger.context().close();
  await server.kill();
});
