import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { light } from '../../src/theme.ts';
import { barriers, eventually, openPage, peyk, pixels, post, redis, shoot, until, untilLive, untilPixels, violations, type Server } from './harness.ts';

// One server and one page for all of these: couriers are added from test to test.
let server: Server;
let page: Page;
let bus: number;

before(async () => {
  bus = await redis();
  server = await peyk('serve', '--insecure', '--map-style', 'builtin', '--ops-listen', '', '--listen', '127.0.0.1:0', '--update-interval', '1/h', '--bus', `redis://127.0.0.1:${bus}`);
  page = await openPage(server.link, { permissions: ['clipboard-read', 'clipboard-write'] });
  await untilLive(page, 0);
});

after(async () => {
  await page.context().close();
  await server.kill();
});

const look = (view: string) => page.goto(`${server.url}/#map=${view}`);

/** Waits until the courier's marker is within a pixel of the point. */
function untilAt(id: string, at: { x: number; y: number }): Promise<void> {
  return until(page, (want) => {
    const is = window.peyk?.project(want.id);
    return is !== undefined && Math.hypot(is.x - want.x, is.y - want.y) < 1;
  }, { id, ...at });
}

test('without couriers the page says how to send the first one, and it works', async () => {
  const line = await page.locator('pre code').innerText();
  assert.deepEqual(await barriers(page), []);
  await shoot(page, 'empty');
  const url = /curl (\S+)/.exec(line)?.[1] ?? '';
  const header = /-H '([^:]+): ([^']+)'/.exec(line) ?? [];
  const body = /-d '([^']+)'/.exec(line)?.[1] ?? '';
  const answer = await fetch(url, { method: 'POST', headers: { [header[1] ?? '']: header[2] ?? '' }, body });
  assert.equal(answer.status, 200, line);
  await untilLive(page, 1);
  await page.locator('pre').waitFor({ state: 'detached' });
});

test('a position that is posted is drawn at its place', async () => {
  // The view opens on the only courier, in the middle of what the panel leaves free, at zoom 15 of 512-pixel tiles.
  await untilAt('1', { x: 832, y: 400 });
  const degree = (512 * 2 ** 15) / 360; // pixels
  const at = { x: 832 + 0.004 * degree, y: 400 };
  await post(server, { latitude: 35.7, longitude: 51.404, user: { id: 2, username: 'ali' }, speed: 9, heading: 90 });
  await untilAt('2', at);
  await untilPixels(page, at, 14, light.moving, 101); // a drop
  await untilPixels(page, { x: 832, y: 400 }, 14, light.stopped, 81); // of the other one no motion is known
  assert.equal(await pixels(page, { x: at.x, y: 460 }, 14, light.moving), 0, 'and nothing where nobody is');
});

test('what redis-cli publishes is on the map, and silent after three of its intervals', async () => {
  const message = '{"latitude": 35.7, "longitude": 51.398, "user": {"id": 10, "username": "test_driver1"}, "interval": 0.5}';
  const publish = () => execFileSync('redis-cli', ['-p', String(bus), 'publish', 'dlchannel', message], { encoding: 'utf8' });
  await eventually('Peyk is the one subscriber', () => publish().trim() === '1');
  await untilLive(page, 3);
  const at = await page.evaluate(() => window.peyk!.project('10')!);
  await page.getByRole('button', { name: 'Silent 1' }).waitFor();
  await untilPixels(page, at, 14, light.silent, 31); // a ring
  assert.equal(await pixels(page, at, 3, light.silent), 0, 'and hollow');
  await page.mouse.click(at.x, at.y);
  await page.locator('.card h2', { hasText: 'test_driver1' }).waitFor();
  assert.match(await page.locator('.card').innerText(), /Silent/);
});

test('coordinates to copy, and a link', async () => {
  await page.getByRole('button', { name: 'Copy the coordinates' }).click();
  await page.getByText('Copied').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), '35.7, 51.398');
  await page.getByRole('button', { name: 'Copy link' }).click();
  await until(page, () => location.hash.includes('courier=10'), null);
  assert.equal(await page.locator('.card a[href^=tel]').count(), 0, 'no telephone number is known');
  await page.keyboard.press('Escape');
});

