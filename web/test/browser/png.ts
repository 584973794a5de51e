// Reads the PNGs that the browser makes of its screen, and makes them small enough
// for a repository: 256 colours.

import { crc32, deflateSync, inflateSync } from 'node:zlib';

export interface Picture {
  width: number;
  height: number;
  rgba: Uint8Array; // four bytes a pixel, row by row
}

/** Reads a file of 8 bits a channel, with or without transparency and not interlaced, as browsers write. */
export function readPng(file: Buffer): Picture {
  const [width, height, bits, kind, interlaced] = [file.readUInt32BE(16), file.readUInt32BE(20), file[24], file[25], file[28]];
  if (bits !== 8 || (kind !== 2 && kind !== 6) || interlaced !== 0) throw new Error(`a PNG of kind ${kind}, ${bits} bits`);
  const data: Buffer[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  }
  const channels = kind === 6 ? 4 : 3;
  const raw = unfiltered(inflateSync(Buffer.concat(data)), width * channels, channels);
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let k = 0; k < channels; k++) rgba[pixel * 4 + k] = raw[pixel * channels + k]!;
  }
  return { width, height, rgba };
}

/** Takes back what each row's filter did: https://www.w3.org/TR/png-3/#9Filters */
function unfiltered(rows: Buffer, stride: number, step: number): Uint8Array {
  const out = new Uint8Array((rows.length / (stride + 1)) * stride);
  for (let at = 0; at < out.length; at++) {
    const [row, column] = [Math.floor(at / stride), at % stride];
    const left = column < step ? 0 : out[at - step]!;
    const up = row === 0 ? 0 : out[at - stride]!;
    const corner = column < step || row === 0 ? 0 : out[at - stride - step]!;
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][rows[row * (stride + 1)]!]!;
    out[at] = rows[row * (stride + 1) + 1 + column]! + guess;
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** The file. Colours that are rare become the nearest of the 256 most frequent ones. */
export function indexedPng({ width, height, rgba }: Picture): Buffer {
  const { palette, indexOf } = paletteOf(rgba);
  const rows = Buffer.alloc((width + 1) * height); // each row begins with its filter: none
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = indexOf[bin(rgba, (y * width + x) * 4)]!;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8); // 8 bits a pixel, by palette
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const chunks = [chunk('IHDR', header), chunk('PLTE', palette), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...chunks]);
}

/** Which of 32 × 32 × 32 boxes of colours a pixel is in. */
function bin(rgba: Uint8Array, at: number): number {
  return ((rgba[at]! >> 3) << 10) | ((rgba[at + 1]! >> 3) << 5) | (rgba[at + 2]! >> 3);
}

function paletteOf(rgba: Uint8Array): { palette: Buffer; indexOf: Uint8Array } {
  const boxes = new Map<number, { count: number; sum: [number, number, number] }>();
  for (let at = 0; at < rgba.length; at += 4) {
    const key = bin(rgba, at);
    let box = boxes.get(key);
    if (!box) boxes.set(key, (box = { count: 0, sum: [0, 0, 0] }));
    box.count++;
    for (let k = 0; k < 3; k++) box.sum[k]! += rgba[at + k]!;
  }
  const colors = [...boxes].map(([key, { count, sum }]) => ({ key, count, rgb: sum.map((part) => Math.round(part / count)) }));
  const kept = colors.toSorted((a, b) => b.count - a.count).slice(0, 256);
  const indexOf = new Uint8Array(32 ** 3);
  for (const { key, rgb } of colors) indexOf[key] = nearest(rgb, kept);
  return { palette: Buffer.from(kept.flatMap(({ rgb }) => rgb)), indexOf };
}

function nearest(rgb: number[], among: { rgb: number[] }[]): number {
  let best = 0;
  let least = Infinity;
  for (const [i, other] of among.entries()) {
    const distance = rgb.reduce((sum, part, k) => sum + (part - other.rgb[k]!) ** 2, 0);
    if (distance < least) [best, least] = [i, distance];
  }
  return best;
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
