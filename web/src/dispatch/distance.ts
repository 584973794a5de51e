// How far it is between two spots, as the crow flies, and how that is said.

import { digits, type Language } from '../text.ts';
import type { Spot } from '../orders.ts';

const radius = 6_371_000; // metres

/** Metres between two spots. */
export function metres(a: Spot, b: Spot): number {
  const chord = half(b.lat - a.lat) + circle(a.lat) * circle(b.lat) * half(b.lon - a.lon); // the haversine formula
  return 2 * radius * Math.asin(Math.min(1, Math.sqrt(chord)));
}

function half(degrees: number): number {
  return Math.sin((degrees * Math.PI) / 360) ** 2;
}

function circle(degrees: number): number {
  return Math.cos((degrees * Math.PI) / 180);
}

/** A distance as people say it: "650 m", "۲٫۳ کیلومتر". */
export function far(length: number, language: Language): string {
  const unit = units[language];
  if (length < 995) return `${digits(Math.round(length / 10) * 10, language)} ${unit.m}`;
  return `${digits(length / 1000, language, { maximumFractionDigits: length < 9950 ? 1 : 0 })} ${unit.km}`;
}

const units = { en: { m: 'm', km: 'km' }, fa: { m: 'متر', km: 'کیلومتر' } };
