import { decoded } from "../input/read-text";

/** On a command line, the path that stands for standard input. */
export const STANDARD_INPUT = "-";

/** What reports call it. */
export const STANDARD_INPUT_NAME = "<stdin>";

/** Everything up to the end of standard input. */
export async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return decoded(Buffer.concat(chunks));
}
