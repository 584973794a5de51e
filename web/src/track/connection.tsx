// The last line: whether what is shown is true now, and of when it is.

import { connection, heard, here, language, loaded, order, text } from './page.ts';
import { age, hourAndMinute } from '../text.ts';

const old = 45_000; // milliseconds; a position that is older is said to be

export function Connection() {
  const t = text.value;
  const is = connection.value;
  const { now, timezone } = here.value;
  if (is.state === 'refused') return null;
  if (is.state === 'lost') {
    const since = loaded.value ? t.asOf(hourAndMinute(heard.value, language.value, timezone)) : t.lost;
    return <Line kind="lost" says={since} />;
  }
  if (is.state === 'connecting') return loaded.value ? <Line kind="" says={t.connecting} /> : null;
  const stamp = order.value?.courier?.stamp;
  const stale = stamp !== undefined && now - stamp > old;
  return <Line kind="live" says={stale ? t.seen(age(now - stamp, language.value)) : t.live} />;
}

function Line({ kind, says }: { kind: string; says: string }) {
  return (
    <p class="connection muted" role="status">
      <span class={`dot ${kind}`} /> {says}
    </p>
  );
}
