// The list of the couriers that are on the map.

import type { Actions } from './actions.ts';
import { position, step } from './cursor.ts';
import { doing } from './doing.ts';
import { heardShort } from './heard.ts';
import { cursor, filter, language, listing, loaded, now, query, selectedId, teams, text } from './page.ts';
import { Rows, type RowProps } from './rows.tsx';
import type { Courier } from './state.ts';
import { digits } from './text.ts';

export const rowHeight = 52; // pixels, as list.css has it

export function List({ actions }: { actions: Actions }) {
  const { rows } = listing.value;
  return (
    <div class="list">
      <Rows
        id="list"
        label={text.value.list}
        height={rowHeight}
        count={rows.length}
        at={position()}
        reveal={cursor.value}
        press={(event) => step(event, actions)}
        draw={(index, props) => <Row key={rows[index]!.id} courier={rows[index]!} props={props} press={actions.select} />}
      />
      {rows.length === 0 && <Nobody />}
    </div>
  );
}

function Row({ courier, props, press }: { courier: Courier; props: RowProps; press(id: string): void }) {
  const { id, name, team } = courier;
  const t = text.value;
  const is = doing(courier, now.value.server);
  const at = cursor.value === undefined ? selectedId.value === id : cursor.value === id;
  return (
    <div {...props} class={at ? 'row-item at' : 'row-item'} aria-selected={selectedId.value === id} onClick={() => press(id)}>
      <span class={`shape ${is}`} role="img" aria-label={t.motion[is]} title={t.motion[is]} />
      <span class="who">
        <bdi>{name}</bdi>
      </span>
      <span class="old">{courier.position && heardShort(courier.position.stamp)}</span>
      <span class="what">
        <bdi>{id}</bdi>
        {team !== '' && <> · <bdi>{teams.value.get(team) ?? team}</bdi></>}
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
