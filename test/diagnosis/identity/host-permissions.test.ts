import { type Decision, evaluate } from "../../../core/diagnosis/identity/evaluate";
import {
  cloudWatchLogPermissions,
  legacyMessagePermissions,
  type RequiredPermission,
  SESSION_ACTIONS,
  s3LogPermissions,
  sessionKeyPermissions,
  sessionPermissions,
} from "../../../core/diagnosis/identity/host-permissions";
import type { Place } from "../../../core/diagnosis/identity/place";
import { attachedPolicy, type Sketch, text } from "../../support/model";

const IRELAND: Place = { partition: "aws", region: "eu-west-1", account: "111122223333" };

function decide(
  permissions: readonly RequiredPermission[],
  statement: Sketch,
): Readonly<Record<string, Decision["effect"]>> {
  const identityPolicies = [attachedPolicy("policy Web", { Version: "2012-10-17", Statement: statement })];
  return Object.fromEntries(
    permissions.map((permission) => [
      permission.action,
      evaluate({ ...permission, context: new Map() }, { identityPolicies }).effect,
    ]),
  );
}

const allow = (actions: Sketch, resource: Sketch): Sketch => ({ Effect: "Allow", Action: actions, Resource: resource });

it("a session needs five actions", () => {
  expect(sessionPermissions(IRELAND).map(({ action }) => action)).toEqual([...SESSION_ACTIONS]);
});

describe("logs in S3", () => {
  const encrypted = s3LogPermissions(IRELAND, ["logs"], { keyPrefix: ["sessions"], encrypted: true });

  it("are written below the prefix and ask for the bucket's encryption", () => {
    expect(decide(encrypted, allow("s3:PutObject", "arn:aws:s3:::logs/*"))).toEqual({
      "s3:PutObject": "allowed",
      "s3:GetEncryptionConfiguration": "notAllowed",
    });
    expect(decide(encrypted, allow("s3:*", ["arn:aws:s3:::logs", "arn:aws:s3:::logs/sessions/*"]))).toEqual({
      "s3:PutObject": "allowed",
      "s3:GetEncryptionConfiguration": "allowed",
    });
    expect(decide(encrypted, allow("s3:*", "arn:aws:s3:::logs/other/*"))).toEqual({
      "s3:PutObject": "notAllowed",
      "s3:GetEncryptionConfiguration": "notAllowed",
    });
  });

  it("ask for no encryption where none is required", () => {
    expect(s3LogPermissions(IRELAND, ["logs"], { encrypted: false }).map(({ action }) => action)).toEqual([
      "s3:PutObject",
    ]);
  });

  it("go to a bucket of the program by the same hole", () => {
    const bucket = s3LogPermissions(IRELAND, text("«LogBucket»"), { encrypted: false });
    expect(decide(bucket, allow("s3:PutObject", "arn:aws:s3:::«LogBucket»/*"))).toEqual({ "s3:PutObject": "allowed" });
    expect(decide(bucket, allow("s3:PutObject", "arn:aws:s3:::«OtherBucket»/*"))).toEqual({
      "s3:PutObject": "unknown",
    });
  });
});

describe("logs in CloudWatch", () => {
  const logs = cloudWatchLogPermissions(IRELAND, ["sessions"]);

  it("need streams, events and the lists of groups and streams", () => {
    expect(decide(logs, allow("logs:*", "arn:aws:logs:*:*:log-group:sessions:*"))).toEqual({
      "logs:CreateLogStream": "allowed",
      "logs:PutLogEvents": "allowed",
      "logs:DescribeLogGroups": "unknown",
      "logs:DescribeLogStreams": "unknown",
    });
    expect(decide(logs, allow("logs:*", "arn:aws:logs:*:*:log-group:other:*"))).toMatchObject({
      "logs:PutLogEvents": "notAllowed",
    });
    expect(decide(logs, allow("logs:*", "*"))).toEqual({
      "logs:CreateLogStream": "allowed",
      "logs:PutLogEvents": "allowed",
      "logs:DescribeLogGroups": "allowed",
      "logs:DescribeLogStreams": "allowed",
    });
  });
});

it("an encrypted session needs the key", () => {
  const key = "arn:aws:kms:eu-west-1:111122223333:key/0abc";
  expect(decide(sessionKeyPermissions([key]), allow("kms:Decrypt", key))).toEqual({ "kms:Decrypt": "allowed" });
  expect(decide(sessionKeyPermissions([key]), allow("kms:Encrypt", key))).toEqual({ "kms:Decrypt": "notAllowed" });
});

it("old agents need ec2messages", () => {
  const decided = decide(legacyMessagePermissions, allow("ec2messages:*", "*"));
  expect(Object.keys(decided)).toHaveLength(6);
  expect(new Set(Object.values(decided))).toEqual(new Set(["allowed"]));
});
