import type { Pattern } from "../../infrastructure/policy-document";
import type { Hole, TextPart } from "../../program/value";
import type { RequestedResource } from "./evaluate";
import { UNKNOWN_SEGMENT } from "./pattern";
import { instanceArn, type Place } from "./place";

/** An action that the role of a host has to allow, and on what. */
export interface RequiredPermission {
  /** `ssm:UpdateInstanceInformation` */
  readonly action: string;
  readonly resource: RequestedResource;
}

export interface Permissions {
  readonly required: readonly RequiredPermission[];
  /** The same on ARNs as policies of the program may write them, which can prove a permission and disprove none. */
  readonly otherwise: readonly RequiredPermission[];
}

/**
 * What the agent calls to register the host and to hold a session.
 * Source: Systems Manager user guide, "Verify or add instance permissions for Session Manager".
 */
export const SESSION_ACTIONS = [
  "ssm:UpdateInstanceInformation",
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
] as const;

/** The actions that carry `ssm:SourceInstanceARN`. Source: Service Authorization Reference, `ssm` and `ssmmessages`. */
export const WITH_SOURCE_INSTANCE: ReadonlySet<string> = new Set([
  "ssm:UpdateInstanceInformation",
  "ssmmessages:CreateControlChannel",
]);

/**
 * `UpdateInstanceInformation` is checked on the instance, the channels have no resource types.
 * Sources: Service Authorization Reference, `ssm` and `ssmmessages`; the ARNs in error messages of the services, which
 * for `ssmmessages` read `arn:aws:ssmmessages:us-east-1:111122223333:*`.
 */
export function sessionPermissions(place: Place): readonly RequiredPermission[] {
  const seen = [
    serviceArn("ssmmessages", place, "*"),
    serviceArn("ssm", place, "session/", unknownPart(UNKNOWN_SEGMENT.sessionId)),
  ];
  return SESSION_ACTIONS.map((action) => ({
    action,
    resource:
      action === "ssm:UpdateInstanceInformation" ? { kind: "arn", arn: instanceArn(place) } : { kind: "any", seen },
  }));
}

/** Needed by agents below 3.3.40.0 for Run Command. Source: Systems Manager user guide, "ec2messages, ssmmessages, and other API operations". */
export const legacyMessagePermissions: readonly RequiredPermission[] = [
  "AcknowledgeMessage",
  "DeleteMessage",
  "FailMessage",
  "GetEndpoint",
  "GetMessages",
  "SendReply",
].map((name) => ({ action: `ec2messages:${name}`, resource: { kind: "any", seen: [] } }));

/**
 * Session logs in S3. The agent reads the bucket's encryption where preferences ask for an encrypted bucket.
 * Source: Systems Manager user guide, "Logging session data using Amazon S3".
 */
export function s3LogPermissions(
  place: Place,
  bucket: Pattern,
  options: { readonly keyPrefix?: Pattern; readonly encrypted: boolean },
): readonly RequiredPermission[] {
  const arn: Pattern = ["arn:", place.partition, ":s3:::", ...bucket];
  const prefix: Pattern = options.keyPrefix === undefined ? [] : [...options.keyPrefix, "/"];
  const upload: RequiredPermission = {
    action: "s3:PutObject",
    resource: { kind: "arn", arn: [...arn, "/", ...prefix, unknownPart("the object key")] },
  };
  if (!options.encrypted) return [upload];
  return [upload, { action: "s3:GetEncryptionConfiguration", resource: { kind: "arn", arn } }];
}

/** What the agent fetches from a bucket of AWS. */
export const s3ReadPermissions = ({ partition }: Place, bucket: Pattern | undefined): readonly RequiredPermission[] =>
  bucket === undefined
    ? []
    : [
        {
          action: "s3:GetObject",
          resource: { kind: "arn", arn: ["arn:", partition, ":s3:::", ...bucket, "/", unknownPart("the object key")] },
        },
      ];

/**
 * Session logs in CloudWatch Logs. The ARN of a log group is written with and without what follows its name, hence the
 * hole. `DescribeLogGroups` concerns all groups.
 * Source: Systems Manager user guide, "Logging session data using Amazon CloudWatch Logs".
 */
export function cloudWatchLogPermissions(place: Place, logGroup: Pattern): readonly RequiredPermission[] {
  const group = serviceArn("logs", place, "log-group:", ...logGroup);
  const stream: Pattern = [...group, ":log-stream:", unknownPart(UNKNOWN_SEGMENT.logStream)];
  const anyGroup = serviceArn("logs", place, "log-group:", unknownPart("the log group"));
  return [
    { action: "logs:CreateLogStream", resource: { kind: "arn", arn: stream } },
    { action: "logs:PutLogEvents", resource: { kind: "arn", arn: stream } },
    { action: "logs:DescribeLogGroups", resource: { kind: "any", seen: [anyGroup] } },
    {
      action: "logs:DescribeLogStreams",
      resource: { kind: "arn", arn: [...group, unknownPart("the end of its ARN")] },
    },
  ];
}

/** Encrypted session data. Source: Systems Manager user guide, "Turn on KMS key encryption of session data". */
export const sessionKeyPermissions = (keyArn: Pattern): readonly RequiredPermission[] => [
  { action: "kms:Decrypt", resource: { kind: "arn", arn: keyArn } },
];

/**
 * A bucket that a customer's key encrypts. S3 asks for the key in the name of whoever writes.
 * Sources: Amazon S3 user guide, "Using server-side encryption with AWS KMS keys (SSE-KMS)"; Systems Manager user guide,
 * "Create a custom IAM role for Session Manager".
 */
export const bucketKeyPermissions = (keyArn: Pattern): readonly RequiredPermission[] => [
  { action: "kms:GenerateDataKey", resource: { kind: "arn", arn: keyArn } },
];

/**
 * Snapshots and images with VSS. Which actions list the volumes and make the snapshots differs by the release of the
 * components on the host; every release tags what it made.
 * Sources: EC2 user guide, "Use an IAM managed policy to grant permissions for VSS based snapshots" and "AWS VSS solution
 * version history".
 */
export const snapshotPermissions = ({ partition, region }: Place): readonly RequiredPermission[] => [
  {
    action: "ec2:CreateTags",
    resource: { kind: "arn", arn: ["arn:", partition, ":ec2:", region, ":", unknownPart("the snapshot or image")] },
  },
];

const serviceArn = (service: string, place: Place, ...resource: readonly TextPart[]): Pattern => [
  "arn:",
  place.partition,
  `:${service}:`,
  place.region,
  ":",
  place.account,
  ":",
  ...resource,
];

const unknownPart = (hole: string): Hole => ({ hole, reason: `${hole} is not known before deployment` });
