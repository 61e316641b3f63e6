import type { ReadingProblem } from "../program/declaration";
// Not capitalised: a sentence may begin with the name of a resource.
export const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : plural}`;

/** `a, b and 398 more`; all of them where only one more would be left out. */
export function namesText(names: readonly string[], most: number): string {
  if (names.length <= most + 1) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}

/** Without what would move a terminal's cursor or change its colours, on one line. */
export const printable = (text: string): string => text.replace(/\s+/g, " ").replace(/\p{Cc}/gu, "\ufffd");

/** Breaks a text between words; every line but the first is indented by two columns more. */
export function wrap(text: string, width: number, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of printable(text).split(" ")) {
    if (line.length + word.length + 1 > width && line.trim() !== "") {
      lines.push(line);
      line = `${indent}  `;
    }
    line += line.trim() === "" ? word : ` ${word}`;
  }
  return [...lines, line];
}

/** `template.yaml:3:5`, as far as it is known. */
export const placeText = ({ file, position }: Pick<ReadingProblem, "file" | "position">): string =>
  [file, position?.line, position?.column].filter((part) => part !== undefined).join(":");

/** `template.yaml:3:5: message` */
export function problemLine(problem: ReadingProblem): string {
  const place = placeText(problem);
  return place === "" ? problem.message : `${place}: ${problem.message}`;
}
