import { gunzipSync } from "node:zlib";
import { hasHole, UNKNOWN_TEXT } from "../script/marks";

/** User data is at most 16 KiB; what unpacks to more than this is no user data. */
const MAX_UNPACKED = 4 * 1024 * 1024;
const BEGINS_LIKE_USER_DATA = /^\s*(#|<powershell>|<script>|Content-Type:|MIME-Version:|version:)/i;

/**
 * The text behind a further layer of base64 or gzip, which cloud-init takes off by itself; the same text where there is
 * none. Undefined for a compressed text that cannot be unpacked.
 */
export function unpacked(text: string): string | undefined {
  if (text.startsWith("\u001f\u008b") || text.startsWith("\u001f\ufffd")) return gunzip(Buffer.from(text, "latin1"));
  const compact = text.replace(/\s+/g, "");
  if (hasHole(text) || compact.length < 16 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return text;
  const bytes = Buffer.from(compact, "base64");
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzip(bytes);
  const decoded = bytes.toString("utf8");
  return BEGINS_LIKE_USER_DATA.test(decoded) ? decoded : text;
}

function gunzip(bytes: Buffer): string | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED }).toString("utf8");
  } catch {
    return undefined;
  }
}

/**
 * A MIME part's content by its `Content-Transfer-Encoding`. A text that is not in that encoding is left as it is; one of
 * which only some is known cannot be decoded and is a single hole.
 */
export function decodedPart(content: string, encoding: string | undefined): string {
  const name = encoding?.trim().toLowerCase();
  if (name === "base64") return decodedBase64(content);
  if (name !== "quoted-printable") return content;
  return content
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function decodedBase64(content: string): string {
  const known = [...content].filter((character) => !hasHole(character)).join("");
  if (!/^[A-Za-z0-9+/=\s]*$/.test(known)) return content;
  return hasHole(content) ? UNKNOWN_TEXT : Buffer.from(content, "base64").toString("latin1");
}
