// How a map of ours is opened and what is laid under what it shows. What that is,
// the panel's couriers or the one of a customer, is for others to say.

import { AttributionControl, Map as MapLibre, setWorkerUrl, type CustomLayerInterface, type MapOptions, type StyleSpecification } from 'maplibre-gl';
import type { MapRequest } from './outside.ts';
import { at } from './root.ts';
import { parts, type Theme } from './theme.ts';

/** Opens a map that shows nothing yet. Throws without WebGL 2. */
export function openMap(container: HTMLElement, theme: Theme, request: (url: string) => MapRequest): MapLibre {
  setWorkerUrl(at('maplibre-gl-worker.mjs'));
  const map = new MapLibre({ ...options, container, style: blank(theme), transformRequest: request });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  return map;
}

/** Keeps a layer of our own above every style that the map gets. */
export function keepAbove(map: MapLibre, layer: CustomLayerInterface): void {
  map.on('style.load', () => {
    map.setProjection({ type: 'mercator' }); // our layers know no globe
    if (!map.getLayer(layer.id)) map.addLayer(layer);
  });
}

/** Lays a ground; from one built-in theme to another without a flash. */
export function lay(map: MapLibre, style: StyleSpecification, top: CustomLayerInterface): void {
  const styled = map.getLayer(top.id) !== undefined; // there is one to compare it with
  map.setStyle(style, { diff: styled });
  if (map.getLayer(top.id)) map.moveLayer(top.id); // layers that are new lie above it
}

/** Names the makers of somebody else's map, as they ask for. */
export function attribute(map: MapLibre): void {
  map.addControl(new AttributionControl({ compact: false }), 'bottom-left');
}

/** The colours of the theme as the couriers' layer wants them. */
export function paint(theme: Theme) {
  return {
    moving: parts(theme.moving),
    stopped: parts(theme.stopped),
    silent: parts(theme.silent),
    ground: parts(theme.surface),
    accent: parts(theme.accent),
    stale: true,
  };
}

const options: Omit<MapOptions, 'container'> = {
  center: [53, 32.5],
  zoom: 4.2,
  maxZoom: 20,
  maxPitch: 0,
  dragRotate: false,
  pitchWithRotate: false,
  touchPitch: false,
  attributionControl: false,
  fadeDuration: 0,
};

function blank(theme: Theme): StyleSpecification {
  return { version: 8, sources: {}, layers: [{ id: 'ground', type: 'background', paint: { 'background-color': theme.ground } }] };
}
