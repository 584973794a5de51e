// The door: where a token is pasted, when there is none or it is not good.

import type { Actions } from './actions.ts';
import { text } from './page.ts';
import * as session from './session.ts';

export function Door({ actions }: { actions: Actions }) {
  const t = text.value;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const said = new FormData(event.currentTarget);
    actions.enter(String(said.get('token')), said.has('keep'));
  };
  return (
    <form class="box middle" onSubmit={submit}>
      <h2>{t.needToken}</h2>
      <p class="muted" role="status">
        {session.token() === undefined ? t.needTokenWhy : t.wrongToken}
      </p>
      <label class="field">
        {t.token}
        <input name="token" type="password" dir="ltr" autocomplete="off" spellcheck={false} required autofocus />
      </label>
      <label class="check">
        <input name="keep" type="checkbox" />
        {t.keepToken}
      </label>
      <button class="primary">{t.enter}</button>
    </form>
  );
}
