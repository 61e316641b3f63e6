export interface Terminal {
  readonly colour: boolean;
  /** Columns. */
  readonly width: number;
}

const DEFAULT_WIDTH = 100;

/**
 * What a stream shows. `FORCE_COLOR` says yes or (0, false) no whatever the stream is, as it does for Node.js; else any text in
 * `NO_COLOR` says no (https://no-color.org), and else a terminal has colours.
 */
export function terminalOf(
  stream: { readonly isTTY?: boolean; readonly columns?: number },
  environment: Readonly<Record<string, string | undefined>>,
): Terminal {
  return { colour: hasColours(stream.isTTY === true, environment), width: stream.columns || DEFAULT_WIDTH };
}

function hasColours(
  isTerminal: boolean,
  { FORCE_COLOR, NO_COLOR, TERM }: Readonly<Record<string, string | undefined>>,
) {
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  return isTerminal && TERM !== "dumb";
}
