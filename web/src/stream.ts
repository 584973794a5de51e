// The stream keeps one connection to the server alive and the picture true: it
// connects, says what we want to see and what we have, feeds what comes to the
// picture, and comes back by itself after whatever happens. It parses nothing
// (wire.ts does) and draws nothing.

import { parse, tell, watch, type Bye, type Message, type Part, type Version } from './wire.ts';

/** What the connection is now; times are monotonic milliseconds. */
export type Connection =
  | { state: 'connecting' }
  | { state: 'live'; heard: number } // when anything came last
  | { state: 'lost'; since: number; retry: number } // when we try again
  | { state: 'refused'; why: Refusal }; // we may see nothing, and do not try again

/**
 * Why: the credential is missing or wrong, its time is over, somebody took it
 * back, or it is a good one of somebody who has nothing to see here.
 */
export type Refusal = 'unknown' | 'expired' | 'revoked' | 'barred';

/** What /api/v1/me says of our credential. */
export type Standing = 'welcome' | 'unreachable' | Refusal;

/** What became of a fresh token: it was taken, it is not good, or there was no connection to send it on. */
export type Reply = 'taken' | 'bad' | 'away';

/** What a connection tells us. */
export interface Ear {
  open(): void;
  message(text: string): void;
  close(code: number): void;
}

export interface Socket {
  send(text: string): void;
  close(): void;
}

/** What is kept of that which we are told: the panel's couriers, or a customer's orders. */
export interface Picture {
  have(): { epoch: string; versions: ReadonlyMap<Part, Version> } | undefined; // to go on from; undefined: nothing
  apply(message: Message, at: number): 'applied' | 'gap'; // gap: something is missing, and we must watch again
  lost(): void; // the connection is
}

/** The world outside, handed in so that tests can bend it. */
export interface Outside {
  connect(protocols: string[], ear: Ear): Socket;
  standing(): Promise<Standing>;
  renamed(): void; // what we may see has changed
  token(): string | undefined;
  now(): number; // monotonic milliseconds
  after(milliseconds: number, call: () => void): () => void; // returns what cancels it
  random(): number; // 0 to 1
}

const silence = 25_000; // milliseconds without anything: lost, whatever the socket says
const firstWait = 500; // milliseconds; doubles
const longestWait = 30_000;
const closeCodes = new Map<number | undefined, Refusal>([[4401, 'expired'], [4403, 'revoked']]);
const settled = 10_000; // milliseconds of being live after which waits start anew

export class Stream {
  private readonly outside: Outside;
  private readonly picture: Picture;
  private readonly changed: (connection: Connection) => void;
  private connection: Connection = { state: 'connecting' };
  private socket: Socket | undefined;
  private attempt = 0; // counts connections
  private opened: number | undefined; // monotonic; when hello came
  private named = false; // the parts were named on this connection
  private failures = 0; // connections lost in a row
  private bye: Bye | undefined;
  private asked = 0; // monotonic; when we last sent watch because of a gap
  private cancelTimer: () => void = () => {};
  private reply: ((reply: Reply) => void) | undefined; // somebody waits for it

  /** Calls changed at every change of the connection, and after every message. */
  constructor(outside: Outside, picture: Picture, changed: (connection: Connection) => void) {
    this.outside = outside;
    this.picture = picture;
    this.changed = changed;
  }

  /** Opens a connection at once, in place of whatever there is. */
  open(): void {
    this.dismiss();
    if (this.connection.state !== 'lost') this.become({ state: 'connecting' });
    const token = this.outside.token();
    this.attempt += 1;
    this.opened = undefined;
    this.named = false;
    this.bye = undefined;
    this.socket = this.outside.connect(token ? ['peyk.v1.json', `bearer.${token}`] : ['peyk.v1.json'], this.ear());
    this.wait(silence, () => void this.closed());
  }

  /** The tab is looked at again, or the network is back: do not sit out a wait. */
  wake(): void {
    if (this.connection.state === 'lost') this.open();
    else if (this.connection.state === 'live' && this.outside.now() - this.connection.heard > silence) this.lose();
  }

