// Finding a courier: the search, and the chips that show only some.

import { Icon } from './icon.tsx';
import { filter, folded, language, listing, query, sheet, text } from './page.ts';
import { optionId, step } from './cursor.ts';
import { digits } from './text.ts';
import type { Actions } from './actions.ts';

const filters = ['all', 'moving', 'stopped', 'silent'] as const;

export function Search({ actions }: { actions: Actions }) {
  const t = text.value;
  return (
    <div class="search">
      <Icon of="search" />
      <input
        id="search"
        role="combobox"
        aria-label={t.search}
        aria-controls="list"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-activedescendant={optionId()}
        placeholder={t.searchHint}
        value={query.value}
        autocomplete="off"
        spellcheck={false}
        enterkeyhint="search"
        onInput={(event) => searchFor(event.currentTarget.value)}
        onKeyDown={(event) => step(event, actions)}
      />
      {query.value === '' ? (
        <kbd class="hint" aria-hidden="true">
          /
        </kbd>
      ) : (
        <button class="square" aria-label={t.clearSearch} onClick={() => (query.value = '')}>
          <Icon of="close" />
        </button>
      )}
      <button class="square fold" aria-label={t.fold} title={t.fold} onClick={() => (folded.value = true)}>
        <Icon of="start" />
      </button>
    </div>
  );
}

function searchFor(words: string): void {
  query.value = words;
  if (words !== '' && sheet.peek() === 0) sheet.value = 1;
}

export function Chips() {
  const t = text.value;
  const { counts } = listing.value;
  return (
    <div class="chips" role="group" aria-label={t.filter}>
      {filters.map((each) => (
        <button key={each} class="chip" aria-pressed={filter.value === each} onClick={() => (filter.value = each)}>
          {each !== 'all' && <span class={`shape ${each}`} aria-hidden="true" />}
          <span class="label">{t.filters[each]}</span> <b>{digits(counts[each], language.value)}</b>
        </button>
      ))}
    </div>
  );
}
