import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Picture } from '../../src/state.ts';
import { Stream, type Connection, type Ear, type Outside, type Standing } from '../../src/stream.ts';

/** The world outside in our hands: its clock, its sockets, its dice. */
class Hand implements Outside {
  time = 1000;
  dice = 0.5;
  secret: string | undefined;
  answer: Standing = 'welcome';
  sockets: { protocols: string[]; ear: Ear; sent: string[]; closed: boolean }[] = [];
  private timers = new Set<{ at: number; call: () => void }>();

  connect(protocols: string[], ear: Ear) {
    const socket = { protocols, ear, sent: [] as string[], closed: false };
    this.sockets.push(socket);
    return { send: (text: string) => void socket.sent.push(text), close: () => void (socket.closed = true) };
  }

  standing = () => Promise.resolve(this.answer);
  token = () => this.secret;
  news = 0;
  renamed = () => void this.news++;
  now = () => this.time;
  random = () => this.dice;

  after(milliseconds: number, call: () => void) {
    const timer = { at: this.time + milliseconds, call };
    this.timers.add(timer);
    return () => void this.timers.delete(timer);
  }

  get socket() {
    return this.sockets.at(-1)!;
  }

  /** Lets time go by, calling what falls due. */
  pass(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (;;) {
      const due = [...this.timers].filter((timer) => timer.at <= end).toSorted((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.timers.delete(due);
      this.time = due.at;
      due.call();
    }
    this.time = end;
  }
}

const part = 'all/everything';
const hello = (epoch = 'e') => `{"type":"hello","epoch":"${epoch}","version":1000}`;
const parts = `{"type":"parts","parts":[[1,"${part}"]]}`;
const full = `{"type":"frame","part":1,"to":2000,"full":true,"new":[[1,"a","A","",""]],"at":[[1,35,51,null,null,0,null]]}`;
const watchNothing = '{"type":"watch","view":{"all":true}}';

function begin() {
  const hand = new Hand();
  const picture = new Picture();
  const states: Connection[] = [];
  const stream = new Stream(hand, picture, (connection) => states.push(connection));
  stream.open();
  return { hand, picture, stream, state: () => states.at(-1)! };
}

/** A stream that is live and has a full frame. */
function live() {
  const all = begin();
  all.hand.socket.ear.open();
  for (const text of [hello(), parts, full]) all.hand.socket.ear.message(text);
  return all;
}

/** Lets promises that are settled be heard. */
async function settle() {
  for (let i = 0; i < 5; i++) await Promise.resolve();
}

test('it says what it wants to see, and is live when greeted', () => {
  const { hand, state } = begin();
  assert.equal(state().state, 'connecting');
  assert.deepEqual(hand.socket.protocols, ['peyk.v1.json']);
  hand.socket.ear.open();
  assert.deepEqual(hand.socket.sent, [watchNothing]);
  assert.equal(state().state, 'connecting');
  hand.socket.ear.message(hello());
  assert.deepEqual(state(), { state: 'live', heard: 1000 });
});

test('a token goes into the subprotocol beside the language', () => {
  const { hand, stream } = begin();
  hand.secret = 'T0ken';
  stream.open();
  assert.deepEqual(hand.socket.protocols, ['peyk.v1.json', 'bearer.T0ken']);
  assert.equal(hand.sockets[0]!.closed, true);
});

test('it resumes with what it has', () => {
  const { hand, picture } = live();
  hand.socket.ear.close(1006);
  assert.equal(picture.couriers.size, 1, 'the old picture stays');
  hand.pass(500);
  hand.socket.ear.open();
  assert.deepEqual(hand.socket.sent, [`{"type":"watch","view":{"all":true},"epoch":"e","have":{"${part}":2000}}`]);
});

test('it waits twice as long each time, times a random factor, and at most 30 s', async () => {
  const { hand, state } = begin();
  hand.answer = 'unreachable';
  const waits: number[] = [];
  for (let i = 0; i < 9; i++) {
    hand.socket.ear.close(1006);
    await settle();
    const c = state();
    assert.equal(c.state, 'lost');
    if (c.state === 'lost') waits.push(c.retry - hand.time);
    hand.pass(waits.at(-1)! - 1);
    assert.equal(hand.sockets.length, i + 1, 'not before its time');
    hand.pass(1);
    assert.equal(hand.sockets.length, i + 2);
  }
  assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  for (const [dice, wait] of [[0, 15_000], [0.999999, 45_000]] as const) {
    hand.dice = dice;
    hand.socket.ear.close(1006);
    await settle();
    const c = state();
    assert.equal(c.state === 'lost' && Math.round(c.retry - hand.time), wait);
    hand.pass(wait);
  }
});

test('waits begin anew after a while of being live, and not before', () => {
  const { hand, state } = live();
  hand.socket.ear.close(1006);
  hand.pass(500);
  hand.socket.ear.message(hello());
  hand.socket.ear.close(1006);
  assert.equal(waitOf(state(), hand), 1000, 'a server that greets and falls is not hammered');
  hand.pass(1000);
  hand.socket.ear.message(hello());
  hand.pass(11_000);
  hand.socket.ear.message('{"type":"beat","version":3000}');
  hand.socket.ear.close(1006);
  assert.equal(waitOf(state(), hand), 500);
});

function waitOf(c: Connection, hand: Hand): number | undefined {
  return c.state === 'lost' ? c.retry - hand.time : undefined;
}

test('25 s of nothing is lost; a beat is something', () => {
  const { hand, state } = live();
  hand.pass(20_000);
  hand.socket.ear.message('{"type":"beat","version":21000}');
  hand.pass(24_999);
  assert.equal(state().state, 'live');
  hand.pass(1);
  assert.equal(state().state, 'lost');
  assert.equal(hand.socket.closed, true);
});

test('a handshake that hangs is lost too', async () => {
  const { hand, state } = begin();
  hand.answer = 'unreachable';
  hand.pass(25_000);
  await settle();
  assert.equal(state().state, 'lost');
});

test('bye says when to come back', () => {
  const { hand, state } = live();
  hand.socket.ear.message('{"type":"bye","code":1001,"reason":"the server stops","after":1200}');
  hand.socket.ear.close(1006);
  assert.equal(waitOf(state(), hand), 1200);
  hand.pass(1200);
  assert.equal(hand.sockets.length, 2);
});

test('a refused credential is not tried again until there is another one', async () => {
  const { hand, stream, state } = begin();
  hand.answer = 'unknown';
  hand.socket.ear.close(1006);
  await settle();
  assert.deepEqual(state(), { state: 'refused', why: 'unknown' });
  hand.pass(600_000);
  assert.equal(hand.sockets.length, 1);
  hand.secret = 'better';
  stream.open();
  hand.socket.ear.open();
  hand.socket.ear.message(hello());
  assert.equal(state().state, 'live');
});

for (const [code, why] of [[4401, 'expired'], [4403, 'revoked']] as const) {
  test(`close code ${code}: the right has ended, and nothing is tried again`, async () => {
    const { hand, stream, state } = live();
    hand.socket.ear.close(code);
    await settle();
    assert.deepEqual(state(), { state: 'refused', why });
    stream.wake();
    hand.pass(600_000);
    assert.equal(hand.sockets.length, 1);
    assert.equal(hand.socket.closed, true);
  });
}

test('the code may come in bye, where the connection is reset after it', () => {
  const { hand, state } = live();
  hand.socket.ear.message('{"type":"bye","code":4403,"reason":"revoked","after":0}');
  hand.socket.ear.close(1006);
  assert.deepEqual(state(), { state: 'refused', why: 'revoked' });
});

test('a lost connection may be a right that ended: it is asked at once', async () => {
  const { hand, state } = live();
  hand.answer = 'revoked';
  hand.socket.ear.close(1006);
  assert.equal(state().state, 'lost');
  await settle();
  assert.deepEqual(state(), { state: 'refused', why: 'revoked' });
  hand.pass(600_000);
  assert.equal(hand.sockets.length, 1);
});

test('who is told to end ends, whatever is under way', async () => {
  const { hand, stream, state } = begin();
  hand.answer = 'unreachable';
  hand.socket.ear.close(1006);
  stream.end('barred');
  await settle();
  hand.pass(600_000);
  assert.deepEqual(state(), { state: 'refused', why: 'barred' });
  assert.equal(hand.sockets.length, 1);
});

test('a fresh token goes over the open connection, which stays', async () => {
  const { hand, stream, picture } = live();
  const said: string[] = [];
  const offer = (token: string) => void stream.offer(token).then((reply) => said.push(reply));
  offer('fresh');
  assert.deepEqual(hand.socket.sent.slice(1), ['{"type":"token","token":"fresh"}']);
  hand.socket.ear.message('{"type":"right","until":1763823600000}');
  await settle();
  offer('rotten');
  hand.socket.ear.message('{"type":"error","error":"bad_token","detail":"the credential is not known"}');
  await settle();
  offer('forgotten');
  offer('late');
  hand.socket.ear.close(1006);
  await settle();
  assert.deepEqual(said, ['taken', 'bad', 'away', 'away']);
  assert.deepEqual([hand.sockets.length, picture.couriers.size], [1, 1]);
  assert.equal(await stream.offer('none'), 'away', 'there is no connection');
});

test('parts that are named anew are news of our rights, the first are not', () => {
  const { hand } = live();
  assert.equal(hand.news, 0);
  hand.socket.ear.message(parts);
  assert.equal(hand.news, 1);
});

test('an answer about an earlier connection is not believed', async () => {
  const { hand, stream, state } = begin();
  hand.answer = 'unknown';
  hand.socket.ear.close(1006);
  stream.open();
  await settle();
  assert.equal(state().state, 'connecting');
});

test('what an earlier connection still says is not heard', () => {
  const { hand, picture } = live();
  const old = hand.socket.ear;
  old.close(1006);
  hand.pass(500);
  old.message(`{"type":"parts","parts":[]}`);
  old.close(1006);
  assert.equal(picture.couriers.size, 1);
  assert.equal(hand.sockets.length, 2);
});

test('a gap makes it watch again, with what it has, at most once a second', () => {
  const { hand } = live();
  const gap = `{"type":"frame","part":1,"to":6000,"span":1000}`;
  const again = `{"type":"watch","view":{"all":true},"epoch":"e","have":{"${part}":2000}}`;
  hand.pass(1000);
  hand.socket.ear.message(gap);
  hand.socket.ear.message(gap);
  assert.deepEqual(hand.socket.sent.slice(1), [again]);
  hand.pass(1000);
  hand.socket.ear.message(gap);
  assert.deepEqual(hand.socket.sent.slice(1), [again, again]);
});

test('what is not of the protocol ends the connection and not the page', () => {
  const { hand, picture, state } = live();
  hand.socket.ear.message('<html>');
  assert.equal(state().state, 'lost');
  assert.equal(picture.couriers.size, 1);
});

test('who comes back does not sit out a wait, nor trust a silent socket', () => {
  const { hand, stream, state } = live();
  hand.socket.ear.close(1006);
  stream.wake();
  assert.equal(hand.sockets.length, 2);
  hand.socket.ear.message(hello());
  hand.time += 30_000; // asleep: time went by and no timer was called
  stream.wake();
  assert.equal(state().state, 'lost');
});
