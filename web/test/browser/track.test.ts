// The customer's page against a real server.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { before, test } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { ask, barriers, directory, freePort, openPage, peykAgain, shoot, until, untilPixels, violations } from './harness.ts';
import { behind, drive, home, north, openInCity, order, phone, shared, shop, type Shop } from './orders.ts';
export type { Hook } from '../../src/track/hook.ts'; // what window.track is
import { light } from '../../src/theme.ts';

const secret = 'a secret of thirty-two bytes, or more';
let server: Shop;
let count = 0;

before(async () => {
  server = await shop('--auth-cookie', 'session', '--auth-jwt-secret', secret, '--login-url', 'https://shop.example/login/');
});

/** A fresh order of Sara's alone, that has come to the state, and the link for its customer. */
async function fresh(state: string, some: object = {}): Promise<{ id: string; link: string; share: string; become(next: object): Promise<void> }> {
  const id = `A-${++count}`;
  const become = (next: object) => order(server, id, { ...some, ...next });
  await become({ state });
  const { link, id: share } = await shared(server, id);
  return { id, link, share, become };
}

const near = (metres: number) => drive(server, home.latitude + north(metres), home.longitude);
const live = (page: Page) => until(page, () => window.track?.connection() === 'live', null);
const drawn = (page: Page, exact: boolean) => until(page, (is) => window.track?.courier()?.exact === is && window.track.settled(), exact);
const gone = (page: Page) => until(page, () => !window.track!.remembered(), null);
const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

/** Everything of the page that could still hold the courier. */
async function untilNothingOfSara(page: Page): Promise<void> {
  await gone(page);
  await page.locator('.area:visible, canvas:visible').first().waitFor({ state: 'detached' }); // drawn a moment later
  assert.doesNotMatch(await page.locator('body').innerHTML(), /سارا|912 ?000/);
}

const looks: [string, BrowserContextOptions][] = [
  ['fa', { ...phone, locale: 'fa-IR' }],
  ['en-dark', { ...phone, colorScheme: 'dark' }],
  ['wide-fa-dark', { locale: 'fa-IR', colorScheme: 'dark' }],
  ['wide-en', {}],
];

for (const [name, options] of looks) {
  test(`an order from its beginning to its end: ${name}`, async () => {
    const promised = new Date(Date.now() + 20 * 60_000).toISOString();
    const { link, become } = await fresh('created', { promised, courier: '' });
    const page = await openInCity(link, options);
    const look = async (state: string) => {
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is wider than the window');
      assert.deepEqual(await barriers(page), []);
      await shoot(page, `track-${name}-${state}`);
    };
    await until(page, () => window.track!.connection() === 'live' && window.track!.settled(), null);
    await look('1created');
    await become({ courier: '7', state: 'picked_up' });
    await near(1500);
    await drawn(page, false);
    await look('2area');
    await near(300);
    await drawn(page, true);
    const at = await page.evaluate(() => {
      const box = document.querySelector('section.map')!.getBoundingClientRect();
      const { x, y } = window.track!.courier()!;
      return { x: box.x + x, y: box.y + y };
    });
    if (name === 'wide-en') await untilPixels(page, at, 12, light.moving, 61); // the courier is drawn where it is
    assert.match(await page.locator('.eta').innerText(), name.includes('fa') ? /[۰-۹]+ دقیقه/ : /\d+ minutes/);
    assert.equal(await page.locator('.calls a').first().getAttribute('href'), 'tel:+989120001122');
    assert.equal(await page.locator('.calls a').last().getAttribute('href'), 'tel:02188880000');
    assert.ok(await page.locator('.calls').evaluate((calls) => calls.getBoundingClientRect().bottom <= innerHeight), 'one can call without scrolling');
    await look('3exact');
    await become({ courier: '7', state: 'delivered' });
    await says(page, name.includes('fa') ? 'تحویل شد' : 'Thank you for your order');
    await untilNothingOfSara(page);
    await look('4delivered');
    assert.deepEqual(await violations(page), []);
    await page.context().close();
  });
}

test('on a wide window the map looks at what the words leave free', async () => {
  const { link } = await fresh('picked_up');
  await near(1500);
  const page = await openInCity(link, {});
  const inTheMiddleOf = (from: number, to: number) =>
    until(page, (middle) => window.track!.settled() && Math.abs(window.track!.courier()!.x - middle) < 10, (from + to) / 2);
  await drawn(page, false);
  await inTheMiddleOf(412, 1280);
  await page.getByRole('button', { name: 'فارسی' }).click();
  await inTheMiddleOf(0, 1280 - 412);
  await page.context().close();
});

