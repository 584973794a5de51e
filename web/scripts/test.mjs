// Bundles the tests of a folder, since Node 20 reads no TypeScript, and runs
// them with Node's own runner: `node scripts/test.mjs unit`, `… browser`, or
// `… bench`. Names after that choose some of the files.

import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { jsx } from './jsx.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [folder = 'unit', ...some] = process.argv.slice(2);
const out = join(root, '.test', folder);
const tests = readdirSync(join(root, 'test', folder)).filter((name) => name.endsWith('.test.ts') && (some.length === 0 || some.some((part) => name.startsWith(part))));

rmSync(out, { recursive: true, force: true });
await build({
  root,
  configFile: false,
  logLevel: 'error',
  publicDir: false,
  ...jsx,
  build: {
    ssr: true,
    outDir: out,
    minify: false,
    sourcemap: 'inline',
    rolldownOptions: {
      input: tests.map((name) => join(root, 'test', folder, name)),
      output: { entryFileNames: '[name].mjs' },
    },
  },
});

// Every file of browser tests runs in a process of its own; the server is built once for all of them,
// unless there is one already.
if (folder !== 'unit' && !process.env.PEYK_BINARY) execFileSync('go', ['build', '-o', join(root, '.test', 'peyk'), './cmd/peyk'], { cwd: dirname(root), stdio: 'inherit' });

const files = tests.map((name) => join(out, name.replace(/\.ts$/, '.mjs')));
const run = spawnSync(process.execPath, ['--enable-source-maps', '--test', '--test-concurrency=1', ...files], { cwd: root, stdio: 'inherit' });
process.exit(run.status ?? 1);
