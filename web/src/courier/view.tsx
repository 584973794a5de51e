// The courier's page: the day's orders in their sequence, and whether the server
// has what was reported.

import { speak, timezone } from '../look.ts';
import { digits, hourAndMinute } from '../text.ts';
import { Job } from './job.tsx';
import { asOf, away, jobs, language, refused, shop, shown, standing, text, waiting } from './page.ts';
import type { Report } from './outbox.ts';

/** What one can do on the page. */
export interface Actions {
  report(order: string, state: Report['state'], said: { code?: string; reason?: string }): void;
  understand(order: string): void; // what was refused of it was read
  enter(token: string): void;
  leave(): void;
}

export function View({ actions }: { actions: Actions }) {
  const t = text.value;
  const other = language.value === 'fa' ? 'en' : 'fa';
  return (
    <>
      <header>
        <h1>
          <bdi>{shop.value.name || t.title}</bdi>
        </h1>
        <button lang={other} onClick={() => speak(other)}>
          {t.otherLanguage}
        </button>
      </header>
      <Status />
      <main>
        {standing.value !== 'in' && <Door actions={actions} />}
        {(standing.value === 'in' || jobs.value !== undefined) && <Jobs actions={actions} />}
      </main>
      {standing.value === 'in' && (
        <footer>
          <button class="muted" onClick={actions.leave}>
            {t.leave}
          </button>
        </footer>
      )}
    </>
  );
}

/** Whether the server has what was reported, and of when the list is. */
function Status() {
  const t = text.value;
  const count = waiting.value.length;
  const wait = count > 0 ? t.waitingMany(digits(count, language.value), count === 1) : '';
  const old = away.value && asOf.value > 0 ? t.asOf(hourAndMinute(asOf.value, language.value, timezone.value)) : '';
  const kind = away.value || count > 0 ? 'lost' : 'live';
  if (standing.value !== 'in' && count === 0) return null;
  return (
    <p class="connection muted" role="status">
      <span class={`dot ${kind}`} /> {[wait, old].filter(Boolean).join(' · ') || t.sent}
    </p>
  );
}

function Jobs({ actions }: { actions: Actions }) {
  const t = text.value;
  const { open, over } = shown.value;
  if (!jobs.value) return <p class="muted">{t.loading}</p>;
  return (
    <>
      <Strangers actions={actions} />
      {open.length === 0 && (
        <div class="none">
          <h2>{t.none}</h2>
          <p class="muted">{t.noneWhy}</p>
        </div>
      )}
      {open.length > 0 && <h2 class="muted">{t.open(digits(open.length, language.value))}</h2>}
      {open.map((order, i) => (
        <Job key={order.id} order={order} next={i === 0} actions={actions} />
      ))}
      {over.length > 0 && (
        <details>
          <summary>{t.over(digits(over.length, language.value))}</summary>
          {over.map((order) => (
            <Job key={order.id} order={order} next={false} actions={actions} />
          ))}
        </details>
      )}
    </>
  );
}

/** What was refused of orders that are not open any more: it must not go unseen. */
function Strangers({ actions }: { actions: Actions }) {
  const t = text.value;
  const open = new Set(shown.value.open.map(({ id }) => id));
  return Object.entries(refused.value).flatMap(([id, why]) =>
    open.has(id)
      ? []
      : [
          <div key={id} class="refused" role="alert">
            <p>
              <strong>
                <bdi>{t.refusedOf(id)}</bdi>
              </strong>{' '}
              {t.refused[why]}
            </p>
            <button class="soft" onClick={() => actions.understand(id)}>
              {t.understood}
            </button>
          </div>,
        ],
  );
}

/** Where a token is given. */
function Door({ actions }: { actions: Actions }) {
  const t = text.value;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    actions.enter(String(new FormData(event.currentTarget as HTMLFormElement).get('token') ?? '').trim());
  };
  const why = standing.value === 'bad' ? t.badToken : standing.value === 'other' ? t.notCourier : t.needTokenWhy;
  return (
    <form class="door" onSubmit={submit}>
      <h2>{t.needToken}</h2>
      <p class="muted" role="status">
        {why}
      </p>
      <label>
        {t.token}
        <input name="token" type="password" autocomplete="current-password" required dir="ltr" />
      </label>
      <p class="deeds">
        <button class="primary">{t.enter}</button>
      </p>
    </form>
  );
}
