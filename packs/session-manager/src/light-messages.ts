import { encoded, type Field, fieldsOf } from "./encoded-message";

/** Field numbers in `analyzer.proto` of Pulumi; those of a resource are the same in all messages. */
const RESOURCES = 1;
const TYPE = 1;
const PROPERTIES = 2;
const URN = 3;
const PROVIDER = 6;
/** In `struct.proto` of Protocol Buffers. */
const MEMBERS = 1;
const MEMBER_NAME = 1;

/** The properties that a pack looks at, by the type of the resource. */
export type Reads = (type: string) => "all" | ReadonlySet<string>;

/**
 * An encoded `AnalyzeStackRequest` without the properties that the pack does not look at, and with the settings of each provider once.
 * What is not understood stays as it is.
 */
export function lightStack(bytes: Buffer, reads: Reads): Buffer {
  try {
    const providers = new Set<string>();
    const isNew = (urn: string): boolean => providers.size < providers.add(urn).size;
    const parts = fieldsOf(bytes).flatMap((field) =>
      field.number === RESOURCES
        ? encoded(RESOURCES, lightResource(bytes, field, reads, isNew))
        : [whole(bytes, field)],
    );
    return Buffer.concat(parts);
  } catch {
    return bytes;
  }
}

/** The same of an encoded `AnalyzeRequest`, whose provider stays as it is. */
export function lightRequest(bytes: Buffer, reads: Reads): Buffer {
  try {
    const message = { number: 0, start: 0, content: 0, end: bytes.length };
    return Buffer.concat(lightResource(bytes, message, reads, () => true));
  } catch {
    return bytes;
  }
}

type IsNewProvider = (urn: string) => boolean;

function lightResource(bytes: Buffer, resource: Field, reads: Reads, isNew: IsNewProvider): readonly Buffer[] {
  const fields = fieldsOf(bytes, resource.content, resource.end);
  const type = textOf(bytes, fields, TYPE);
  return fields.flatMap((field) => {
    if (field.number === PROPERTIES) return encoded(PROPERTIES, lightProperties(bytes, field, reads(type)));
    return field.number === PROVIDER ? encoded(PROVIDER, lightProvider(bytes, field, isNew)) : [whole(bytes, field)];
  });
}

function lightProperties(bytes: Buffer, properties: Field, read: ReturnType<Reads>): readonly Buffer[] {
  if (read === "all") return [bytes.subarray(properties.content, properties.end)];
  if (read.size === 0) return [];
  return fieldsOf(bytes, properties.content, properties.end)
    .filter(({ number, content, end }) => {
      return number !== MEMBERS || read.has(textOf(bytes, fieldsOf(bytes, content, end), MEMBER_NAME));
    })
    .map((member) => whole(bytes, member));
}

function lightProvider(bytes: Buffer, provider: Field, isNew: IsNewProvider): readonly Buffer[] {
  const fields = fieldsOf(bytes, provider.content, provider.end);
  const isKept = isNew(textOf(bytes, fields, URN));
  return fields.flatMap((field) =>
    field.number === PROPERTIES && !isKept ? encoded(PROPERTIES, []) : [whole(bytes, field)],
  );
}

const whole = (bytes: Buffer, { start, end }: Field): Buffer => bytes.subarray(start, end);

function textOf(bytes: Buffer, fields: readonly Field[], number: number): string {
  const field = fields.find((candidate) => candidate.number === number);
  return field === undefined ? "" : bytes.toString("utf8", field.content, field.end);
}
