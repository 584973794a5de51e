// The browser as the stream and the map see it: sockets, clocks, and requests
// that are not of the API.

import { doubts } from './api.ts';
import { at, root } from './root.ts';
import * as session from './session.ts';
import type { Ear, Outside, Socket } from './stream.ts';
import { parseConfig, type Config } from './wire.ts';

export function browser(standing: Outside['standing']): Outside {
  return {
    connect,
    standing,
    renamed: () => void doubts.value++,
    token: session.token,
    now: () => performance.now(),
    after: (milliseconds, call) => {
      const timer = setTimeout(call, milliseconds);
      return () => clearTimeout(timer);
    },
    random: Math.random,
  };
}

/** What the server tells the page about its map; the built-in world if it does not answer. */
export async function configured(): Promise<Config> {
  try {
    const answer = await fetch(at('config.json'), { signal: AbortSignal.timeout(10_000) });
    return parseConfig(await answer.text());
  } catch {
    return { kind: 'builtin', style: '', dark: '', attribution: '', city: false, timezone: '', login: '', shop: { name: '', color: '', logo: '' } };
  }
}

/** Opens a WebSocket. */
export function connect(protocols: string[], ear: Ear): Socket {
  const url = new URL('ws', root);
  url.protocol = url.protocol.replace('http', 'ws');
  const socket = new WebSocket(url, protocols);
  socket.addEventListener('open', () => ear.open());
  socket.addEventListener('message', (event) => ear.message(String(event.data)));
  socket.addEventListener('close', (event) => ear.close(event.code));
  return socket;
}

/** A request for a piece of the map, as MapLibre wants it. */
export interface MapRequest {
  url: string;
  headers: Record<string, string>;
}

/** Adds what a request for the map needs: what comes through our own server is for those who may watch. */
export function mapRequest(url: string, token: string | undefined): MapRequest {
  const ours = url.startsWith(at('map/'));
  return ours && token !== undefined ? { url, headers: { Authorization: `Bearer ${token}` } } : { url, headers: {} };
}
