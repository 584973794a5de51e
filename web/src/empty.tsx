// What to do when there is no courier yet: the line that sends the first
// position, to copy. The token is in the copy and not on the screen.

import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import * as session from './session.ts';
import { text } from './page.ts';

export function Empty() {
  const t = text.value;
  const copied = useSignal(false);
  const code = useRef<HTMLElement>(null);
  const token = session.token();
  const copy = async () => {
    copied.value = await toClipboard(firstPosition(token), code.current);
  };
  return (
    <section class="box middle wide">
      <h2>{t.empty}</h2>
      <p>{t.sendFirst}</p>
      <pre dir="ltr" tabIndex={0}>
        <code ref={code}>{firstPosition(token && '…')}</code>
      </pre>
      <p class="row">
        <button class="primary" onClick={() => void copy()}>
          {copied.value ? t.copied : t.copy}
        </button>
        {token !== undefined && <span class="muted">{t.withToken}</span>}
      </p>
    </section>
  );
}

function firstPosition(token: string | undefined): string {
  const lines = [
    `curl ${new URL('api/v1/locations', document.baseURI).href}`,
    ...(token === undefined ? [] : [`-H 'Authorization: Bearer ${token}'`]),
    `-H 'Content-Type: application/json'`,
    `-d '{"latitude": 35.7, "longitude": 51.4, "user": {"id": 1, "username": "sara"}}'`,
  ];
  return lines.join(' \\\n  ');
}

/** Copies; pages that are not secure may not, so what is shown is selected for the user's own copy. */
async function toClipboard(line: string, shown: Node | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(line);
    return true;
  } catch {
    if (shown) getSelection()?.selectAllChildren(shown);
    return false;
  }
}
