// The line to the server: a WebSocket, or where those do not come through, as
// behind some proxies, server-sent events.

import { listen } from '../events.ts';
import { connect } from '../outside.ts';
import { at } from '../root.ts';
import type { Ear, Socket } from '../stream.ts';

const tries = 2; // WebSockets that may fail in a row before the other way is tried

export class Line {
  private readonly token: () => string | undefined;
  private failed = 0; // WebSockets in a row on which nothing came
  private works = false; // one did

  constructor(token: () => string | undefined) {
    this.token = token;
  }

  /** Opens one, and hands what it says to the ear. */
  open(protocols: string[], ear: Ear): Socket {
    if (!this.works && this.failed >= tries) {
      this.failed = tries - 1; // the next one is a WebSocket again: the network may be another by then
      return listen(at('api/v1/stream'), this.token(), ear);
    }
    this.failed += 1;
    return connect(protocols, { ...ear, message: (text) => this.hear(text, ear) });
  }

  private hear(text: string, ear: Ear): void {
    this.works = true;
    ear.message(text);
  }
}
