// The built-in map: the outline of the world and, where there is one, the demo
// city, drawn calmly in the colours of the theme. It needs no network but this
// server. Labels are drawn by the browser with our own font.

import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { at } from './root.ts';
import type { Language } from './text.ts';
import type { Theme } from './theme.ts';

export interface Builtin {
  theme: Theme;
  language: Language;
  city: boolean;
}

export function builtin({ theme, language, city }: Builtin): StyleSpecification {
  return {
    version: 8,
    'font-faces': fonts(),
    sources: {
      world: { type: 'geojson', data: at('world.geojson'), maxzoom: 8, tolerance: 0.6 },
      ...(city && { city: { type: 'geojson' as const, data: at('map/city.geojson'), maxzoom: 15 } }),
    },
    layers: [...worldLayers(theme, city), ...(city ? [...cityLayers(theme), ...labelLayers(theme, language)] : [])],
  };
}

/** Our own fonts, from which MapLibre draws labels by itself. */
export function fonts(): NonNullable<StyleSpecification['font-faces']> {
  return {
    Vazirmatn: [{ url: at('fonts/Vazirmatn-Regular.woff2') }],
    'Vazirmatn Medium': [{ url: at('fonts/Vazirmatn-Medium.woff2') }],
  };
}

/** Near enough for a city there is land, even before it has come: nobody shall see a sea first. */
function worldLayers({ ground, map }: Theme, city: boolean): LayerSpecification[] {
  const beneath = city ? (['step', ['zoom'], map.water, 10, ground] satisfies ExpressionSpecification) : map.water;
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': beneath } },
    {
      id: 'land',
      type: 'fill',
      source: 'world',
      filter: ['==', ['get', 'kind'], 'land'],
      paint: { 'fill-color': ground },
    },
    {
      id: 'border',
      type: 'line',
      source: 'world',
      filter: ['==', ['get', 'kind'], 'border'],
      paint: { 'line-color': map.border, 'line-width': ['interpolate', ['linear'], ['zoom'], 2, 0.5, 8, 1.2] },
    },
  ];
}

function cityLayers({ map }: Theme): LayerSpecification[] {
  const buildings = byZoom([13.8, 0], [14.8, 1]);
  return [
    area('ground', map.town),
    area('park', map.park),
    area('water', map.water),
    { ...area('building', map.building), minzoom: 13.8, paint: { 'fill-color': map.building, 'fill-opacity': buildings } },
    street(map, 'alley', 'casing', [14, 0.8], [16, 6], [19, 22]),
    street(map, 'street', 'casing', [12, 0.8], [14, 3.4], [16, 9.5], [19, 40]),
    street(map, 'avenue', 'casing', [10, 0.8], [12, 2.6], [14, 6.4], [16, 15], [19, 60]),
    street(map, 'motorway', 'casing', [9, 1], [12, 4.2], [14, 9], [16, 19], [19, 76]),
    street(map, 'alley', 'street', [14, 0.4], [16, 4.5], [19, 20]),
    street(map, 'street', 'street', [12, 0.4], [14, 2.2], [16, 8], [19, 38]),
    street(map, 'avenue', 'main', [10, 0.4], [12, 1.6], [14, 5], [16, 13.2], [19, 58]),
    street(map, 'motorway', 'motorway', [9, 0.6], [12, 2.8], [14, 7.2], [16, 16.8], [19, 73]),
  ];
}

function labelLayers(theme: Theme, language: Language): LayerSpecification[] {
  const { map } = theme;
  const name = naming(language);
  return [
    streetLabel('alley', 15.5, 11, theme, name),
    streetLabel('street', 14, 11, theme, name),
    streetLabel('avenue', 12.5, 11.5, theme, name),
    streetLabel('motorway', 12, 12, theme, name),
    {
      id: 'place-label',
      type: 'symbol',
      source: 'city',
      filter: ['==', ['get', 'kind'], 'place'],
      layout: {
        'text-field': name,
        'text-font': ['Vazirmatn Medium'],
        'text-size': ['match', ['get', 'class'], 'city', 19, 'district', 13.5, 11.5],
        'text-max-width': 7,
        'text-padding': 8,
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: { ...halo(theme), 'text-color': ['match', ['get', 'class'], 'park', map.green, 'square', map.label, map.place], 'text-opacity': byZoom([15.5, 1], [16.5, 0]) },
    },
  ];
}

/** The name to show: the language's own, else the other one. */
function naming(language: Language): ExpressionSpecification {
  const names: ExpressionSpecification[] = [['get', 'name'], ['get', 'name_en']];
  if (language === 'en') names.reverse();
  return ['coalesce', names[0]!, names[1]!];
}

function area(kind: string, color: string): LayerSpecification & { type: 'fill' } {
  return {
    id: kind,
    type: 'fill',
    source: 'city',
    filter: ['all', ['==', ['get', 'kind'], kind], ['in', ['geometry-type'], ['literal', ['Polygon', 'MultiPolygon']]]],
    paint: { 'fill-color': color },
  };
}

type Tone = 'casing' | 'street' | 'main' | 'motorway';

function street(map: Theme['map'], kind: string, tone: Tone, ...widths: [zoom: number, width: number][]): LayerSpecification {
  return {
    id: `${kind}-${tone}`,
    type: 'line',
    source: 'city',
    minzoom: widths[0]![0],
    filter: ['all', ['==', ['get', 'kind'], 'street'], ['==', ['get', 'class'], kind]],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': map[tone], 'line-width': byZoom(...widths) },
  };
}

function streetLabel(kind: string, minzoom: number, size: number, theme: Theme, name: ExpressionSpecification): LayerSpecification {
  return {
    id: `${kind}-label`,
    type: 'symbol',
    source: 'city',
    minzoom,
    filter: ['all', ['==', ['get', 'kind'], 'street'], ['==', ['get', 'class'], kind]],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 420,
      'text-field': name,
      'text-font': ['Vazirmatn'],
      'text-size': byZoom([minzoom, size], [18, size + 3]),
      'text-max-angle': 30,
      'text-padding': 12,
    },
    paint: { ...halo(theme), 'text-color': theme.map.label },
  };
}

export function halo(theme: Theme) {
  return { 'text-halo-color': theme.map.town, 'text-halo-width': 1.4 };
}

export function byZoom(...stops: [zoom: number, value: number][]): ExpressionSpecification {
  return ['interpolate', ['exponential', 1.4], ['zoom'], ...stops.flat()] as ExpressionSpecification;
}
