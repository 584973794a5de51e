// Our right as it comes and goes: who the server says we are, when that ends,
// and what happens then. A fresh token is offered on the open connection first,
// so that nothing is missed.

import { parseDetail, parseMe, parseTeams, type Me, type Team } from './answers.ts';
import { ask, doubts, isGood } from './api.ts';
import * as page from './page.ts';
import * as session from './session.ts';
import type { Standing, Stream } from './stream.ts';
import { json, object } from './fields.ts';

const often = 60_000; // milliseconds after which we ask again who we are
const seldom = 5000; // and before which we do not, whatever the API refuses
const grace = 2000; // milliseconds in which the server may say itself that our right ended

/** Asks the server who we are, and tells the page. */
export async function learn(): Promise<Standing> {
  const token = session.token();
  try {
    const answer = await ask('me');
    const text = await answer.text();
    if (session.token() !== token) return 'unreachable'; // another one was given meanwhile: this answer is not about it
    if (answer.status === 401 || answer.status === 403) return /expired/.test(parseDetail(text)) ? 'expired' : lost(token);
    if (!answer.ok) return 'unreachable';
    const me = parseMe(text);
    page.who.value = { ...me, ends: endOf(me, answer), token };
    return me.role === 'admin' || me.role === 'viewer' ? 'welcome' : 'barred';
  } catch {
    return 'unreachable';
  }
}

/** What became of a token that is not good: it never was, it is too old by now, or it was taken back. */
function lost(token: string | undefined): Standing {
  const who = page.who.peek();
  if (!who || who.token !== token) return 'unknown';
  return who.ends !== undefined && performance.now() > who.ends - grace ? 'expired' : 'revoked';
}

/** When the right ends by the browser's monotonic clock; its own calendar may be wrong. */
function endOf({ until }: Me, answer: Response): number | undefined {
  const date = Date.parse(answer.headers.get('Date') ?? '');
  return until === undefined ? undefined : performance.now() + until - (Number.isNaN(date) ? Date.now() : date);
}

/** Learns what teams are called. */
export async function learnTeams(): Promise<void> {
  try {
    const answer = await ask('teams');
    if (!answer.ok) return;
    nameTeams(parseTeams(object(json(await answer.text()), 'teams')));
  } catch {
    // Their ids are shown; we ask again in a minute.
  }
}

/** Tells the page what to show for a team's id. */
export function nameTeams(teams: readonly Team[]): void {
  page.teams.value = new Map(teams.map(({ id, name }) => [id, name || id]));
}

export class Access {
  private readonly stream: Stream;
  private asked = -Infinity; // monotonic milliseconds
  private asking: Promise<void> | undefined; // the question that is not answered yet

  constructor(stream: Stream) {
    this.stream = stream;
    doubts.subscribe((times) => times > 0 && this.suspect());
    page.connection.subscribe(({ state }) => {
      if (state === 'live') void this.look();
      if (state === 'refused') this.forget();
    });
  }

  /** Asks who we are. */
  look(): Promise<void> {
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    return this.asking;
  }

  /** A second went by: asks now and then, and ends what has ended even where the server cannot say so. */
  tick(): void {
    if (page.connection.peek().state === 'refused') return;
    const now = performance.now();
    const ends = page.who.peek()?.ends;
    if (ends !== undefined && now > ends + grace) this.stream.end('expired');
    else if (now - this.asked > often) void this.look();
  }

  /** Goes on with another token. What the page shows stays, if it may. */
  async enter(token: string, forLong = session.isForLong()): Promise<void> {
    page.badToken.value = !session.couldBe(token);
    if (page.badToken.peek()) return;
    const reply = await this.stream.offer(token.trim());
    // Somebody else's token is not taken on our connection, and may be good for one of its own.
    if (reply === 'bad' && !(await isGood(token.trim()))) {
      page.badToken.value = true;
      return;
    }
    session.keepToken(token, forLong);
    page.entries.value++;
    if (reply !== 'taken') this.stream.open();
    await this.asking; // about the one before
    await this.look();
  }

  /** Forgets the token, and all that it let us see. */
  leave(): void {
    session.forgetToken();
    this.stream.end('unknown');
    this.stream.open(); // a cookie, or a server without a lock, may let us in
  }

  /** What we know may be old: asks, and if that was done just now, again in a while. */
  private suspect(): void {
    const now = performance.now();
    if (now - this.asked > seldom) void this.look();
    else this.asked = now - often + seldom;
  }

  private async ask(): Promise<void> {
    this.asked = performance.now();
    const standing = await learn();
    if (standing === 'welcome') await learnTeams();
    else if (standing !== 'unreachable') this.stream.end(standing);
  }

  private forget(): void {
    const connection = page.connection.peek();
    const why = connection.state === 'refused' ? connection.why : undefined;
    page.expiry.value = why === 'expired' ? page.who.peek()?.until : undefined;
    page.teams.value = new Map();
    if (why !== 'barred') page.who.value = undefined;
  }
}
