// The links by which customers watch an order: a new one with its QR code, and
// taking back those that were made before.

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { copy } from '../clipboard.ts';
import type { Refusal } from '../manage/calls.ts';
import { Refused, Sure } from '../manage/parts.tsx';
import { language } from '../page.ts';
import { digits } from '../text.ts';
import { listShares, makeShare, revokeShare, type Share } from './calls.ts';
import type { Order } from './order.ts';
import { Qr } from './qr.tsx';
import { clock } from './said.tsx';
import { words } from './words.ts';

export function Shares({ order }: { order: Order }) {
  const t = words.value;
  const link = useSignal<{ id: string; link: string } | undefined>(undefined);
  const shares = useSignal<readonly Share[]>([]);
  const refusal = useSignal<Refusal | undefined>(undefined);
  const load = async () => {
    const answer = await listShares(order.id);
    refusal.value = answer.refusal;
    shares.value = answer.value ?? shares.peek();
  };
  useEffect(() => void load(), []);
  const make = async () => {
    const answer = await makeShare(order.id);
    refusal.value = answer.refusal;
    if (answer.refusal) return;
    link.value = { id: answer.value.share.id, link: answer.value.link };
    await load();
  };
  const revoke = async (id: string) => {
    const answer = await revokeShare(order.id, id);
    refusal.value = answer.refusal;
    if (link.peek()?.id === id && !answer.refusal) link.value = undefined;
    if (!answer.refusal) await load();
  };
  const gone = shares.value.filter(({ revoked }) => revoked !== undefined).length;
  return (
    <section class="part" aria-label={t.share}>
      <h3>{t.share}</h3>
      {link.value ? <Link link={link.value.link} /> : <Make press={() => void make()} />}
      <Refused refusal={refusal.value} />
      <ul class="shares">
        {shares.value.filter(({ revoked }) => revoked === undefined).map((share) => (
          <Made key={share.id} share={share} revoke={() => void revoke(share.id)} />
        ))}
      </ul>
      {gone > 0 && <p class="muted">{t.revoked(digits(gone, language.value))}</p>}
    </section>
  );
}

function Make({ press }: { press(): void }) {
  return (
    <>
      <p class="muted">{words.value.shareWhy}</p>
      <button class="soft" onClick={press}>
        {words.value.makeShare}
      </button>
    </>
  );
}

/** The link that was made just now. */
function Link({ link }: { link: string }) {
  const t = words.value;
  const copied = useSignal(false);
  const code = useRef<HTMLElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <div class="link">
      <Qr text={link} label={t.qr} />
      <code ref={code} dir="ltr">
        {link}
      </code>
      <p class="row">
        <button ref={button} class="primary" onClick={() => void copy(link, code.current).then((done) => (copied.value = done))}>
          {copied.value ? t.copied : t.copy}
        </button>
        <span class="muted">{t.once}</span>
      </p>
    </div>
  );
}

function Made({ share, revoke }: { share: Share; revoke(): void }) {
  const t = words.value;
  const asking = useSignal(false);
  const dates = [share.made !== undefined && t.made(clock(share.made)), share.until !== undefined && t.until(clock(share.until))].filter(Boolean).join(' · ');
  const yes = () => {
    asking.value = false;
    revoke();
  };
  return (
    <li>
      <span class="muted">{dates}</span>
      <button class="quiet grave" aria-label={`${t.revoke}: ${dates}`} onClick={() => (asking.value = true)}>
        {t.revoke}
      </button>
      {asking.value && <Sure ask={t.askRevoke} why={t.askRevokeWhy} act={t.revoke} yes={yes} no={() => (asking.value = false)} />}
    </li>
  );
}
