import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { ask, barriers, keyFor, locked, openPage, shoot, until, untilLive, type Locked } from './harness.ts';

const secret = 'a secret of the shop, of 32 bytes at least';
let server: Locked;
const north = { role: 'viewer', teams: ['north'] };

before(async () => {
  server = await locked('--timezone', 'Asia/Tehran', '--auth-jwt-secret', secret);
  await ask(server, 'PUT', 'teams/north', { name: 'شمال شهر' });
  await ask(server, 'PUT', 'couriers', {
    couriers: [
      { id: '1', name: 'Sara', team: 'north', phone: '۰۹۱۲ ۰۰۰ ۱۱ ۲۲', vehicle: 'motorcycle' },
      { id: '2', name: 'Reza', team: 'south' },
    ],
  });
  for (const id of [1, 2]) await ask(server, 'POST', 'locations', { latitude: 35.7, longitude: 51.4 + id / 100, user: { id, username: `user${id}` } });
});

/** A token as the shop signs it, good for so many seconds. */
function signed(subject: string, name: string, lasting: number): string {
  const now = Math.floor(Date.now() / 1000);
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ sub: subject, name, exp: now + lasting, peyk: north })}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

const link = (key: string, rest = '') => `${server.url}/#token=${key}${rest}`;

/** Opens a page that counts its connections. */
async function counted(address: string, options = {}): Promise<{ page: Page; sockets(): number }> {
  const page = await openPage('about:blank', options);
  await page.clock.install();
  let sockets = 0;
  page.on('websocket', () => sockets++);
  await page.goto(address);
  return { page, sockets: () => sockets };
}

/** Whether a courier is left in anything that the page shows or draws. */
async function untilForgotten(page: Page): Promise<void> {
  await until(page, () => window.peyk!.connection() === 'refused' && window.peyk!.count() === 0 && window.peyk!.drawn() === 0, null);
  assert.equal(await page.evaluate(() => window.peyk!.remembered()), 0);
  assert.equal(await page.getByRole('option').count(), 0);
  assert.doesNotMatch(await page.locator('body').innerText(), /Sara|0912|۰۹۱۲/);
  assert.equal(await page.locator('.card, .name').count(), 0);
}

async function paste(page: Page, token: string): Promise<void> {
  const field = page.locator('input[name=token]');
  await field.fill(token);
  await field.press('Enter');
}

test('a viewer of one team sees it, by its name, and who it is itself', async () => {
  const { key } = await keyFor(server, { ...north, name: 'Night shift' }, 3_600_000);
  const page = await openPage(link(key, '&courier=1'), { locale: 'fa-IR' });
  await untilLive(page, 1);
  await page.locator('.row-item').getByText('شمال شهر').waitFor();
  assert.equal(await page.locator('.card a').getAttribute('href'), 'tel:09120001122');
  assert.match(await page.locator('.facts').innerText(), /گروه\s+شمال شهر\s+تلفن\s+۰۹۱۲ ۰۰۰ ۱۱ ۲۲\s+وسیله\s+motorcycle/);
  await page.getByRole('button', { name: 'دسترسی شما' }).click();
  const menu = page.locator('.me');
  assert.match((await menu.innerText()).replace(/[\u2068\u2069]/g, ''), /Night shift\s+نقش\s+بیننده\s+اجازهٔ\s+دیدن\s+چه کسانی\s+گروه شمال شهر\s+تا\s+[۰-۹]+ .* ۱۴\d\d|۱۴۰[۰-۹]/);
  assert.deepEqual(await barriers(page), []);
  await shoot(page, 'who-fa');
  assert.equal(await page.getByRole('button', { name: 'مدیریت' }).count(), 0, 'a viewer manages nothing');
  await menu.getByRole('button', { name: 'خروج' }).click();
  await untilForgotten(page);
  await page.getByText('ورود به پیک توکن می‌خواهد').waitFor();
  await page.context().close();
});

