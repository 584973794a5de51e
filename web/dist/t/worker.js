const version = 'ce486c1389e70ea4';
const shell = [
  "./",
  "./manifest.webmanifest",
  "../config.json",
  "../track-archive.js",
  "../track-map.js",
  "../track.css",
  "../track.js",
  "../plain.css",
  "../favicon.svg",
  "../icon-192.png",
  "../fonts/Vazirmatn-Regular.woff2",
  "../fonts/Vazirmatn-Medium.woff2"
];

// Keeps the shell of a page, so that it opens at once and without a network. It
// keeps nothing else: positions, orders and pieces of the map go to the network
// as if it was not there. The build puts `version` and `shell` before this, and
// with another version the browser fetches the whole shell anew; pages that are
// open go on with theirs.

const cacheName = `${registration.scope} ${version}`;
const config = new URL('../config.json', location.href).href;
const files = new Set(shell.map((path) => new URL(path, location.href).href));

addEventListener('install', (event) => event.waitUntil(fill()));
addEventListener('activate', (event) => event.waitUntil(sweep()));
addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  const file = mode === 'navigate' && url.startsWith(registration.scope) ? registration.scope : origin + pathname;
  if (method === 'GET' && files.has(file)) event.respondWith(file === config ? fresh(event.request) : kept(file, event.request));
});

async function fill() {
  const cache = await caches.open(cacheName);
  await cache.addAll([...files].map((file) => new Request(file, { cache: 'no-cache' })));
}

async function sweep() {
  const old = (await caches.keys()).filter((name) => name.startsWith(`${registration.scope} `) && name !== cacheName);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function kept(file, request) {
  const cache = await caches.open(cacheName);
  return (await cache.match(file)) ?? fetch(request);
}

/** What the operator may change without a new version. */
async function fresh(request) {
  const cache = await caches.open(cacheName);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(config, answer.clone());
    return answer;
  } catch (failure) {
    const last = await cache.match(config);
    if (last) return last;
    throw failure;
  }
}
