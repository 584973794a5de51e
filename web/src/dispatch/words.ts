// The words of the orders' view in the language of the page.

import { computed } from '@preact/signals';
import { language } from '../page.ts';
import { allWords } from './text.ts';

export const words = computed(() => allWords[language.value]);
