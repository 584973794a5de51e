// How a search overlooks what people type in different ways: Arabic and Persian
// letters and digits, ZWNJ, marks, capitals. Two texts that a dispatcher would
// read as the same one fold to the same letters.

const digits = /[٠-٩۰-۹]/g;
const letters: Record<string, string> = { ي: 'ی', ى: 'ی', ك: 'ک', ة: 'ه', ە: 'ه', ہ: 'ه', ـ: '' };
const others = new RegExp(`[${Object.keys(letters).join('')}]`, 'g');
// Marks, and what is not seen: ZWNJ and ZWJ, directions and their isolates, soft hyphens.
const unseen = /[\p{M}\p{Cf}]/gu;

/** The letters and digits of a text, folded; spaces stay. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(unseen, '')
    .replace(others, (letter) => letters[letter]!)
    .replace(digits, (digit) => String(digit.charCodeAt(0) & 15))
    .toLowerCase();
}

/** What is searched through: folded, and without spaces, so that «علی‌رضا», «علی رضا» and «علیرضا» are one. */
export function haystack(...texts: string[]): string {
  return texts.map((text) => fold(text).replace(/\s+/g, '')).join('\n');
}

/** The words of a query; each has to be found. */
export function needles(query: string): string[] {
  return fold(query).split(/\s+/).filter((word) => word !== '');
}
