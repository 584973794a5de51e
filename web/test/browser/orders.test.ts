import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';
import type { Page } from 'playwright-core';
import { ask, barriers, directory, keyFor, locked, openClocked, openPage, shoot, stopClock, until, untilLive, violations, type Locked } from './harness.ts';

interface Listed {
  id: string;
  state: string;
  courier: string;
  version: number;
}

const metadata = '{"price":1.50,"barcode":12345678901234567890}'; // numbers that JavaScript would write in another way
const minute = 60_000;
const promised = Date.now() - 12.5 * minute; // of the one that is late
const seldom = ['--update-interval', '1/h', '--update-interval-carrying', '1/h']; // nobody is silent before the tests are over
let server: Locked;
let page: Page;

const place = (latitude: number, longitude: number, address: string) => ({ latitude, longitude, address });
const shop = place(35.7, 51.4, 'فروشگاه ونک');
const soon = (minutes: number) => new Date(Date.now() + minutes * minute).toISOString();
const put = (id: string, body: object) => ask<Listed>(server, 'PUT', `orders/${id}`, body);
const order = (id: string) => ask<Listed>(server, 'GET', `orders/${id}`);
const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
const rows = (on = page) => on.locator('.row-item.order');
const row = (hasText: string) => rows().filter({ hasText });
const chips = async (on: Page) => (await on.locator('.chips button').allInnerTexts()).map((chip) => chip.replaceAll(/\s+/g, ' '));
const waiting = { customer: 'سارا کریمی', phone: '+98 912 000 0000', pickup: shop, destination: place(35.72, 51.42, 'خیابان ولیعصر ۱۲') };

before(async () => {
  const hubs = join(directory(), 'hubs.txt');
  writeFileSync(hubs, '# where orders come from\n35.7 51.4 هاب ونک\n');
  server = await locked('--timezone', 'Asia/Tehran', '--shop-hubs', hubs, ...seldom);
  const couriers = ['Sara', 'Reza', 'Mina', 'Omid', 'Kian', 'Tara', 'Far'].map((name, i) => ({ id: String(i + 1), name, team: i < 2 ? 'north' : 'south' }));
  await ask(server, 'PUT', 'teams/north', { name: 'North' });
  await ask(server, 'PUT', 'teams/south', { name: 'South' });
  await ask(server, 'PUT', 'couriers', { couriers });
  for (const { id } of couriers) await ask(server, 'POST', 'locations', { latitude: (35.7 + Number(id) / 200).toFixed(3), longitude: 51.4, user: { id: Number(id), username: `user${id}` } });
  await fetch(`${server.url}/api/v1/orders/A-1`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${server.admin}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...waiting, promised: soon(40), code: '4711' }).replace(/}$/, `,"metadata":${metadata}}`),
  });
  await put('A-2', { customer: 'Late Lee', courier: '2', state: 'picked_up', promised: new Date(promised).toISOString(), stop: 1, pickup: shop, destination: place(35.715, 51.41, 'Second street') });
  await put('A-3', { courier: 'unheard', state: 'picked_up', promised: soon(90), destination: place(35.71, 51.39, '') });
  await put('A-4', { customer: 'Third', courier: '2', promised: soon(30), stop: 3, destination: place(35.725, 51.405, '') });
  await put('A-5', { customer: 'Second', courier: '2', promised: soon(60), stop: 2, destination: place(35.72, 51.4, '') });
  await put('A-6', { customer: 'Done Dana', courier: '1', state: 'delivered' });
  page = await openClocked(server.link);
  await untilLive(page, 7);
});

