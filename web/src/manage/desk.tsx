// The management beside the map: couriers, teams and keys, as far as we may
// manage them.

import { useEffect, useMemo } from 'preact/hooks';
import type { Actions } from '../actions.ts';
import type { Place } from '../address.ts';
import { Icon } from '../icon.tsx';
import { managesAll, place } from '../page.ts';
import { Books, type ViewProps } from './books.ts';
import { Couriers } from './couriers.tsx';
import { CourierForm } from './form.tsx';
import { Import } from './import.tsx';
import { KeyForm } from './keyform.tsx';
import { Keys } from './keys.tsx';
import { Teams } from './teams.tsx';
import { words } from './words.ts';

const tabs = ['couriers', 'teams', 'keys'] as const;

export function Desk({ actions }: { actions: Actions }) {
  const books = useMemo(() => new Books(), []);
  useEffect(() => {
    void books.open();
    void books.openTeams();
  }, []);
  const at = place.value;
  if (!at) return null;
  return (
    <main class="box desk" aria-label={words.value.manage}>
      <Tabs at={at} actions={actions} />
      <div class="view">
        <View at={at} actions={actions} books={books} />
      </div>
      <p class={books.done.value === '' ? 'done' : 'done told'} role="status">
        {books.done.value}
      </p>
    </main>
  );
}

function View({ at, actions, books }: ViewProps & { at: Place }) {
  const props = { actions, books };
  if (at.view === 'keys' && managesAll.value) return at.id === undefined ? <Keys {...props} /> : <KeyForm key={at.id} id={at.id} {...props} />;
  if (at.view === 'teams') return <Teams {...props} />;
  if (at.view === 'import') return <Import {...props} />;
  return at.id === undefined || at.view === 'keys' ? <Couriers {...props} /> : <CourierForm key={at.id} id={at.id} {...props} />;
}

function Tabs({ at, actions }: { at: Place; actions: Actions }) {
  const t = words.value;
  const shown = tabs.filter((each) => each !== 'keys' || managesAll.value);
  const current = at.view === 'import' ? 'couriers' : at.view;
  return (
    <nav class="tabs" aria-label={t.manage}>
      {shown.map((view) => (
        <button key={view} aria-current={view === current ? 'page' : undefined} onClick={() => actions.open({ view, id: undefined })}>
          {t.views[view]}
        </button>
      ))}
      <button class="square" aria-label={t.close} title={t.close} onClick={() => actions.open(undefined)}>
        <Icon of="close" />
      </button>
    </nav>
  );
}