test('on a phone no note of the map lies on the pin', async () => {
  const { link, become } = await fresh('picked_up');
  await near(-1500); // so the destination is above
  const page = await openInCity(link, phone);
  await drawn(page, false);
  const [pin, note] = await page.evaluate(() => ['.pin', '.note'].map((each) => document.querySelector(each)!.getBoundingClientRect()));
  assert.ok(pin!.top - 25 >= note!.bottom, `the pin begins at ${pin!.top - 25}, the note ends at ${note!.bottom}`);
  await become({ state: 'cancelled' });
  await page.context().close();
});

test('an area glides from cell to cell, and a point as on the panel', async () => {
  const { link, become } = await fresh('picked_up');
  await near(900);
  const page = await openPage(link, { reducedMotion: 'no-preference' });
  await drawn(page, false);
  const was = await page.evaluate(() => window.track!.courier()!);
  await near(800);
  await until(page, ({ y }) => window.track!.courier()!.y > y + 1 && window.track!.courier()!.y < y + 300, was);
  const area = await page.locator('.area').boundingBox();
  assert.ok(area && area.width >= 28, 'an area, and not a point');
  await become({ state: 'cancelled' });
  await says(page, 'Your order was cancelled');
  await untilNothingOfSara(page);
  await page.context().close();
});

test('while the courier brings another order first it is not to be seen, and the page says so', async () => {
  const first = await fresh('picked_up', { stop: 1, destination: { latitude: 35.9, longitude: 51.4 } });
  const second = await fresh('picked_up', { stop: 2 });
  await drive(server, 35.88, 51.4);
  const page = await openPage(second.link, phone);
  await live(page);
  await says(page, 'The courier may bring another order first.');
  assert.equal(await page.evaluate(() => window.track!.remembered()), false);
  await first.become({ stop: 1, state: 'delivered', destination: { latitude: 35.9, longitude: 51.4 } });
  await drawn(page, false);
  await second.become({ stop: 2, state: 'failed', reason: 'nobody there' });
  await says(page, 'Your order could not be delivered');
  await untilNothingOfSara(page);
  await page.context().close();
});

test('a link that is not good, over or taken back says so, and what to do', async () => {
  const page = await openPage(`${server.url}/t/#peyk_share_AAAAAAAAAAAAAAAAAAAAAA`, phone);
  await says(page, 'This link does not work');
  assert.deepEqual(await barriers(page), []);
  await page.goto('about:blank');
  await page.goto(`${server.url}/t/#no token`);
  await says(page, 'This link does not work');
  await page.goto('about:blank');
  await page.goto(`${server.url}/t/`);
  await says(page, 'Open the link that the shop sent you');

  const short = await fresh('assigned');
  // Where a page takes longer to open than its link lasts, the next one lasts longer.
  for (let lasting = 3000, was = ''; was !== 'A courier will pick up your order'; lasting *= 2) {
    const over = await shared(server, short.id, new Date(Date.now() + lasting));
    await page.goto('about:blank');
    await page.goto(over.link);
    was = await page.getByText(/^(A courier will pick up your order|This link is over)/).first().innerText();
  }
  await says(page, 'This link is over');
  assert.doesNotMatch(await page.locator('body').innerText(), /4711|ولی‌عصر/);

  const other = await fresh('picked_up');
  await near(700);
  await page.goto(other.link); // in the same tab
  await drawn(page, false);
  await ask(server, 'DELETE', `orders/${other.id}/shares/${other.share}`);
  await says(page, 'This link was withdrawn');
  await untilNothingOfSara(page);
  assert.equal(await page.evaluate(() => localStorage.getItem('peyk.order')), null);
  await shoot(page, 'track-withdrawn');
  await page.context().close();
  for (const { become } of [short, other]) await become({ state: 'cancelled' });
});

