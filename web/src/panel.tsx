// What floats on the map: the state of the connection, the number of couriers,
// the card of the one that was clicked, and what to do when there is nothing to
// see. It shows the page's signals and calls the actions it is given; names of
// couriers are text, never HTML, and cannot turn the text around them.

import { Door } from './door.tsx';
import { Empty } from './empty.tsx';
import { city, connection, count, ground, inStep, language, now, selected, silentCount, text } from './page.ts';
import { doing } from './doing.ts';
import { age, digits, exact } from './text.ts';

/** What the panel can do. */
export interface Actions {
  zoom(by: number): void;
  showAll(): void;
  deselect(): void;
  switchLanguage(): void;
  enter(token: string): void;
}

export function Panel({ actions }: { actions: Actions }) {
  const refused = connection.value.state === 'refused';
  const empty = inStep.value && count.value === 0 && connection.value.state === 'live';
  return (
    <>
      <Corner actions={actions} />
      {refused ? <Door enter={actions.enter} /> : empty ? <Empty /> : <Card close={actions.deselect} />}
      <Controls actions={actions} />
      <GroundNote />
    </>
  );
}

function Corner({ actions }: { actions: Actions }) {
  const t = text.value;
  const n = count.value;
  return (
    <section class="box corner">
      <p class="connection" role="status">
        <Status />
      </p>
      <p class="counts">
        {connection.value.state !== 'refused' && <strong>{t.couriers(digits(n, language.value), n === 1)}</strong>}
        {silentCount.value > 0 && <span class="muted"> · {t.silent(digits(silentCount.value, language.value))}</span>}
        <button class="quiet" lang={language.value === 'en' ? 'fa' : 'en'} aria-label={t.switchLanguage} onClick={actions.switchLanguage}>
          {t.otherLanguage}
        </button>
      </p>
    </section>
  );
}

function Status() {
  const t = text.value;
  const c = connection.value;
  switch (c.state) {
    case 'connecting':
      return <State kind="waiting" word={t.connecting} />;
    case 'live':
      return <State kind="live" word={t.live} more={freshness(now.value.monotonic - c.heard)} />;
    case 'lost':
      return <State kind="lost" word={t.lost} more={comeback(c.retry - now.value.monotonic)} />;
    case 'refused':
      return <State kind="lost" word={t.refused} more={t.askForLink} />;
  }
}

function State({ kind, word, more }: { kind: string; word: string; more?: string }) {
  return (
    <>
      <span class={`dot ${kind}`} aria-hidden="true" />
      <strong>{word}</strong>
      {more !== undefined && <span class="muted" aria-live="off">{more}</span>}
    </>
  );
}

function freshness(milliseconds: number): string {
  return milliseconds < 2000 ? text.value.justNow : text.value.ago(age(milliseconds, language.value));
}

function comeback(milliseconds: number): string {
  return milliseconds < 500 ? text.value.retrying : text.value.retryIn(age(Math.max(1000, milliseconds), language.value));
}

function Card({ close }: { close(): void }) {
  const courier = selected.value;
  if (!courier?.position) return null;
  const t = text.value;
  const { stamp } = courier.position;
  const old = now.value.server === undefined ? 0 : now.value.server - stamp;
  return (
    <section class="box card" aria-label={courier.name}>
      <button class="close" aria-label={t.close} onClick={close}>
        <Icon path="M4 4l8 8M12 4l-8 8" />
      </button>
      <h2>
        <bdi>{courier.name}</bdi>
      </h2>
      <p class="muted">
        {t.id} <bdi>{courier.id}</bdi>
        {courier.team !== '' && <> · <bdi>{courier.team}</bdi></>}
      </p>
      <p>
        <span class={`shape ${doing(courier, now.value.server)}`} aria-hidden="true" />
        {t.motion[doing(courier, now.value.server)]}
        <time class="muted" dateTime={new Date(stamp).toISOString()} title={exact(stamp, language.value)}>
          {old < 1500 ? t.justNow : t.ago(age(old, language.value))}
        </time>
      </p>
    </section>
  );
}

function Controls({ actions }: { actions: Actions }) {
  const t = text.value;
  return (
    <div class="box controls">
      <Control label={t.zoomIn} path="M8 3v10M3 8h10" press={() => actions.zoom(1)} />
      <Control label={t.zoomOut} path="M3 8h10" press={() => actions.zoom(-1)} />
      <Control label={t.showAll} path="M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10" press={actions.showAll} />
    </div>
  );
}

function Control({ label, path, press }: { label: string; path: string; press(): void }) {
  return (
    <button aria-label={label} title={label} onClick={press}>
      <Icon path={path} />
    </button>
  );
}

function Icon({ path }: { path: string }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={path} fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}

/** What has to be known of the map itself. */
function GroundNote() {
  const t = text.value;
  return (
    <div class="notes">
      {ground.value === 'fallback' && <p role="status">{t.fallback}</p>}
      {ground.value === 'none' && <p role="alert">{t.noWebGL}</p>}
      {city.value && <p>{t.demoCity}</p>}
    </div>
  );
}
