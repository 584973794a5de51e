// The address bar: which part of the map is looked at and who is selected, so
// that a link shows a colleague the same thing, and what is open beside the map.
// `#map=ZOOM/LAT/LON&courier=ID&manage=VIEW/ID`; each may be missing.

export const views = ['couriers', 'import', 'teams', 'keys', 'orders'] as const;

/** What is open beside the map: one of what is managed, or the orders. */
export interface Place {
  view: (typeof views)[number];
  id: string | undefined; // of the one that is looked at; empty: of one that is being made
}

/** Where the map looks. */
export interface View {
  zoom: number;
  lat: number;
  lon: number;
}

export interface Address {
  view: View | undefined;
  courier: string | undefined; // its id
  place: Place | undefined;
}

/** Reads the part of an address from "#" on; what is not understood is as if it was not there. */
export function readAddress(hash: string): Address {
  const found = new URLSearchParams(hash.replace(/^#/, '').replaceAll('+', '%2B')); // "+" is no space here
  return { view: viewOf(found.get('map')), courier: found.get('courier') || undefined, place: placeOf(found.get('manage')) };
}

/** Writes what readAddress reads, with as many digits as a pixel needs. */
export function writeAddress({ view: at, courier, place }: Address): string {
  const said: string[] = [];
  if (at) said.push(`map=${Number(at.zoom.toFixed(2))}/${at.lat.toFixed(5)}/${at.lon.toFixed(5)}`);
  if (courier !== undefined) said.push(`courier=${encodeURIComponent(courier)}`);
  if (place) said.push(`manage=${place.view}${place.id === undefined ? '' : `/${encodeURIComponent(place.id)}`}`);
  return said.length > 0 ? `#${said.join('&')}` : '';
}

function viewOf(text: string | null): View | undefined {
  const numbers = text?.split('/').map(Number) ?? [];
  const [zoom = NaN, lat = NaN, lon = NaN] = numbers;
  const sound = numbers.length === 3 && zoom >= 0 && zoom <= 24 && Math.abs(lat) <= 90 && Math.abs(lon) <= 540;
  return sound ? { zoom, lat, lon } : undefined;
}

function placeOf(text: string | null): Place | undefined {
  const [name, ...rest] = text?.split('/') ?? [];
  const view = views.find((each) => each === name);
  return view && { view, id: rest.length > 0 ? rest.join('/') : undefined };
}
