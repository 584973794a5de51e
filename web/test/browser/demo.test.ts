import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { light } from '../../src/theme.ts';
import { barriers, eventually, inSight, openPage, peyk, shoot, until, untilLive, untilPixels, violations, type Server } from './harness.ts';

let server: Server;
let page: Page;

before(async () => {
  server = await peyk('demo', '--listen', '127.0.0.1:0');
  page = await openPage('about:blank');
  await page.addInitScript(() => {
    const seen = new Set<string>();
    Object.assign(window, { seen });
    new MutationObserver(() => document.querySelectorAll('.nobody').forEach((each) => seen.add(each.textContent ?? ''))).observe(document, { childList: true, subtree: true, characterData: true });
  });
  await page.goto(server.link);
  await untilLive(page, 200);
  await eventually('the city is in the window', async () => (await inSight(page)).length > 60);
});

/** The courier in the window that is farthest from all others, so that it can be told from them though it drives. */
async function lonely(): Promise<{ id: string; x: number; y: number }> {
  const all = await inSight(page);
  const room = (one: Spot) => Math.min(...all.filter((each) => each !== one).map((each) => Math.hypot(each.x - one.x, each.y - one.y)));
  const [found] = all.toSorted((a, b) => room(b) - room(a));
  assert.ok(found);
  return found;
}

interface Spot {
  x: number;
  y: number;
}

/** Waits until somebody is drawn in the colours of a courier that is heard. */
function untilDrawn(): Promise<void> {
  return untilPixels(page, lonely, 14, [light.moving, light.stopped], 61);
}

/** Waits until all that the list shows are on their way. */
function untilMoving(): Promise<void> {
  return until(page, () => [...document.querySelectorAll('[role=option] .shape')].every((shape) => shape.classList.contains('moving')), null);
}

const search = () => page.getByRole('combobox');
const card = () => page.locator('.card');
const rows = () => page.getByRole('option');

test('the demo shows its city, its couriers and their list', async () => {
  await page.getByRole('button', { name: 'All 200' }).waitFor();
  assert.equal(await page.locator('.connection strong').innerText(), 'Live');
  assert.match(await page.locator('.notes').innerText(), /Demo city/);
  const nobody = await page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen].filter((said) => /nobody/i.test(said)));
  assert.deepEqual(nobody, [], 'not for a moment does it say that nobody is there');
  const { x, y } = await page.evaluate(() => window.peyk!.place(35.7, 51.4));
  assert.ok(Math.abs(x - (384 + 1280) / 2) < 40 && Math.abs(y - 400) < 40, `the middle of the city is at ${x}, ${y}, not in the middle of what the panel leaves free`);
  const some = await rows().count();
  assert.ok(some > 8 && some < 40, `${some} of 200 rows are elements`);
  assert.equal(await rows().first().getAttribute('aria-setsize'), '200');
  assert.deepEqual(await barriers(page), []);
  await shoot(page, 'demo', 'demo');
});

test('couriers glide from place to place, and are drawn where they are', async () => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  const onTheirWay = (ids: string[]) => {
    const far = ids.filter((id) => {
      const [is, will] = [window.peyk!.project(id), window.peyk!.target(id)];
      return is && will && Math.hypot(is.x - will.x, is.y - will.y) > 0.5;
    });
    return far.length > 20;
  };
  await until(page, onTheirWay, await page.evaluate(() => window.peyk!.ids()));
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const were = await inSight(page);
  await until(
    page,
    (old) =>
      old.filter(({ id, x, y }) => {
        const now = window.peyk?.project(id);
        return now && Math.hypot(now.x - x, now.y - y) > 3;
      }).length > 20,
    were,
  );
  await untilDrawn();
});

