import type { Finding } from "../../core/assessment/assessment";
import { fingerprintsOf } from "../../core/assessment/fingerprint";
import type { Declaration } from "../../core/program/declaration";
import { declaration } from "../support/model";

const FOLDER = "/home/me/project";

const host = (changes: Partial<Declaration> = {}): Declaration =>
  declaration("AWS::EC2::Instance", "Host", {
    file: "stacks/web.yaml",
    stack: "web",
    position: { line: 3, column: 5 },
    ...changes,
  });

const finding = (resource: Declaration, changes: Partial<Finding> = {}): Finding => ({
  rule: "agent-missing",
  level: "error",
  resource,
  place: resource,
  message: "no agent",
  why: "",
  fix: "",
  docs: "",
  suppressed: null,
  ...changes,
});

const fingerprints = (findings: readonly Finding[], folder = FOLDER): readonly string[] => [
  ...fingerprintsOf(findings, folder).values(),
];

const fingerprint = (resource: Declaration, changes: Partial<Finding> = {}, folder = FOLDER): string =>
  fingerprints([finding(resource, changes)], folder).join();

const CDK = { language: "cdk", file: "cdk.out/Dev.template.json", stack: "Dev", constructPath: "Dev/Host" } as const;

const urn = (stack: string, name = "host") => `urn:pulumi:${stack}::shop::aws:ec2/instance:Instance::${name}`;

const PULUMI = { language: "pulumi", file: "preview.json", name: urn("dev") } as const;

describe("a fingerprint stays", () => {
  test.each<[string, Declaration, Declaration]>([
    ["when a line moves", host(), host({ position: { line: 90, column: 1 } })],
    ["when a stack is called otherwise", host(), host({ stack: "web-prod" })],
    ["when the file is given by its path from the root", host(), host({ file: `${FOLDER}/stacks/web.yaml` })],
    ["when the file is given with backslashes", host(), host({ file: "stacks\\web.yaml" })],
    [
      "when a CDK stack is renamed",
      host(CDK),
      host({ ...CDK, file: "cdk.out/Live.template.json", stack: "Live", constructPath: "Live/Host" }),
    ],
    ["when a Pulumi stack is renamed", host(PULUMI), host({ ...PULUMI, name: urn("prod"), stack: "prod" })],
    ["when a preview is saved elsewhere", host(PULUMI), host({ ...PULUMI, file: "/tmp/other.json" })],
  ])("%s", (_, before, after) => {
    expect(fingerprint(after)).toBe(fingerprint(before));
  });

  test("when a text is reworded or the level changes", () => {
    expect(fingerprint(host(), { message: "it has no agent", level: "note" })).toBe(fingerprint(host()));
  });

  test("when the project lies in another folder", () => {
    expect(fingerprint(host({ file: "/srv/ci/stacks/web.yaml" }), {}, "/srv/ci")).toBe(fingerprint(host()));
  });
});

describe("a fingerprint differs", () => {
  test.each<[string, string]>([
    ["by rule", fingerprint(host(), { rule: "agent-outdated" })],
    ["by resource", fingerprint(host({ name: "Other" }))],
    ["by place", fingerprint(host(), { place: host({ name: "Role" }) })],
    ["by property", fingerprint(host(), { property: "ImageId" })],
    ["by template", fingerprint(host({ file: "stacks/other.yaml" }))],
    ["by Pulumi name", fingerprint(host({ ...PULUMI, name: urn("dev", "other") }))],
  ])("%s", (_, other) => {
    expect(other).not.toBe(fingerprint(host()));
    expect(other).toMatch(/^[0-9a-f]{32}$/);
  });

  test("between findings that agree in all of that, in the order they have", () => {
    const twins = [finding(host(), { message: "a" }), finding(host(), { message: "b" })];
    const [first, second] = fingerprints(twins);
    expect(first).toBe(fingerprint(host()));
    expect(second).not.toBe(first);
    expect(fingerprints(twins)).toEqual([first, second]);
  });
});
