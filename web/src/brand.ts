// The pages of customers and couriers in the shop's colours, and how they are
// kept on the phone.

import { computed, effect, signal } from '@preact/signals';
import { legible, over } from './color.ts';
import { dress, followSystem, theme } from './look.ts';
import { at } from './root.ts';
import type { Shop } from './wire.ts';

export const shop = signal<Shop>({ name: '', color: '', logo: '' });

/** The shop's colour where it is read: on the page and on what lies on it. */
const accent = computed(() => {
  const { surface, ground, ink, accent: own } = theme.value;
  return shop.value.color === '' ? own : legible(shop.value.color, [surface, ground], ink);
});

/** Gives the document its language and the shop's colours, from now on. */
export function wear(title: () => string): void {
  followSystem();
  effect(() => dress(title(), accent.value));
  effect(() => {
    const { color } = shop.value;
    const { style } = document.documentElement;
    style.setProperty('--brand', color || 'var(--surface)');
    style.setProperty('--on-brand', color === '' ? 'var(--ink)' : over(color));
    document.querySelector('meta[name=theme-color]')?.setAttribute('content', color || theme.value.surface);
  });
}

/** Keeps the page's shell on the phone, once the page has what it needs now. */
export function keepShell(folder: 't' | 'c'): void {
  const register = () => navigator.serviceWorker?.register(at(`${folder}/worker.js`)).catch(() => {}); // pages that are not secure have none
  if (document.readyState === 'complete') void register();
  else addEventListener('load', () => void register());
}