test('a click on a courier opens its card with what the API knows, another one closes it', async () => {
  const { id } = await lonely();
  await eventually(`${id} is clicked on`, async () => {
    const at = await page.evaluate((who) => window.peyk!.project(who), id);
    if (at) await page.mouse.click(at.x, at.y); // it drives on meanwhile, and may be gone from there
    return (await page.locator('.name.selected').count()) === 1;
  });
  await card().getByText(id, { exact: true }).waitFor();
  await card().getByText('Battery').waitFor();
  await card().filter({ hasText: /(Moving|Stopped).*Accuracy.*± \d+ m.*Position\s*35\.\d{5}, 51\.\d{5}/s }).waitFor();
  await until(page, (who) => new URLSearchParams(location.hash.slice(1)).get('courier') === who, id);
  await until(page, () => document.querySelector('.name.selected')?.textContent === document.querySelector('.card h2')?.textContent, null);
  assert.deepEqual(await barriers(page), []);
  await shoot(page, 'card');
  await until(page, rowInSight, null); // although the card took the list's room
  await page.getByRole('button', { name: 'Close' }).click();
  await card().waitFor({ state: 'detached' });
});

test('a row low in the list stays in sight while its card comes and grows', async () => {
  for (const [at, height] of [800, 801, 802, 803].entries()) {
    await page.setViewportSize({ width: 1280, height });
    await page.locator('.rows').evaluate((list) => list.scrollTo(0, 0));
    await page.locator(`.row-item[aria-posinset="${11 + (at % 2)}"]`).click();
    await card().getByText('Vehicle').waitFor(); // what the API says came later
    await until(page, rowInSight, null);
    await page.keyboard.press('Escape');
    await card().waitFor({ state: 'detached' });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
});

/** Whether the row of who is selected can be seen; asked in the page. */
function rowInSight(): boolean {
  const [row, list] = ['[aria-selected=true]', '.rows'].map((each) => document.querySelector(each)?.getBoundingClientRect());
  return row !== undefined && list !== undefined && row.top >= list.top - 1 && row.bottom <= list.bottom + 1;
}

test('search finds a courier however it is typed, and says when it finds nobody', async () => {
  await search().fill('ﺍلهام اكبري'); // a presentation form, Arabic kaf and yeh
  await until(page, () => document.querySelectorAll('[role=option]').length === 1, null);
  assert.match(await rows().first().innerText(), /الهام اکبری/);
  await search().fill('SIM-١٢'); // Arabic digits; 12 and 120 to 129
  await page.getByRole('button', { name: 'All 11' }).waitFor();
  await search().fill('\u202enobody <b>');
  await page.getByText('Nobody matches').waitFor();
  assert.deepEqual(await barriers(page), []);
  await shoot(page, 'no-result');
  await page.locator('.nobody').getByRole('button', { name: 'Clear the search' }).click();
  await page.getByRole('button', { name: 'All 200' }).waitFor();
});

test('chips show only some, with counts', async () => {
  await page.getByRole('button', { name: /^Moving/ }).click();
  await untilMoving();
  // Where the demo's couriers or the page come too late for a moment, some are silent.
  await eventually('more than half of the 200 drive', async () => {
    const chips = await page.locator('.chips button').allInnerTexts();
    const [all = 0, moving = 0, stopped = 0, silent = 0] = chips.map((chip) => Number(/\d+/.exec(chip)?.[0]));
    assert.equal(all, 200);
    assert.equal(moving + stopped + silent, all);
    return moving > 100;
  });
  await page.getByRole('button', { name: /^Silent/ }).click();
  await page.getByText('Nobody is silent').waitFor();
  await page.getByRole('button', { name: 'Show everybody' }).click();
});

test('the keyboard alone: search, arrows, fly there, follow, back', async () => {
  await page.locator('body').press('/');
  await until(page, () => document.activeElement?.id === 'search', null);
  await page.keyboard.type('sim-7');
  await page.getByRole('button', { name: 'All 11' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.locator('.row-item.at[aria-posinset="2"]').waitFor();
  assert.equal(await search().getAttribute('aria-activedescendant'), 'row-1');
  const id = (await page.locator('.row-item.at .what bdi').first().innerText()).trim();
  await page.keyboard.press('Enter');
  // It is in the middle of what the panel leaves free, and near enough for streets.
  const middle = { x: (384 + 1280) / 2, y: 400 };
  const near = ({ who, x, y }: { who: string; x: number; y: number }) => {
    const at = window.peyk?.project(who);
    return at !== undefined && Math.hypot(at.x - x, at.y - y) < 60 && /map=15/.test(location.hash);
  };
  await until(page, near, { who: id, ...middle });
  await card().getByText(id, { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await card().waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  assert.equal(await search().inputValue(), '');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  assert.deepEqual(await barriers(page), []);
  await shoot(page, 'keys');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
});

test('who is followed stays in the middle, until somebody drags the map', async () => {
  await page.getByRole('button', { name: /^Moving/ }).click();
  await untilMoving();
  await rows().first().click();
  const id = (await card().locator('.facts dd').first().innerText()).trim();
  await page.getByRole('button', { name: 'Follow', exact: true }).click();
  await page.getByRole('button', { name: 'Following', pressed: true }).waitFor();
  assert.deepEqual(await barriers(page), [], 'it can be read under the pointer');
  const middle = (who: string) => {
    const at = window.peyk?.project(who);
    return at !== undefined && Math.hypot(at.x - 832, at.y - 400) < 60;
  };
  await until(page, middle, id);
  const fixed = await page.evaluate(() => window.peyk!.place(35.7, 51.4));
  await until(page, (old) => Math.hypot(window.peyk!.place(35.7, 51.4).x - old.x, window.peyk!.place(35.7, 51.4).y - old.y) > 20, fixed);
  assert.ok(await page.evaluate(middle, id), 'the map went along');
  await page.mouse.move(900, 600);
  await page.mouse.down();
  await page.mouse.move(950, 560, { steps: 4 });
  await page.mouse.up();
  await page.getByRole('button', { name: 'Follow', pressed: false }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^All/ }).click();
});

test('zoomed out there are crowds, that open on a click', async () => {
  await page.goto(`${server.url}/#map=9.5/35.7/51.4`); // the same page: only the view changes
  await until(page, () => window.peyk!.settled() && window.peyk!.discs().length > 0 && location.hash.includes('map=9.5'), null);
  const counted = await page.evaluate(() => {
    const alone = window.peyk!.ids().filter((id) => window.peyk!.project(id) !== undefined).length;
    return window.peyk!.discs().reduce((sum, disc) => sum + disc.count, alone);
  });
  assert.equal(counted, 200, 'everybody is shown once');
  await shoot(page, 'crowds');
  const said = await page.locator('.crowd').evaluateAll((all) => all.map((disc) => [disc.textContent, disc.getAttribute('aria-label')]));
  assert.deepEqual(said.map(([, label]) => label), said.map(([number]) => `${number} couriers here: show them`));
  await eventually('a click on the largest brings nearer', async () => {
    const largest = await page.evaluate(() => window.peyk!.discs().toSorted((a, b) => b.count - a.count)[0]);
    if (largest) await page.mouse.click(largest.x, largest.y); // crowds change with those who drive
    return page.evaluate(() => Number(/map=([\d.]+)/.exec(location.hash)?.[1]) > 10.5);
  });
});

test('the address shows somebody else the same', async () => {
  await page.goto(`${server.url}/#map=16/35.7/51.41&courier=sim-5`);
  await card().getByText('sim-5', { exact: true }).waitFor();
  await until(page, () => {
    const at = window.peyk!.place(35.7, 51.41);
    return Math.hypot(at.x - 640, at.y - 400) < 1;
  }, null);
  const arrived = until(page, () => {
    const at = window.peyk!.project('sim-6'); // which will drive on
    return at !== undefined && Math.hypot(at.x - 832, at.y - 400) < 100;
  }, null);
  await Promise.all([arrived, page.goto(`${server.url}/#courier=sim-6`)]);
  await card().getByText('sim-6', { exact: true }).waitFor();
  await page.goto(`${server.url}/#courier=${encodeURIComponent('a stranger/۷')}`);
  await page.getByText('No courier ⁨a stranger/۷⁩').waitFor();
  await shoot(page, 'unknown-courier');
  await page.keyboard.press('Escape');
});

test('the panel folds away and comes back', async () => {
  await page.getByRole('button', { name: 'Fold the panel away' }).click();
  await page.getByRole('button', { name: 'Show the panel' }).waitFor();
  assert.equal(await rows().count(), 0);
  await shoot(page, 'folded');
  const focused = await page.evaluate(async () => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true }));
    await Promise.resolve(); // no frame was drawn: who types fast loses no letter
    await Promise.resolve();
    return document.activeElement?.id;
  });
  assert.equal(focused, 'search');
  await page.keyboard.press('Escape');
});