/** What the shop signs for its customer. */
function signed(...orders: string[]): string {
  const part = (what: object) => Buffer.from(JSON.stringify(what)).toString('base64url');
  const said = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: 'ali', exp: Math.floor(Date.now() / 1000) + 3600, peyk: { role: 'customer', orders } })}`;
  return `${said}.${createHmac('sha256', secret).update(said).digest('base64url')}`;
}

test('who is logged in to the shop needs no link, and who is not can log in', async () => {
  const mine = await fresh('picked_up');
  const other = await fresh('picked_up');
  await near(700);
  const page = await openPage(`${server.url}/t/?order=${mine.id}`, phone);
  await says(page, 'Log in to follow your order');
  assert.equal(await page.getByRole('link', { name: 'Log in' }).getAttribute('href'), `https://shop.example/login/?next=${encodeURIComponent(page.url())}`);
  assert.deepEqual(await barriers(page), []);
  await page.context().addCookies([{ name: 'session', value: signed(mine.id), url: server.url }]);
  await page.reload(); // as the shop sends back who has logged in
  await drawn(page, false);
  await page.goto(`${server.url}/t/?order=${other.id}`);
  await says(page, 'There is no such order of yours');
  assert.doesNotMatch(await page.locator('body').innerText(), /4711|ولی‌عصر/);
  await page.goto(`${server.url}/t/#${signed(other.id)}`); // a token of the shop is as good as a link
  await drawn(page, false);
  await page.context().close();
  for (const { become } of [mine, other]) await become({ state: 'cancelled' });
});

test('the secret stays after #, survives a reload, and is in no request', async () => {
  const { link, become } = await fresh('assigned');
  const hidden = link.slice(link.indexOf('#') + 1);
  const page = await openPage('about:blank');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(`${request.url()} ${request.headers()['referer'] ?? ''}`));
  await page.goto(link);
  await live(page);
  await page.reload();
  await live(page);
  assert.equal(new URL(page.url()).hash, `#${hidden}`);
  assert.deepEqual(asked.filter((said) => said.split('#')[0]!.includes(hidden) || / http/.test(said)), [], 'neither in an address nor as a referrer');
  await page.goto(`${server.url}/t/`); // as an installed page opens
  await says(page, 'A courier will pick up your order');
  await become({ state: 'cancelled' });
  await page.context().close();
});

test('when the server was away the page says so, and comes back by itself', async () => {
  const files = ['--data-dir', directory()];
  const listen = ['--listen', `127.0.0.1:${await freePort()}`];
  const first = await shop(...files, ...listen);
  await order(first, 'R-1', { state: 'picked_up' });
  await drive(first, home.latitude + north(700), home.longitude);
  const { link } = await shared(first, 'R-1');
  const page = await openPage(link, phone);
  await drawn(page, false);
  await first.kill('SIGKILL');
  await says(page, 'No connection. This is as of');
  assert.deepEqual(await barriers(page), []);
  await shoot(page, 'track-lost');
  const again = await peykAgain('serve', '--map-style', 'builtin', '--ops-listen', '', ...listen, ...files);
  await live(page);
  await order({ ...first, ...again, admin: first.admin }, 'R-1', { state: 'delivered' });
  await says(page, 'Thank you for your order');
  await untilNothingOfSara(page);
  await page.context().close();
  await again.kill();
});

test('a tab that slept is right as soon as it is looked at again', async () => {
  const { link, become } = await fresh('picked_up');
  await near(700);
  const page = await openPage(link);
  await drawn(page, false);
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await become({ state: 'failed', reason: 'nobody there' });
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await says(page, 'Your order could not be delivered');
  await untilNothingOfSara(page);
  await page.context().close();
});

test('where WebSockets do not come through, it is told by events', async () => {
  const { link, become } = await fresh('assigned');
  const page = await openPage('about:blank');
  await page.addInitScript(() => {
    const Real = WebSocket;
    window.WebSocket = class extends Real {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(String(url).replace(/ws$/, 'nothing'), protocols);
      }
    };
  });
  await page.goto(link);
  await live(page);
  await become({ state: 'picked_up' });
  await near(600);
  await drawn(page, false);
  await become({ state: 'delivered' });
  await says(page, 'Thank you for your order');
  await untilNothingOfSara(page);
  await page.context().close();
});

test('behind a proxy that has a path of its own', async () => {
  const { link, become } = await fresh('picked_up');
  await near(700);
  const proxy = await behind(server, '/shop/peyk');
  const page = await openPage(link.replace(server.url, proxy));
  await drawn(page, false);
  assert.deepEqual(await violations(page), []);
  const manifest = await page.evaluate(() => document.querySelector<HTMLLinkElement>('link[rel=manifest]')!.href);
  assert.equal(manifest, `${proxy}/t/manifest.webmanifest`);
  assert.equal(((await (await fetch(manifest)).json()) as { name: string }).name, 'کافه هرمس');
  await page.goto(`${proxy}/t#nothing`); // without the last slash
  await says(page, 'This link does not work');
  assert.ok(page.url().startsWith(`${proxy}/t/#`));
  await become({ state: 'delivered' });
  await page.context().close();
});
