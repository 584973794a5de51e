import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { ask, barriers, directory, eventually, locked, openPage, shoot, until, untilLive, violations, type Locked } from './harness.ts';

/** The project of examples/django, with people in it. */
interface Shop {
  url: string;
  order(words: string): Promise<void>; // see django_shop.py
}

let child: ChildProcess | undefined;
let shop: Shop;
let server: Locked;

before(async () => {
  shop = await django();
  server = await locked('--auth-forward', `${shop.url}/peyk/who/`, '--auth-forward-cache', '1s', '--auth-forward-cookie', 'sessionid', '--login-url', `${shop.url}/login/`);
  await shop.order(`allow ${new URL(server.url).host}`);
  await ask(server, 'PUT', 'teams/north', { name: 'North side' });
  await ask(server, 'PUT', 'couriers', { couriers: [{ id: '1', name: 'Reza', team: 'north' }, { id: '2', name: 'Ali' }] });
  for (const id of [1, 2]) await ask(server, 'POST', 'locations', { latitude: 35.7, longitude: 51.4 + id / 100, user: { id, username: `user${id}` } });
});

after(() => child?.kill('SIGKILL'));

async function django(): Promise<Shop> {
  const started = spawn('/usr/bin/python3', [resolve('../cmd/peyk/testdata/e2e/django_shop.py'), directory()], { stdio: ['pipe', 'pipe', 'ignore'] });
  child = started;
  const lines = createInterface(started.stdout);
  const [first] = (await once(lines, 'line')) as [string];
  const { url } = JSON.parse(first) as { url: string };
  return {
    url,
    order: async (words) => {
      started.stdin.write(`${words}\n`);
      await once(lines, 'line');
    },
  };
}

/** Goes to the shop by the panel's door, logs in there and comes back. */
async function logIn(page: Page, user: string): Promise<void> {
  await page.getByRole('link', { name: 'Log in' }).click();
  await page.getByLabel('Username').fill(user);
  await page.getByLabel('Password').fill('correct horse');
  await page.getByRole('button', { name: 'Log in' }).click();
}

test('a session of the shop opens the panel where one wanted to be, until the shop ends it', async () => {
  const page = await openPage(`${server.url}/#courier=1`);
  await page.getByText('This Peyk wants to know who you are').waitFor();
  assert.deepEqual(await barriers(page), []);
  await shoot(page, 'log-in');
  await logIn(page, 'dispatcher');
  await untilLive(page, 1);
  await page.locator('.card').getByText('Reza').waitFor();
  assert.match(page.url(), new RegExp(`^${server.url}/#.*courier=1`));
  await until(page, () => document.querySelector('.me strong')?.textContent === 'Sara Amiri', null);
  assert.deepEqual(await violations(page), []);

  await page.reload();
  await untilLive(page, 1);

  await shop.order('deactivate dispatcher');
  // The server asks within a minute by itself; as another request does, once the last answer is a second old.
  await eventually('the server has asked the shop', () => page.evaluate(async () => (await fetch('api/v1/me')).status === 401));
  await page.getByText('Your access was withdrawn').waitFor();
  await until(page, () => window.peyk!.count() === 0 && window.peyk!.drawn() === 0, null);
  await page.getByRole('link', { name: 'Log in' }).waitFor();
  await page.context().close();
});

test('who has another token may still paste it, and it is forgotten by who logs in', async () => {
  const page = await openPage(`${server.url}/#token=nonsense`);
  await page.getByText('This token is not').waitFor();
  await logIn(page, 'boss');
  await untilLive(page, 2);
  assert.equal(await page.evaluate(() => sessionStorage.getItem('peyk.token')), null);
  await page.context().close();

  const other = await openPage(server.url);
  const field = other.locator('input[name=token]');
  await field.fill(server.admin);
  await field.press('Enter');
  await untilLive(other, 2);
  await other.context().close();
});

test('who reports positions is told so, and not sent to log in again', async () => {
  const page = await openPage(server.url, { locale: 'fa-IR' });
  await page.getByRole('link', { name: 'ورود' }).click();
  await page.getByLabel('Username').fill('test_driver1');
  await page.getByLabel('Password').fill('correct horse');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByText('موقعیت شما را برنامهٔ روی گوشی می‌فرستد').waitFor();
  assert.equal(await page.getByRole('link', { name: 'ورود' }).count(), 0);
  assert.deepEqual(await barriers(page), []);
  await page.context().close();
});
