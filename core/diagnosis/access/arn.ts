import type { Pattern } from "../../infrastructure/policy-document";
import type { TextPart } from "../../program/value";

/** The parts of an ARN, each of which may hold wildcards and unknown stretches. */
export interface Arn {
  readonly partition: Pattern;
  readonly service: Pattern;
  readonly region: Pattern;
  readonly account: Pattern;
  /** `instance/i-0123456789abcdef0`, `document/AWS-StartSSHSession` */
  readonly resource: Pattern;
}

const COLONS = 5;

/** Undefined for what has not the six parts of an ARN, `*` among them. */
export function splitArn(pattern: Pattern): Arn | undefined {
  const segments: TextPart[][] = [[]];
  for (const part of pattern) {
    const pieces = typeof part === "string" ? piecesOf(part, COLONS + 1 - segments.length) : [part];
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) segments.push([]);
      if (piece !== "") segments.at(-1)?.push(piece);
    }
  }
  const [prefix, partition, service, region, account, resource] = segments;
  if (!partition || !service || !region || !account || !resource) return undefined;
  return prefix?.join("") === "arn" ? { partition, service, region, account, resource } : undefined;
}

/** The text at its first `most` colons: what follows them belongs to the resource. */
function piecesOf(text: string, most: number): readonly string[] {
  const pieces = text.split(":");
  return pieces.length <= most + 1 ? pieces : [...pieces.slice(0, most), pieces.slice(most).join(":")];
}

export const joinArn = ({ partition, service, region, account, resource }: Arn): Pattern => [
  "arn:",
  ...partition,
  ":",
  ...service,
  ":",
  ...region,
  ":",
  ...account,
  ":",
  ...resource,
];
