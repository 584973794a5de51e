// Parts of the page that are loaded when they are looked at first.

import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { text } from './page.ts';

/** What the import gives, once it is there; nothing before. */
export function Later<Props extends object>({ part, props }: { part(): Promise<ComponentType<Props>>; props: Props }) {
  const found = useSignal<{ is: ComponentType<Props> } | 'waiting' | 'missing'>('waiting');
  const load = () => {
    part().then(
      (is) => (found.value = { is }),
      () => (found.value = 'missing'),
    );
  };
  useEffect(load, []);
  if (typeof found.value === 'object') return <found.value.is {...props} />;
  return found.value === 'missing' ? <Missing load={load} /> : null;
}

function Missing({ load }: { load(): void }) {
  return (
    <div class="missing" role="alert">
      <p>{text.value.noPart}</p>
      <button class="quiet" onClick={load}>
        {text.value.again}
      </button>
    </div>
  );
}
