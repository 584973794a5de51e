// The door: what is shown in place of the couriers when we may not see them. It
// says why, and where a good token is pasted.

import type { Actions } from './actions.ts';
import { badToken, connection, expiry, language, text, timezone, who } from './page.ts';
import * as session from './session.ts';
import { exact } from './text.ts';
import { TokenForm } from './token.tsx';

export function Door({ actions }: { actions: Actions }) {
  const t = text.value;
  const { title, why } = reason();
  return (
    <main class="box middle door">
      <h2>{title}</h2>
      <p class="muted" role="status">
        {why}
      </p>
      {barred() && <p>{t.barred.other}</p>}
      <TokenForm give={actions.enter} button={t.enter} focus={!barred()}>
        <label class="check">
          <input name="keep" type="checkbox" />
          {t.keepToken}
        </label>
      </TokenForm>
      {barred() && session.token() !== undefined && (
        <button class="quiet" onClick={actions.leave}>
          {t.leave}
        </button>
      )}
    </main>
  );
}

function barred(): boolean {
  return connection.value.state === 'refused' && connection.value.why === 'barred';
}

/** What happened, and what to do. */
function reason(): { title: string; why: string } {
  const t = text.value;
  const why = connection.value.state === 'refused' ? connection.value.why : 'unknown';
  const role = who.value?.role;
  if (why === 'barred' && role !== undefined && role !== 'admin' && role !== 'viewer') {
    return { title: t.barred.title(t.roles[role]), why: t.barred[role] };
  }
  if (why === 'revoked') return { title: t.ended.revoked, why: t.ended.revokedWhy };
  if (why === 'expired') {
    const at = expiry.value;
    return { title: t.ended.expired, why: at === undefined ? t.ended.expiredWhy : t.ended.expiredAt(exact(at, language.value, timezone.value)) };
  }
  const wrong = badToken.value || session.token() !== undefined;
  return { title: t.needToken, why: wrong ? t.wrongToken : t.needTokenWhy };
}
