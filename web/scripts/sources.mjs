// The hashes of everything that dist/ is made from, in sha256sum's form. A Go
// test compares them with the sources, so a forgotten build does not go unseen.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const files = ['index.html', 'package-lock.json', 'package.json'];
const folders = ['public', 'scripts', 'src'];

/** @param {string} root @returns {string} */
export function sources(root) {
  const all = [...files, ...folders.flatMap((folder) => below(root, folder))].toSorted();
  return all.map((file) => `${hash(join(root, file))}  ${file}\n`).join('');
}

/** @param {string} root @param {string} folder @returns {string[]} */
function below(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? below(root, path) : [path];
  });
}

/** @param {string} file */
function hash(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
