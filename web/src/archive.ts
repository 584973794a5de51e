// A map in one PMTiles file, on our server or in a bucket: reads what is in it,
// and lets MapLibre fetch tiles from it by ranges. It comes as a file of its own
// that only pages with such a map load.

import { addProtocol } from 'maplibre-gl';
import { FetchSource, PMTiles, Protocol, TileType } from 'pmtiles';
import type { MapRequest } from './outside.ts';

/** What the tiles of an archive are named by. */
export type SchemaName = 'protomaps' | 'openmaptiles' | 'images';

export interface Archive {
  url: string; // what a source of MapLibre names
  schema: SchemaName;
  attribution: string; // as the archive has it: HTML
}

let protocol: Protocol | undefined;

/** Opens the archive at a whole address. It fails where the file does not come, or holds something else. */
export async function open({ url: address, headers }: MapRequest): Promise<Archive> {
  const file = new PMTiles(new FetchSource(address, new Headers(headers)));
  const header = await file.getHeader();
  const metadata: unknown = await file.getMetadata();
  if (!protocol) {
    protocol = new Protocol();
    addProtocol('pmtiles', protocol.tile);
  }
  protocol.add(file);
  const vector = header.tileType === TileType.Mvt;
  return { url: `pmtiles://${address}`, schema: vector ? schemaOf(metadata) : 'images', attribution: String(member(metadata, 'attribution') ?? '') };
}

/** Tells by the names of the layers; both schemas are documented. */
function schemaOf(metadata: unknown): SchemaName {
  const layers = member(metadata, 'vector_layers');
  const names = new Set(Array.isArray(layers) ? layers.map((layer: unknown) => member(layer, 'id')) : []);
  if (names.has('transportation') || names.has('landcover') && names.has('housenumber')) return 'openmaptiles';
  if (names.has('roads') || names.has('earth')) return 'protomaps';
  throw new Error('the archive holds neither the schema of Protomaps nor that of OpenMapTiles');
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
