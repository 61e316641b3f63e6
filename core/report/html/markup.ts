import { escapeXml } from "../escape-xml";

/** Text that is HTML already. */
export class Markup {
  constructor(readonly html: string) {}
}

type Part = string | number | Markup | readonly Part[];

/** HTML from a template: what is put in is escaped, unless it is markup itself. */
export const markup = (texts: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  new Markup(texts.reduce((before, text, index) => `${before}${written(parts[index - 1] ?? "")}${text}`));

function written(part: Part): string {
  if (part instanceof Markup) return part.html;
  return Array.isArray(part) ? part.map(written).join("") : escapeXml(String(part));
}

export const NOTHING = new Markup("");
