// Where the two usual schemas of vector tiles keep what the built-in style
// draws: https://docs.protomaps.com/basemaps/layers and
// https://openmaptiles.org/schema/

import type { ExpressionSpecification, FilterSpecification } from 'maplibre-gl';

/** Features of a layer of the tiles. */
export interface Some {
  layer: string;
  filter?: FilterSpecification;
}

export interface Schema {
  land: Some | undefined; // undefined: what is not water
  water: Some;
  green: Some[];
  building: Some;
  border: Some;
  roads: Record<'motorway' | 'main' | 'street' | 'alley', Some>;
  roadNames: Record<'main' | 'street', Some>;
  places: Record<'city' | 'town' | 'quarter', Some>;
}

export const protomaps: Schema = {
  land: { layer: 'earth' },
  water: { layer: 'water', filter: ['==', ['geometry-type'], 'Polygon'] },
  green: [kinds('landuse', 'park', 'forest', 'wood', 'garden', 'grass', 'cemetery', 'golf_course', 'nature_reserve', 'pitch')],
  building: { layer: 'buildings' },
  border: kinds('boundaries', 'country'),
  roads: {
    motorway: kinds('roads', 'highway'),
    main: kinds('roads', 'major_road', 'medium_road'),
    street: kinds('roads', 'minor_road'),
    alley: kinds('roads', 'path', 'other'),
  },
  roadNames: { main: kinds('roads', 'highway', 'major_road', 'medium_road'), street: kinds('roads', 'minor_road') },
  places: {
    city: { layer: 'places', filter: ['all', kindIs('locality'), ['match', detail(), ['city', 'state_capital', 'country_capital'], true, false]] },
    town: { layer: 'places', filter: ['all', kindIs('locality'), ['match', detail(), ['city', 'state_capital', 'country_capital'], false, true]] },
    quarter: kinds('places', 'neighbourhood', 'macrohood'),
  },
};

export const openmaptiles: Schema = {
  land: undefined,
  water: { layer: 'water' },
  green: [classes('landcover', 'grass', 'wood'), classes('landuse', 'cemetery', 'pitch'), { layer: 'park' }],
  building: { layer: 'building' },
  border: { layer: 'boundary', filter: ['all', ['<=', ['get', 'admin_level'], 2], ['!=', ['get', 'maritime'], 1]] },
  roads: {
    motorway: classes('transportation', 'motorway'),
    main: classes('transportation', 'trunk', 'primary', 'secondary', 'tertiary'),
    street: classes('transportation', 'minor', 'busway'),
    alley: classes('transportation', 'service', 'track', 'path', 'raceway'),
  },
  roadNames: {
    main: classes('transportation_name', 'motorway', 'trunk', 'primary', 'secondary', 'tertiary'),
    street: classes('transportation_name', 'minor', 'service'),
  },
  places: {
    city: classes('place', 'city'),
    town: classes('place', 'town', 'village'),
    quarter: classes('place', 'suburb', 'quarter', 'neighbourhood'),
  },
};

/** Features of the kinds; older tiles of Protomaps say it under another name. */
function kinds(layer: string, ...names: string[]): Some {
  return { layer, filter: ['match', ['coalesce', ['get', 'kind'], ['get', 'pmap:kind'], ''], names, true, false] };
}

function kindIs(name: string): ExpressionSpecification {
  return ['==', ['coalesce', ['get', 'kind'], ['get', 'pmap:kind'], ''], name];
}

function detail(): ExpressionSpecification {
  return ['coalesce', ['get', 'kind_detail'], ['get', 'pmap:kind_detail'], ''];
}

function classes(layer: string, ...names: string[]): Some {
  return { layer, filter: ['match', ['coalesce', ['get', 'class'], ''], names, true, false] };
}
