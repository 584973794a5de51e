import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { light } from '../../src/theme.ts';
import { openPage, peyk, picture, pixels, until, untilLive, violations, type Server } from './harness.ts';
import { indexedPng } from './png.ts';

let server: Server;
let page: Page;

before(async () => {
  server = await peyk('demo', '--listen', '127.0.0.1:0');
  page = await openPage(server.link);
  await untilLive(page, 200);
});

/** The couriers whose markers lie well inside the window and under nothing. */
function inSight(): Promise<{ id: string; x: number; y: number }[]> {
  return page.evaluate(() => {
    const free = (x: number, y: number) => document.elementFromPoint(x, y)?.tagName === 'CANVAS';
    return window.peyk!.ids().flatMap((id) => {
      const at = window.peyk!.project(id);
      return at && free(at.x - 20, at.y) && free(at.x + 20, at.y) ? [{ id, ...at }] : [];
    });
  });
}

test('the demo shows its city and its couriers', async () => {
  assert.equal(await page.locator('.counts strong').innerText(), '200 couriers');
  assert.equal(await page.locator('.connection strong').innerText(), 'Live');
  assert.match(await page.locator('.notes').innerText(), /Demo city/);
  assert.ok((await inSight()).length > 100, 'most couriers are in the window');
});

test('couriers move, and are drawn where they are', async () => {
  const were = await inSight();
  await until(
    page,
    (old) =>
      old.filter(({ id, x, y }) => {
        const now = window.peyk?.project(id);
        return now && Math.hypot(now.x - x, now.y - y) > 3;
      }).length > 20,
    were,
  );
  const [some] = await inSight();
  assert.ok(some);
  const drawn = (await pixels(page, some, 14, light.moving)) + (await pixels(page, some, 14, light.stopped));
  assert.ok(drawn > 60, `${drawn} pixels in the colours of a courier around ${some.id}`);
});

test('a click on a courier opens its card, another one closes it', async () => {
  const name = page.locator('.card h2');
  const [some] = await inSight();
  assert.ok(some);
  await page.mouse.click(some.x, some.y);
  await name.waitFor();
  assert.notEqual(await name.innerText(), '');
  assert.match(await page.locator('.card').innerText(), /Moving|Stopped/);
  await page.getByRole('button', { name: 'Close' }).click();
  await name.waitFor({ state: 'detached' });
});

test('Persian: from the right, with its digits, and remembered', async () => {
  await page.getByRole('button', { name: 'Change the language to Persian' }).click();
  await page.getByText('۲۰۰ پیک').waitFor();
  await page.reload();
  await untilLive(page, 200);
  const [body, html] = await page.evaluate(() => [document.body.dir, document.documentElement.dir]);
  assert.deepEqual([body, html], ['rtl', ''], 'on <html> it would mirror brackets in labels');
  await page.getByText('شهر نمایشی').waitFor();
  await page.getByRole('button', { name: 'تغییر زبان به انگلیسی' }).click();
  await page.getByText('200 couriers').waitFor();
});

test('a lost WebGL context comes back with its couriers', async () => {
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        const canvas = document.querySelector('canvas')!;
        const loss = canvas.getContext('webgl2')!.getExtension('WEBGL_lose_context')!;
        canvas.addEventListener('webglcontextlost', () => setTimeout(() => loss.restoreContext(), 0));
        canvas.addEventListener('webglcontextrestored', () => done());
        loss.loseContext();
      }),
  );
  await untilLive(page, 200);
  const [some] = await inSight();
  assert.ok(some);
  const drawn = (await pixels(page, some, 14, light.moving)) + (await pixels(page, some, 14, light.stopped));
  assert.ok(drawn > 60, `${drawn} pixels in the colours of a courier around ${some.id}`);
});

test('the policy is kept', async () => {
  assert.deepEqual(await violations(page), []);
  await page.context().close(); // two maps at once are slow without a GPU
});

test('dark where the system is dark, and for a narrow window too', async () => {
  const phone = await openPage(server.link, { colorScheme: 'dark', viewport: { width: 360, height: 740 } });
  await untilLive(phone, 200);
  const [ground, width] = await phone.evaluate(() => [getComputedStyle(document.body).backgroundColor, document.documentElement.scrollWidth]);
  assert.deepEqual([ground, width], ['rgb(21, 24, 29)', 360]);
  assert.deepEqual(await violations(phone), []);
  await phone.context().close();
});

test('the picture for the README is not too large, and is made anew with PEYK_SCREENSHOT=1', async () => {
  const fresh = await openPage(server.link);
  await untilLive(fresh, 200);
  const png = indexedPng(await picture(fresh, { x: 0, y: 0, width: 1280, height: 800 }));
  assert.ok(png.length <= 400_000, `${png.length} bytes`);
  if (process.env['PEYK_SCREENSHOT']) writeFileSync('../docs/demo.png', png);
  await fresh.context().close();
});
