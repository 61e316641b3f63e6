import type { Rule } from "./rule";

export const preferencesInvalid: Rule = {
  id: "preferences-invalid",
  title: "Session document is not as AWS documents it, or contradicts itself",
  level: "error",
  link: "preferences",
  why: "AWS refuses a document that breaks the schema of session documents. Where it takes the document, the agent refuses every session whose preferences ask for what is not there, such as a log group that is encrypted.",
  reference: "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html",
  fix: {
    cloudformation:
      'Write Content as a map with schemaVersion: "1.0", sessionType and the documented inputs, timeouts as text and flags as booleans; set KmsKeyId on the log group or turn the encryption flag off, whichever the message names.',
    cdk: "In content of the CfnDocument, write schemaVersion: '1.0', sessionType and the documented inputs, timeouts as text and flags as booleans; give the LogGroup an encryptionKey or turn the encryption flag off, whichever the message names.",
    pulumi:
      'In content of the aws.ssm.Document, write schemaVersion: "1.0", sessionType and the documented inputs with JSON.stringify, timeouts as text and flags as booleans; set kmsKeyId on the log group or turn the encryption flag off, whichever the message names.',
  },
  whenNotToUse:
    "Where AWS has added an input that this version does not know. Exempt the document and say which input.",
  errorTexts: [
    "InvalidDocumentContent: JSON not well-formed. at Line: <line>, Column: <column>",
    "InvalidDocumentSchemaVersion: <version> is not a valid schema version for Session document type",
    "We couldn't start the session because encryption is not set up on the selected CloudWatch Logs log group. Either encrypt the log group or choose an option to enable logging without encryption.",
  ],
  check: ({ documents }) =>
    documents.map(({ document, property, why, level }) => ({
      place: { declaration: document, property },
      message: why,
      level,
    })),
};