test('Persian: from the right, with its digits and dates, and remembered', async () => {
  const middle = () => page.evaluate(() => window.peyk!.place(35.7, 51.4).x);
  await page.getByRole('button', { name: 'Show all couriers' }).click();
  await until(page, () => window.peyk!.settled(), null);
  const was = await middle();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('radio', { name: 'فارسی' }).check();
  await eventually('the city goes where the panel was', async () => Math.abs(was - (await middle()) - 384) < 1);
  await page.getByRole('radio', { name: 'تیره' }).check();
  assert.deepEqual(await barriers(page), []);
  await shoot(page, 'menu-fa');
  await page.goto(`${server.url}/#map=13.6/35.6975/51.395&courier=sim-3`);
  await page.reload();
  await untilLive(page, 200);
  await page.getByRole('button', { name: 'همه ۲۰۰' }).waitFor();
  const [body, html] = await page.evaluate(() => [document.body.dir, document.documentElement.dir]);
  assert.deepEqual([body, html], ['rtl', ''], 'on <html> it would mirror brackets in labels');
  await page.getByText('شهر نمایشی').waitFor();
  await card().getByText('باتری').waitFor();
  assert.match(await card().innerText(), /۱۴\d\d|[۰-۹]{4}/);
  assert.doesNotMatch(await page.locator('.facts dd:last-child').last().innerText(), /[0-9]/);
  const panel = await page.locator('.panel').boundingBox();
  assert.ok(panel && panel.x > 900, 'the panel is at the start side: the right');
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(21, 24, 29)', 'dark was chosen');
  assert.deepEqual(await barriers(page), []);
  await shoot(page, 'panel-fa', 'panel-fa');
  await page.keyboard.press('Escape');
  await page.goto(`${server.url}/#map=9.5/35.7/51.4`);
  await page.getByText(/^[۰-۹٬]+$/).first().waitFor();
  assert.match(await page.locator('.crowd').first().innerText(), /^[۰-۹]+$/);
  await page.getByRole('button', { name: 'تنظیمات' }).click();
  await page.getByRole('radio', { name: 'روشن' }).check();
  await page.getByRole('radio', { name: 'English' }).check();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Show all couriers' }).click();
  await until(page, () => window.peyk!.settled(), null);
});

