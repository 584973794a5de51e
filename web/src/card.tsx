// The card of the selected courier: everything that is known of it and how old
// that is. Names are text, never HTML, and cannot turn the text around them.

import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Actions } from './actions.ts';
import { Later } from './beside.tsx';
import { copy } from './clipboard.ts';
import { doing } from './doing.ts';
import { heardLong } from './heard.ts';
import { Icon, type icons } from './icon.tsx';
import { speedOf } from './list.tsx';
import { details, following, language, loaded, mayManage, now, selected, selectedId, teams, text, timezone } from './page.ts';
import { tel } from './phone.ts';
import type { Courier } from './state.ts';
import { age, coordinates, digits, exact, wind } from './text.ts';
import type { Details } from './wire.ts';

export function Card({ actions }: { actions: Actions }) {
  const id = selectedId.value;
  if (id === undefined || !loaded.value) return null;
  const courier = selected.value;
  return courier?.id === id && courier.position ? <Known courier={courier} actions={actions} /> : <Unknown id={id} actions={actions} />;
}

function Known({ courier, actions }: { courier: Courier; actions: Actions }) {
  const t = text.value;
  const is = doing(courier, now.value.server);
  const more = details.value?.id === courier.id ? details.value.known : undefined;
  return (
    <section class="card" aria-label={courier.name}>
      <Close press={actions.deselect} />
      <h2>
        <bdi>{courier.name}</bdi>
      </h2>
      <p class="state">
        <span class={`shape ${is}`} aria-hidden="true" />
        {t.motion[is]}
        <Age stamp={courier.position!.stamp} />
      </p>
      <Later key={courier.id} part={round} props={{ id: courier.id, actions }} />
      <Facts courier={courier} more={more} />
      <Buttons courier={courier} phone={more?.phone} actions={actions} />
    </section>
  );
}

const round = () => import('./dispatch/dispatch.tsx').then(({ Round }) => Round);

/** A link named a courier that is not there. */
function Unknown({ id, actions }: { id: string; actions: Actions }) {
  const t = text.value;
  return (
    <section class="card" aria-label={t.unknown(id)}>
      <Close press={actions.deselect} />
      <h2>{t.unknown(`\u2068${id}\u2069`)}</h2>
      <p class="muted">{t.unknownWhy}</p>
    </section>
  );
}

function Close({ press }: { press(): void }) {
  return (
    <button class="square close" aria-label={text.value.close} title={text.value.close} onClick={press}>
      <Icon of="close" />
    </button>
  );
}

function Age({ stamp }: { stamp: number }) {
  return (
    <time class="muted" dateTime={new Date(stamp).toISOString()} title={exact(stamp, language.value, timezone.value)}>
      {heardLong(stamp)}
    </time>
  );
}

function Facts({ courier, more }: { courier: Courier; more: Details | undefined }) {
  return (
    <dl class="facts">
      {facts(courier, more).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What is known, each with its name; what is not known is left out. */
function facts(courier: Courier, more: Details | undefined): [name: string, value: string][] {
  const t = text.value;
  const speak = language.value;
  const { lat, lon, heading, interval, stamp } = courier.position!;
  const metres = (value: number) => `${digits(Math.round(value), speak)} ${t.metres}`;
  const known: [string, string | undefined][] = [
    [t.card.id, courier.id],
    [t.card.username, courier.username === courier.name ? '' : courier.username],
    [t.card.team, teams.value.get(courier.team) ?? courier.team],
    [t.card.phone, more?.phone],
    [t.card.vehicle, more?.vehicle],
    [t.card.speed, speedOf(courier)],
    [t.card.heading, heading === null ? undefined : `${wind(heading, speak)} · ${t.degrees(digits(Math.round(heading), speak))}`],
    [t.card.battery, more?.battery === undefined ? undefined : digits(more.battery, speak, { style: 'percent' })],
    [t.card.accuracy, more?.accuracy === undefined ? undefined : `± ${metres(more.accuracy)}`],
    [t.card.altitude, more?.altitude === undefined ? undefined : metres(more.altitude)],
    [t.card.every, interval === null ? undefined : age(interval, speak)],
    [t.card.heard, exact(stamp, speak, timezone.value)],
    [t.card.measured, more?.time === undefined ? undefined : exact(more.time, speak, timezone.value)],
    [t.card.position, coordinates(lat, lon, speak)],
  ];
  return known.flatMap(([name, value]) => (value ? [[name, value] as [string, string]] : []));
}

function Buttons({ courier, phone, actions }: { courier: Courier; phone: string | undefined; actions: Actions }) {
  const t = text.value;
  const { lat, lon } = courier.position!;
  return (
    <div class="buttons">
      <button class="soft" aria-pressed={following.value} onClick={actions.toggleFollow}>
        <Icon of="follow" /> {following.value ? t.following : t.follow}
      </button>
      {phone !== undefined && (
        <a class="soft" href={tel(phone)}>
          <Icon of="call" /> {t.call}
        </a>
      )}
      {mayManage.value && (
        <button class="soft" aria-label={t.edit} title={t.edit} onClick={() => actions.open({ view: 'couriers', id: courier.id })}>
          <Icon of="edit" />
        </button>
      )}
      <CopyButton icon="copy" label={t.copyPlace} what={() => `${lat}, ${lon}`} />
      <CopyButton icon="link" label={t.copyLink} what={() => location.href} />
    </div>
  );
}

function CopyButton({ icon, label, what }: { icon: keyof typeof icons; label: string; what(): string }) {
  const said = useSignal('');
  const shown = useRef<HTMLSpanElement>(null);
  const press = async () => {
    const line = what();
    // Where copying is not allowed the text itself is shown, and selected, to be copied by hand.
    said.value = (await copy(line, null)) ? text.value.copied : line;
    if (said.value === line) requestAnimationFrame(() => shown.current && getSelection()?.selectAllChildren(shown.current));
  };
  return (
    <>
      <button class="soft" aria-label={label} title={label} onClick={() => void press()} onBlur={() => (said.value = '')}>
        <Icon of={icon} />
      </button>
      {said.value !== '' && (
        <span ref={shown} class="said" role="status" dir="auto">
          {said.value}
        </span>
      )}
    </>
  );
}