test('what needs attention comes first, with the reason; the other tabs have the rest', async () => {
  await press('Orders');
  await row('Late Lee').waitFor();
  const said = (await rows().allInnerTexts()).map((each) => each.split(/\s*\n\s*/).join(' | '));
  const late = Number(/(\d+) min/.exec(said[0]!)?.[1]);
  assert.deepEqual(said, [`Late Lee | ${late} min late | A-2 · Reza`, said[1]]);
  assert.ok(late >= 12 && late <= (Date.now() - promised) / minute, `${late} min`);
  assert.match(said[1]!, /^A-3 \| .*unheard \| courier not heard$/);
  assert.deepEqual(await chips(page), ['Needs attention 2', 'Unassigned 1', 'On the way 4']);
  assert.deepEqual(await barriers(page), []);
  await shoot(page, 'orders-attention');
  await press(/^On the way/);
  await row('Third').waitFor();
  assert.deepEqual(await rows().locator('.who').allInnerTexts(), ['Late Lee', 'Third', 'Second', 'A-3'], 'what was promised first is first');
  await page.getByText('5 open orders · refreshed every 4 s').waitFor();
  await page.locator('.pin.hub').filter({ hasText: 'هاب ونک' }).waitFor();
});

test('the server searches: also what has ended, by customer or by id', async () => {
  await page.keyboard.press('/');
  await page.keyboard.type('dana');
  await row('Done Dana').waitFor();
  assert.match(await rows().first().innerText(), /Delivered/);
  await page.locator('#search').fill('A-5');
  await row('Second').waitFor();
  assert.equal(await rows().count(), 1);
  await page.locator('#search').fill('nobody at all');
  await page.getByText('No order matches “⁨nobody at all⁩”').waitFor();
  await page.getByRole('button', { name: 'Clear the search' }).first().click();
  await row('Late Lee').waitFor();
});

test('an order is given to the nearest free courier by one press, and taken back as it was', async () => {
  await press(/^Unassigned/);
  await page.locator('#search').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const candidates = page.locator('.candidate');
  await candidates.first().waitFor();
  await page.locator('.pin.destination.selected').waitFor();
  const said = await candidates.evaluateAll((all) => all.map((each) => each.textContent));
  assert.deepEqual(said, ['Sara 560 m · free Assign', 'Mina 1.7 km · free Assign', 'Omid 2.2 km · free Assign', 'Kian 2.8 km · free Assign', 'Tara 3.3 km · free Assign']);
  assert.deepEqual(await barriers(page), []);
  await shoot(page, 'orders-ticket');
  const was = await written('A-1');
  await stopClock(page); // there are eight seconds to undo it
  await candidates.first().click();
  await page.locator('.deed').getByText('A-1').waitFor();
  assert.deepEqual((({ state, courier }) => ({ state, courier }))(await order('A-1')), { state: 'assigned', courier: '1' });
  assert.ok((await written('A-1')).includes(`"metadata":${metadata}`), await written('A-1'));
  await shoot(page, 'orders-given');
  await press('Undo');
  await page.clock.resume();
  await row('سارا کریمی').waitFor();
  await until(page, () => document.querySelectorAll('.pin.selected').length === 0, null);
  const plain = (whole: string) => whole.replace(/"version":\d+/, '');
  assert.equal(plain(await written('A-1')), plain(was));
});

/** The order as the server writes it. */
async function written(id: string): Promise<string> {
  return (await fetch(`${server.url}/api/v1/orders/${id}`, { headers: { Authorization: `Bearer ${server.admin}` } })).text();
}

test('nothing is overwritten that somebody else changed', async () => {
  await row('سارا کریمی').click();
  await page.locator('.candidate').first().waitFor();
  await stopClock(page);
  await page.locator('.candidate').first().click();
  await page.locator('.deed').getByText('A-1').waitFor();
  await put('A-1', { ...waiting, courier: '3', promised: soon(40) });
  await press('Undo');
  await page.getByText('It was not undone.').waitFor();
  await page.clock.resume();
  assert.equal((await order('A-1')).courier, '3');
  await put('A-1', { ...waiting, promised: soon(40) });
  await row('سارا کریمی').click(); // it comes by itself
  await page.locator('.candidate').first().waitFor();
  await page.route(/orders\?/, (route) => route.abort()); // the page hears nothing of the change
  await page.waitForRequest(/orders\?/); // it asks one question at a time: that one was the last it had an answer to
  await put('A-1', { ...waiting, courier: '4', promised: soon(40) });
  await page.locator('.candidate').first().click();
  await page.locator('.ticket').getByText('Somebody changed it in the meantime.').waitFor();
  assert.equal((await order('A-1')).courier, '4');
  await page.unroute(/orders\?/);
  await page.locator('.ticket').getByRole('button', { name: 'Omid' }).waitFor(); // and hears of it again
  await page.keyboard.press('Escape');
  await put('A-1', { ...waiting, promised: soon(40) });
});

