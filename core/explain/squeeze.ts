/** A text as errors are compared: letters and digits only, in lower case. */
export const squeeze = (text: string): string =>
  text
    .replaceAll(COLOURS, "")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminals colour with control characters.
const COLOURS = /\u001b\[[\d;]*m/g;

/** Longest stretch that stands for one `<…>`: an ARN or a nested message, but not half a log. */
const LONGEST_GAP = 300;

export interface Stretch {
  readonly start: number;
  readonly end: number;
  /** Letters and digits that had to be the same. */
  readonly weight: number;
}

/** Makes a finder of a text with `<…>` for what differs each time; it gives the first place in a squeezed text. */
export function finder(text: string): (squeezed: string) => Stretch | undefined {
  const parts = text.split(/<[^<>]*>/).map(squeeze);
  const weight = parts.join("").length;
  const pattern = new RegExp(parts.join(`.{0,${LONGEST_GAP}}?`));
  return (squeezed) => {
    const found = pattern.exec(squeezed);
    return found === null ? undefined : { start: found.index, end: found.index + found[0].length, weight };
  };
}
