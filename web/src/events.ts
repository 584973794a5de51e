// Server-sent events read with fetch, since EventSource cannot send a token.
// https://html.spec.whatwg.org/multipage/server-sent-events.html

import type { Ear, Socket } from './stream.ts';

/** Cuts what comes into the data of events; ids and comments are not for us. */
export class Cutter {
  private rest = '';

  /** Takes the next piece and returns the data of the events that are complete. */
  take(piece: string): string[] {
    const blocks = (this.rest + piece).split('\n\n');
    this.rest = blocks.pop()!;
    return blocks.flatMap((block) => {
      const lines = block.split('\n').filter((line) => line.startsWith('data:'));
      return lines.length > 0 ? [lines.map((line) => line.slice(5).replace(/^ /, '')).join('\n')] : [];
    });
  }
}

/** Opens a stream of events; nothing can be said on it. */
export function listen(url: string, token: string | undefined, ear: Ear): Socket {
  const end = new AbortController();
  void read(url, token, ear, end.signal).then((code) => ear.close(code));
  return { send: () => {}, close: () => end.abort() };
}

async function read(url: string, token: string | undefined, ear: Ear, signal: AbortSignal): Promise<number> {
  try {
    const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    const answer = await fetch(url, { headers, cache: 'no-store', signal });
    if (!answer.ok || !answer.body) return broken;
    ear.open();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    const cutter = new Cutter();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return broken;
      for (const data of cutter.take(value)) ear.message(data);
    }
  } catch {
    return broken;
  }
}

const broken = 1006; // as a WebSocket says it
