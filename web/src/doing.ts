// What a courier is doing, in one word of the page's own.

import { silent } from './motion.ts';
import type { Courier } from './state.ts';

export type Doing = 'moving' | 'stopped' | 'silent';

export function doing(courier: Courier, now: number | undefined): Doing {
  if (!courier.position || silent(courier.position, now)) return 'silent';
  return courier.position.moving ? 'moving' : 'stopped';
}
