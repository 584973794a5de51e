// Where a token is pasted.

import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { text } from './page.ts';

/** Gives what was pasted, and whether the rest of the form holds the mark "keep". */
export function TokenForm({ give, button, focus, children }: { give(token: string, keep: boolean): void; button: string; focus?: boolean; children?: ComponentChildren }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focus) field.current?.focus(); // autofocus is for the first one of a page only
  }, []);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const said = new FormData(event.currentTarget);
    event.currentTarget.reset();
    give(String(said.get('token')), said.has('keep'));
  };
  return (
    <form class="token" onSubmit={submit}>
      <label class="field">
        {text.value.token}
        <input ref={field} name="token" type="password" dir="ltr" autocomplete="off" spellcheck={false} required />
      </label>
      {children}
      <button class="primary">{button}</button>
    </form>
  );
}
