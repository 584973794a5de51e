// What to do when there is no courier yet: the line that sends the first
// position, to copy. The token is in the copy and not on the screen.

import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { copy } from './clipboard.ts';
import * as session from './session.ts';
import { text } from './page.ts';
import { at } from './root.ts';

export function Empty() {
  const t = text.value;
  const copied = useSignal(false);
  const code = useRef<HTMLElement>(null);
  const token = session.token();
  const press = async () => {
    copied.value = await copy(firstPosition(token), code.current);
  };
  return (
    <section class="box middle wide">
      <h2>{t.empty}</h2>
      <p>{t.sendFirst}</p>
      <pre dir="ltr" tabIndex={0}>
        <code ref={code}>{firstPosition(token && '…')}</code>
      </pre>
      <p class="row">
        <button class="primary" onClick={() => void press()}>
          {copied.value ? t.copied : t.copy}
        </button>
        {token !== undefined && <span class="muted">{t.withToken}</span>}
      </p>
    </section>
  );
}

function firstPosition(token: string | undefined): string {
  const lines = [
    `curl ${at('api/v1/locations')}`,
    ...(token === undefined ? [] : [`-H 'Authorization: Bearer ${token}'`]),
    `-H 'Content-Type: application/json'`,
    `-d '{"latitude": 35.7, "longitude": 51.4, "user": {"id": 1, "username": "sara"}}'`,
  ];
  return lines.join(' \\\n  ');
}
