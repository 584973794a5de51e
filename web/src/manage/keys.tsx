// The API keys: whose they are, what they open, when they were used; and taking
// them back.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { language, now, teams, timezone } from '../page.ts';
import { whom } from '../right.ts';
import { date, digits, texts } from '../text.ts';
import type { Scope } from '../answers.ts';
import type { ViewProps } from './books.ts';
import { listKeys, revokeKey, type Key, type Refusal } from './calls.ts';
import { Refused, Sure } from './parts.tsx';
import { words } from './words.ts';

export function Keys({ actions, books }: ViewProps) {
  const t = words.value;
  const keys = useSignal<readonly Key[] | undefined>(undefined);
  const refusal = useSignal<Refusal | undefined>(undefined);
  const load = async () => {
    const answer = await listKeys();
    refusal.value = answer.refusal;
    if (!answer.refusal) keys.value = answer.value.toSorted((a, b) => (b.made ?? 0) - (a.made ?? 0));
  };
  useEffect(() => void load(), []);
  const all = keys.value ?? [];
  const [good, gone] = [all.filter((each) => each.revoked === undefined), all.filter((each) => each.revoked !== undefined)];
  const item = (each: Key) => <Item key={each.id} is={each} change={() => actions.open({ view: 'keys', id: each.id })} books={books} reload={() => void load()} />;
  return (
    <div class="scroll">
      <div class="doings">
        <button class="primary" onClick={() => actions.open({ view: 'keys', id: '' })}>
          {t.newKey}
        </button>
      </div>
      <Refused refusal={refusal.value} again={() => void load()} />
      {keys.value && good.length === 0 && <p class="nothing muted">{t.noKeys}</p>}
      <ul class="items">{good.map(item)}</ul>
      {gone.length > 0 && (
        <details class="gone">
          <summary>{t.showRevoked(digits(gone.length, language.value))}</summary>
          <ul class="items">{gone.map(item)}</ul>
        </details>
      )}
    </div>
  );
}

function Item({ is, change, books, reload }: { is: Key; change(): void; books: ViewProps['books']; reload(): void }) {
  const t = words.value;
  const name = is.name || is.prefix;
  const asking = useSignal(false);
  const refusal = useSignal<Refusal | undefined>(undefined);
  const revoke = async () => {
    asking.value = false;
    const answer = await revokeKey(is.id);
    refusal.value = answer.refusal;
    if (answer.refusal) return;
    books.tell(t.revoked(`\u2068${name}\u2069`));
    reload();
  };
  return (
    <li class="item key">
      <span class="called">
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <code dir="ltr">{is.prefix}</code>
        <span>
          {texts[language.value].roles[is.role]} · {whom(scopesOf(is), teams.value, language.value)}
        </span>
        <small class="muted">{dates(is).join(' · ')}</small>
      </span>
      {is.revoked === undefined && (
        <span class="acts">
          <button class="soft" aria-label={`${t.changeKey}: ${name}`} onClick={change}>
            {t.changeKey}
          </button>
          <button class="quiet grave" aria-label={`${t.revoke}: ${name}`} onClick={() => (asking.value = true)}>
            {t.revoke}
          </button>
        </span>
      )}
      <Refused refusal={refusal.value} />
      {asking.value && <Sure ask={t.askRevoke(`\u2068${name}\u2069`)} why={t.askRevokeWhy} act={t.revoke} yes={() => void revoke()} no={() => (asking.value = false)} />}
    </li>
  );
}

/** Whom the key covers. */
export function scopesOf({ role, all, teams: some, couriers, courier }: Pick<Key, 'role' | 'all' | 'teams' | 'couriers' | 'courier'>): Scope[] {
  if (role === 'courier') return [{ kind: 'courier', name: courier }];
  if (all) return [{ kind: 'all', name: '' }];
  return [...some.map((name): Scope => ({ kind: 'team', name })), ...couriers.map((name): Scope => ({ kind: 'courier', name }))];
}

function say(moment: number): string {
  return date(moment, language.value, timezone.value);
}

/** Its life in a few words. */
function dates({ made, used, until, revoked }: Key): string[] {
  const t = words.value;
  const over = until !== undefined && until <= (now.value.server ?? Date.now());
  return [
    made === undefined ? '' : `${t.made} ${say(made)}`,
    used === undefined ? t.neverUsed : `${t.used} ${say(used)}`,
    until === undefined ? t.unlimited : `${over ? t.ended : t.until} ${say(until)}`,
    revoked === undefined ? '' : `${t.revokedAt} ${say(revoked)}`,
  ].filter((part) => part !== '');
}
