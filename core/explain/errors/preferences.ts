import { AGENT_SOURCE, type ErrorEntry, guide, TROUBLESHOOTING } from "../error-entry";

const S3_LOGS = guide("session-manager-logging-s3");
const CLOUDWATCH_LOGS = guide("session-manager-logging-cwl");
const PROFILE = guide("getting-started-create-iam-instance-profile");

/** What session preferences lead to: logs, users, time limits, and who may change them. */
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
        rules: ["preferences-permission-missing"],
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
        rules: ["preferences-exist-already"],
        fix: "Import it (pulumi import, cdk import, CloudFormation resource import), or update it with: aws ssm update-document",
      },
    ],
    sources: [guide("session-manager-getting-started-configure-preferences")],
  },
  {
    id: "session-document-refused",
    title: "The content of a session document is refused",
    texts: [
      "InvalidDocumentContent",
      "InvalidDocumentSchemaVersion",
      "is not a valid schema version for Session document type",
    ],
    meaning:
      "Systems Manager does not take the document: it is no JSON or YAML, or holds what a Session document may not.",
    causes: [
      {
        why: "schemaVersion is not 1.0, an input is unknown or of another type, or the text is malformed.",
        rules: ["preferences-invalid"],
      },
    ],
    sources: [guide("session-manager-schema")],
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
        rules: ["preferences-permissions-missing"],
        fix: "Allow both, with logs:CreateLogStream and logs:PutLogEvents.",
      },
      {
        why: "The host reaches Systems Manager through endpoints only, and has none for logs.",
        rules: ["preferences-unreachable"],
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
        rules: ["preferences-invalid"],
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
        rules: ["preferences-permissions-missing"],
        fix: "Allow it, with logs:DescribeLogStreams, logs:CreateLogStream and logs:PutLogEvents.",
      },
      {
        why: "The host cannot reach CloudWatch Logs.",
        rules: ["preferences-unreachable"],
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
    causes: [
      {
        why: "The bucket has no default encryption.",
        rules: ["preferences-invalid"],
        fix: "Turn it on, or set s3EncryptionEnabled to false.",
      },
    ],
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
        rules: ["preferences-permissions-missing"],
        fix: "Allow it, with s3:PutObject on the objects.",
      },
      {
        why: "The bucket was deleted, or the name holds a path (message: NoSuchBucket).",
        rules: ["preferences-invalid"],
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
