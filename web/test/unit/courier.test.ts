import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asReported, parseJob, parseJobs, wayTo } from '../../src/courier/jobs.ts';
import { Outbox, type Refusal, type Report, type Sent } from '../../src/courier/outbox.ts';
import { words } from '../../src/courier/words.ts';
import { shape } from './shape.ts';

const order = (id: string, state: string, some: object = {}) => ({ id, state, destination: null, pickup: null, promised: null, customer: '', phone: '', needs_code: false, times: {}, ...some });
const report = (id: string, state: Report['state'], at = 1): Report => ({ order: id, state, code: '', reason: '', at });

test('both languages of the courier say everything', () => {
  assert.deepEqual(shape(words.fa), shape(words.en));
});

test('the day is read, and told as it is once what waits has been sent', () => {
  const jobs = parseJobs(JSON.stringify({
    orders: [
      order('1', 'assigned', { destination: { latitude: 35.7, longitude: 51.4, address: 'x' }, needs_code: true }),
      order('2', 'picked_up', { pickup: { address: 'y' }, promised: '2026-11-22T12:00:00Z' }),
      order('3', 'delivered', { times: { delivered: '2026-11-22T11:00:00Z' } }),
    ],
  }));
  assert.deepEqual(jobs[0]?.destination, { spot: { lat: 35.7, lon: 51.4 }, address: 'x' });
  assert.deepEqual([jobs[1]?.pickup?.spot, jobs[1]?.promised, jobs[2]?.ended], [undefined, Date.UTC(2026, 10, 22, 12), Date.UTC(2026, 10, 22, 11)]);
  const { open, over } = asReported(jobs, [report('1', 'picked_up'), report('2', 'failed', 5), report('9', 'failed')]);
  assert.deepEqual(open.map(({ id, state }) => [id, state]), [['1', 'picked_up']]);
  assert.deepEqual(over.map(({ id, ended }) => [id, ended]), [['2', 5], ['3', Date.UTC(2026, 10, 22, 11)]]);
  assert.throws(() => parseJob('{"id":"1","state":"lost"}'));
});

test('the way is opened by what the phone has', () => {
  const place = { spot: { lat: 35.7, lon: 51.4 }, address: 'خیابان ۷' };
  assert.equal(wayTo(place, false), 'geo:35.7,51.4?q=35.7%2C51.4');
  assert.equal(wayTo({ ...place, spot: undefined }, false), `geo:0,0?q=${encodeURIComponent('خیابان ۷')}`);
  assert.equal(wayTo(place, true), 'maps:?daddr=35.7%2C51.4');
});

/** An outbox whose server answers what it is told to. */
function outbox(answers: (report: Report) => Sent) {
  let kept: Report[] = [];
  const sent: string[] = [];
  const refused: [string, Refusal][] = [];
  const made = new Outbox(
    { load: () => structuredClone(kept), save: (all) => (kept = structuredClone([...all])) },
    async (each) => {
      sent.push(`${each.order} ${each.state}`);
      return answers(each);
    },
    (problem) => problem && refused.push([problem.report.order, problem.why]),
  );
  return { made, sent, refused, kept: () => kept.map(({ order: id, state }) => `${id} ${state}`) };
}

test('what was reported without a network is sent in order, once there is one', async () => {
  let online = false;
  const { made, sent, kept } = outbox(() => (online ? 'taken' : 'away'));
  made.add(report('1', 'picked_up', 1));
  made.add(report('2', 'picked_up', 2));
  made.add(report('1', 'delivered', 3));
  await made.flush();
  assert.deepEqual(kept(), ['1 picked_up', '2 picked_up', '1 delivered']);
  online = true;
  sent.length = 0;
  await made.flush();
  assert.deepEqual([sent, kept()], [['1 picked_up', '2 picked_up', '1 delivered'], []]);
});

test('what is refused is told and taken out, and the others go on', async () => {
  const { made, sent, refused, kept } = outbox(({ order: id }) => (id === '1' ? { refused: 'state' } : id === '2' ? 'later' : 'taken'));
  for (const [i, id] of ['1', '2', '3', '2'].entries()) made.add(report(id, 'delivered', i));
  await made.flush();
  assert.deepEqual(refused, [['1', 'state']]);
  assert.deepEqual(kept(), ['2 delivered', '2 delivered'], 'what has to wait keeps its order');
  assert.ok(sent.includes('3 delivered'));
});

test('what is added while others are sent is sent too', async () => {
  const { made, kept } = outbox(({ order: id }) => {
    if (id === '1') made.add(report('2', 'failed'));
    return 'taken';
  });
  made.add(report('1', 'delivered'));
  await made.flush();
  assert.deepEqual(kept(), []);
});
