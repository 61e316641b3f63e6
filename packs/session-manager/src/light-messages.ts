import { LighterCopy, type Treatment, textIn } from "./encoded-message";

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
  const providers = new Set<string>();
  const isNew = (urn: string): boolean => providers.size < providers.add(urn).size;
  return unlessStrange(bytes, (copy) => {
    const resource = lightResource(bytes, copy, reads, isNew);
    copy.fields(0, bytes.length, ({ number }) => (number === RESOURCES ? resource : "copied"));
  });
}

/** The same of an encoded `AnalyzeRequest`, whose provider stays as it is. */
export const lightRequest = (bytes: Buffer, reads: Reads): Buffer =>
  unlessStrange(bytes, (copy) => lightResource(bytes, copy, reads, () => true)(0, bytes.length));

function unlessStrange(bytes: Buffer, fill: (copy: LighterCopy) => void): Buffer {
  try {
    const copy = new LighterCopy(bytes);
    fill(copy);
    return copy.copy;
  } catch {
    return bytes;
  }
}

type CopyContent = (content: number, end: number) => void;

function lightResource(
  bytes: Buffer,
  copy: LighterCopy,
  reads: Reads,
  isNewProvider: (urn: string) => boolean,
): CopyContent {
  const bareProvider: CopyContent = (start, end) =>
    copy.fields(start, end, ({ number }) => (number === PROPERTIES ? nothing : "copied"));
  return (start, end) => {
    const read = reads(textIn(bytes, start, end, TYPE));
    copy.fields(start, end, (field) => {
      if (field.number === PROPERTIES) return lightProperties(bytes, copy, read);
      const isBare = field.number === PROVIDER && !isNewProvider(textIn(bytes, field.content, field.end, URN));
      return isBare ? bareProvider : "copied";
    });
  };
}

const nothing: CopyContent = () => undefined;

function lightProperties(bytes: Buffer, copy: LighterCopy, read: ReturnType<Reads>): Treatment {
  if (read === "all") return "copied";
  if (read.size === 0) return nothing;
  return (start, end) =>
    copy.fields(start, end, ({ number, content, end: finish }) =>
      number !== MEMBERS || read.has(textIn(bytes, content, finish, MEMBER_NAME)) ? "copied" : "left out",
    );
}
