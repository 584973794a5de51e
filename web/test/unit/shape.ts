import assert from 'node:assert/strict';

/** The names of all that is said, at every depth; what says nothing is not said. */
export function shape(words: object): unknown {
  return Object.fromEntries(Object.entries(words).map(([name, said]) => {
    assert.ok(said !== '' && said !== undefined, name);
    return [name, typeof said === 'object' ? shape(said as object) : typeof said];
  }));
}
