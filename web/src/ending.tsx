// The notice that our right ends in a moment, and that a new token was not good.
// It can be put off, and comes no second time for the same end.

import { useSignal } from '@preact/signals';
import type { Actions } from './actions.ts';
import { Icon } from './icon.tsx';
import { badToken, connection, language, now, text, who } from './page.ts';
import { age } from './text.ts';
import { TokenForm } from './token.tsx';

const early = 60_000; // milliseconds before the end

export function Ending({ actions }: { actions: Actions }) {
  const t = text.value;
  const putOff = useSignal<number | undefined>(undefined); // the end that was read
  const until = who.value?.until;
  const left = (who.value?.ends ?? Infinity) - now.value.monotonic;
  const near = left < early && putOff.value !== until && connection.value.state !== 'refused';
  if (!near && !badToken.value) return null;
  const done = () => {
    if (near) putOff.value = until;
    badToken.value = false;
  };
  return (
    <section class="box ending" aria-label={t.who}>
      <p class="row">
        <strong role="status">{badToken.value ? t.badToken : t.endsSoon}</strong>
        {near && <span class="muted">{t.endsIn(age(Math.max(0, left), language.value))}</span>}
      </p>
      <p class="muted">{t.renewWhy}</p>
      <TokenForm give={(token) => actions.enter(token)} button={t.goOn} />
      <button class="square close" aria-label={t.later} title={t.later} onClick={done}>
        <Icon of="close" />
      </button>
    </section>
  );
}
