// Who is logged in, what they may see and do, and until when; and the way out.

import type { ComponentChildren } from 'preact';
import type { Actions } from './actions.ts';
import { close } from './menu.tsx';
import { connection, language, teams, text, timezone, who } from './page.ts';
import { deeds, whom } from './right.ts';
import * as session from './session.ts';
import { date } from './text.ts';

export function Who({ actions }: { actions: Actions }) {
  const me = who.value;
  const t = text.value;
  const speak = language.value;
  const until = me?.until === undefined ? t.unlimited : date(me.until, speak, timezone.value);
  return (
    <div id="who" popover="auto" class="box menu me">
      {me && (
        <>
          <p>
            <strong>
              <bdi>{me.subject === 'everybody' ? t.everybody : me.name || me.subject}</bdi>
            </strong>
          </p>
          <dl>
            <Fact name={t.right.role}>{t.roles[me.role]}</Fact>
            <Fact name={t.right.may}>{deeds(me.actions, speak)}</Fact>
            <Fact name={t.right.whom}>{whom(me.scopes, teams.value, speak)}</Fact>
            <Fact name={t.right.until}>{until}</Fact>
          </dl>
        </>
      )}
      {connection.value.state !== 'refused' && session.token() !== undefined && (
        <button onClick={(event) => close(event, actions.leave)}>{t.leave}</button>
      )}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
