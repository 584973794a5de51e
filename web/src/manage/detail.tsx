// A courier's metadata as rows of names and values, to be edited.

import type { Signal } from '@preact/signals';
import { Icon } from '../icon.tsx';
import { wrongField, type Refusal } from './calls.ts';
import { described, Wrong } from './parts.tsx';
import { written, type Detail } from './profile.ts';
import { words } from './words.ts';

/** What is wrong with the rows before the server is asked. */
export function faultsOf(details: readonly Detail[]): Refusal | undefined {
  const t = words.peek().said;
  const names = written(details).map(({ key }) => key.trim());
  const wrong = [names.includes('') && t.nameless, new Set(names).size < names.length && t.doubled].filter((each) => each !== false);
  return wrong.length === 0 ? undefined : wrongField('metadata', ...wrong);
}

export function Details({ details, faults }: { details: Signal<readonly Detail[]>; faults: readonly string[] | undefined }) {
  const t = words.value;
  const add = () => {
    const number = Math.max(-1, ...details.peek().map((each) => each.number)) + 1;
    details.value = [...details.peek(), { number, key: '', value: '' }];
  };
  return (
    <fieldset class="details">
      <legend>{t.field['metadata']}</legend>
      {details.value.map((each) => (
        <Row key={each.number} detail={each} details={details} faults={faults} />
      ))}
      <Wrong name="metadata" faults={faults} />
      <button class="quiet" type="button" onClick={add}>
        {t.addDetail}
      </button>
    </fieldset>
  );
}

function Row({ detail, details, faults }: { detail: Detail; details: Signal<readonly Detail[]>; faults: readonly string[] | undefined }) {
  const t = words.value;
  const set = (part: 'key' | 'value') => (event: Event) => {
    const text = (event.currentTarget as HTMLInputElement).value;
    const edited = { ...detail, [part]: text };
    details.value = details.peek().map((each) => (each.number === detail.number ? edited : each));
  };
  const input = { dir: 'auto', autocomplete: 'off', spellcheck: false, ...described('metadata', undefined, faults) } as const;
  return (
    <div class="detail">
      <input aria-label={t.key} placeholder={t.key} value={detail.key} onInput={set('key')} {...input} />
      <input aria-label={t.value} placeholder={t.value} value={detail.value} onInput={set('value')} {...input} />
      <button class="square" type="button" aria-label={t.removeDetail} title={t.removeDetail} onClick={() => (details.value = details.peek().filter(({ number }) => number !== detail.number))}>
        <Icon of="close" />
      </button>
    </div>
  );
}