test('who has a telephone number can be called', async () => {
  // The number comes with a later version of the API; the answer is the server's own and one member more.
  await page.route('**/api/v1/couriers/2', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), phone: '+98 912 000-0000' } });
  });
  await page.getByRole('option', { name: 'ali' }).click();
  assert.equal(await page.getByRole('link', { name: 'Call' }).getAttribute('href'), 'tel:+989120000000');
  await page.unroute('**/api/v1/couriers/2');
  await page.keyboard.press('Escape');
});

test('on a phone the card does not cover whose it is', async () => {
  const phone = await openPage(`${server.url}/#map=15/35.703/51.404`, { viewport: { width: 360, height: 740 }, hasTouch: true });
  await untilLive(phone, 3);
  const at = await phone.evaluate(() => window.peyk!.project('2')!);
  assert.ok(at.y > 500, 'it is where the card will be');
  await phone.mouse.click(at.x, at.y);
  await phone.locator('.card h2', { hasText: 'ali' }).waitFor();
  await until(phone, () => window.peyk!.project('2')!.y < 0.48 * 740 - 20, null);
  await phone.context().close();
});

test('couriers on one point are a disc that fans out', async () => {
  for (const id of ['31', '32', '33', '34', '35']) await post(server, { latitude: 35.71, longitude: 51.41, user: { id, username: `depot${id}` } });
  await look('16/35.71/51.41');
  await until(page, () => window.peyk!.discs().some(({ x, y, count }) => count === 5 && Math.hypot(x - 640, y - 400) < 1.5), null);
  const [disc] = await page.evaluate(() => window.peyk!.discs());
  await page.mouse.click(disc!.x, disc!.y);
  await until(page, () => window.peyk!.discs().length === 0, null);
  const apart = await page.evaluate(() => ['31', '32', '33', '34', '35'].map((id) => window.peyk!.project(id)!));
  await shoot(page, 'fan');
  for (const at of apart) {
    assert.ok(Math.abs(Math.hypot(at.x - 640, at.y - 400) - 34) < 1.5, 'around their point');
    await untilPixels(page, at, 12, light.stopped, 81);
  }
  await page.mouse.click(apart[2]!.x, apart[2]!.y);
  await page.locator('.card h2', { hasText: 'depot33' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await until(page, () => window.peyk!.discs().length === 1, null);
});

test('a link is followed however busy the page is', async () => {
  for (const lat of [30, 31, 32, 33]) {
    // The view that the button changed is about to be written into the address when the link comes.
    await page.evaluate(() => {
      document.querySelector<HTMLElement>('[aria-label="Zoom in"]')!.click();
      setTimeout(() => {
        for (const end = performance.now() + 1000; performance.now() < end; );
      });
    });
    await look(`10/${lat}/50`);
    await until(page, (want) => {
      const { x, y } = window.peyk!.place(want, 50);
      return Math.hypot(x - 640, y - 400) < 1;
    }, lat);
  }
});

test('hostile names are text', async () => {
  const names = ['<img src=x onerror="window.hacked=1">', '\u202egnp.exe\u202e', 'ن'.repeat(200), "'\"><script>window.hacked=1</script>"];
  for (const [i, name] of names.entries()) {
    await post(server, { latitude: Number((35.72 + i / 500).toFixed(3)), longitude: 51.4, user: { id: 90 + i, username: 'x', name } });
  }
  await look('15/35.723/51.4');
  await until(page, () => ['90', '91', '92', '93'].every((id) => window.peyk!.project(id) !== undefined && window.peyk!.settled()), null);
  for (const [i, name] of names.entries()) {
    const at = await page.evaluate((id) => window.peyk!.project(id)!, String(90 + i));
    await page.mouse.click(at.x, at.y);
    await page.waitForFunction((want) => document.querySelector('.card h2')?.textContent === want, name);
    const heading = await page.locator('.card h2').boundingBox();
    assert.ok(heading && heading.width < 340 && heading.height < 80, `the name ${name.slice(0, 20)}… keeps its size`);
    // The browser isolates a name, so one that turns its own text leaves the rest as it is.
    assert.equal(await page.locator('.card h2 bdi').evaluate((element) => getComputedStyle(element).unicodeBidi), 'isolate');
    const label = await page.locator('.name.selected').evaluate((element) => ({ text: element.textContent, width: element.clientWidth }));
    assert.equal(label.text, name);
    assert.ok(label.width <= 160);
  }
  assert.equal(await page.evaluate(() => 'hacked' in window), false);
  await shoot(page, 'hostile');
  assert.deepEqual(await barriers(page), []);
  assert.deepEqual(await violations(page), []);
});