test('when a right ends the page says so, forgets everybody and does not come back by itself', async () => {
  const { key } = await keyFor(server, { ...north, name: 'Short' }, 8000);
  const { page, sockets } = await counted(link(key, '&courier=1'), { locale: 'fa-IR', colorScheme: 'dark' });
  await untilLive(page, 1);
  await page.getByText('دسترسی شما رو به پایان است').waitFor();
  await page.getByText('دسترسی شما پایان یافت').waitFor();
  await page.getByText(/تا .*[۰-۹]+:[۰-۹]+:[۰-۹]+ اعتبار داشت/).waitFor();
  await untilForgotten(page);
  assert.deepEqual(await barriers(page), []);
  await shoot(page, 'ended-fa');
  const sofar = sockets();
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.clock.fastForward(120_000); // longer than any wait of who comes back
  assert.equal(sockets(), sofar, 'nothing is tried again');

  const { key: fresh } = await keyFor(server, { ...north, name: 'Fresh' });
  await paste(page, fresh);
  await untilLive(page, 1);
  await page.locator('.card').getByText('Sara').waitFor(); // the view is the one from before
  await page.context().close();
});

test('a key that is taken back ends it, also while something is edited', async () => {
  const { id, key } = await keyFor(server, { role: 'admin', all: true, name: 'Gone soon' });
  const page = await openPage(link(key, '&manage=couriers/1'));
  await page.locator('.fields').getByLabel('Phone').waitFor();
  await until(page, () => window.peyk?.count() === 2, null);
  await ask(server, 'DELETE', `keys/${id}`);
  await page.getByText('Your access was withdrawn').waitFor();
  await untilForgotten(page);
  assert.deepEqual(await page.locator('.desk').count(), 0);
  assert.deepEqual(await barriers(page), []);
  await shoot(page, 'revoked');
  await page.context().close();
});

test('a fresh token is given on the open connection: pasted, or by a new link in the same tab', async () => {
  const { page, sockets } = await counted(link(signed('ali', 'Ali, at first', 55)));
  const named = (name: string) => until(page, (want) => document.querySelector('.me strong')?.textContent === want, name);
  await untilLive(page, 1);
  await page.getByText('Your access is about to end').waitFor();
  assert.deepEqual(await barriers(page), []);
  await shoot(page, 'ending');
  await paste(page, 'nonsense');
  await page.getByText('This token is not good').waitFor();
  await paste(page, signed('ali', 'Ali, again', 50));
  await named('Ali, again');
  const last = signed('ali', 'Ali, at last', 3600);
  await page.goto(link(last)); // a new link in the same tab loads nothing anew
  await named('Ali, at last');
  await page.locator('.ending').waitFor({ state: 'detached' });
  assert.equal(sockets(), 1, 'all of it on one connection');
  assert.equal(await page.evaluate(() => sessionStorage.getItem('peyk.token')), last);

  const { id, key } = await keyFor(server, { role: 'admin', all: true, name: 'Somebody else' });
  await page.goto(link(key));
  await named('Somebody else');
  await untilLive(page, 2);
  assert.equal(sockets(), 2, 'somebody else has a connection of his own');

  // What somebody may see changes on the open connection, and what is offered with it.
  await page.getByRole('button', { name: 'Manage couriers, teams and keys' }).waitFor();
  await ask(server, 'PUT', `keys/${id}`, { ...north, name: 'Somebody smaller' });
  await untilLive(page, 1);
  await named('Somebody smaller');
  assert.equal(await page.getByRole('button', { name: 'Manage couriers, teams and keys' }).count(), 0);
  assert.equal(sockets(), 2);
  await page.context().close();
});

test('who has nothing to see here is told what the page is for', async () => {
  for (const [role, says] of [['courier', /come from the app on your phone/], ['service', /for programs that report positions/]] as const) {
    const { key } = await keyFor(server, { role, name: role, ...(role === 'courier' ? { courier: '1' } : { all: true }) });
    const { page, sockets } = await counted(link(key));
    await page.getByText(says).waitFor();
    await untilForgotten(page);
    assert.ok(sockets() <= 1);
    assert.deepEqual(await barriers(page), []);
    await shoot(page, `barred-${role}`);
    await paste(page, server.admin);
    await untilLive(page, 2);
    await page.context().close();
  }
});
