// The corner that is always there: how fresh the picture is, what is managed, who
// we are, and the settings.

import type { Actions } from './actions.ts';
import { Icon } from './icon.tsx';
import { asOf, connection, heard, language, mayManage, narrow, now, place, sheet, text, timezone, who } from './page.ts';
import { Menu } from './menu.tsx';
import { Who } from './who.tsx';
import { age, timeOfDay } from './text.ts';

const quiet = 14_000; // milliseconds; a beat comes after 10 s, so by now one is missing

export function Bar({ actions }: { actions: Actions }) {
  const t = text.value;
  return (
    <header class="box bar">
      <p class="connection" role="status">
        <Status />
      </p>
      {who.value && <Opener view="orders" label={t.orders} actions={actions} />}
      {mayManage.value && <Opener view="couriers" label={t.manage} actions={actions} />}
      {who.value && (
        <button class="square" popovertarget="who" aria-label={t.who} title={t.who}>
          <Icon of="person" />
        </button>
      )}
      <button class="square" popovertarget="menu" aria-label={t.menu} title={t.menu}>
        <Icon of="menu" />
      </button>
      <Who actions={actions} />
      <Menu actions={actions} />
    </header>
  );
}

/** Opens the orders, or what is managed, and closes it again. */
function Opener({ view, label, actions }: { view: 'orders' | 'couriers'; label: string; actions: Actions }) {
  const at = place.value?.view;
  const open = at !== undefined && (at === 'orders') === (view === 'orders');
  const press = () => {
    if (!open && sheet.peek() === 0) sheet.value = 1; // a phone has no other room for it
    actions.open(open ? undefined : { view, id: undefined });
  };
  return (
    <button class="square" aria-pressed={open} aria-label={label} title={label} onClick={press}>
      <Icon of={view} />
      {view === 'orders' && <span class="called">{label}</span>}
    </button>
  );
}

function Status() {
  const t = text.value;
  const c = connection.value;
  switch (c.state) {
    case 'connecting':
      return <State kind="waiting" word={t.connecting} />;
    case 'live':
      return <Live silence={now.value.monotonic - heard.peek()} />;
    case 'lost':
      return <State kind="lost" word={t.lost} more={[since(), narrow.value ? '' : comeback(c.retry - now.value.monotonic)].filter(Boolean).join(' · ')} />;
    case 'refused':
      return <State kind="lost" word={t.refused} />;
  }
}

function Live({ silence }: { silence: number }) {
  const t = text.value;
  const old = silence < 2000 ? t.justNow : t.ago(age(silence, language.value));
  return silence > quiet ? <State kind="hushed" word={t.quiet} more={old} /> : <State kind="live" word={t.live} more={old} />;
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

/** The moment that the old picture is of. */
function since(): string {
  return asOf.value === undefined ? '' : text.value.asOf(timeOfDay(asOf.value, language.value, timezone.value));
}

function comeback(milliseconds: number): string {
  return milliseconds < 500 ? text.value.retrying : text.value.retryIn(age(Math.max(1000, milliseconds), language.value));
}
