// The server's time, taken from what it says and never from the browser's
// clock, which may be wrong. Between two messages it runs on by the browser's
// monotonic clock, but no longer than a living connection is quiet: on a dead
// one nobody grows old only because nothing is heard.

const quiet = 15_000; // milliseconds; a beat comes after 12.5 s

export class FrameClock {
  private ahead: number | undefined; // server's milliseconds since 1970, less our monotonic ones
  private heard = 0; // monotonic milliseconds of the last message
  private stopped = false;

  /** A connection opened: the server may be another one, with another clock. */
  reset(): void {
    this.ahead = undefined;
  }

  /** A message made at the version came at the monotonic moment. */
  hear(version: number, at: number): void {
    const ahead = version - at;
    // A message is late by its way here, never early: the largest difference is the truest.
    if (this.ahead === undefined || ahead > this.ahead) this.ahead = ahead;
    this.heard = at;
    this.stopped = false;
  }

  /** The connection is lost: it is the time of the last message until another one comes. */
  stop(): void {
    this.stopped = true;
  }

  /** Milliseconds since 1970 at the monotonic moment; undefined before the first message. */
  now(at: number): number | undefined {
    if (this.ahead === undefined) return undefined;
    return this.ahead + Math.min(at, this.heard + (this.stopped ? 0 : quiet));
  }
}
