// The frame in which management opens beside the map. What is in it is a part of
// the page of its own, that only those load who may manage.

import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Actions } from './actions.ts';
import { text } from './page.ts';

type Desk = ComponentType<{ actions: Actions }>;

export function Beside({ actions }: { actions: Actions }) {
  const desk = useSignal<{ is: Desk } | 'waiting' | 'missing'>('waiting');
  const load = () => {
    import('./manage/desk.tsx').then(
      ({ Desk }) => (desk.value = { is: Desk }),
      () => (desk.value = 'missing'),
    );
  };
  useEffect(load, []);
  if (typeof desk.value === 'object') return <desk.value.is actions={actions} />;
  return <main class="box desk">{desk.value === 'missing' && <Missing load={load} />}</main>;
}

function Missing({ load }: { load(): void }) {
  return (
    <div class="nobody" role="alert">
      <p>{text.value.noPart}</p>
      <button class="quiet" onClick={load}>
        {text.value.again}
      </button>
    </div>
  );
}
