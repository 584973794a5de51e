// Writes dist/, which is committed: our own bundle, readable and without hashes
// in its names; MapLibre beside it as it was published; fonts; the outline of
// the world; and the hashes of what all this was made from.

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
const budget = 60_000; // bytes, gzip, of our own bundle: what a page runs before MapLibre comes

await build({
  root,
  base: './',
  configFile: false,
  logLevel: 'error',
  ...jsx,
  build: {
    minify: false,
    modulePreload: false,
    target: 'es2023',
    assetsInlineLimit: 0,
    rolldownOptions: {
      external: ['maplibre-gl'],
      output: {
        entryFileNames: 'main.js',
        chunkFileNames: '[name].js',
        assetFileNames: '[name][extname]',
        comments: { jsdoc: false }, // a tenth of what goes over the wire; they are in src
        paths: { 'maplibre-gl': './maplibre-gl.mjs' },
      },
    },
  },
});

mkdirSync(join(dist, 'fonts'), { recursive: true });
for (const name of ['maplibre-gl.mjs', 'maplibre-gl-worker.mjs', 'maplibre-gl.css']) copy(`maplibre-gl/dist/${name}`, name);
for (const weight of ['Regular', 'Medium']) copy(`vazirmatn/fonts/webfonts/Vazirmatn-${weight}.woff2`, `fonts/Vazirmatn-${weight}.woff2`);
writeFileSync(join(dist, 'world.geojson'), world());
writeFileSync(join(dist, 'licenses.txt'), licenses());
writeFileSync(join(dist, 'sources.sha256'), sources(root));
report();

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
  const ours = gzipSync(readFileSync(join(dist, 'main.js'))).length;
  console.log(`before MapLibre: ${kilo(ours).trim()} of ${kilo(budget).trim()} KB gzip`);
  if (ours > budget) throw new Error('our own bundle is over its budget');
}

/** @param {number} bytes */
function kilo(bytes) {
  return (bytes / 1000).toFixed(1).padStart(7);
}
