import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, directory, freePort, openClocked, openGate, openPage, peyk, post, shoot, stopClock, until, untilLive } from './harness.ts';

const quiet = ['serve', '--insecure', '--map-style', 'builtin', '--ops-listen', '', '--listen'];
const anyPort = '127.0.0.1:0';
const sara = { latitude: 35.7, longitude: 51.4, user: { id: 1, username: 'stays' } };

/** A moment of each minute between two. */
function minutes(from: number, to: number): number[] {
  const found = [to];
  for (let moment = from; moment < to; moment += 60_000) found.push(moment);
  return found;
}

test('a server that is killed and started again: the page comes back, strangers vanish', async () => {
  const gate = await openGate();
  const first = await peyk(...quiet, anyPort, '--timezone', 'Asia/Tehran');
  gate.leadTo(first);
  const began = Date.now();
  await post(first, sara);
  await post(first, { latitude: 35.71, longitude: 51.41, user: { id: 2, username: 'goes' } });
  const page = await openPage(`${gate.url}/#courier=1`, { locale: 'fa-IR', timezoneId: 'America/New_York' });
  await untilLive(page, 2);
  const tehran = new Intl.DateTimeFormat('fa-IR', { timeZone: 'Asia/Tehran', hour: '2-digit', minute: '2-digit' });
  const facts = await page.locator('.facts').innerText();
  const near = minutes(began, Date.now()).map((moment) => tehran.format(moment).replace(/^۰/, '')); // the page says the hour as people do
  assert.ok(near.some((time) => facts.includes(time)), `${facts} holds ${near.join(' or ')}, in the time zone of the server`);
  await first.kill('SIGKILL');
  await until(page, () => window.peyk?.connection() === 'lost' && window.peyk.count() === 2, null);
  await page.getByText('ارتباط قطع شد').waitFor();
  await page.getByText(/تصویرِ [۰-۹:]+/).waitFor(); // since when the picture is old
  await page.getByText(/تلاش دوباره/).waitFor();
  assert.equal(await page.locator('.maplibregl-map.stale').count(), 1, 'the old picture is greyed');
  assert.equal(await page.getByRole('option').count(), 2, 'and stays');
  assert.doesNotMatch(await page.locator('.panel').innerText(), /اکنون|همین حالا/, 'of an old picture nothing is now');
  assert.deepEqual(await barriers(page), []);
  await shoot(page, 'lost-fa');
  await page.setViewportSize({ width: 360, height: 740 });
  await page.locator('.handle').waitFor();
  const [bar, controls] = [(await page.locator('.bar').boundingBox())!, (await page.locator('.controls').boundingBox())!];
  assert.ok(bar.y + bar.height <= controls.y, 'what is said of it lies on nothing');
  await shoot(page, 'lost-phone');
  await page.setViewportSize({ width: 1280, height: 800 });

  // No moment without a courier: the old picture is replaced and not emptied.
  await page.evaluate(() => {
    const least = { couriers: Infinity };
    Object.assign(window, { least });
    const look = () => {
      least.couriers = Math.min(least.couriers, window.peyk!.count());
      requestAnimationFrame(look);
    };
    look();
  });
  const second = await peyk(...quiet, anyPort);
  await post(second, { ...sara, latitude: 35.72, longitude: 51.42 });
  gate.leadTo(second);
  await until(page, () => window.peyk?.connection() === 'live' && window.peyk.ids().join() === '1', null);
  const { is, want } = await page.evaluate(() => ({ is: window.peyk!.target('1')!, want: window.peyk!.place(35.72, 51.42) }));
  assert.ok(Math.hypot(is.x - want.x, is.y - want.y) < 1, 'and the one that stays is where the new server says');
  const least = () => (window as unknown as { least: { couriers: number } }).least.couriers;
  await until(page, () => (window as unknown as { least: { couriers: number } }).least.couriers < 2, null); // it has looked since
  assert.equal(await page.evaluate(least), 1);
  await page.context().close();
  await second.kill();
});

test('25 s of silence are a lost connection, whatever the socket says', async () => {
  const server = await peyk(...quiet, anyPort);
  await post(server, sara);
  const page = await openClocked('about:blank');
  let hushed = false;
  let say: ((text: string) => void) | undefined;
  await page.routeWebSocket(/\/ws$/, (socket) => {
    say = (text) => socket.send(text);
    const behind = socket.connectToServer();
    behind.onMessage((message) => {
      if (!hushed) socket.send(message);
    });
  });
  await page.goto(server.link);
  await untilLive(page, 1);
  hushed = true;
  await stopClock(page);
  say?.('{"type":"beat","version":1}'); // so that it was heard now
  await page.clock.fastForward(16_000);
  await page.getByText('Quiet').waitFor();
  assert.equal(await page.evaluate(() => window.peyk!.connection()), 'live', 'a beat may be late');
  await shoot(page, 'quiet');
  await page.clock.fastForward(9500);
  await page.getByText('Lost').waitFor();
  assert.equal(await page.evaluate(() => window.peyk!.count()), 1, 'the old picture stays');
  hushed = false;
  await page.clock.resume();
  await untilLive(page, 1);
  await page.getByText('Live').waitFor();
  await page.context().close();
  await server.kill();
});

