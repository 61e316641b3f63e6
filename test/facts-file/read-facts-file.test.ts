import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readFactsFile } from "../../input/facts-file";

const folder = mkdtempSync(path.join(tmpdir(), "ssm-preflight-facts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(text: string) {
  writeFileSync(path.join(folder, "facts.json"), text);
  return readFactsFile(folder, "facts.json");
}

const SUBNET = '{ "type": "AWS::EC2::Subnet", "ids": ["subnet-1"], "properties": {} }';
const snapshot = (resource: string, taken = "2026-11-24") =>
  `{ "account": "111111111111", "region": "eu-west-1", "taken": "${taken}", "resources": [\n${resource}\n] }`;
const facts = (snapshots: string) => `{ "version": 1, "snapshots": [\n${snapshots}\n] }`;

test("a right file is read", () => {
  const { facts: found, problems } = read(facts(snapshot(SUBNET)));
  expect(problems).toEqual([]);
  expect(found.snapshots).toEqual([
    {
      account: "111111111111",
      region: "eu-west-1",
      taken: "2026-11-24",
      resources: [{ type: "AWS::EC2::Subnet", ids: ["subnet-1"], properties: {} }],
    },
  ]);
});

test.each([
  ["a merge conflict", `<<<<<<< HEAD\n${facts(snapshot(SUBNET))}`, "1:1 it is no JSON"],
  ["a cut-off end", facts(snapshot(SUBNET)).slice(0, -3), "5:1 it is no JSON"],
  [
    "a later version",
    '{ "version": 2, "snapshots": [] }',
    "1:14 version: this version of ssm-preflight reads version 1",
  ],
  ["no version", '{ "snapshots": [] }', "1:1 the key version is missing"],
  ["another file", '{ "Resources": {} }', "1:1 the key version is missing"],
  ["a list", "[]", "1:1 expected a map"],
  [
    "a misspelt type",
    facts(snapshot(SUBNET.replace("Subnet", "Subnt"))),
    "3:11 snapshots[0].resources[0].type: expected a type that snapshot writes",
  ],
  ["no ids", facts(snapshot(SUBNET.replace('"subnet-1"', ""))), "3:38 snapshots[0].resources[0].ids"],
  ["a wrong day", facts(snapshot(SUBNET, "yesterday")), "2:62 snapshots[0].taken: expected a date"],
  [
    "a short account",
    facts(snapshot(SUBNET).replace("111111111111", "1")),
    "2:14 snapshots[0].account: expected an account id",
  ],
])("%s is named with its place, and none of the file is in force", (_, text, problem) => {
  const { facts: found, problems } = read(text);
  const [first] = problems.map(({ position, message }) => `${position?.line}:${position?.column} ${message}`);
  expect(first).toContain(problem);
  expect(found.snapshots).toEqual([]);
});

test("a file that is not there is an error where it is named", () => {
  const { problems } = readFactsFile(folder, "missing.json");
  expect(problems).toEqual([{ file: "missing.json", message: expect.stringContaining("it cannot be read") }]);
});