test("a courier's card has its round, in the sequence, and the map its destinations", async () => {
  await press('Back to the couriers');
  await page.getByRole('option').filter({ hasText: 'Reza' }).click();
  await page.locator('.round .stop').nth(2).waitFor();
  const stops = (await page.locator('.round .stop').allInnerTexts()).map((stop) => stop.split(/\s*\n\s*/).slice(0, 2).join(' '));
  assert.deepEqual(stops, ['1 Late Lee', '2 Second', '3 Third']);
  await page.locator('.pin.destination').nth(2).waitFor();
  assert.deepEqual(await page.locator('.pin.destination').allInnerTexts(), ['1', '2', '3']);
  const at = await page.locator('.pin.destination').first().boundingBox();
  const want = await page.evaluate(() => window.peyk!.place(35.715, 51.41));
  assert.ok(Math.abs(at!.x + at!.width / 2 - want.x) < 1.5 && at!.y + at!.height < want.y && at!.y + at!.height > want.y - 10, JSON.stringify([at, want]));
  assert.deepEqual(await barriers(page), []);
  await shoot(page, 'orders-round');
  await page.setViewportSize({ width: 1280, height: 500 });
  await until(page, () => {
    const [box, button] = ['.panel', '.buttons button'].map((each) => document.querySelector(each)!.getBoundingClientRect());
    return box!.bottom <= innerHeight && button!.bottom <= box!.bottom && document.querySelector('.card')!.scrollHeight > document.querySelector('.card')!.clientHeight;
  }, null);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.locator('.pin.destination').first().click();
  await page.locator('.ticket').getByText('Second street').waitFor();
  await page.goBack();
  await page.locator('.round').waitFor();
  await press('Close');
  await until(page, () => document.querySelectorAll('.pin.destination').length === 0, null);
});

