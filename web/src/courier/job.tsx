// One order of the courier: where it goes to, whom to call, and what to report.

import { useSignal, type Signal } from '@preact/signals';
import { Icon } from '../icon.tsx';
import { hasEnded, type Place } from '../orders.ts';
import { tel } from '../phone.ts';
import { moment } from '../track/say.ts';
import { Delivered, Failed } from './forms.tsx';
import { wayTo, type Job as Order } from './jobs.ts';
import { here, refused, text, waiting } from './page.ts';
import type { Actions } from './view.tsx';

const iPhone = /iPhone|iPad/.test(navigator.userAgent);

type Asking = 'nothing' | 'code' | 'reason';

export function Job({ order, next, actions }: { order: Order; next: boolean; actions: Actions }) {
  const t = text.value;
  const asking = useSignal<Asking>('nothing');
  const waits = waiting.value.some((report) => report.order === order.id);
  const over = hasEnded(order.state);
  return (
    <article class={next ? 'next' : ''} aria-label={order.id}>
      <header class="row">
        <h2>
          <bdi>{order.customer || order.id}</bdi>
        </h2>
        <span class={`state ${order.state}`}>{waits ? t.waiting : next ? t.next : t.states[order.state]}</span>
      </header>
      {refused.value[order.id] && <Refused id={order.id} actions={actions} />}
      <p class="muted">
        {order.customer !== '' && (
          <>
            <bdi>{order.id}</bdi> ·{' '}
          </>
        )}
        <When order={order} />
      </p>
      {!over && <Where order={order} />}
      {!over && asking.value === 'nothing' && <Contact order={order} />}
      {!over && <Buttons order={order} asking={asking} actions={actions} />}
    </article>
  );
}

function When({ order }: { order: Order }) {
  const t = text.value;
  if (order.ended !== undefined) return <>{moment(order.ended, here.value)}</>;
  if (order.promised === undefined || hasEnded(order.state)) return null;
  const late = here.value.now > order.promised;
  return (
    <span class={late ? 'late' : ''}>
      {t.by} {moment(order.promised, here.value)}
    </span>
  );
}

/** The place to go to now. */
function goal(order: Order): { name: 'from' | 'to'; place: Place | undefined } {
  const picks = order.state === 'created' || order.state === 'assigned';
  return picks && order.pickup ? { name: 'from', place: order.pickup } : { name: 'to', place: order.destination };
}

function Where({ order }: { order: Order }) {
  const { name, place } = goal(order);
  if (!place) return null;
  return (
    <p class="where">
      <span class="muted">{text.value[name]}</span>
      <span>
        <bdi>{place.address}</bdi>
      </span>
    </p>
  );
}

function Contact({ order }: { order: Order }) {
  const t = text.value;
  const { place } = goal(order);
  return (
    <p class="calls">
      {place && (
        <a class="soft" href={wayTo(place, iPhone)}>
          <Icon of="follow" /> {t.navigate}
        </a>
      )}
      {order.phone !== '' && (
        <a class="soft" href={tel(order.phone)}>
          <Icon of="call" /> {t.call}
        </a>
      )}
      {order.shopPhone !== '' && (
        <a class="soft" href={tel(order.shopPhone)}>
          <Icon of="call" /> {t.callShop}
        </a>
      )}
    </p>
  );
}

function Buttons({ order, asking, actions }: { order: Order; asking: Signal<Asking>; actions: Actions }) {
  const t = text.value;
  const done = () => (asking.value = 'nothing');
  const report = (state: 'picked_up' | 'delivered' | 'failed', said: { code?: string; reason?: string } = {}) => {
    done();
    actions.report(order.id, state, said);
  };
  if (asking.value === 'code') return <Delivered give={(code) => report('delivered', { code })} back={done} />;
  if (asking.value === 'reason') return <Failed give={(reason) => report('failed', { reason })} back={done} />;
  if (order.state !== 'picked_up') {
    return (
      <p class="deeds">
        <button class="primary" onClick={() => report('picked_up')}>
          {t.pickedUp}
        </button>
      </p>
    );
  }
  return (
    <p class="deeds">
      <button class="primary" onClick={() => (order.needsCode ? (asking.value = 'code') : report('delivered'))}>
        {t.delivered}
      </button>
      <button class="soft danger" onClick={() => (asking.value = 'reason')}>
        {t.failed}
      </button>
    </p>
  );
}

function Refused({ id, actions }: { id: string; actions: Actions }) {
  const t = text.value;
  return (
    <div class="refused" role="alert">
      <p>{t.refused[refused.value[id]!]}</p>
      <button class="soft" onClick={() => actions.understand(id)}>
        {t.understood}
      </button>
    </div>
  );
}
