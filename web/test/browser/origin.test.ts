import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { certify, nginx } from './front.ts';
import { ask, directory, freePort, locked, openPage, untilLive } from './harness.ts';

const secret = 'as long as the shop’s must be, and known to nobody';
/** What the shop's log-in leaves in the browser: a JWT of an admin. */
function session(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: 'sara', exp: now + 3600, peyk: { role: 'admin', all: true } })}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

/** Opens a page of a site and has it do all it can with the cookie that the browser holds for Peyk. */
async function tryFrom(context: BrowserContext, site: string, url: string, courier: string): Promise<Record<string, string>> {
  const page = await context.newPage();
  await page.goto(site);
  const results = await page.evaluate(async ([to, id]) => {
    const asked = (path: string, more: RequestInit) =>
      fetch(to + path, { credentials: 'include', ...more }).then(
        (answer) => answer.type === 'opaque' ? 'opaque' : String(answer.status),
        () => 'refused',
      );
    const posted = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ latitude: 35.7, longitude: 51.41, user: { id } }) };
    const socket = (protocols: string[]) =>
      new Promise<string>((done) => {
        const opened = new WebSocket(`${to.replace('http', 'ws')}/ws`, protocols);
        opened.addEventListener('message', () => done('told'));
        opened.addEventListener('close', () => done('refused'));
      });
    return {
      read: await asked('/api/v1/couriers', {}),
      post: await asked('/api/v1/locations', posted),
      form: await asked('/api/v1/locations', { method: 'POST', mode: 'no-cors', body: new URLSearchParams({ latitude: '35.7', longitude: '51.41', 'user.id': id }) }),
      events: await asked('/api/v1/stream?all=true', {}),
      frames: await socket(['peyk.v1.json']),
      original: await socket([]),
    };
  }, [url, courier] as const);
  await page.close();
  return results;
}

test('a cookie is of use to the pages that are listed, and to no others', async () => {
  const { certificate, key } = certify(directory());
  const blank = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (_, answer) => {
    answer.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>A page</title>');
  }).listen(0, '127.0.0.1');
  await once(blank, 'listening');
  const { port } = blank.address() as AddressInfo;
  const proxy = await freePort();
  const url = `https://shop.example:${proxy}/peyk`;
  const listed = `https://pages.shop.example:${port}`;
  const server = await locked('--public-url', url, '--origins', listed, '--auth-cookie', 'session', '--auth-jwt-secret', secret);
  await nginx(proxy, server.port);
  await ask(server, 'POST', 'locations', { latitude: 35.7, longitude: 51.4, user: { id: 1, username: 'user1' } });

  const page = await openPage('about:blank', { ignoreHTTPSErrors: true });
  const context = page.context();
  // As live as it gets: the browser sends it along whichever page asks.
  await context.addCookies([{ name: 'session', value: session(), domain: 'shop.example', path: '/', sameSite: 'None', secure: true }]);
  await page.goto(`${url}/`);
  await untilLive(page, 1);

  const good = await tryFrom(context, listed, url, 'listed');
  assert.deepEqual({ ...good, form: '' }, { read: '200', post: '200', form: '', events: '200', frames: 'told', original: 'told' }, 'so the cookie is good, and goes along');
  await untilLive(page, 2);

  for (const host of ['evil.shop.example', 'shop.example', 'shop.example.evil.example', 'evil.example', 'localhost', '127.0.0.1']) {
    const bad = await tryFrom(context, `https://${host}:${port}`, url, 'evil');
    assert.deepEqual(bad, { read: 'refused', post: 'refused', form: 'opaque', events: 'refused', frames: 'refused', original: 'refused' }, host);
  }
  const { couriers } = await ask<{ couriers: { id: string }[] }>(server, 'GET', 'couriers');
  assert.deepEqual(couriers.map(({ id }) => id), ['1', 'listed'], 'no strange page has posted');
  await context.close();
  await server.kill();
  blank.close();
});
