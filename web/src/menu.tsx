// The settings: language, colours, the keys. The list of keys is a dialog of its
// own.

import { useEffect, useRef } from 'preact/hooks';
import type { Actions } from './actions.ts';
import { Icon } from './icon.tsx';
import { helping, language, shade, text } from './page.ts';
import { languages, type Language } from './text.ts';

const shades = ['system', 'light', 'dark'] as const;

export function Menu({ actions }: { actions: Actions }) {
  const t = text.value;
  return (
    <div id="menu" popover="auto" class="box menu">
      <fieldset>
        <legend>{t.language}</legend>
        {Object.entries(languages).map(([code, name]) => (
          <label key={code} lang={code}>
            <input type="radio" name="language" checked={language.value === code} onChange={() => actions.speak(code as Language)} />
            {name}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{t.shade}</legend>
        {shades.map((each) => (
          <label key={each}>
            <input type="radio" name="shade" checked={shade.value === each} onChange={() => actions.shade(each)} />
            {t.shades[each]}
          </label>
        ))}
      </fieldset>
      <button onClick={(event) => close(event, () => (helping.value = true))}>
        {t.keys} <kbd>?</kbd>
      </button>
    </div>
  );
}

/** Closes the menu and does what was chosen. */
export function close({ currentTarget }: Event, then: () => void): void {
  if (currentTarget instanceof Element) currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
  then();
}

export function Keys() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = helping.value;
  useEffect(() => (open ? dialog.current?.showModal() : dialog.current?.close()), [open]);
  const t = text.value;
  return (
    <dialog ref={dialog} class="box keys" aria-label={t.keys} onClose={() => (helping.value = false)}>
      <h2>{t.keys}</h2>
      <button class="square close" aria-label={t.close} onClick={() => (helping.value = false)}>
        <Icon of="close" />
      </button>
      <dl>
        {t.keyList.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd dir="ltr">{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
