// The customer's page beside its map: whose order it is, how far it has come and
// when it arrives, and whom one can call.

import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../icon.tsx';
import { speak } from '../look.ts';
import { tel } from '../phone.ts';
import { at } from '../root.ts';
import { wayIn } from '../session.ts';
import type { Tracked } from '../orders.ts';
import { digits } from '../text.ts';
import { Connection } from './connection.tsx';
import { chosen } from './link.ts';
import { city, connection, drawn, hasSecret, here, language, loaded, login, order, orders, picked, shop, strayed, text, wantsMap } from './page.ts';
import { headline, promise, step, steps, window } from './say.ts';

/** What the page can do about its map. */
export interface Handles {
  keep(box: HTMLElement): void;
  showBoth(): void;
}

export function View({ handles }: { handles: Handles }) {
  const shown = order.value;
  return (
    <>
      <Head />
      <MapBox handles={handles} />
      <main class={wantsMap.value ? '' : 'alone'}>
        {shown ? <Order order={shown} /> : <Nothing />}
        {shown && orders.value.length > 1 && <Others />}
        <Connection />
      </main>
    </>
  );
}

function MapBox({ handles }: { handles: Handles }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => handles.keep(box.current!), [handles]);
  const t = text.value;
  return (
    <section class="map" hidden={!wantsMap.value} aria-label={t.map}>
      <div ref={box} />
      {city.value && drawn.value === 'yes' && <p class="note">{t.demoCity}</p>}
      {order.value?.courier?.exact === false && <p class="note legend">{t.area}</p>}
      {drawn.value === 'failed' && (
        <p class="failed">
          {t.noMap} <button onClick={() => location.reload()}>{t.again}</button>
        </p>
      )}
      {strayed.value && (
        <button class="both" aria-label={t.showBoth} title={t.showBoth} onClick={() => handles.showBoth()}>
          <Icon of="all" />
        </button>
      )}
    </section>
  );
}

function Head() {
  const { name, logo } = shop.value;
  const other = language.value === 'fa' ? 'en' : 'fa';
  return (
    <header>
      {logo !== '' && <img src={at(logo)} alt="" height="28" />}
      <strong>
        <bdi>{name || text.value.title}</bdi>
      </strong>
      <button lang={other} onClick={() => speak(other)}>
        {text.value.other}
      </button>
    </header>
  );
}

function Order({ order: shown }: { order: Tracked }) {
  const t = text.value;
  const { title, why } = headline(shown, here.value);
  return (
    <article>
      <div role="status">
        <h1 class={shown.state}>{title}</h1>
        {shown.eta && (
          <p class={connection.value.state === 'lost' ? 'eta old' : 'eta'}>
            <span class="muted">{t.arrives}</span> <strong>{window(shown.eta, language.value)}</strong>
          </p>
        )}
        {why !== '' && <p class="muted">{why}</p>}
      </div>
      <Steps order={shown} />
      {shown.code !== '' && shown.ended === undefined && <Code code={shown.code} />}
      <Facts order={shown} />
      <Calls order={shown} />
    </article>
  );
}

function Steps({ order: shown }: { order: Tracked }) {
  const reached = step(shown);
  if (reached === undefined) return null;
  return (
    <ol class="steps" aria-label={text.value.progress}>
      {steps.map((each, i) => (
        <li key={each} class={i <= reached ? 'done' : ''} {...(i === reached && { 'aria-current': 'step' as const })}>
          {text.value.steps[each]}
        </li>
      ))}
    </ol>
  );
}

/** The code, digit by digit and large: it is read out at a door. */
function Code({ code }: { code: string }) {
  return (
    <section class="code">
      <h2>{text.value.code}</h2>
      <p>
        <bdi>{localized(code)}</bdi>
      </p>
      <p class="muted">{text.value.codeWhy}</p>
    </section>
  );
}

/** Digits as the language writes them; a code with letters stays as it is. */
function localized(code: string): string {
  return /^\d+$/.test(code) ? code.replace(/\d/g, (digit) => digits(Number(digit), language.value)) : code;
}

function Facts({ order: shown }: { order: Tracked }) {
  const t = text.value;
  const promised = promise(shown, here.value);
  const known: [string, string, string][] = [
    [t.promised, promised?.text ?? '', promised?.late ? 'late' : ''],
    [t.to, shown.destination?.address ?? '', ''],
    [t.courier, shown.courier?.name ?? '', ''],
  ];
  const said = known.filter(([, value]) => value !== '');
  if (said.length === 0) return null;
  return (
    <dl>
      {said.map(([name, value, kind]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class={kind}>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Calls({ order: shown }: { order: Tracked }) {
  const t = text.value;
  const name = shown.courier?.name ?? '';
  if (shown.phone === '' && shown.shopPhone === '') return null;
  return (
    <p class="calls">
      {shown.phone !== '' && (
        <a class="primary" href={tel(shown.phone)}>
          <Icon of="call" /> {name === '' ? t.callCourier : t.callNamed(name)}
        </a>
      )}
      {shown.shopPhone !== '' && (
        <a class="soft" href={tel(shown.shopPhone)}>
          <Icon of="call" /> {t.callShop}
        </a>
      )}
    </p>
  );
}

/** The other orders of who has several. */
function Others() {
  return (
    <nav aria-label={text.value.orders}>
      {orders.value.map(({ id }) => (
        <button key={id} aria-current={id === order.value?.id} onClick={() => (picked.value = id)}>
          <bdi>{text.value.order(id)}</bdi>
        </button>
      ))}
    </nav>
  );
}

/** Why there is no order to see, and what to do. */
function Nothing() {
  const t = text.value;
  const reason = reasonOf();
  if (reason === undefined) return <p class="muted waiting">{t.loading}</p>;
  return (
    <div class="article" role="status">
      <h1>{t.refused[reason].title}</h1>
      <p class="muted">{t.refused[reason].why}</p>
      {reason === 'login' && (
        <p class="calls">
          <a class="primary" href={wayIn(login.value)}>
            {t.logIn}
          </a>
        </p>
      )}
    </div>
  );
}

function reasonOf(): keyof typeof text.value.refused | undefined {
  const is = connection.value;
  if (is.state !== 'refused') {
    if (!loaded.value) return undefined;
    if (hasSecret.value) return 'gone';
    return chosen() === undefined ? 'none' : 'missing';
  }
  if (!hasSecret.value) return login.value !== '' && chosen() !== undefined ? 'login' : 'none';
  return is.why === 'barred' ? 'none' : is.why;
}
