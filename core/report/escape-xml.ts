const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Control characters and halves of surrogate pairs, which XML 1.0 has no way to write. */
const NOT_ALLOWED = /(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

/** A text for the content or a quoted attribute of an element, in XML and in HTML alike. */
export const escapeXml = (text: string): string =>
  text.replace(NOT_ALLOWED, "\ufffd").replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
