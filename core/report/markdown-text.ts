import { escapeXml } from "./escape-xml";

const ZERO_WIDTH_SPACE = "\u200b";

const MENTION = /@(?=\w)/g;

/** A text as Markdown within a line, without any of its signs at work: no mark-up, no HTML, no mention of a person. */
export const escapeMarkdown = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_[\]|~$]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(MENTION, `@${ZERO_WIDTH_SPACE}`);

/** A text for an element written out as HTML, where Markdown is not read. */
export const escapeHtmlLine = (text: string): string =>
  escapeXml(text.replace(/\s+/g, " ")).replace(MENTION, `@${ZERO_WIDTH_SPACE}`);

/** A text as code on one line, whatever it holds. In a table a bar must be escaped even in code. */
export function markdownCode(text: string): string {
  const line = text.replace(/\s+/g, " ").replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `\`${line}\`` : `${fence} ${line} ${fence}`;
}