test('a part that is told as counts is discs, that bring nearer', async () => {
  const server = await peyk(...quiet, anyPort);
  const page = await openClocked('about:blank');
  const version = 1_763_823_600_000;
  const greeting = [{ type: 'hello', epoch: 'e', version }, { type: 'parts', parts: [[1, 'p']] }, { type: 'upto', version }];
  const counts = { type: 'frame', part: 1, to: version, full: true, cells: [[0, 1200, 35.7, 51.4], [1, 40, 35.71, 51.43]] };
  let say: ((message: object) => void) | undefined;
  await page.routeWebSocket(/\/ws$/, (socket) => {
    say = (message) => socket.send(JSON.stringify(message));
    socket.onMessage(() => greeting.forEach((message) => say?.(message)));
  });
  await page.goto(`${server.link}#map=12/35.7/51.4`);
  await until(page, () => window.peyk?.connection() === 'live' && window.peyk.settled(), null);
  await page.clock.runFor(1000); // nothing is left to do when they come
  say?.(counts);
  await until(page, () => window.peyk!.discs().length === 2, null);
  const disc = await page.evaluate(() => window.peyk!.discs().find(({ count }) => count === 1200)!);
  assert.ok(Math.hypot(disc.x - 640, disc.y - 400) < 1.5);
  await page.getByText('1,200', { exact: true }).click();
  await until(page, () => location.hash.includes('map=14'), null);
  await page.context().close();
  await server.kill();
});

test('a hidden tab draws nothing, and is right at once when it is looked at', async () => {
  const server = await peyk(...quiet, anyPort);
  await post(server, sara);
  const page = await openPage(server.link);
  await untilLive(page, 1);
  const show = (hidden: boolean) =>
    page.evaluate((be) => {
      Object.defineProperty(document, 'hidden', { configurable: true, value: be });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  const before = await page.evaluate(() => window.peyk!.project('1')!);
  await show(true);
  await post(server, { ...sara, longitude: 51.401 });
  await post(server, { ...sara, user: { id: 2, username: 'new' } });
  await until(page, () => window.peyk!.count() === 2, null);
  assert.deepEqual(await page.evaluate(() => window.peyk!.project('1')), before, 'nothing moved');
  assert.equal(await page.evaluate(() => window.peyk!.drawn()), 1);
  await show(false);
  const [is, want] = await page.evaluate(
    () =>
      new Promise<{ x: number; y: number }[]>((done) => {
        requestAnimationFrame(() => requestAnimationFrame(() => done([window.peyk!.project('1')!, window.peyk!.target('1')!])));
      }),
  );
  assert.ok(Math.hypot(is!.x - want!.x, is!.y - want!.y) < 1, 'at once, not on its way');
  assert.equal(await page.evaluate(() => window.peyk!.drawn()), 2);
  await page.context().close();
  await server.kill();
});

test('the token: from the link or pasted, out of the address bar, for the tab or for longer; no picture without', async () => {
  const secure = ['serve', '--map-style', 'builtin', '--ops-listen', '', '--data-dir'];
  const listen = ['--listen', `127.0.0.1:${await freePort()}`];
  const server = await peyk(...secure, directory(), ...listen);
  const token = new URL(server.link).hash.slice('#token='.length);
  const page = await openPage(`${server.link}&courier=7`);
  await untilLive(page, 0);
  assert.equal(new URL(page.url()).hash, '#courier=7', 'the rest of the link is kept');
  await page.reload();
  await untilLive(page, 0);
  await page.getByText('No courier').waitFor();

  await page.getByRole('button', { name: 'Your access' }).click();
  await page.getByRole('button', { name: 'Log out' }).click();
  await until(page, () => window.peyk?.connection() === 'refused', null);
  assert.deepEqual(await barriers(page), []);
  await shoot(page, 'refused');
  const field = page.getByLabel('Token', { exact: true });
  await field.fill('not-the-token');
  await field.press('Enter');
  await page.getByText('This token is not').waitFor();
  await until(page, () => document.activeElement?.getAttribute('name') === 'token', null);
  await page.goto(`${server.url}/#token=not-the-token-either`); // a new link in the same tab loads nothing anew
  await page.waitForURL((url) => !url.hash.includes('token'));
  await page.getByLabel('Stay logged in').check();
  await field.fill(token);
  await field.press('Enter');
  await untilLive(page, 0);
  assert.deepEqual(await page.evaluate(() => [Object.keys(sessionStorage), localStorage.getItem('peyk.token') !== null]), [[], true]);

  // A server that does not know the token any more: the old picture goes at once.
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const answer = await fetch(`${server.url}/api/v1/locations`, { method: 'POST', headers, body: JSON.stringify(sara) });
  assert.equal(answer.status, 200);
  await untilLive(page, 1);
  await server.kill('SIGKILL');
  await until(page, () => window.peyk?.connection() === 'lost' && window.peyk.count() === 1, null);
  const other = await peyk(...secure, directory(), ...listen);
  await until(page, () => window.peyk?.connection() === 'refused', null);
  await until(page, () => window.peyk!.count() === 0 && window.peyk!.drawn() === 0 && document.querySelector('[role=option]') === null, null);
  await page.context().close();
  await other.kill();
});
