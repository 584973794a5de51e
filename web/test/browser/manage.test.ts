import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { ask, barriers, eventually, keyFor, locked, openPage, shoot, until, untilLive, violations, type Locked } from './harness.ts';

interface Listed {
  id: string;
  name: string;
  team: string;
  active: boolean;
  phone: string;
  vehicle: string;
  metadata: Record<string, unknown>;
}

let server: Locked;
let page: Page;

before(async () => {
  server = await locked();
  await ask(server, 'POST', 'locations', { latitude: 35.7, longitude: 51.4, user: { id: 7, username: 'heard' } });
  page = await openPage(server.link);
  await untilLive(page, 1);
});

const rows = () => page.locator('.row-item');
const alerts = () => page.locator('.wrong, .refused').allInnerTexts();
const courier = (id: string) => ask<Listed>(server, 'GET', `couriers/${id}`);
const fieldOf = (label: string) => page.locator('.fields').getByLabel(label, { exact: true });
const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
const tab = (name: string) => page.locator('.tabs').getByRole('button', { name, exact: true }).click();
const done = (text: string | RegExp) => page.locator('.done').getByText(text).waitFor();

/** Chooses a file to import, and waits for what would become of it. */
async function choose(name: string, content: string | Buffer): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
  await page.locator('.row-item.line, .refused').first().waitFor();
}

test('who was only heard is there, and is taken onto the list by its form; the map shows its new name', async () => {
  await press('Manage couriers, teams and keys');
  await rows().filter({ hasText: 'only heard' }).waitFor();
  assert.deepEqual(await barriers(page), []);
  await rows().first().click();
  await page.waitForURL(/manage=couriers%2F7|manage=couriers\/7/);
  await fieldOf('Name').fill('سارا کریمی');
  await fieldOf('Phone').fill('+98 912 000 0000');
  await press('Add a detail');
  await page.getByLabel('Name').nth(2).fill('shift');
  await page.getByLabel('Value').fill('night');
  await press('Save');
  await done('is saved');
  await rows().filter({ hasText: 'سارا کریمی' }).waitFor();
  assert.deepEqual((await courier('7')).metadata, { shift: 'night' });
  await rows().first().click();
  await press('Show on the map');
  await page.locator('.card').getByText('سارا کریمی').waitFor();
  await page.locator('.card').getByText('+98 912 000 0000').waitFor();
  await page.getByRole('button', { name: 'Edit', exact: true }).click(); // from the card there is a way to the form
  await fieldOf('Phone').waitFor();
  await page.goBack();
  await page.locator('.card').waitFor();
});

