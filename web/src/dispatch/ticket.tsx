// One order: what is known of it, who brings it or could, and its links.

import { useEffect } from 'preact/hooks';
import type { Actions } from '../actions.ts';
import { Title } from '../manage/parts.tsx';
import { bringer, ground, language, mayManage, now } from '../page.ts';
import type { Place, Spot } from '../orders.ts';
import { tel } from '../phone.ts';
import { digits } from '../text.ts';
import type { Board } from './board.ts';
import { Candidates } from './candidates.tsx';
import { nearest } from './nearest.ts';
import { called, isOpen, type Order } from './order.ts';
import { usePins, type Pin } from './pins.ts';
import { clock, isolated, Stage, Worries } from './said.tsx';
import { Shares } from './shares.tsx';
import { words } from './words.ts';

interface Props {
  id: string;
  actions: Actions;
  board: Board;
}

export function Ticket({ id, actions, board }: Props) {
  const t = words.value;
  const order = board.order(id);
  const back = () => actions.open({ view: 'orders', id: undefined });
  usePins(actions, order ? pinsOf(order) : [], () => {});
  return (
    <>
      <Title back={back}>
        <bdi>{order ? called(order) : id}</bdi>
      </Title>
      <div class="ticket">
        {order && <Known order={order} actions={actions} board={board} back={back} />}
        {!order && board.state.value === 'ready' && <p class="late">{t.noOrder(isolated(id))}</p>}
        {!order && board.state.value !== 'ready' && <p class="late muted">{t.loading}</p>}
      </div>
    </>
  );
}

function Known({ order, actions, board, back }: Omit<Props, 'id'> & { order: Order; back(): void }) {
  const { map, picture } = actions.sight();
  const waits = isOpen(order) && order.courier === ''; // then who could bring it is what matters
  void ground.value; // there may be a map now
  useEffect(() => {
    bringer.value = order.courier || undefined;
    return () => (bringer.value = undefined);
  }, [order.courier]);
  useEffect(() => {
    const near = order.courier === '' ? nearest(order, picture.couriers.values(), board.open.peek(), now.peek().server ?? 0, 1) : [];
    const spots = [order.destination?.spot, order.pickup?.spot, picture.couriers.get(order.courier)?.position, near[0]?.courier.position];
    map?.camera.fit(spots.flatMap((spot): Spot[] => (spot ? [spot] : [])));
  }, [map]);
  return (
    <>
      <Standing order={order} board={board} />
      {!waits && <Facts order={order} actions={actions} board={board} />}
      {isOpen(order) && <Candidates order={order} actions={actions} board={board} done={back} />}
      {waits && <Facts order={order} actions={actions} board={board} />}
      {isOpen(order) && mayManage.value && <Shares order={order} />}
    </>
  );
}

/** How far it has come, since when, and what is wrong. */
function Standing({ order, board }: { order: Order; board: Board }) {
  const { state, times } = order;
  const at = times[state];
  return (
    <p class="standing">
      <Stage state={state} quiet />
      <span>{words.value.state[state]}</span>
      {at !== undefined && <time class="muted" dateTime={new Date(at).toISOString()}>{clock(at)}</time>}
      <Worries of={board.worries(order)} />
    </p>
  );
}

function Facts({ order, actions, board }: Omit<Props, 'id'> & { order: Order }) {
  const t = words.value.fact;
  const { id, customer, phone, courier, promised, stop, code, reason, times } = order;
  const ended = times.delivered ?? times.cancelled ?? times.failed;
  const brings = courier && <button class="quiet" onClick={() => show(courier, actions)}><bdi>{board.courier(courier)?.name ?? courier}</bdi></button>;
  const call = phone && <a href={tel(phone)} dir="ltr">{phone}</a>;
  const known = [
    [t.id, id], [t.customer, customer], [t.phone, call], [t.courier, brings], [t.promised, when(promised)],
    [t.destination, address(order.destination)], [t.pickup, address(order.pickup)],
    [t.stop, stop > 0 ? digits(stop, language.value) : ''], [t.code, code], [t.reason, reason],
    [t.created, when(times.created)], [t.assigned, when(times.assigned)], [t.picked_up, when(times.picked_up)], [t.ended, when(ended)],
  ] as const;
  return (
    <dl class="facts">
      {known.map(([name, value]) => value !== '' && (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{typeof value === 'string' ? <bdi>{value}</bdi> : value}</dd>
        </div>
      ))}
    </dl>
  );
}

function when(moment: number | undefined): string {
  return moment === undefined ? '' : clock(moment);
}

/** The list, with the card of the courier. */
function show(courier: string, actions: Actions): void {
  actions.open({ view: 'orders', id: undefined });
  actions.select(courier);
}

function address(place: Place | undefined): string {
  return place?.address ?? '';
}

function pinsOf(order: Order): Pin[] {
  const t = words.value.pin;
  const [from, to] = [order.pickup?.spot, order.destination?.spot];
  const { id } = order;
  return [
    ...(from ? [{ kind: 'pickup' as const, id, ...from, label: t.pickup(isolated(called(order))), text: '', selected: true }] : []),
    ...(to ? [{ kind: 'destination' as const, id, ...to, label: t.destination(isolated(called(order))), text: '', selected: true }] : []),
  ];
}
