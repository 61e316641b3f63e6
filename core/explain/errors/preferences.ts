import { AGENT_SOURCE, type ErrorEntry, guide, PLUGIN_SOURCE, TROUBLESHOOTING } from "../error-entry";

const ENCRYPTION = guide("session-preferences-enable-encryption");
const S3_LOGS = guide("session-manager-logging-s3");
const CLOUDWATCH_LOGS = guide("session-manager-logging-cwl");
const PROFILE = guide("getting-started-create-iam-instance-profile");
const FAILURES = "https://repost.aws/knowledge-center/ssm-session-manager-failures";

/** What session preferences lead to: logs, encryption, time limits, and who may change them. */
export const preferenceErrors: readonly ErrorEntry[] = [
  {
    id: "preferences-denied",
    title: "No permission to change session preferences",
    texts: [
      "No permission to change session preferences",
      "is not authorized to perform: ssm:UpdateDocument",
      "is not authorized to perform: ssm:CreateDocument",
      "is not authorized to perform: ssm:GetDocument on resource: <…> SSM-SessionManagerRunShell",
    ],
    meaning: "Preferences are kept in the document SSM-SessionManagerRunShell, and the user may not read or change it.",
    causes: [
      {
        why: "The policy lacks ssm:GetDocument, ssm:CreateDocument or ssm:UpdateDocument on the document.",
        fix: "Allow the three on arn:aws:ssm:<region>:<account>:document/SSM-SessionManagerRunShell.",
      },
    ],
    sources: [TROUBLESHOOTING, guide("preference-setting-permissions")],
  },
  {
    id: "preferences-exist",
    title: "The document SSM-SessionManagerRunShell exists already",
    texts: [
      "DocumentAlreadyExists",
      "Document <…> SSM-SessionManagerRunShell already exists",
      "SSM-SessionManagerRunShell <…> already exists",
    ],
    meaning:
      "The console creates the document when someone opens the preferences, so that a program that creates it fails.",
    causes: [
      {
        why: "The document was made by the console or by another program.",
        fix: "Import it (pulumi import, cdk import, CloudFormation resource import), or update it with: aws ssm update-document",
      },
    ],
    sources: [guide("session-manager-getting-started-configure-preferences")],
  },
  {
    id: "log-group-missing",
    title: "The log group for sessions does not exist",
    texts: [
      "The CloudWatch log group specified in session preferences either does not exist or unable to validate its existence",
      "The specified log group does not exist",
    ],
    meaning: "Sessions are to be logged to a log group that is not there, or that the host cannot look up.",
    causes: [
      {
        why: "The log group was deleted, is misspelt, or is in another region than the host.",
        fix: "Create it in the region of the host, or correct cloudWatchLogGroupName.",
      },
      {
        why: "The role of the host may not look: logs:DescribeLogGroups and logs:DescribeLogStreams.",
        fix: "Allow both, with logs:CreateLogStream and logs:PutLogEvents.",
      },
      {
        why: "The host reaches Systems Manager through endpoints only, and has none for logs.",
        fix: "Add an interface endpoint for com.amazonaws.<region>.logs.",
      },
    ],
    sources: [TROUBLESHOOTING, CLOUDWATCH_LOGS, AGENT_SOURCE],
  },
  {
    id: "log-group-not-encrypted",
    title: "The log group for sessions is not encrypted",
    texts: ["encryption is not set up on the selected CloudWatch Logs log group"],
    meaning: "cloudWatchEncryptionEnabled is true and the log group has no KMS key, so sessions are refused.",
    causes: [
      {
        why: "The log group has no key of its own.",
        fix: "Give the log group a KmsKeyId, or set cloudWatchEncryptionEnabled to false.",
      },
    ],
    sources: [TROUBLESHOOTING, CLOUDWATCH_LOGS, AGENT_SOURCE],
  },
  {
    id: "log-group-encryption-unreadable",
    title: "The host cannot tell whether the log group is encrypted",
    texts: ["Couldn't start the session because we are unable to validate encryption on CloudWatch Logs log group"],
    meaning:
      "cloudWatchEncryptionEnabled is true, and the host could not ask CloudWatch Logs; the rest of the message says why.",
    causes: [
      {
        why: "The role of the host lacks logs:DescribeLogGroups.",
        fix: "Allow it, with logs:DescribeLogStreams, logs:CreateLogStream and logs:PutLogEvents.",
      },
      {
        why: "The host cannot reach CloudWatch Logs.",
        fix: "Add an interface endpoint for com.amazonaws.<region>.logs, or a route out.",
      },
      { why: "There is no such log group.", entries: ["log-group-missing"] },
    ],
    sources: [CLOUDWATCH_LOGS, AGENT_SOURCE],
  },
  {
    id: "bucket-not-encrypted",
    title: "The bucket for session logs is not encrypted",
    texts: ["encryption is not set up on the selected Amazon S3 bucket"],
    meaning: "s3EncryptionEnabled is true and the bucket reports no encryption, so sessions are refused.",
    causes: [{ why: "The bucket has no default encryption.", fix: "Turn it on, or set s3EncryptionEnabled to false." }],
    sources: [TROUBLESHOOTING, S3_LOGS, AGENT_SOURCE],
  },
  {
    id: "bucket-encryption-unreadable",
    title: "The host cannot tell whether the bucket is encrypted",
    texts: ["Couldn't start the session because we are unable to validate encryption on Amazon S3 bucket"],
    meaning: "s3EncryptionEnabled is true, and the host could not ask S3; the rest of the message says why.",
    causes: [
      { why: "The host cannot reach S3.", rules: ["s3-endpoint-missing"] },
      {
        why: "The role of the host lacks s3:GetEncryptionConfiguration on the bucket (message: AccessDenied).",
        fix: "Allow it, with s3:PutObject on the objects.",
      },
      {
        why: "The bucket was deleted, or the name holds a path (message: NoSuchBucket).",
        fix: "Correct s3BucketName; a path belongs into s3KeyPrefix.",
      },
    ],
    sources: [S3_LOGS, PROFILE, AGENT_SOURCE],
  },
  {
    id: "streaming-impossible",
    title: "PowerShell on the host cannot stream session logs",
    texts: [
      "The PowerShell version installed on the instance doesn't support streaming logs to CloudWatch",
      "The PowerShell Transcription policy setting is configured on the instance",
    ],
    meaning: "Streaming to CloudWatch Logs needs PowerShell 5.1 and no policy for transcripts.",
    causes: [
      {
        why: "PowerShell is older than 5.1, or the Transcription policy is set.",
        fix: "Update PowerShell, set the policy to Not Configured, or set cloudWatchStreamingEnabled to false.",
      },
    ],
    sources: [CLOUDWATCH_LOGS, AGENT_SOURCE],
  },
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
        fix: "Allow kms:Decrypt on the key for the role of the host.",
      },
      {
        why: "kmsKeyId names a key of another region, or one that was deleted or disabled.",
        fix: "Name a key of the region of the host.",
      },
      {
        why: "The host cannot reach KMS.",
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
  {
    id: "session-timed-out",
    title: "The session ended by itself",
    texts: [
      "timed out due to inactivity",
      "Session: <session id> timed out",
      "session reached the maximum session duration",
    ],
    meaning: "The idle time (20 minutes unless set) or the maximum duration of the preferences has passed.",
    causes: [
      {
        why: "idleSessionTimeout or maxSessionDuration is shorter than the work.",
        fix: "Raise idleSessionTimeout (1 to 60 minutes) or maxSessionDuration (1 to 1440 minutes).",
      },
    ],
    sources: [
      guide("session-preferences-timeout"),
      guide("session-preferences-max-timeout"),
      guide("session-manager-schema"),
    ],
  },
];
