/** On a command line, the path that stands for standard input. */
export const STANDARD_INPUT = "-";

/** What reports call it. */
export const STANDARD_INPUT_NAME = "<stdin>";

/** Everything up to the end of standard input, as UTF-8. */
export async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}
