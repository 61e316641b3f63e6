import { escapeXml } from "./escape-xml";

const ZERO_WIDTH_SPACE = "\u200b";

const MENTION = /@(?=\w)/g;

/** A text as Markdown within a line, without any of its signs at work: no mark-up, no HTML, no mention of a person. */
export const escapeMarkdown = (text: string): string => withoutMarkUp(text).replace(MENTION, `@${ZERO_WIDTH_SPACE}`);

const withoutMarkUp = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_[\]|~$]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");

/** A text for an element written out as HTML, where Markdown is not read. */
export const escapeHtmlLine = (text: string): string =>
  escapeXml(text.replace(/\s+/g, " ")).replace(MENTION, `@${ZERO_WIDTH_SPACE}`);

/** A text as code. Not between backticks, where a table has no way to write a backslash before a bar. */
export const markdownCode = (text: string): string => `<code>${withoutMarkUp(text)}</code>`;
