// Where the server's files and its API begin. All pages lie at or below it and
// all bundles directly in it, so this works below any path of a proxy.

const bundle = import.meta.url;

/** Ends with a slash. */
export const root = new URL('.', bundle).href;

/** The whole address of what lies below it. */
export function at(path: string): string {
  return root + path;
}
