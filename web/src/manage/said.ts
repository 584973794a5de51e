// What the server says of a field, in the language of the page; a sentence that
// is not known here is shown as it came. Pure.

import { digits, type Language } from '../text.ts';
import { allWords } from './text.ts';

type Known = [form: RegExp, say: (words: (typeof allWords)['en'], number: string) => string];

const known: Known[] = [
  [/^This field is required\.$|is empty \(want/, ({ said }) => said.required],
  [/ bytes \(want at most (\d+)\)\.$/, ({ said }, most) => said.long(most)],
  [/holds a control character/, ({ said }) => said.control],
  [/^You may not move couriers/, ({ said }) => said.foreign],
  [/^A moment in the future/, ({ said }) => said.future],
  [/^Not found\.$/, ({ said }) => said.notFound],
];

export function inWords(sentence: string, language: Language): string {
  for (const [form, say] of known) {
    const found = form.exec(sentence);
    if (found) return say(allWords[language], found[1] === undefined ? '' : digits(Number(found[1]), language));
  }
  return sentence;
}
