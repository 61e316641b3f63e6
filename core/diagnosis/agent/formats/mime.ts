import { decodedPart } from "./encoding";

export interface MimePart {
  /** In lower case and without parameters, e.g. `text/x-shellscript`; empty where the part has none. */
  readonly type: string;
  readonly content: string;
}

export const isMime = (text: string): boolean => /^\s*(MIME-Version|Content-Type)\s*:/i.test(text);

/** The parts of a multipart text, nested ones included; a single part where it is none. */
export function mimeParts(text: string): readonly MimePart[] {
  const { headers, body } = splitHeaders(text.replace(/^\s+/, ""));
  const type = header(headers, "Content-Type") ?? "";
  const boundary = /boundary\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s;]+))/i.exec(type);
  const name = boundary?.[1] ?? boundary?.[2] ?? boundary?.[3];
  if (name === undefined) {
    const content = decodedPart(body, header(headers, "Content-Transfer-Encoding"));
    return [{ type: (type.split(";")[0] ?? "").trim().toLowerCase(), content }];
  }
  const pieces = `\n${body}`.split(`\n--${name}`).slice(1);
  return pieces
    .filter((piece) => !piece.startsWith("--"))
    .flatMap((piece) => mimeParts(piece.replace(/^[^\n]*\n/, "")));
}

function splitHeaders(text: string): { readonly headers: string; readonly body: string } {
  const normal = text.replaceAll("\r\n", "\n");
  // A part without headers starts with its empty line.
  if (!/^[A-Za-z-]+\s*:/.test(normal)) return { headers: "", body: normal.replace(/^\n/, "") };
  const end = normal.search(/\n[ \t]*\n/);
  if (end === -1) return { headers: normal, body: "" };
  return { headers: normal.slice(0, end), body: normal.slice(end).replace(/^\n[ \t]*\n/, "") };
}

function header(headers: string, name: string): string | undefined {
  const unfolded = headers.replace(/\n[ \t]+/g, " ");
  return new RegExp(`^${name}\\s*:\\s*(.*)$`, "im").exec(unfolded)?.[1];
}
