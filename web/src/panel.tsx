// What floats on the map: the list with its search, the card of who is selected,
// the corner of the connection, the zoom, and what to do when there is nothing to
// see. It shows the page's signals and calls the actions it is given.

import type { Actions } from './actions.ts';
import { Bar } from './bar.tsx';
import { Card } from './card.tsx';
import { Later } from './beside.tsx';
import { Door } from './door.tsx';
import { Empty } from './empty.tsx';
import { Ending } from './ending.tsx';
import { Chips, Search } from './finder.tsx';
import { Icon, type icons } from './icon.tsx';
import { List } from './list.tsx';
import { Keys } from './menu.tsx';
import { city, connection, count, folded, ground, inStep, language, mayManage, narrow, place, selectedId, sheet, text, who } from './page.ts';
import { Handle } from './sheet.tsx';
import { digits } from './text.ts';

export function Panel({ actions }: { actions: Actions }) {
  const refused = connection.value.state === 'refused';
  const empty = inStep.value && count.value === 0 && connection.value.state === 'live' && selectedId.value === undefined && who.value?.actions.includes('publish');
  const open = place.value?.view;
  const managing = mayManage.value && open !== undefined && open !== 'orders';
  return (
    <>
      <GroundNote actions={actions} />
      <Bar actions={actions} />
      <Ending actions={actions} />
      {refused ? <Door actions={actions} /> : managing ? <Later part={desk} props={{ actions }} /> : empty && open !== 'orders' ? <Empty /> : <Side actions={actions} />}
      <Controls actions={actions} />
      <Keys />
    </>
  );
}

const desk = () => import('./manage/desk.tsx').then(({ Desk }) => Desk);
const orders = () => import('./dispatch/dispatch.tsx').then(({ Orders }) => Orders);

/** The panel itself: a column at the start side, or a sheet from below where the window is narrow. */
function Side({ actions }: { actions: Actions }) {
  const t = text.value;
  const away = folded.value && !narrow.value;
  const at = place.value?.view === 'orders' ? place.value : undefined;
  const card = at?.id === undefined; // an order takes its place
  const looks = ['box', 'panel', away && 'away', card && selectedId.value !== undefined && 'with-card', connection.value.state === 'lost' && 'outdated'];
  return (
    <main class={looks.filter(Boolean).join(' ')} aria-label={t.panel} data-sheet={sheet.value}>
      {narrow.value && <Handle />}
      {away ? <Unfold /> : at ? <Later part={orders} props={{ actions }} /> : <Found actions={actions} />}
      {card && <Card actions={actions} />}
    </main>
  );
}

function Found({ actions }: { actions: Actions }) {
  return (
    <>
      <Search actions={actions} />
      <Chips />
      <List actions={actions} />
    </>
  );
}

function Unfold() {
  const t = text.value;
  return (
    <button class="unfold" aria-label={t.unfold} title={t.unfold} onClick={() => (folded.value = false)}>
      <Icon of="list" /> {t.couriers(digits(count.value, language.value), count.value === 1)}
    </button>
  );
}

function Controls({ actions }: { actions: Actions }) {
  const t = text.value;
  return (
    <div class="box controls" role="group" aria-label={t.map}>
      <Control label={t.zoomIn} icon="plus" press={() => actions.zoom(1)} />
      <Control label={t.zoomOut} icon="minus" press={() => actions.zoom(-1)} />
      <Control label={t.showAll} icon="all" press={actions.showAll} />
    </div>
  );
}

function Control({ label, icon, press }: { label: string; icon: keyof typeof icons; press(): void }) {
  return (
    <button aria-label={label} title={label} onClick={press}>
      <Icon of={icon} />
    </button>
  );
}

/** What has to be known of the map itself. */
function GroundNote({ actions }: { actions: Actions }) {
  const t = text.value;
  const late = ground.value === 'fallback' && connection.value.state !== 'refused'; // our own maps are for who is logged in
  return (
    <div class="notes">
      {late && (
        <p role="status">
          {t.fallback}
          <button class="quiet" onClick={actions.relay}>
            {t.again}
          </button>
        </p>
      )}
      {ground.value === 'none' && <p role="alert">{t.noWebGL}</p>}
      {city.value && <p>{t.demoCity}</p>}
    </div>
  );
}
