import fc from "fast-check";
import { documentProblems } from "../../../core/diagnosis/preferences/documents";
import { buildInfrastructure } from "../../../core/infrastructure/build";
import type { Declaration } from "../../../core/program/declaration";
import { fromJson, literal, record, type Value } from "../../../core/program/value";
import { declaration } from "../../support/model";

const documentWith = (content: Value): Declaration =>
  declaration("AWS::SSM::Document", "Preferences", {
    properties: record({
      Name: literal("SSM-SessionManagerRunShell"),
      DocumentType: literal("Session"),
      Content: content,
    }),
  });

const problemsOf = (content: unknown, asText: boolean) => {
  const value = asText ? literal(JSON.stringify(content)) : fromJson(content);
  return documentProblems(buildInfrastructure({ declarations: [documentWith(value)] }));
};

const flag = fc.boolean();
const minutes = (most: number) => fc.integer({ min: 1, max: most }).map(String);

/** Inputs as AWS documents them, in any selection. */
const inputs = fc.record(
  {
    s3BucketName: fc.constantFrom("", "session-logs", "logs.example.org"),
    s3KeyPrefix: fc.constantFrom("", "ssm", "ssm/web"),
    s3EncryptionEnabled: flag,
    cloudWatchLogGroupName: fc.constantFrom("sessions", "/aws/ssm/sessions"),
    cloudWatchEncryptionEnabled: flag,
    cloudWatchStreamingEnabled: flag,
    kmsKeyId: fc.constantFrom("", "alias/sessions", "1234abcd-12ab-34cd-56ef-1234567890ab"),
    runAsEnabled: flag,
    runAsDefaultUser: fc.constantFrom("ops", "ec2-user"),
    idleSessionTimeout: minutes(60),
    maxSessionDuration: minutes(1440),
    shellProfile: fc.record({ linux: fc.string(), windows: fc.string() }, { requiredKeys: [] }),
  },
  { requiredKeys: ["cloudWatchLogGroupName", "runAsDefaultUser"] },
);

test("a document as AWS documents it is right, as a map and as text", () => {
  fc.assert(
    fc.property(inputs, fc.boolean(), (documented, asText) => {
      const content = { schemaVersion: "1.0", description: "Ours", sessionType: "Standard_Stream", inputs: documented };
      expect(problemsOf(content, asText)).toEqual([]);
    }),
  );
});

test("a document with one input too many is wrong", () => {
  fc.assert(
    fc.property(inputs, fc.stringMatching(/^[a-z]{12}$/), (documented, name) => {
      const content = { schemaVersion: "1.0", sessionType: "Standard_Stream", inputs: { ...documented, [name]: "x" } };
      expect(problemsOf(content, false).map(({ property }) => property)).toEqual([`Content.inputs.${name}`]);
    }),
  );
});

test("whatever stands in a document, it is judged", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.boolean(), (content, some, asText) => {
      expect(Array.isArray(problemsOf(content, asText))).toBe(true);
      const around = { schemaVersion: some, sessionType: "Standard_Stream", inputs: content, parameters: some };
      expect(Array.isArray(problemsOf(around, asText))).toBe(true);
    }),
  );
});

test("whatever text stands for a document, it is judged", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const problems = documentProblems(buildInfrastructure({ declarations: [documentWith(literal(text))] }));
      expect(problems.length).toBeGreaterThan(0);
    }),
  );
});
