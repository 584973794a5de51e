// A small map in one PMTiles file, made by the tests: one vector tile of the
// whole world at zoom 0. https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md
// and https://github.com/mapbox/vector-tile-spec

import { writeFileSync } from 'node:fs';

export interface Feature {
  layer: string;
  tags: Record<string, string>;
  ring: [x: number, y: number][]; // of a polygon, 0 to 4096 each
}

/** Writes the file: the features, with the names of all layers that the schema has. */
export function writeArchive(path: string, layers: string[], features: Feature[]): void {
  const tile = Buffer.concat(layers.map((name) => field(3, layer(name, features.filter((each) => each.layer === name)))));
  const metadata = Buffer.from(JSON.stringify({ attribution: '© somebody', vector_layers: layers.map((id) => ({ id, fields: {} })) }));
  const directory = Buffer.concat([1, 0, 1, tile.length, 1].map(varint)); // one entry: tile 0, run of 1, its length, offset 0
  const at = { root: 127, metadata: 127 + directory.length, tiles: 127 + directory.length + metadata.length };
  const header = Buffer.alloc(127);
  header.write('PMTiles', 0, 'latin1');
  header[7] = 3;
  const sizes = [at.root, directory.length, at.metadata, metadata.length, at.tiles, 0, at.tiles, tile.length, 1, 1, 1];
  for (const [i, size] of sizes.entries()) header.writeBigUInt64LE(BigInt(size), 8 + i * 8);
  header.set([1, 1, 1, 1, 0, 0], 96); // clustered; nothing compressed; vector tiles; zoom 0 to 0
  for (const [i, degrees] of [-180, -85, 180, 85].entries()) header.writeInt32LE(degrees * 1e7, 102 + i * 4);
  writeFileSync(path, Buffer.concat([header, directory, metadata, tile]));
}

function layer(name: string, features: Feature[]): Buffer {
  const keys = [...new Set(features.flatMap(({ tags }) => Object.keys(tags)))];
  const values = [...new Set(features.flatMap(({ tags }) => Object.values(tags)))];
  return Buffer.concat([
    field(1, Buffer.from(name)),
    ...features.map(({ tags, ring }) => {
      const numbers = Object.entries(tags).flatMap(([key, value]) => [keys.indexOf(key), values.indexOf(value)]);
      return field(2, Buffer.concat([field(2, Buffer.concat(numbers.map(varint))), number(3, 3), field(4, polygon(ring))]));
    }),
    ...keys.map((key) => field(3, Buffer.from(key))),
    ...values.map((value) => field(4, field(1, Buffer.from(value)))),
    number(5, 4096),
    number(15, 2),
  ]);
}

function polygon(ring: [number, number][]): Buffer {
  let [x, y] = [0, 0];
  const numbers: number[] = [];
  for (const [i, [toX, toY]] of ring.entries()) {
    if (i === 0) numbers.push(1 | (1 << 3)); // move to one point
    if (i === 1) numbers.push(2 | ((ring.length - 1) << 3)); // lines to the others
    numbers.push(zigzag(toX - x), zigzag(toY - y));
    [x, y] = [toX, toY];
  }
  return Buffer.concat([...numbers, 7 | (1 << 3)].map(varint)); // and close
}

function zigzag(n: number): number {
  return n < 0 ? -2 * n - 1 : 2 * n;
}

function field(id: number, bytes: Buffer): Buffer {
  return Buffer.concat([varint((id << 3) | 2), varint(bytes.length), bytes]);
}

function number(id: number, n: number): Buffer {
  return Buffer.concat([varint(id << 3), varint(n)]);
}

function varint(n: number): Buffer {
  const bytes: number[] = [];
  for (let rest = n; ; rest = Math.floor(rest / 128)) {
    bytes.push(rest < 128 ? rest : (rest % 128) | 128);
    if (rest < 128) return Buffer.from(bytes);
  }
}