test('a lost WebGL context comes back with its couriers', async () => {
  await page.goto(`${server.url}/#map=14/35.7/51.4`);
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
  await untilDrawn();
});

test('the policy is kept', async () => {
  assert.deepEqual(await violations(page), []);
  await page.context().close(); // two maps at once are slow without a GPU
});

test('on a phone the panel is a sheet with three heights', async () => {
  page = await openPage(server.link, { colorScheme: 'dark', viewport: { width: 360, height: 740 }, locale: 'fa-IR', hasTouch: true });
  await untilLive(page, 200);
  const [ground, width] = await page.evaluate(() => [getComputedStyle(document.body).backgroundColor, document.documentElement.scrollWidth]);
  assert.deepEqual([ground, width], ['rgb(21, 24, 29)', 360]);
  const reaches = (want: number) => until(page, (h) => Math.abs(document.querySelector('.panel')!.getBoundingClientRect().height - h) < 2, want);
  await reaches(118);
  await shoot(page, 'phone-small');
  await page.getByRole('button', { name: 'سفارش‌ها' }).click();
  await reaches(0.52 * 740); // or one would see none of them
  await page.getByRole('button', { name: 'سفارش‌ها' }).click();
  for (const height of ['نیمه', 'بزرگ']) await page.getByRole('button', { name: `پنل: ${height}` }).click();
  await reaches(118);
  await page.getByRole('button', { name: 'پنل: کوچک' }).click();
  await reaches(0.52 * 740);
  await shoot(page, 'phone-half', 'panel-phone');
  const handle = (await page.locator('.handle').boundingBox())!;
  await page.mouse.move(180, handle.y + 8);
  await page.mouse.down();
  await page.mouse.move(180, 120, { steps: 4 });
  await page.mouse.up();
  await reaches(740 - 64);
  await shoot(page, 'phone-large');
  assert.equal(await page.evaluate(() => document.elementFromPoint(30, 120)?.closest('main') !== null), true, 'nothing of the map lies on the sheet');
  await rows().nth(3).click();
  await card().waitFor();
  await reaches(0.52 * 740);
  assert.deepEqual(await barriers(page), []);
  assert.deepEqual(await violations(page), []);
  await until(page, () => window.peyk!.settled(), null);
  await shoot(page, 'phone-card');
  await page.getByRole('button', { name: 'بستن' }).click();
  const cut = await page.evaluate(() => {
    const counts = [...document.querySelectorAll('.chip b')];
    for (const each of counts) each.textContent = '۸٬۸۸۸';
    return counts.filter((each) => each.getBoundingClientRect().left < 0 || each.scrollWidth > each.clientWidth + 1 || each.getBoundingClientRect().right > 360).length;
  });
  assert.equal(cut, 0, 'counts of thousands can be read');
  await page.context().close();
});

