// Telephone numbers as links.

import { fold } from './fold.ts';

/** The link that calls the number, however it is written. */
export function tel(phone: string): string {
  return `tel:${fold(phone).replace(/[^+\d*#]/g, '')}`;
}
