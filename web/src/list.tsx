// The list of couriers. Only the rows that can be seen are elements, so that
// thousands cost what twenty do; a row is as high as any other.

import { useSignal, useSignalEffect } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Actions } from './actions.ts';
import { optionId, position, step } from './cursor.ts';
import { doing } from './doing.ts';
import { heardShort } from './heard.ts';
import { cursor, filter, language, listing, loaded, now, query, selectedId, text } from './page.ts';
import type { Courier } from './state.ts';
import { digits } from './text.ts';

export const rowHeight = 52; // pixels, as page.css has it
const spare = 4; // rows above and below what is seen

export function List({ actions }: { actions: Actions }) {
  const box = useRef<HTMLDivElement>(null);
  const top = useSignal(0);
  const height = useSignal(600);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => (height.value = entry?.contentRect.height ?? 0));
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, []);
  useSignalEffect(() => {
    if (cursor.value !== undefined) reveal(box.current!, position());
  });
  const { rows } = listing.value;
  const first = Math.max(0, Math.floor(top.value / rowHeight) - spare);
  const last = Math.min(rows.length, Math.ceil((top.value + height.value) / rowHeight) + spare);
  const at = position(); // readers of the screen are told of this row, so it is there even if it is not seen
  const shown = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
  if (at >= 0 && (at < first || at >= last)) shown.push(at);
  return (
    <div class="list">
      <div
        id="list"
        ref={box}
        role="listbox"
        tabIndex={0}
        aria-label={text.value.list}
        aria-activedescendant={optionId()}
        onScroll={(event) => (top.value = event.currentTarget.scrollTop)}
        onKeyDown={(event) => step(event, actions)}
      >
        <div role="presentation" style={{ height: `${rows.length * rowHeight}px` }}>
          {shown.map((index) => (
            <Row key={rows[index]!.id} courier={rows[index]!} index={index} of={rows.length} press={actions.select} />
          ))}
        </div>
      </div>
      {rows.length === 0 && <Nobody />}
    </div>
  );
}

function Row({ courier, index, of, press }: { courier: Courier; index: number; of: number; press(id: string): void }) {
  const { id, name, team } = courier;
  const t = text.value;
  const is = doing(courier, now.value.server);
  const at = cursor.value === undefined ? selectedId.value === id : cursor.value === id;
  return (
    <div
      id={`row-${index}`}
      role="option"
      class={at ? 'row-item at' : 'row-item'}
      aria-selected={selectedId.value === id}
      aria-setsize={of}
      aria-posinset={index + 1}
      style={{ transform: `translateY(${index * rowHeight}px)` }}
      onClick={() => press(id)}
    >
      <span class={`shape ${is}`} role="img" aria-label={t.motion[is]} title={t.motion[is]} />
      <span class="who">
        <bdi>{name}</bdi>
      </span>
      <span class="old">{courier.position && heardShort(courier.position.stamp)}</span>
      <span class="what">
        <bdi>{id}</bdi>
        {team !== '' && <> · <bdi>{team}</bdi></>}
      </span>
      <span class="speed">{is === 'moving' && speedOf(courier)}</span>
    </div>
  );
}

/** Why there are no rows, and what to do. */
function Nobody() {
  const t = text.value;
  if (!loaded.value) return <p class="nobody late muted">{t.loading}</p>;
  const searched = query.value.trim();
  return (
    <div class="nobody" role="status">
      <p>
        {searched === '' ? t.noneSuch[filter.value] : t.noResult(`\u2068${searched}\u2069`)}
      </p>
      {(searched !== '' || filter.value !== 'all') && (
        <button class="quiet" onClick={showEverybody}>
          {searched === '' ? t.showEverybody : t.clearSearch}
        </button>
      )}
    </div>
  );
}

function showEverybody(): void {
  query.value = '';
  filter.value = 'all';
}

export function speedOf({ position: at }: Courier): string {
  if (!at || at.speed === null) return '';
  return `${digits(Math.round(at.speed * 3.6), language.value)} ${text.value.kmh}`;
}

/** Scrolls until the row is in sight. */
function reveal(box: HTMLElement, index: number): void {
  if (index < 0) return;
  const top = index * rowHeight;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + rowHeight > box.scrollTop + box.clientHeight) box.scrollTop = top + rowHeight - box.clientHeight;
}
