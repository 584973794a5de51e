// The colours of the page, the couriers and the built-in map: the same names,
// light and dark. Text on surface and on ground has a contrast of 4.5 at least.

export interface Theme {
  ground: string; // the land of the map
  surface: string; // what floats on it
  line: string;
  ink: string;
  muted: string; // ink for what matters less
  accent: string; // what can be pressed, and the selected
  moving: string;
  stopped: string;
  silent: string;
  attention: string;
  danger: string;
  focus: string;
  map: {
    water: string;
    park: string;
    building: string;
    town: string; // built-up ground
    border: string;
    street: string;
    casing: string; // the edge of a street
    main: string; // avenues
    motorway: string;
    label: string;
    place: string;
    green: string; // labels on parks
  };
}

export const light: Theme = {
  ground: '#f3f2ee',
  surface: '#ffffff',
  line: '#e2e0d9',
  ink: '#1d2430',
  muted: '#5d6673',
  accent: '#1a56c4',
  moving: '#1f62d8',
  stopped: '#b25a00',
  silent: '#7d858f',
  attention: '#96650a',
  danger: '#b3261e',
  focus: '#1a56c4',
  map: {
    water: '#cbdbe3',
    park: '#dfe9d6',
    building: '#e6e3dc',
    town: '#eeece7',
    border: '#cfccc4',
    street: '#ffffff',
    casing: '#dedbd3',
    main: '#ffffff',
    motorway: '#fbf3dc',
    label: '#6b6a66',
    place: '#44474d',
    green: '#5e7a55',
  },
};

export const dark: Theme = {
  ground: '#15181d',
  surface: '#1e2329',
  line: '#343b44',
  ink: '#e9ecf0',
  muted: '#a0a9b4',
  accent: '#8db4ff',
  moving: '#6fa2ff',
  stopped: '#f0a04b',
  silent: '#8a929c',
  attention: '#e9b44c',
  danger: '#ff8a80',
  focus: '#8db4ff',
  map: {
    water: '#0e2230',
    park: '#18241d',
    building: '#20252c',
    town: '#191d22',
    border: '#3a414a',
    street: '#2b313a',
    casing: '#14171b',
    main: '#363d47',
    motorway: '#474a45',
    label: '#8d949d',
    place: '#b4bac2',
    green: '#6d8f70',
  },
};

/** The parts of a colour "#rrggbb", 0 to 1 each. */
export function parts(color: string): [number, number, number] {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}
