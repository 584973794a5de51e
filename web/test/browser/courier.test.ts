// The courier's page against a real server.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { ask, barriers, eventually, openGate, openPage, shoot, violations } from './harness.ts';
import { home, order, phone, shop, type Shop } from './orders.ts';

let server: Shop;
const pickup = { latitude: 35.71, longitude: 51.41, address: 'کافه هرمس، خیابان انقلاب' };

before(async () => {
  server = await shop();
});

/** Gives Sara a day of these orders, and nothing else. */
async function day(...ids: string[]): Promise<void> {
  const { orders } = await ask<{ orders: { id: string }[] }>(server, 'GET', 'orders?limit=1000');
  for (const { id } of orders) await ask(server, 'DELETE', `orders/${id}`);
  const promised = new Date(Date.now() + 30 * 60_000).toISOString();
  for (const [i, id] of ids.entries()) await order(server, id, { stop: i + 1, pickup, promised, customer: `علی ${id}`, phone: '۰۹۳۵ ۱۱۱ ۲۲ ۳۳' });
}

const stateOf = async (id: string) => (await ask<{ state: string }>(server, 'GET', `orders/${id}`)).state;
const open = (options: BrowserContextOptions = phone) => openPage(`${server.url}/c/#token=${server.courier}`, options);
const card = (page: Page, id: string) => page.getByRole('article', { name: id, exact: true });
const press = (page: Page, id: string, name: string) => card(page, id).getByRole('button', { name, exact: true }).click();
const says = (page: Page, text: string) => page.getByText(text).first().waitFor();

/** Waits until the server says so too. */
function untilIs(id: string, state: string): Promise<void> {
  return eventually(`${id} is ${state}`, async () => (await stateOf(id)) === state);
}

const looks: [string, BrowserContextOptions][] = [
  ['fa', { ...phone, locale: 'fa-IR' }],
  ['en-dark', { ...phone, colorScheme: 'dark' }],
  ['wide-fa-dark', { locale: 'fa-IR', colorScheme: 'dark' }],
];

for (const [name, options] of looks) {
  test(`a day in its sequence: ${name}`, async () => {
    const fa = name.includes('fa');
    await day('D-1', 'D-2', 'D-3');
    const page = await open(options);
    const look = async (state: string) => {
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is wider than the window');
      assert.deepEqual(await barriers(page), []);
      await shoot(page, `courier-${name}-${state}`);
    };
    await card(page, 'D-1').waitFor();
    assert.deepEqual(await page.getByRole('article').evaluateAll((all) => all.map((each) => each.getAttribute('aria-label'))), ['D-1', 'D-2', 'D-3']);
    assert.equal(new URL(page.url()).hash, '', 'the token is not in the address');
    const links = () => card(page, 'D-1').getByRole('link').evaluateAll((all) => all.map((each) => each.getAttribute('href')));
    assert.deepEqual(await links(), ['geo:35.71,51.41?q=35.71%2C51.41', 'tel:09351112233', 'tel:02188880000']);
    await look('1day');
    await press(page, 'D-1', fa ? 'گرفتم' : 'Picked up');
    await untilIs('D-1', 'picked_up');
    assert.equal((await links())[0], `geo:${home.latitude},${home.longitude}?q=${home.latitude}%2C${home.longitude}`);
    await press(page, 'D-1', fa ? 'تحویل دادم' : 'Delivered');
    await look('2code');
    await page.locator('input[name=code]').fill('0000');
    await page.keyboard.press('Enter');
    await says(page, fa ? 'کد مشتری این نبود' : 'not the customer’s code');
    await look('3wrong');
    await press(page, 'D-1', fa ? 'تحویل دادم' : 'Delivered');
    await page.locator('input[name=code]').fill('۴۷۱۱');
    await page.keyboard.press('Enter');
    await untilIs('D-1', 'delivered');
    await press(page, 'D-2', fa ? 'گرفتم' : 'Picked up');
    await press(page, 'D-2', fa ? 'تحویل نشد' : 'Not delivered');
    await page.getByRole('radio').first().check();
    await look('4why');
    await page.getByRole('button', { name: fa ? 'گزارش' : 'Report it' }).click();
    await untilIs('D-2', 'failed');
    await page.locator('summary').click();
    await look('5over');
    assert.deepEqual(await violations(page), []);
    await page.context().close();
  });
}

