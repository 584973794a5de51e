// Asking the server again and again, as long as somebody looks at the page.

/** Asks one question at a time; after an answer it waits as long as the answer says. */
export class Pulse {
  private readonly ask: () => Promise<number>;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private state: 'idle' | 'asking' | 'again' | 'over' = 'idle'; // again: the answer that comes is old already

  /** Calls ask, which returns how many milliseconds to wait, and never fails. */
  constructor(ask: () => Promise<number>) {
    this.ask = ask;
    document.addEventListener('visibilitychange', this.beat);
  }

  /** Asks now; nobody is asked for a hidden tab. */
  readonly beat = (): void => {
    clearTimeout(this.timer);
    if (this.state === 'asking') this.state = 'again';
    if (this.state !== 'idle' || document.hidden) return;
    this.state = 'asking';
    void this.ask().then(this.rest);
  };

  stop(): void {
    this.state = 'over';
    clearTimeout(this.timer);
    document.removeEventListener('visibilitychange', this.beat);
  }

  private readonly rest = (pause: number): void => {
    const { state } = this;
    if (state === 'over') return;
    this.state = 'idle';
    if (state === 'again') this.beat();
    else this.timer = setTimeout(this.beat, pause);
  };
}
