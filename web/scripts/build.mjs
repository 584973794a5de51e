// Writes dist/, which is committed: our own bundles, readable and without hashes
// in their names; MapLibre beside it as it was published; fonts; the outline of
// the world; and the hashes of what all this was made from.

import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { jsx } from './jsx.mjs';
import { sources } from './sources.mjs';
import { world } from './world.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');

/** What each page needs before it says what it is for; bytes, gzip, at most. The fonts come after, and the map after them. */
const budgets = [
  { page: 'panel', files: ['main.js'], most: 60_000 },
  { page: 'customer', files: ['t/index.html', 'plain.css', 'track.css', 'track.js'], most: 40_000 },
  { page: 'courier', files: ['c/index.html', 'plain.css', 'courier.css', 'courier.js'], most: 40_000 },
];

await bundle('main');
await bundle('track', 'src/track/main.tsx');
await bundle('courier', 'src/courier/main.tsx');

mkdirSync(join(dist, 'fonts'), { recursive: true });
for (const name of ['maplibre-gl.mjs', 'maplibre-gl-worker.mjs', 'maplibre-gl.css']) copy(`maplibre-gl/dist/${name}`, name);
for (const weight of ['Regular', 'Medium']) copy(`vazirmatn/fonts/webfonts/Vazirmatn-${weight}.woff2`, `fonts/Vazirmatn-${weight}.woff2`);
writeFileSync(join(dist, 'world.geojson'), world());
keepShell('t', 'track');
keepShell('c', 'courier');
writeFileSync(join(dist, 'licenses.txt'), licenses());
writeFileSync(join(dist, 'sources.sha256'), sources(root));
report();

/**
 * Builds one page's bundle; without a source the panel's, with its index.html and what is public.
 * @param {string} name @param {string} [source]
 */
async function bundle(name, source) {
  await build({
    root,
    base: './',
    configFile: false,
    logLevel: 'error',
    ...(source && { publicDir: false }),
    ...jsx,
    resolve: { preserveSymlinks: true }, // no path of this machine gets into dist
    build: {
      minify: false,
      modulePreload: false,
      target: 'es2023',
      assetsInlineLimit: 0,
      emptyOutDir: !source,
      rolldownOptions: {
        ...(source && { input: join(root, source) }),
        external: ['maplibre-gl'],
        output: {
          entryFileNames: `${name}.js`,
          chunkFileNames: source ? `${name}-[name].js` : '[name].js',
          assetFileNames: '[name][extname]',
          comments: { jsdoc: false }, // a tenth of what goes over the wire; they are in src
          paths: { 'maplibre-gl': './maplibre-gl.mjs' },
        },
      },
    },
  });
}

/**
 * Writes the service worker of a page, which keeps its files until one of them changes.
 * @param {string} folder @param {string} name
 */
function keepShell(folder, name) {
  const own = readdirSync(dist).filter((file) => new RegExp(`^${name}[.-].*(js|css)$`).test(file));
  const files = [...own, 'plain.css', 'favicon.svg', 'icon-192.png', 'fonts/Vazirmatn-Regular.woff2', 'fonts/Vazirmatn-Medium.woff2'];
  const hash = createHash('sha256');
  for (const file of [`${folder}/index.html`, ...files]) hash.update(readFileSync(join(dist, file)));
  const shell = ['./', './manifest.webmanifest', '../config.json', ...files.map((file) => `../${file}`)];
  const head = `const version = '${hash.digest('hex').slice(0, 16)}';\nconst shell = ${JSON.stringify(shell, null, 2)};\n\n`;
  writeFileSync(join(dist, folder, 'worker.js'), head + readFileSync(join(root, 'src/worker.js'), 'utf8'));
}

/** @param {string} from @param {string} to */
function copy(from, to) {
  copyFileSync(join(root, 'node_modules', from), join(dist, to));
}

/** The terms of everything in dist/ that is not ours. */
function licenses() {
  const files = ['preact/LICENSE', '@preact/signals/LICENSE', '@preact/signals-core/LICENSE', 'maplibre-gl/LICENSE.txt', 'fflate/LICENSE', 'vazirmatn/OFL.txt', 'world-atlas/LICENSE', 'lean-qr/LICENSE'];
  const terms = files.map((file) => `${dirname(file)}\n\n${readFileSync(join(root, 'node_modules', file), 'utf8').trim()}\n`);
  terms.push(`pmtiles\n\n${readFileSync(join(root, 'scripts/pmtiles.txt'), 'utf8').trim()}\n`); // its package has no file of them
  return terms.join(`\n${'-'.repeat(80)}\n\n`);
}

/** Prints what a browser has to load, in KB as it goes over the wire. */
function report() {
  for (const name of readdirSync(dist).toSorted()) {
    if (!/\.(js|mjs|css|html|geojson)$/.test(name)) continue;
    const bytes = readFileSync(join(dist, name));
    console.log(`${name.padEnd(24)} ${kilo(bytes.length)} KB, ${kilo(gzipSync(bytes).length)} KB gzip`);
  }
  for (const { page, files, most } of budgets) {
    const ours = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0);
    console.log(`${page}, before fonts and map: ${kilo(ours).trim()} of ${kilo(most).trim()} KB gzip`);
    if (ours > most) throw new Error(`the page of the ${page} is over its budget`);
  }
}

/** @param {number} bytes */
function kilo(bytes) {
  return (bytes / 1000).toFixed(1).padStart(7);
}
