// A shop's colour, made legible: contrast as WCAG 2.2 counts it. Pure.

import { parts } from './theme.ts';

const enough = 4.5; // of text

/** How well two colours "#rrggbb" tell apart, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** The colour, or as little of the ink in it as makes it legible on all of the grounds. */
export function legible(color: string, grounds: readonly string[], ink: string): string {
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mix(color, ink, share);
    if (grounds.every((ground) => contrast(mixed, ground) >= enough)) return mixed;
  }
  return ink;
}

/** Black or white, whichever is read better on the colour. */
export function over(color: string): string {
  return contrast(color, '#ffffff') >= contrast(color, '#000000') ? '#ffffff' : '#000000';
}

function mix(a: string, b: string, share: number): string {
  const [from, to] = [parts(a), parts(b)];
  return `#${from.map((part, i) => byte(part + (to[i]! - part) * share)).join('')}`;
}

function byte(part: number): string {
  return Math.round(part * 255).toString(16).padStart(2, '0');
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(color: string): number {
  const [r, g, b] = parts(color).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
