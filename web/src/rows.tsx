// A list whose rows are all of one height. Only those that can be seen are
// elements, so that thousands cost what twenty do.

import { useSignal, type ReadonlySignal } from '@preact/signals';
import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

const spare = 4; // rows above and below what is seen

interface Props {
  id: string;
  label: string;
  height: number; // pixels, as the style sheet has it
  count: number;
  at: number; // the row at which the keyboard is; -1: none
  reveal?: string | undefined; // when this changes, that row is brought into sight
  press(event: KeyboardEvent): void;
  near?(): void; // the end comes into sight
  draw(index: number, props: RowProps): ComponentChildren;
}

/** What makes an element a row. */
export interface RowProps {
  id: string;
  role: 'option';
  'aria-setsize': number;
  'aria-posinset': number;
  style: { transform: string };
}

export function Rows({ id, label, height: each, count, at, reveal, press, near, draw }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const top = useSignal(0);
  const height = useHeight(box, at, each);
  useLayoutEffect(() => {
    if (reveal !== undefined && at >= 0) show(box.current!, at * each, each);
  }, [reveal]);
  const first = Math.max(0, Math.floor(top.value / each) - spare);
  const last = Math.min(count, Math.ceil((top.value + height.value) / each) + spare);
  useLayoutEffect(() => {
    if (last === count) near?.();
  }, [last, count]);
  const shown = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
  if (at >= 0 && at < count && (at < first || at >= last)) shown.push(at); // readers of the screen are told of this row
  return (
    <div
      id={id}
      ref={box}
      class="rows"
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={at < 0 ? undefined : rowId(at)}
      onScroll={(event) => (top.value = event.currentTarget.scrollTop)}
      onKeyDown={press}
    >
      <div role="presentation" style={{ height: `${count * each}px` }}>
        {shown.map((index) => draw(index, rowProps(index, count, each)))}
      </div>
    </div>
  );
}

/** The height of the box, pixels. A row that is in sight stays so when the box gets lower, as when a card opens below. */
function useHeight(box: RefObject<HTMLElement | null>, at: number, each: number): ReadonlySignal<number> {
  const height = useSignal(600);
  const row = useRef(at);
  row.current = at;
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const stays = row.current >= 0 && seen(box.current!, height.peek(), row.current * each, each);
      height.value = entry?.contentRect.height ?? 0;
      if (stays) show(box.current!, row.current * each, each);
    });
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, []);
  return height;
}

/** The id of a row's element. */
export function rowId(index: number): string {
  return `row-${index}`;
}

function rowProps(index: number, count: number, each: number): RowProps {
  return { id: rowId(index), role: 'option', 'aria-setsize': count, 'aria-posinset': index + 1, style: { transform: `translateY(${index * each}px)` } };
}

/** Whether what begins at the top, and is so high, is in sight in a box as high as that. Boxes end within pixels, and scroll by whole ones. */
function seen({ scrollTop }: HTMLElement, boxHeight: number, top: number, height: number): boolean {
  return top > scrollTop - 1 && top + height < scrollTop + boxHeight + 1;
}

/** Scrolls until what begins at the height, and is so high, is in sight. */
function show(box: HTMLElement, top: number, height: number): void {
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + height > box.scrollTop + box.clientHeight) box.scrollTop = top + height - box.clientHeight;
}
