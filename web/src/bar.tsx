// The corner that is always there: how fresh the picture is, and the settings.

import type { Actions } from './actions.ts';
import { Icon } from './icon.tsx';
import { asOf, connection, heard, language, now, text, timezone } from './page.ts';
import { Menu } from './menu.tsx';
import { age, timeOfDay } from './text.ts';

const quiet = 14_000; // milliseconds; a beat comes after 10 s, so by now one is missing

export function Bar({ actions }: { actions: Actions }) {
  return (
    <header class="box bar">
      <p class="connection" role="status">
        <Status />
      </p>
      <button class="square" popovertarget="menu" aria-label={text.value.menu} title={text.value.menu}>
        <Icon of="menu" />
      </button>
      <Menu actions={actions} />
    </header>
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
      return <State kind="lost" word={t.lost} more={[since(), comeback(c.retry - now.value.monotonic)].filter(Boolean).join(' · ')} />;
    case 'refused':
      return <State kind="lost" word={t.refused} more={t.askForLink} />;
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
