// What the API knows of the selected courier beyond the frames. It is asked for
// when the courier is selected, and again when a newer position is on the map,
// at most every few seconds.

import { details, selected, selectedId } from './page.ts';
import type { Details } from './wire.ts';

const pause = 5000; // milliseconds

export class Asker {
  private readonly ask: (id: string) => Promise<Details | undefined>;
  private asked: { id: string; at: number } | undefined; // monotonic milliseconds

  constructor(ask: (id: string) => Promise<Details | undefined>) {
    this.ask = ask;
  }

  /** Looks whether there is something to ask at the monotonic moment, and asks. */
  async look(at: number): Promise<void> {
    const id = selectedId.peek();
    const position = selected.peek()?.position;
    if (id === undefined || !position) return;
    const has = details.peek();
    if (has?.id === id && has.known.stamp >= position.stamp) return;
    if (this.asked?.id === id && at - this.asked.at < pause) return;
    this.asked = { id, at };
    const known = await this.ask(id);
    if (known && selectedId.peek() === id) details.value = { id, known };
  }
}
