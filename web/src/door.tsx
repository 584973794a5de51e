// The door: where a token is pasted, when there is none or it is not good.

import * as session from './session.ts';
import { text } from './page.ts';

export function Door({ enter }: { enter(token: string): void }) {
  const t = text.value;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const field = event.currentTarget instanceof HTMLFormElement && event.currentTarget.elements.namedItem('token');
    if (field instanceof HTMLInputElement) enter(field.value);
  };
  return (
    <form class="box middle" onSubmit={submit}>
      <h2>{t.needToken}</h2>
      <p class="muted">{session.token() === undefined ? t.needTokenWhy : t.wrongToken}</p>
      <label>
        {t.token}
        <input name="token" type="password" dir="ltr" autocomplete="off" spellcheck={false} required autofocus />
      </label>
      <button class="primary">{t.enter}</button>
    </form>
  );
}
