import picocolors from "picocolors";
import { sentence, wrap } from "../report/text";
import type { Cause, ErrorEntry } from "./error-entry";
import type { Explanation } from "./match-errors";
import type { Topic } from "./nearest";

export interface TextOptions {
  readonly colour: boolean;
  /** Columns to wrap at. */
  readonly width: number;
}

/** What there is to say of a check on the workstation. */
export interface CheckDescription {
  readonly id: string;
  /** What is wrong when it fails, without a full stop. */
  readonly title: string;
  readonly why: string;
  readonly reference: string;
}

type Colours = ReturnType<typeof picocolors.createColors>;

const INDENT = "  ";

/** The page of a rule, as it is; only headings stand out. */
export function pageText(page: string, { colour }: TextOptions): string {
  const { bold } = picocolors.createColors(colour);
  const blocks = page.split(/^(```)/m);
  let fenced = false;
  const painted = blocks.map((block) => {
    if (block === "```") {
      fenced = !fenced;
      return block;
    }
    return fenced ? block : block.replaceAll(/^#+ .*$/gm, (heading) => bold(heading));
  });
  return painted.join("");
}

export function checkText({ id, title, why, reference }: CheckDescription, options: TextOptions): string {
  const { bold } = picocolors.createColors(options.colour);
  return `${[
    `${bold(title)}  (${id}, ssm-preflight doctor)`,
    "",
    ...wrap(sentence(why), options.width, INDENT),
    "",
    `${INDENT}ssm-preflight doctor looks for it and says what to do.`,
    "",
    bold("Source"),
    `${INDENT}${reference}`,
  ].join("\n")}\n`;
}

/** What an error means; more than one where the text holds more than one. */
export function explanationText({ matches, rules }: Explanation, options: TextOptions): string {
  const colours = picocolors.createColors(options.colour);
  const sections = matches.map(({ entry, otherRules }) => {
    const prevented = otherRules.map(({ id, title }) => ({ why: `${title}.`, rules: [id] }));
    return entryText(entry, [...entry.causes, ...prevented], colours, options);
  });
  const causes = rules.map(({ id, title }) => ({ why: `${title}.`, rules: [id] }));
  const known =
    rules.length === 0 ? [] : [[colours.bold("Rules that prevent it"), ...causesText(causes, options)].join("\n")];
  return `${[...sections, ...known].join("\n\n")}\n`;
}

function entryText(entry: ErrorEntry, causes: readonly Cause[], { bold }: Colours, options: TextOptions): string {
  return [
    `${bold(entry.title)}  (${entry.id})`,
    "",
    ...wrap(entry.meaning, options.width, INDENT),
    "",
    bold("Likely causes, the likeliest first"),
    ...causesText(causes, options),
    "",
    bold("Sources"),
    ...entry.sources.map((source) => `${INDENT}${source}`),
  ].join("\n");
}

function causesText(causes: readonly Cause[], { width }: TextOptions): readonly string[] {
  return causes.flatMap(({ why, checks, rules, entries, fix }, index) => [
    ...wrap(`${index + 1}. ${why}`, width, INDENT),
    ...named("on this workstation: ssm-preflight doctor", checks, width),
    ...named("in the program: ssm-preflight check", rules, width),
    ...named("more: ssm-preflight explain", entries, width),
    // Not wrapped: it may hold a command to copy.
    ...(fix === undefined ? [] : [`${INDENT.repeat(3)}do: ${fix}`]),
  ]);
}

function named(where: string, ids: readonly string[] | undefined, width: number): readonly string[] {
  if (ids === undefined || ids.length === 0) return [];
  const command = where.endsWith("explain") ? `${where} ${ids.join(" | ")}` : `${where} (${ids.join(", ")})`;
  return wrap(command, width, INDENT.repeat(3));
}

/** For a text that nothing is known of. */
export function unknownText(text: string, nearest: readonly Topic[], { width }: TextOptions): string {
  const shown = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
  const advice =
    nearest.length === 0
      ? [`Nothing comes near. ssm-preflight explain lists what can be explained.`]
      : ["The nearest that can be explained:", ...nearest.map(({ id, title }) => `${INDENT}${id}  ${title}`)];
  return `${[...wrap(`Nothing is known of '${shown.replaceAll(/\s+/g, " ").trim()}'.`, width, ""), ...advice].join("\n")}\n`;
}

const MOST_SHOWN = 200;

export interface TopicGroup {
  readonly heading: string;
  readonly topics: readonly Topic[];
}

export function topicsText(groups: readonly TopicGroup[], { colour }: TextOptions): string {
  const { bold } = picocolors.createColors(colour);
  const width = Math.max(...groups.flatMap(({ topics }) => topics.map(({ id }) => id.length)));
  const sections = groups.map(({ heading, topics }) =>
    [bold(heading), ...topics.map(({ id, title }) => `${INDENT}${id.padEnd(width)}  ${title}`)].join("\n"),
  );
  return `${sections.join("\n\n")}\n`;
}