  /** Offers a fresh token on the open connection, so that nothing is missed. */
  offer(token: string): Promise<Reply> {
    this.answer('away'); // to an earlier one
    if (this.connection.state !== 'live' || !this.socket) return Promise.resolve('away');
    this.socket.send(tell(token));
    return new Promise((reply) => (this.reply = reply));
  }

  /** We may see nothing any more, and do not try again until somebody opens. */
  end(why: Refusal): void {
    this.dismiss();
    this.attempt += 1; // what is still asked about the connection is of no use
    this.become({ state: 'refused', why });
  }

  /** Hears the connection that is being opened, and is deaf once it was dismissed. */
  private ear(): Ear {
    const attempt = this.attempt;
    const current = () => attempt === this.attempt && this.socket !== undefined;
    return {
      open: () => current() && this.socket?.send(watch(this.picture.have())),
      message: (text) => current() && this.take(text),
      close: (code) => current() && void this.closed(code),
    };
  }

  private take(text: string): void {
    const at = this.outside.now();
    let message: Message | undefined;
    try {
      message = parse(text);
    } catch {
      this.lose(); // a server that does not speak the protocol, or something in between
      return;
    }
    if (message) this.apply(message, at);
    if (this.opened === undefined) return;
    if (at - this.opened > settled) this.failures = 0;
    this.wait(silence, () => this.lose());
    this.become({ state: 'live', heard: at });
  }

  private apply(message: Message, at: number): void {
    if (message.type === 'hello') this.opened = at;
    if (message.type === 'bye') this.bye = message;
    if (message.type === 'parts') this.name();
    if (message.type === 'right') this.answer('taken');
    if (message.type === 'error') this.answer('bad');
    if (this.picture.apply(message, at) === 'gap') this.watchAgain(at);
  }

  /** The first time parts are named is no news. */
  private name(): void {
    if (this.named) this.outside.renamed();
    this.named = true;
  }

  /** Something is missing. Frames that were under way may say so again: we ask once a second. */
  private watchAgain(at: number): void {
    if (at - this.asked < 1000) return;
    this.asked = at;
    this.socket?.send(watch(this.picture.have()));
  }

  /**
   * The socket closed. If it did not say that our right ended we come back, and ask meanwhile: a
   * handshake that was refused looks like a dead server, and so may a right that ended.
   */
  private async closed(code?: number): Promise<void> {
    const why = closeCodes.get(code) ?? closeCodes.get(this.bye?.code);
    if (why) return this.end(why);
    this.dismiss();
    const opened = this.opened !== undefined;
    if (opened) this.lose();
    const attempt = this.attempt;
    const standing = await this.outside.standing();
    if (attempt !== this.attempt) return; // open was called meanwhile
    if (standing !== 'welcome' && standing !== 'unreachable') this.end(standing);
    else if (!opened) this.lose();
  }

  private answer(reply: Reply): void {
    this.reply?.(reply);
    this.reply = undefined;
  }

  private lose(): void {
    this.dismiss();
    this.picture.lost();
    const now = this.outside.now();
    const pause = this.bye ? this.bye.after : this.backOff();
    this.bye = undefined;
    const since = this.connection.state === 'lost' ? this.connection.since : now;
    this.become({ state: 'lost', since, retry: now + pause });
    this.wait(pause, () => this.open());
  }

  private backOff(): number {
    const pause = Math.min(longestWait, firstWait * 2 ** this.failures);
    this.failures += 1;
    return pause * (0.5 + this.outside.random());
  }

  /** Lets go of the socket, so that nothing it still says is heard. */
  private dismiss(): void {
    this.cancelTimer();
    this.answer('away');
    const socket = this.socket;
    this.socket = undefined;
    socket?.close();
  }

  private wait(milliseconds: number, call: () => void): void {
    this.cancelTimer();
    this.cancelTimer = this.outside.after(milliseconds, call);
  }

  private become(connection: Connection): void {
    this.connection = connection;
    this.changed(connection);
  }
}