test('without a network everything goes on, over a restart too, and is caught up', async () => {
  await day('O-1', 'O-2');
  const network = await openGate(); // the browser's own switch lets requests through after a reload
  network.leadTo(server);
  const page = await openPage(`${network.url}/c/#token=${server.courier}`, phone);
  await card(page, 'O-1').waitFor();
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  network.leadTo(undefined);
  await press(page, 'O-1', 'Picked up');
  await press(page, 'O-1', 'Delivered');
  await page.locator('input[name=code]').fill('4711');
  await page.keyboard.press('Enter');
  await press(page, 'O-2', 'Picked up');
  await says(page, '3 reports wait for the network');
  assert.deepEqual(await barriers(page), []);
  await shoot(page, 'courier-offline');
  await page.reload(); // the shell is on the phone
  await says(page, '3 reports wait for the network');
  await card(page, 'O-2').getByText('Waits for the network').waitFor();
  assert.equal(await stateOf('O-1'), 'assigned');
  await ask(server, 'PUT', 'orders/O-2', { courier: '7', destination: home, state: 'cancelled' }); // meanwhile
  await page.evaluate(() => {
    const key = 'peyk.courier.reports';
    const made = JSON.parse(localStorage.getItem(key)!) as { at: number }[];
    for (const each of made) each.at -= 3_600_000; // as if an hour had gone by
    localStorage.setItem(key, JSON.stringify(made));
  });
  network.leadTo(server);
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await untilIs('O-1', 'delivered');
  const { times } = await ask<{ times: Record<string, string> }>(server, 'GET', 'orders/O-1');
  assert.equal(times['delivered'], times['assigned'], 'it counts from when it happened, but not from before the order was the courier’s');
  await says(page, 'the order has ended or gone on in the meantime');
  await shoot(page, 'courier-conflict');
  await page.getByRole('button', { name: 'I see' }).click();
  await says(page, 'All reports are sent');
  await says(page, 'Nothing to do now');
  await page.context().close();
});

test('what the service worker keeps is the shell, and never what was told', async () => {
  await day('S-1');
  const page = await open();
  await card(page, 'S-1').waitFor();
  const kept = await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    const all = await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)));
    return all.flat().map((url) => new URL(url).pathname);
  });
  assert.ok(kept.includes('/courier.js') && kept.includes('/c/') && kept.includes('/fonts/Vazirmatn-Regular.woff2'), kept.join(' '));
  assert.deepEqual(kept.filter((path) => /api|map|world/.test(path)), []);
  await page.context().close();
});

test('a token that is not good keeps what was reported, and logging out keeps nothing', async () => {
  await day('T-1');
  const page = await openPage(`${server.url}/c/#token=peyk_nonsense`, phone);
  await says(page, 'This token is not, or no longer, good');
  assert.deepEqual(await barriers(page), []);
  await shoot(page, 'courier-door');
  await page.locator('input[name=token]').fill(server.admin);
  await page.keyboard.press('Enter');
  await says(page, 'This token is not a courier’s');
  await page.locator('input[name=token]').fill(server.courier);
  await page.keyboard.press('Enter');
  await card(page, 'T-1').waitFor();
  await page.getByRole('button', { name: 'Log out' }).click();
  await says(page, 'Log in with the link from your shop');
  assert.equal(await page.getByRole('article').count(), 0);
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('peyk.courier'))), []);
  await page.context().close();
});
