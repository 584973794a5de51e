// How .tsx becomes JavaScript: by Preact's automatic runtime, in the build and
// in the tests alike.

export const jsx = { oxc: { jsx: { runtime: /** @type {const} */ ('automatic'), importSource: 'preact' } } };
