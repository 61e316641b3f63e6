import { readPulumiPreview } from "../../../core/readers/pulumi";
import { previewOf, type Sketch, UNKNOWN, urn } from "../../readers/pulumi/support";
import { assessmentOf, findingsOf } from "./support";

const DOCUMENT = "aws:ssm/document:Document";

const content = (inputs: object) => JSON.stringify({ schemaVersion: "1.0", sessionType: "Standard_Stream", inputs });

const preferences = (inputs: object, more: object = {}): Sketch => ({
  type: DOCUMENT,
  name: "preferences",
  inputs: { name: "SSM-SessionManagerRunShell", documentType: "Session", content: content(inputs), ...more },
});

const ROLE = "aws:iam/role:Role";
const PROFILE = "aws:iam/instanceProfile:InstanceProfile";

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** A host with a role of these statements. */
const host = (...statements: readonly object[]): readonly Sketch[] => [
  { type: ROLE, name: "web", inputs: { name: "web", assumeRolePolicy: trust } },
  {
    type: "aws:iam/rolePolicy:RolePolicy",
    name: "logs",
    inputs: { role: "web", policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }) },
  },
  { type: PROFILE, name: "web", inputs: { name: "web", role: "web" } },
  {
    type: "aws:ec2/instance:Instance",
    name: "web",
    inputs: { ami: "ami-0123456789abcdef0", iamInstanceProfile: "web", subnetId: "subnet-0123456789abcdef0" },
  },
];

const previewed = (...sketches: readonly Sketch[]) => readPulumiPreview(previewOf(...sketches), "preview.json");

const invalid = (...sketches: readonly Sketch[]) => findingsOf(previewed(...sketches), "preferences-invalid");

describe("a document of a Pulumi program", () => {
  test("is judged by its text", () => {
    expect(invalid(preferences({ idleSessionTimeout: "900", shellProfle: {} }))).toEqual([
      expect.stringContaining("error preferences-invalid Content.inputs.idleSessionTimeout: "),
      expect.stringContaining("warning preferences-invalid Content.inputs.shellProfle: "),
    ]);
  });

  test("is right as AWS documents it", () => {
    expect(invalid(preferences({ s3BucketName: "", idleSessionTimeout: "20" }))).toEqual([]);
  });

  test("is judged by its map where the provider takes one", () => {
    const native: Sketch = {
      type: "aws-native:ssm:Document",
      inputs: {
        name: "SSM-SessionManagerRunShell",
        documentType: "Session",
        content: { schemaVersion: "1.0", sessionType: "Standard_Stream", inputs: { maxSessionDuration: "2000" } },
      },
    };
    expect(invalid(native)).toEqual([
      'error preferences-invalid Content.inputs.maxSessionDuration: inputs.maxSessionDuration is "2000"; AWS takes whole minutes from 1 to 1440',
    ]);
  });

  test("is not judged where its text is not known", () => {
    expect(invalid(preferences({}, { content: UNKNOWN }))).toEqual([]);
  });

  test("names a log group of the program that is not encrypted", () => {
    const group: Sketch = { type: "aws:cloudwatch/logGroup:LogGroup", name: "logs", inputs: { name: "sessions" } };
    const inputs = { cloudWatchLogGroupName: "sessions", cloudWatchEncryptionEnabled: true };
    expect(invalid(preferences(inputs), group)).toEqual([
      expect.stringContaining("cloudWatchEncryptionEnabled is true, and log group logs has no KmsKeyId"),
    ]);
    const encrypted = { ...group, inputs: { name: "sessions", kmsKeyId: UNKNOWN } };
    expect(invalid(preferences(inputs), encrypted)).toEqual([]);
  });

  test("names a bucket that is encrypted by a resource of its own", () => {
    const bucket: Sketch = { type: "aws:s3/bucket:Bucket", name: "logs", inputs: { bucket: "logs" } };
    const encryption: Sketch = {
      type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      name: "logs",
      inputs: { bucket: "logs", rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms:dsse" } }] },
    };
    const inputs = { s3BucketName: "logs", s3EncryptionEnabled: true };
    expect(invalid(preferences(inputs), bucket, encryption)).toEqual([
      expect.stringContaining("warning preferences-invalid Content.inputs.s3EncryptionEnabled: "),
    ]);
  });

  test("names a key that is for signatures", () => {
    const key: Sketch = {
      type: "aws:kms/key:Key",
      name: "key",
      id: "1234abcd-12ab-34cd-56ef-1234567890ab",
      inputs: { customerMasterKeySpec: "RSA_2048" },
    };
    expect(invalid(preferences({ kmsKeyId: "1234abcd-12ab-34cd-56ef-1234567890ab" }), key)).toEqual([
      "error preferences-invalid Content.inputs.kmsKeyId: key key is RSA_2048, and sessions need a symmetric key",
    ]);
  });

  test("is taken for one that exists where the state has it", () => {
    const found = (sketch: Sketch) => findingsOf(previewed(sketch), "preferences-exist-already");
    expect(found(preferences({}))).toHaveLength(1);
    const updated = { ...preferences({}), op: "update", id: "SSM-SessionManagerRunShell" };
    expect(found(updated)).toEqual([]);
  });
});

describe("a host of a Pulumi program", () => {
  const link = (...sketches: readonly Sketch[]) =>
    assessmentOf(previewed(preferences({ s3BucketName: "logs", s3EncryptionEnabled: true }), ...sketches));
  const RULE = "preferences-permissions-missing";

  test("may not look up the encryption of the log bucket", () => {
    const { findings } = link(...host({ Effect: "Allow", Action: "s3:PutObject", Resource: "*" }));
    expect(findings.filter(({ rule }) => rule === RULE)).toMatchObject([
      {
        level: "error",
        message: expect.stringContaining("need s3:GetEncryptionConfiguration on bucket logs"),
        resource: { name: urn("aws:ec2/instance:Instance", "web") },
        place: { name: urn(ROLE, "web") },
      },
    ]);
  });

  test("may do all that the logs need", () => {
    const { findings } = link(...host({ Effect: "Allow", Action: "s3:*", Resource: "*" }));
    expect(findings.filter(({ rule }) => rule === RULE)).toEqual([]);
  });

  test("is left open where its policy is not known", () => {
    const sketches = host().map((sketch) =>
      sketch.type === "aws:iam/rolePolicy:RolePolicy"
        ? { ...sketch, inputs: { role: "web", policy: UNKNOWN } }
        : sketch,
    );
    const { findings, hosts } = link(...sketches);
    expect(findings.filter(({ rule }) => rule === RULE)).toEqual([]);
    expect(hosts[0]?.links.preferences.status).toBe("unknown");
  });
});
