// What is asked before an order is over: the customer's code, or why it failed.

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { text } from './page.ts';

/** Asks for the customer's code. */
export function Delivered({ give, back }: { give(code: string): void; back(): void }) {
  const t = text.value;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []); // which scrolls to it, too
  const submit = (event: Event) => {
    event.preventDefault();
    const code = field.current!.value.trim();
    if (code !== '') give(code);
  };
  return (
    <form onSubmit={submit}>
      <label>
        {t.code}
        <input ref={field} name="code" autocomplete="off" autocapitalize="characters" maxLength={32} required dir="auto" />
      </label>
      <p class="muted">{t.codeWhy}</p>
      <p class="deeds">
        <button class="primary">{t.delivered}</button>
        <button type="button" class="soft" onClick={back}>
          {t.back}
        </button>
      </p>
    </form>
  );
}

/** Asks why it failed. */
export function Failed({ give, back }: { give(reason: string): void; back(): void }) {
  const t = text.value;
  const chosen = useSignal<string | undefined>(undefined); // empty: something else
  const other = useSignal('');
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.scrollIntoView({ block: 'nearest' }), []);
  const reason = chosen.value === '' ? other.value.trim() : (chosen.value ?? '');
  const submit = (event: Event) => {
    event.preventDefault();
    if (reason !== '') give(reason);
  };
  return (
    <form ref={form} onSubmit={submit}>
      <fieldset>
        <legend>{t.why}</legend>
        {[...t.reasons, ''].map((each) => (
          <label key={each} class="choice">
            <input type="radio" name="reason" checked={chosen.value === each} onChange={() => (chosen.value = each)} />
            {each || t.other}
          </label>
        ))}
      </fieldset>
      {chosen.value === '' && (
        <label>
          {t.otherWhat}
          <input name="other" maxLength={300} dir="auto" value={other.value} onInput={(event) => (other.value = event.currentTarget.value)} />
        </label>
      )}
      <p class="deeds">
        <button class="primary" disabled={reason === ''}>
          {t.report}
        </button>
        <button type="button" class="soft" onClick={back}>
          {t.back}
        </button>
      </p>
    </form>
  );
}