test('the map marks who brings the order that is open', async () => {
  await page.goto(`${server.url}/#manage=orders/A-2`);
  await page.locator('.name.selected').filter({ hasText: 'Reza' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.name.selected').waitFor({ state: 'detached' });
});

test('a link for the customer: shown once, as a QR code too, copied, and revoked', async () => {
  await page.goto(`${server.url}/#manage=orders/A-2`);
  await page.reload();
  await press('Make a link');
  const code = page.locator('.link code');
  await code.waitFor();
  const link = await code.innerText();
  assert.match(link, new RegExp(`^${server.url}/t/#peyk_share_\\S{22}$`));
  assert.equal(await page.locator('.qr path').getAttribute('d'), toSvgPath(generate(link)));
  assert.deepEqual(await barriers(page), []);
  await page.locator('.link').scrollIntoViewIfNeeded();
  await shoot(page, 'orders-link');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await press('Copy');
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
  await press(/^Revoke: /);
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('1 revoked').waitFor();
  assert.ok(!(await page.content()).includes('peyk_share_'), 'it is nowhere any more');
  const { shares } = await ask<{ shares: { revoked: string | null }[] }>(server, 'GET', 'orders/A-2/shares');
  assert.notEqual(shares[0]!.revoked, null);
});

test('a viewer of one team sees its orders and changes nothing; when the right ends nothing is left', async () => {
  const { id, key } = await keyFor(server, { role: 'viewer', teams: ['north'], name: 'North' });
  const other = await openClocked(`${server.url}/#token=${key}&manage=orders`);
  await rows(other).filter({ hasText: 'Late Lee' }).waitFor();
  assert.deepEqual(await chips(other), ['Needs attention 1', 'Unassigned 0', 'On the way 3']);
  await rows(other).first().click();
  await other.locator('.ticket').getByText('Second street').waitFor();
  await other.locator('.pin').first().waitFor();
  assert.equal(await other.getByRole('button', { name: /Assign$|Make a link/ }).count(), 0);
  assert.equal(await other.locator('details').count(), 0);
  let asked = 0;
  await ask(server, 'DELETE', `keys/${id}`);
  await until(other, () => window.peyk!.connection() === 'refused' && document.querySelector('.panel') === null, null); // drawn a moment later
  other.on('request', (request) => (asked += Number(/orders/.test(request.url()))));
  assert.doesNotMatch(await other.content(), /Late Lee|Second street|A-2/);
  assert.equal(await other.locator('.pin, .ticket, .row-item').count(), 0);
  await other.clock.runFor(6000);
  await other.evaluate(() => fetch('config.json')); // what was asked before it has been heard of
  assert.equal(asked, 0);
  await other.context().close();

  const viewer = await keyFor(server, { role: 'viewer', all: true, name: 'All' });
  const watching = await openPage(`${server.url}/#token=${viewer.key}&manage=orders/A-1`);
  await watching.locator('div.candidate').nth(4).waitFor();
  assert.equal(await watching.locator('button.candidate').count(), 0);
  await watching.context().close();
});

test('a hidden tab asks for nothing; what changed is there when it is looked at', async () => {
  await page.goto(`${server.link}&manage=orders`);
  await page.reload();
  await press(/^Unassigned/);
  await row('سارا کریمی').waitFor();
  await put('A-7', { customer: 'New Nima', destination: place(35.73, 51.41, 'New street') });
  await row('New Nima').waitFor();
  let asked = 0;
  page.on('request', (request) => (asked += Number(/orders\?/.test(request.url()))));
  await hide(true);
  await ask(server, 'DELETE', 'orders/A-7');
  await page.clock.runFor(9000); // two questions later
  await page.evaluate(() => fetch('config.json'));
  assert.ok(asked <= 1, 'one may have been on its way');
  await hide(false);
  await row('New Nima').waitFor({ state: 'detached' });
  assert.deepEqual(await violations(page), []);
});

/** Has the page believe that somebody looks at another tab. */
async function hide(hidden: boolean): Promise<void> {
  await page.evaluate((is) => {
    Object.defineProperty(document, 'hidden', { value: is, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

test('on a phone, in Persian and in the dark: everything fits and can be read', async () => {
  const phone = await openPage(`${server.link}&manage=orders`, { viewport: { width: 360, height: 640 }, locale: 'fa-IR', colorScheme: 'dark', hasTouch: true, isMobile: true });
  await rows(phone).first().waitFor();
  await phone.locator('.handle').click();
  const widest = () => phone.evaluate(() => Math.max(document.documentElement.scrollWidth, ...[...document.querySelectorAll('.panel, .ticket, .card')].map((box) => box.scrollWidth)));
  for (const [at, shown] of [['orders', '.row-item.order'], ['orders/A-1', '.candidate'], ['orders/A-2', '.part']]) {
    await phone.evaluate((hash) => (location.hash = `#manage=${hash}`), at);
    await phone.locator(shown!).first().waitFor();
    assert.deepEqual(await barriers(phone), [], at);
    assert.ok((await widest()) <= 360, at);
    await shoot(phone, `orders-phone-${at!.replaceAll('/', '-')}`);
  }
  await phone.getByRole('button', { name: 'ساختن لینک' }).click();
  await phone.locator('.qr').scrollIntoViewIfNeeded();
  await shoot(phone, 'orders-phone-link');
  await phone.evaluate(() => (location.hash = '#courier=2&manage=orders'));
  await phone.locator('.round .stop').first().waitFor();
  assert.deepEqual(await barriers(phone), []);
  await shoot(phone, 'orders-phone-round');
  assert.deepEqual(await violations(phone), []);
  await phone.context().close();
});
