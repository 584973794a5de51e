// The style of the built-in map for other people's vector tiles: calm, in the
// colours of the theme, with names in the page's language. No country is named,
// and borders are drawn as the tiles have them.

import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { Archive } from './archive.ts';
import { openmaptiles, protomaps, type Schema, type Some } from './schema.ts';
import { byZoom, fonts, halo } from './style.ts';
import type { Language } from './text.ts';
import type { Theme } from './theme.ts';

const source = 'tiles';

export function basemap(archive: Archive, theme: Theme, language: Language): StyleSpecification {
  const { url, attribution } = archive;
  if (archive.schema === 'images') {
    return {
      version: 8,
      sources: { [source]: { type: 'raster', url, tileSize: 256, attribution } },
      layers: [{ id: 'tiles', type: 'raster', source }],
    };
  }
  const schema = archive.schema === 'protomaps' ? protomaps : openmaptiles;
  return {
    version: 8,
    'font-faces': fonts(),
    sources: { [source]: { type: 'vector', url, attribution } },
    layers: [...grounds(schema, theme), ...roads(schema, theme), ...labels(schema, theme, naming(language))],
  };
}

function grounds({ land, water, green, building, border }: Schema, { ground, map }: Theme): LayerSpecification[] {
  return [
    { id: 'ground', type: 'background', paint: { 'background-color': land ? map.water : ground } },
    ...(land ? [area('land', land, ground)] : []),
    ...green.map((some, i) => area(`green-${i}`, some, map.park)),
    area('water', water, map.water),
    { ...area('building', building, map.building), minzoom: 14 },
    {
      id: 'border',
      type: 'line',
      ...from(border),
      paint: { 'line-color': map.border, 'line-width': byZoom([2, 0.5], [8, 1.2]) },
    },
  ];
}

function roads({ roads: some }: Schema, { map }: Theme): LayerSpecification[] {
  return [
    line('alley', some.alley, map.street, [14.5, 0.4], [16, 2.5], [19, 12]),
    line('street-casing', some.street, map.casing, [12.5, 0.6], [14, 3.2], [16, 9], [19, 38]),
    line('main-casing', some.main, map.casing, [9, 0.8], [12, 2.6], [14, 6.4], [16, 15], [19, 60]),
    line('motorway-casing', some.motorway, map.casing, [6, 0.8], [12, 4.2], [14, 9], [16, 19], [19, 76]),
    line('street', some.street, map.street, [12.5, 0.3], [14, 2], [16, 7.6], [19, 36]),
    line('main', some.main, map.main, [9, 0.4], [12, 1.6], [14, 5], [16, 13.2], [19, 58]),
    line('motorway', some.motorway, map.motorway, [6, 0.5], [12, 2.8], [14, 7.2], [16, 16.8], [19, 73]),
  ];
}

function labels({ roadNames, places }: Schema, theme: Theme, name: ExpressionSpecification): LayerSpecification[] {
  return [
    roadLabel('street-label', roadNames.street, 14.5, theme, name),
    roadLabel('main-label', roadNames.main, 12.5, theme, name),
    placeLabel('quarter', places.quarter, 12, 12.5, theme, name),
    placeLabel('town', places.town, 8, 13, theme, name),
    placeLabel('city', places.city, 3, 16, theme, name),
  ];
}

function from({ layer, filter }: Some) {
  return { source, 'source-layer': layer, ...(filter && { filter }) };
}

function area(id: string, some: Some, color: string): LayerSpecification & { type: 'fill' } {
  return { id, type: 'fill', ...from(some), paint: { 'fill-color': color } };
}

function line(id: string, some: Some, color: string, ...widths: [zoom: number, width: number][]): LayerSpecification {
  return {
    id,
    type: 'line',
    ...from(some),
    minzoom: widths[0]![0],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': color, 'line-width': byZoom(...widths) },
  };
}

function roadLabel(id: string, some: Some, minzoom: number, theme: Theme, name: ExpressionSpecification): LayerSpecification {
  return {
    id,
    type: 'symbol',
    ...from(some),
    minzoom,
    layout: { 'symbol-placement': 'line', 'symbol-spacing': 420, 'text-field': name, 'text-font': ['Vazirmatn'], 'text-size': 11.5, 'text-max-angle': 30 },
    paint: { ...halo(theme), 'text-color': theme.map.label },
  };
}

function placeLabel(id: string, some: Some, minzoom: number, size: number, theme: Theme, name: ExpressionSpecification): LayerSpecification {
  return {
    id: `${id}-label`,
    type: 'symbol',
    ...from(some),
    minzoom,
    layout: { 'text-field': name, 'text-font': ['Vazirmatn Medium'], 'text-size': size, 'text-max-width': 7, 'text-padding': 6 },
    paint: { ...halo(theme), 'text-color': theme.map.place },
  };
}

/** The name in the page's language, else the one of the place itself. */
function naming(language: Language): ExpressionSpecification {
  return language === 'fa'
    ? ['coalesce', ['get', 'name:fa'], ['get', 'name'], ['get', 'name:en'], '']
    : ['coalesce', ['get', 'name:en'], ['get', 'name:latin'], ['get', 'name_en'], ['get', 'name'], ''];
}
