// Copying, also where a page may not: pages that are not secure have no clipboard.

/** Copies the text; where that is not allowed, what is shown is selected for the user's own copy. */
export async function copy(text: string, shown: Node | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (shown) getSelection()?.selectAllChildren(shown);
    return false;
  }
}
