import { AGENT_SOURCE, type ErrorEntry, guide, PLUGIN_SOURCE } from "../error-entry";

const ENCRYPTION = guide("session-preferences-enable-encryption");
const FAILURES = "https://repost.aws/knowledge-center/ssm-session-manager-failures";

/** What sessions encrypted with a KMS key end with. */
export const encryptionErrors: readonly ErrorEntry[] = [
  {
    id: "host-cannot-decrypt",
    title: "The host cannot use the KMS key of the session",
    texts: [
      "Fetching data key failed",
      "Unable to retrieve data key",
      "Error when decrypting data key",
      "Error decrypting data key",
      "The ciphertext refers to a <…> key that does not exist, does not exist in this region, or you are not allowed to access",
      "is not authorized to perform: kms:Decrypt",
      "KMSKeyNotFound",
      "unable to decrypt",
    ],
    meaning:
      "Sessions are encrypted with a KMS key, and the agent could not decrypt the data key that the user's side made.",
    causes: [
      {
        why: "The role of the host lacks kms:Decrypt on the key, or the key policy does not let it.",
        rules: ["preferences-permissions-missing"],
        fix: "Allow kms:Decrypt on the key for the role of the host.",
      },
      {
        why: "kmsKeyId names a key of another region, or one that was deleted or disabled.",
        fix: "Name a key of the region of the host.",
      },
      {
        why: "The host cannot reach KMS.",
        rules: ["preferences-unreachable"],
        fix: "Add an interface endpoint for com.amazonaws.<region>.kms, or a route out.",
      },
    ],
    sources: [ENCRYPTION, FAILURES, AGENT_SOURCE],
  },
  {
    id: "user-cannot-encrypt",
    title: "The user cannot use the KMS key of the session",
    texts: [
      "KMSEncryption failed on client with status",
      "Error calling KMS GenerateDataKey API",
      "is not authorized to perform: kms:GenerateDataKey",
    ],
    meaning:
      "Sessions are encrypted with a KMS key, and the plugin could not make a data key with the user's credentials.",
    causes: [
      {
        why: "The user lacks kms:GenerateDataKey on the key, or the key policy does not let them.",
        fix: "Allow kms:GenerateDataKey on the key for those who start sessions.",
      },
      { why: "The plugin uses another profile than the AWS CLI.", checks: ["profile-missing", "plugin-outdated"] },
      { why: "The credentials are no longer valid.", entries: ["credentials-expired"] },
    ],
    sources: [ENCRYPTION, PLUGIN_SOURCE],
  },
  {
    id: "handshake-timed-out",
    title: "The handshake of the session timed out",
    texts: [
      "Handshake timed out",
      "Please ensure that you have the latest version of the session manager plugin",
      "Timed out waiting for encryption challenge",
    ],
    meaning: "Host and plugin must agree on encryption within seconds, and one of them did not answer.",
    causes: [
      { why: "The plugin is too old for what the preferences ask.", checks: ["plugin-outdated"] },
      {
        why: "Sessions are encrypted, and the host cannot reach KMS.",
        rules: ["preferences-unreachable"],
        fix: "Add an interface endpoint for com.amazonaws.<region>.kms, or a route out.",
      },
      { why: "The host or the user may not use the key.", entries: ["host-cannot-decrypt", "user-cannot-encrypt"] },
    ],
    sources: [FAILURES, AGENT_SOURCE],
  },
  {
    id: "handshake-failed",
    title: "The handshake of the session failed",
    texts: ["Encountered error while initiating handshake"],
    vague: true,
    meaning:
      "Host and plugin could not agree on encryption or on the kind of session; the rest of the message says why.",
    causes: [
      { why: "The host may not use the key, or cannot reach KMS.", entries: ["host-cannot-decrypt"] },
      { why: "The user may not use the key.", entries: ["user-cannot-encrypt"] },
      { why: "The plugin is too old for what the preferences ask.", checks: ["plugin-outdated"] },
    ],
    sources: [FAILURES, AGENT_SOURCE],
  },
];
