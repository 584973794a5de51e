// The small things that the views of the management are made of.

import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../icon.tsx';
import { language } from '../page.ts';
import type { Refusal } from './calls.ts';
import { inWords } from './said.ts';
import { words } from './words.ts';

type Input = JSX.IntrinsicElements['input'];

/** A field of a form, with what is wrong with it. */
export function Field({ name, label, hint, faults = [], ...input }: Input & { name: string; label: string; hint?: string | undefined; faults?: readonly string[] | undefined }) {
  return (
    <Labelled name={name} label={label} hint={hint} faults={faults}>
      <input name={name} dir="auto" autocomplete="off" spellcheck={false} {...described(name, hint, faults)} {...input} />
    </Labelled>
  );
}

/** A choice of a form. */
export function Choice({ name, label, hint, faults = [], value, options, choose }: { name: string; label: string; hint?: string | undefined; faults?: readonly string[] | undefined; value: string; options: readonly (readonly [value: string, label: string])[]; choose(value: string): void }) {
  return (
    <Labelled name={name} label={label} hint={hint} faults={faults}>
      <select name={name} value={value} onChange={(event) => choose(event.currentTarget.value)} {...described(name, hint, faults)}>
        {options.map(([each, said]) => (
          <option key={each} value={each}>
            {said}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

function Labelled({ name, label, hint, faults, children }: { name: string; label: string; hint: string | undefined; faults: readonly string[]; children: ComponentChildren }) {
  return (
    <div class="field">
      <label>
        <span>{label}</span>
        {children}
      </label>
      {hint !== undefined && (
        <small id={`hint-${name}`} class="muted">
          {hint}
        </small>
      )}
      <Wrong name={name} faults={faults} />
    </div>
  );
}

/** What is wrong with a field, under it. */
export function Wrong({ name, faults }: { name: string; faults: readonly string[] | undefined }) {
  if (!faults || faults.length === 0) return null;
  return (
    <small id={`wrong-${name}`} class="wrong" dir="auto">
      {faults.map((sentence) => inWords(sentence, language.value)).join(' ')}
    </small>
  );
}

/** Tells readers of the screen which texts belong to a field. */
export function described(name: string, hint: string | undefined, faults: readonly string[] | undefined) {
  const wrong = faults !== undefined && faults.length > 0;
  const by = [wrong && `wrong-${name}`, hint !== undefined && `hint-${name}`].filter(Boolean).join(' ');
  return { 'aria-invalid': wrong, ...(by === '' ? {} : { 'aria-describedby': by }) };
}

/** Why something was not done. */
export function Refused({ refusal, again }: { refusal: Refusal | undefined; again?: () => void }) {
  if (!refusal) return null;
  const t = words.value;
  const whole = refusal.fields[''];
  return (
    <div class="refused" role="alert">
      <p>{t.refusal[refusal.kind]}</p>
      {whole && <p dir="auto">{whole.map((sentence) => inWords(sentence, language.value)).join(' ')}</p>}
      {again && (
        <button class="quiet" onClick={again}>
          {t.again}
        </button>
      )}
    </div>
  );
}

/** Asks before something is done that cannot be taken back. */
export function Sure({ ask, why, act, yes, no }: { ask: string; why: string; act: string; yes(): void; no(): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="box sure" aria-label={ask} onClose={no}>
      <h2>{ask}</h2>
      <p class="muted">{why}</p>
      <p class="row">
        <button class="danger" onClick={yes}>
          {act}
        </button>
        <button class="soft" onClick={no}>
          {words.value.cancel}
        </button>
      </p>
    </dialog>
  );
}

/** The way back, and what is looked at. */
export function Title({ back, children }: { back(): void; children: ComponentChildren }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) button.current?.focus(); // what had the keyboard is gone
  }, []);
  return (
    <div class="title">
      <button ref={button} class="square" aria-label={words.value.back} title={words.value.back} onClick={back}>
        <Icon of="start" />
      </button>
      <h2>{children}</h2>
    </div>
  );
}

/** Puts the keyboard on the first field that is wrong. */
export function toFirstWrong(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
