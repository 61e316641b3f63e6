/** Typing errors that still leave a word recognisable; of a short one, most letters are right. */
const MOST_EDITS = 3;

/** The word that `written` was most likely meant to be; undefined when none is close. */
export function closestWord(written: string, words: readonly string[], mostEdits = MOST_EDITS): string | undefined {
  let best: { readonly word: string; readonly edits: number } | undefined;
  for (const word of words) {
    const edits = editDistance(written.toLowerCase(), word.toLowerCase());
    if (edits > mostEdits || edits * 2 >= written.length) continue;
    if (best === undefined || edits < best.edits) best = { word, edits };
  }
  return best?.word;
}

/** `; did you mean <word>?`, to end a message with; empty when no word is close. */
export function suggestion(written: string, words: readonly string[]): string {
  const close = closestWord(written, words);
  return close === undefined ? "" : `; did you mean ${close}?`;
}

/** Levenshtein distance, one row at a time. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
