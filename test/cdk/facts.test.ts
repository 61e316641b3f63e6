import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Validations } from "aws-cdk-lib";
import { CfnInstance } from "aws-cdk-lib/aws-ec2";
import { SessionManagerChecks, type SessionManagerChecksProps } from "../../cdk-aspects";
import { CORE_POLICY, FACTS_FILE, factsOnProfile } from "../support/facts";
import { lines, newApp, newHost, newStack, newVpc, type Report, reportOf, scratchFolder } from "./support";

const READY = factsOnProfile("web", CORE_POLICY);

/** One host with a profile that the account has already. */
function report(props: SessionManagerChecksProps): Report {
  const app = newApp();
  Validations.of(app).addPlugins(new SessionManagerChecks(props));
  const stack = newStack(app);
  const host = newHost(stack, newVpc(stack, "nat"), "Web").node.defaultChild;
  if (host instanceof CfnInstance) host.iamInstanceProfile = "web";
  return reportOf(app);
}

function written(text: string): string {
  const file = path.join(scratchFolder(), "facts.json");
  writeFileSync(file, text);
  return file;
}

test("without facts it is not known what a profile of the account may do", () => {
  expect(report({}).metadata).toMatchObject({ ready: "0", unknown: "1" });
});

test("facts tell", () => {
  expect(lines(report({ facts: written(READY) }))).toEqual([]);
  expect(lines(report({ facts: written(factsOnProfile("web")) }))).toEqual([
    "ssm-permissions-missing Hosts/Web/Resource",
  ]);
});

test("in the current folder they are found by their name", () => {
  const [folder, before] = [scratchFolder(), process.cwd()];
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, FACTS_FILE), READY);
  process.chdir(folder);
  try {
    expect(lines(report({}))).toEqual([]);
  } finally {
    process.chdir(before);
  }
});

test.each([
  ["that is not there", "missing.json", /^missing\.json: it cannot be read/m],
  ["that is broken", written('{\n  "version": 1,\n'), /facts\.json:3:1: it is no JSON/],
  [
    "of another shape",
    written('{\n  "version": 1,\n  "snapshots": [{}]\n}\n'),
    /facts\.json:3:17: snapshots\[0\]: the key account is missing/,
  ],
])("a facts file %s is told of, and the app is judged", (_, facts, complaint) => {
  const { violations, metadata } = report({ facts });
  expect(violations.map(({ description }) => description).join("\n")).toMatch(complaint);
  expect(metadata).toMatchObject({ unknown: "1" });
});
