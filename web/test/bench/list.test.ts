// What the list costs with 5,000 couriers: from a letter that is typed into the
// search to the rows that it finds.

import { test } from 'node:test';
import { openPage, peyk, untilLive } from '../browser/harness.ts';
import { judge } from './aim.ts';
import { Crew } from './crew.ts';

const couriers = 5000;
const frame = 16.7; // milliseconds

test(`a search among ${couriers} couriers is answered within a frame`, async () => {
  const server = await peyk('serve', '--insecure', '--map-style', 'builtin', '--ops-listen', '', '--listen', '127.0.0.1:0');
  const page = await openPage('about:blank');
  await Crew.of(couriers, page);
  await page.goto(`${server.link}#map=9/35.7/51.4`);
  await untilLive(page, couriers);
  const took = await page.evaluate(async () => {
    const field = document.querySelector<HTMLInputElement>('#search')!;
    const times: number[] = [];
    for (const query of ['پ', 'پي', 'پيك ۱', 'پيك ۱۲', 'پيك ۱۲۳', '', 'courier4', 'courier49', 'nobody', '']) {
      const began = performance.now();
      field.value = query;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      await Promise.resolve(); // the panel renders in a microtask
      await Promise.resolve();
      void document.body.offsetHeight; // and the browser lays it out
      times.push(performance.now() - began);
    }
    return times.toSorted((a, b) => a - b);
  });
  const [median, worst] = [took[took.length >> 1]!, took.at(-1)!];
  judge(`search among ${couriers} couriers, at worst ${worst.toFixed(1)} ms`, median, frame);
  await page.context().close();
  await server.kill();
});
