// The words of the management in the language of the page.

import { computed } from '@preact/signals';
import { language } from '../page.ts';
import { allWords } from './text.ts';

export const words = computed(() => allWords[language.value]);
