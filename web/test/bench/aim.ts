// What a figure is held against. On a machine that has something else to do it
// says nothing about us: there it is printed, and fails nothing.

import assert from 'node:assert/strict';
import { cpus } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

const idle = (await idleShare()) > 0.9; // before anything of ours runs

/** Fails if a figure in milliseconds exceeds its aim, where the machine was idle before. */
export function judge(what: string, measured: number, aim: number): void {
  const said = `${what}: ${measured.toFixed(1)} ms (aim: ${aim} ms)`;
  console.log(idle ? said : `${said}; not judged, since the machine was busy before`);
  assert.ok(!idle || measured <= aim, said);
}

/** Which part of a second all processors together were idle. */
async function idleShare(): Promise<number> {
  const from = total();
  await pause(1000);
  const to = total();
  return (to.idle - from.idle) / (to.all - from.all);
}

function total(): { idle: number; all: number } {
  const times = cpus().map((each) => each.times);
  const sum = (of: number[]) => of.reduce((a, b) => a + b, 0);
  return { idle: sum(times.map((each) => each.idle)), all: sum(times.flatMap((each) => Object.values(each))) };
}
