/**
 * The schema of documents of type Session. Source: Systems Manager user guide, "Session document schema"; what AWS there
 * calls required among the inputs may be left out all the same ("Create a Session Manager preferences document").
 */
export const TOP_LEVEL = ["schemaVersion", "description", "sessionType", "inputs", "parameters", "properties"] as const;

export const SCHEMA_VERSION = "1.0";

export const STANDARD_STREAM = "Standard_Stream";

export const SESSION_TYPES: readonly string[] = [
  STANDARD_STREAM,
  "InteractiveCommands",
  "NonInteractiveCommands",
  "Port",
];

export type InputKind =
  | { readonly kind: "text" }
  /** `textual`: the agent also takes the words true and false as text. */
  | { readonly kind: "flag"; readonly textual: boolean }
  /** Whole minutes from 1 to `most`, as text; empty for the default. */
  | { readonly kind: "minutes"; readonly most: number }
  | { readonly kind: "shellProfile" };

const TEXT: InputKind = { kind: "text" };
const FLAG: InputKind = { kind: "flag", textual: true };

/** Source of `textual`: github.com/aws/amazon-ssm-agent, `SessionInputs` and `ConvertToBool`. */
export const INPUTS: Readonly<Record<string, InputKind>> = {
  s3BucketName: TEXT,
  s3KeyPrefix: TEXT,
  s3EncryptionEnabled: FLAG,
  cloudWatchLogGroupName: TEXT,
  cloudWatchEncryptionEnabled: FLAG,
  cloudWatchStreamingEnabled: { kind: "flag", textual: false },
  kmsKeyId: TEXT,
  runAsEnabled: FLAG,
  runAsDefaultUser: TEXT,
  idleSessionTimeout: { kind: "minutes", most: 60 },
  maxSessionDuration: { kind: "minutes", most: 1440 },
  shellProfile: { kind: "shellProfile" },
};

export const SHELLS: readonly string[] = ["linux", "windows"];

export const COMMAND_TYPES: readonly string[] = ["InteractiveCommands", "NonInteractiveCommands"];

/** Systems whose commands a document for a single command can hold. */
export const COMMAND_SYSTEMS: readonly string[] = ["linux", "windows", "macos"];
