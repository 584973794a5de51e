// The handle of the sheet that the panel is on a phone: pressed it takes the
// next of three heights, dragged the one that is nearest.

import { useRef } from 'preact/hooks';
import { sheet, text } from './page.ts';

/** The heights that the sheet can have in a window of the height, pixels; page.css has the same. */
export function sheetHeights(window: number): [small: number, half: number, large: number] {
  return [118, Math.round(window * 0.52), window - 64];
}

export function Handle() {
  const drag = useRef<{ from: number; height: number; moved: boolean; over: boolean } | undefined>(undefined);
  const down = (event: PointerEvent) => {
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    drag.current = { from: event.clientY, height: panel(event).offsetHeight, moved: false, over: false };
  };
  const move = (event: PointerEvent) => {
    const now = drag.current;
    if (!now || now.over) return;
    const by = now.from - event.clientY;
    now.moved ||= Math.abs(by) > 6;
    if (!now.moved) return;
    panel(event).classList.add('dragged');
    panel(event).style.blockSize = `${now.height + by}px`;
  };
  const up = (event: PointerEvent) => {
    const now = drag.current;
    if (!now) return;
    now.over = true;
    if (!now.moved) return;
    sheet.value = nearest(panel(event).offsetHeight);
    panel(event).classList.remove('dragged');
    panel(event).style.blockSize = '';
  };
  const label = text.value.sheet[sheet.value];
  return (
    <button class="handle" aria-label={label} onPointerDown={down} onPointerMove={move} onPointerUp={up} onPointerCancel={up} onClick={() => drag.current?.moved || next()}>
      <span />
    </button>
  );
}

/** The panel whose handle it is. */
function panel(event: PointerEvent): HTMLElement {
  return (event.currentTarget as HTMLElement).parentElement!;
}

function next(): void {
  sheet.value = sheet.value === 2 ? 0 : sheet.value === 1 ? 2 : 1;
}

function nearest(height: number): 0 | 1 | 2 {
  const off = sheetHeights(innerHeight).map((each) => Math.abs(each - height));
  return off.indexOf(Math.min(...off)) as 0 | 1 | 2;
}