test('teams: made, named, renamed on the map, and deleted when nobody is in them', async () => {
  await press('Manage couriers, teams and keys');
  await tab('Teams');
  await press('Make the team');
  assert.deepEqual(await alerts(), ['Something is not right; look at the fields.', 'This is required.']);
  await fieldOf('ID').fill('north');
  await fieldOf('Name').fill('North');
  await press('Make the team');
  await done('North');
  await fieldOf('ID').fill('north');
  await press('Make the team');
  await page.getByText('This is there already.').waitFor();
  await fieldOf('ID').fill('spare');
  await press('Make the team');
  await done('spare');
  await tab('Couriers');
  await rows().first().click();
  await page.locator('select[name=team]').selectOption('north');
  await press('Save');
  await done('is saved');
  await tab('Teams');
  await page.getByRole('button', { name: '1 courier', exact: true }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Delete: North' }).isDisabled(), true);
  await press('Rename: North');
  await page.locator('.rename input').fill('North side');
  await page.keyboard.press('Enter');
  await page.locator('.called').getByText('North side').waitFor();
  assert.deepEqual(await barriers(page), []);
  await shoot(page, 'teams');
  await press('Delete: spare');
  assert.deepEqual(await barriers(page), []);
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.locator('.called').getByText('spare').waitFor({ state: 'detached' });
  await press('Back to the map');
  await rows().getByText('North side').waitFor();
});

test('a courier is made, refused with reasons at the fields, taken off duty and deleted', async () => {
  await press('Manage couriers, teams and keys');
  await press('Add courier');
  await press('Save');
  await until(page, () => document.activeElement?.getAttribute('name') === 'id', null);
  await fieldOf('ID').fill('7');
  await press('Save');
  await page.getByText('This is there already.').waitFor();
  await fieldOf('ID').fill('8');
  await fieldOf('Name').fill('x'.repeat(600));
  await press('Save');
  await page.locator('#wrong-name').getByText('At most 512 bytes.').waitFor();
  assert.equal(await fieldOf('Name').getAttribute('aria-invalid'), 'true');
  assert.deepEqual(await barriers(page), []);
  await shoot(page, 'form-wrong');
  await fieldOf('Name').fill('Reza');
  await page.getByLabel(/^On duty/).uncheck();
  await press('Save');
  await done('Reza');
  await rows().filter({ hasText: 'off duty' }).waitFor();
  assert.equal((await courier('8')).active, false);
  await rows().filter({ hasText: 'Reza' }).click();
  await page.locator('.form .grave').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await done(/Reza.* is deleted/);
  await rows().filter({ hasText: 'Reza' }).waitFor({ state: 'detached' });
});

test('a table is looked at before it is imported, and what is exported changes nothing', async () => {
  await press('Import CSV');
  await choose('broken.csv', Buffer.from([0xe3, 0x2c, 0x20]));
  await page.getByText('The file is not UTF-8').waitFor();
  await choose('no-id.csv', 'name\nSara\n');
  await page.getByText('No column is called id').waitFor();
  const table = '\uFEFFشناسه;نام;گروه;موبایل;فعال;metadata.plate;رنگ\r\n7;;North side;;;۱۲ب۳۴۵;\r\n101;"رضا; کریمی";center;09121111111;بله;;سبز\r\n;x;;;;;\r\n101;y;;;;;\r\n102;Ali;north;;شاید;;\r\n';
  await choose('پیک‌ها.csv', table);
  const fates = async () => (await page.locator('.line').allInnerTexts()).map((text) => /New|Changed|Unchanged|Wrong/.exec(text)?.[0]);
  await eventually('each line has its fate', async () => (await fates()).join() === 'Changed,New,Wrong,Wrong,Wrong'); // what was refused before goes first
  assert.match(await page.locator('.line').nth(0).innerText(), /Name: .*سارا کریمی.* → —[\s\S]*plate: — → .*۱۲ب۳۴۵/);
  assert.match(await page.locator('.line').nth(3).innerText(), /ID is already in line 3/);
  await page.getByText('New teams: ').getByText('center').waitFor();
  await page.getByText('Not used: ').waitFor();
  assert.deepEqual(await barriers(page), []);
  await shoot(page, 'preview');
  await press('Import 2 couriers');
  await page.getByText('1 new, 1 changed').waitFor();
  await shoot(page, 'imported');
  assert.deepEqual((await courier('7')).metadata, { shift: 'night', plate: '۱۲ب۳۴۵' }, 'what the table does not have is left alone');
  assert.equal((await courier('101')).name, 'رضا; کریمی');
  await press('Show the list');

  const download = page.waitForEvent('download');
  await press('Export CSV');
  const file = readFileSync(await (await download).path());
  assert.match(file.toString(), /^\uFEFFid,name,username,team,phone,vehicle,active,metadata\./);
  await press('Import CSV');
  await choose('couriers.csv', file);
  assert.deepEqual(new Set(await fates()), new Set(['Unchanged']));
  await page.getByText('Everything is already as the file says.').waitFor();
  await press('Back');
});

test('thousands: the list stays small, is searched by the server and read to its end by the keyboard', async () => {
  const couriers = Array.from({ length: 3000 }, (_, i) => ({ id: `bulk-${String(i).padStart(4, '0')}`, name: `پیک ${i}`, team: i % 2 ? 'north' : 'center', vehicle: i === 2999 ? 'helicopter' : 'van' }));
  await press('Import CSV');
  await choose('many.csv', `id,name,team,vehicle\n${couriers.map(({ id, name, team, vehicle }) => `${id},${name},${team},${vehicle}\n`).join('')}`);
  await press('Import 3,000 couriers');
  await page.getByText('3,000 new, 0 changed').waitFor();
  await press('Show the list');
  await page.getByText('the first 200').waitFor();
  assert.ok((await rows().count()) < 40);
  await page.locator('.desk').getByLabel('Team').selectOption('center');
  await page.getByLabel('Search couriers').fill('پيک 299'); // an Arabic yeh; 299, 2990 to 2998
  await until(page, () => document.querySelectorAll('.row-item').length === 5, null);
  await page.getByLabel('Search couriers').fill('helicopter');
  await page.getByText('Nobody matches.').waitFor();
  await press('Show everybody');
  await page.getByText('the first 200').waitFor();
  const list = page.getByRole('listbox');
  await list.focus();
  await until(
    page,
    () => {
      const box = document.getElementById('managed')!;
      box.scrollTop = box.scrollHeight;
      return document.querySelector('.row-item[aria-setsize="3002"]') !== null;
    },
    null,
  );
  assert.ok((await rows().count()) < 40);
  await list.press('ArrowDown');
  await list.press('ArrowDown');
  await list.press('Enter');
  await fieldOf('Name').waitFor();
  await page.keyboard.press('Escape');
  await until(page, () => document.activeElement?.id === 'managed', null);
  await page.keyboard.press('Escape');
  await page.locator('.desk').waitFor({ state: 'detached' });
  await press('Manage couriers, teams and keys');
});

test('keys: made, seen once, used, changed and revoked', async () => {
  await tab('API keys');
  await page.locator('.item').getByText('first admin').waitFor();
  await press('New key');
  await fieldOf('Name').fill('Night shift');
  await page.getByLabel('some teams').check();
  await press('Make the key');
  await page.getByText('Choose a team.').waitFor();
  await page.locator('.teams').getByLabel('North side').check();
  assert.deepEqual(await barriers(page), []);
  await shoot(page, 'key');
  await press('Make the key');
  const key = await page.locator('.once code').innerText();
  assert.match(key, /^peyk_[a-z2-7]{8}_\S{32}$/);
  assert.deepEqual(await barriers(page), []);
  await shoot(page, 'key-once');
  const me = await (await fetch(`${server.url}/api/v1/me`, { headers: { Authorization: `Bearer ${key}` } })).json();
  assert.deepEqual(me.scopes, [{ kind: 'team', name: 'north' }]);
  await press('I have it');
  assert.ok(!(await page.content()).includes(key), 'it is nowhere any more');
  const item = page.locator('.item', { hasText: 'Night shift' });
  await item.filter({ hasText: /Viewer · .*team .*North side.*until/s }).waitFor();
  await press('Change: Night shift');
  await page.getByLabel(/^Courier reports/).check();
  await press('Save');
  await page.locator('#wrong-courier').getByText('This is required.').waitFor();
  await page.getByLabel('Courier ID').fill('7');
  await press('Save');
  await done(/Night shift.* is saved/);
  await item.filter({ hasText: /Courier · .*courier .*7/ }).waitFor();
  await press('Revoke: Night shift');
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('Revoked keys (1)').waitFor();
  assert.equal((await fetch(`${server.url}/api/v1/me`, { headers: { Authorization: `Bearer ${key}` } })).status, 401);
});

test('an admin of one team manages its couriers and nothing else; a viewer nothing', async () => {
  const { key } = await keyFor(server, { role: 'admin', teams: ['north'], name: 'North admin' });
  const other = await openPage(`${server.url}/#token=${key}&manage=keys`);
  const list = other.locator('.row-item');
  await list.first().waitFor();
  assert.deepEqual(await other.locator('.tabs button:not(.square)').allInnerTexts(), ['Couriers', 'Teams']);
  assert.equal(await other.getByRole('button', { name: 'Add courier' }).count(), 0);
  assert.deepEqual(await other.locator('.desk .search option').allInnerTexts(), ['All teams', 'North side']);
  await list.filter({ hasText: 'bulk-0001' }).click();
  await other.locator('select[name=team]').waitFor();
  assert.deepEqual(await other.locator('select[name=team] option').allInnerTexts(), ['North side'], 'it cannot give them away');
  await other.locator('.form').getByLabel('Vehicle').fill('bicycle');
  await other.getByRole('button', { name: 'Save' }).click();
  await other.locator('.done').getByText('is saved').waitFor();

  // The server decides: a courier that was taken away since the preview spoils its part, and is named.
  await other.getByRole('button', { name: 'Import CSV' }).click();
  const table = 'id,vehicle\nbulk-0003,bicycle\nbulk-0005,bicycle\nbulk-0002,bicycle\n';
  await other.locator('input[type=file]').setInputFiles({ name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
  await other.locator('.line').filter({ hasText: 'nobody whom you manage' }).waitFor();
  await ask(server, 'PUT', 'couriers/bulk-0003', { name: 'moved', team: 'center' });
  await other.getByRole('button', { name: 'Import 2 couriers' }).click();
  await other.locator('.line').filter({ hasText: 'ID You do not manage this courier.' }).waitFor();
  assert.equal((await courier('bulk-0005')).vehicle, 'van', 'all of a part or none');
  await other.getByRole('button', { name: 'Import 1 courier' }).click();
  await other.getByText('0 new, 1 changed').waitFor();
  assert.equal((await courier('bulk-0005')).vehicle, 'bicycle');
  await other.context().close();

  const viewer = await keyFor(server, { role: 'viewer', all: true, name: 'Viewer' });
  const watching = await openPage(`${server.url}/#token=${viewer.key}&manage=couriers`);
  await untilLive(watching, 1);
  assert.equal(await watching.locator('.desk').count(), 0);
  await watching.context().close();
});

test('on a phone, in Persian and in the dark: everything fits and can be read', async () => {
  const phone = await openPage(`${server.link}&manage=couriers`, { viewport: { width: 360, height: 740 }, locale: 'fa-IR', colorScheme: 'dark', hasTouch: true, isMobile: true });
  await phone.locator('.row-item').first().waitFor();
  for (const [view, shown] of [['couriers', '.row-item'], ['couriers/7', '.form'], ['couriers/', '.form'], ['teams', '.item'], ['keys', '.item'], ['keys/', '.form'], ['import', '.drop']]) {
    await phone.evaluate((place) => (location.hash = `#manage=${place}`), view);
    await phone.locator(shown!).first().waitFor();
    assert.deepEqual(await barriers(phone), [], view);
    assert.ok((await phone.evaluate(() => Math.max(document.documentElement.scrollWidth, ...[...document.querySelectorAll('.desk, .desk .form, .desk .scroll')].map((box) => box.scrollWidth)))) <= 360, view);
    await shoot(phone, `phone-${view!.replaceAll('/', '-')}`);
  }
  assert.deepEqual(await violations(phone), []);
  assert.deepEqual(await violations(page), []);
  await phone.context().close();
});