test('an order of the demo: who brings it is marked for dispatchers, and its customer watches it come', async () => {
  const shop = await peyk('demo', '--listen', '127.0.0.1:0'); // its first order takes some minutes
  let link = '';
  await eventually('the order is there', async () => {
    const answer = await fetch(`${shop.url}/api/v1/orders/A-1001/shares`, { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } });
    if (answer.ok) link = ((await answer.json()) as { link: string }).link;
    return answer.ok;
  });
  const customer = await openPage(shop.url + link, { viewport: { width: 360, height: 740 }, locale: 'fa-IR' });
  await customer.getByText('سفارش شما در راه است').waitFor();
  await until(customer, () => window.track?.settled() === true && window.track.courier() !== undefined, null);
  await until(customer, () => document.querySelector<HTMLElement>('.pin')?.hidden === false, null);
  await customer.getByText(/[۰-۹]+ دقیقهٔ دیگر/).waitFor();
  assert.deepEqual(await barriers(customer), []);
  await shoot(customer, 'customer', 'customer');
  await customer.context().close();
  const dispatch = await openPage(`${shop.url}/#manage=orders/A-1001`);
  await untilLive(dispatch, 200);
  const name = await dispatch.locator('.ticket .facts button').innerText();
  await dispatch.locator('.name.selected').filter({ hasText: name }).waitFor();
  await dispatch.locator('.pin.destination.selected').waitFor();
  await until(dispatch, () => window.peyk!.settled(), null);
  await shoot(dispatch, 'orders', 'panel-orders');
  await dispatch.context().close();
  await shop.kill();
});

test('on a wall the map is the page', async () => {
  const wall = await openPage(server.link, { viewport: { width: 2560, height: 1080 } });
  await untilLive(wall, 200);
  assert.equal((await wall.locator('.panel').boundingBox())?.width, 360);
  await shoot(wall, 'wall');
  await wall.context().close();
});
