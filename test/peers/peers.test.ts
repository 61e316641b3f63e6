import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { DeclarationHead } from "../../core/program/declaration";
import { shortName } from "../../core/program/names";
import { buildTimeout, prepareEngine } from "../engine/engine";
import { expectGolden, goldenText } from "../support/golden";
import { type AssessedCase, assessCases, casesIn, type ProgramCase } from "../support/program-cases";

/**
 * Programs that other tools judge wrongly: eleven small ones, of which two are well, and one for each defect found in their
 * sources. For each the rule that must speak, and the resource; none for a program that is well.
 */
const EXPECTED: Readonly<Record<string, string>> = {
  "a-no-profile": "instance-profile-missing Host",
  "b-isolated-subnet": "no-route-to-session-manager Host",
  "c-no-ssm-permission": "ssm-permissions-missing Host",
  "d-deny-ssmmessages": "ssm-permissions-missing Host",
  "e-endpoint-group-closed": "endpoint-unreachable Host",
  "f-dns-hostnames-off": "endpoint-unreachable Host",
  "g-ssmmessages-missing": "ssmmessages-endpoint-missing Host",
  "h-profile-from-launch-template": "",
  "i-group-without-profile": "instance-profile-missing Group",
  "j-nonsense-preferences": "preferences-invalid Preferences",
  "k-private-set-up": "",
  "defect-launch-configuration": "instance-profile-missing Group",
  "defect-property-override": "instance-profile-missing Host",
  "defect-unnamed-templates": "imds-disabled HardHost",
  "defect-not-action": "",
  "defect-vpc-cidr-attribute": "",
  "defect-ec2messages": "ssmmessages-endpoint-missing Host",
  "defect-ssmmessages-for-ssm": "ssm-endpoint-missing Host",
  "defect-profile-by-name": "",
  "defect-instance-overrides-template": "",
  "defect-valid-session-document": "",
};

const programs = Object.keys(EXPECTED).flatMap((situation) =>
  casesIn(join(__dirname, situation)).map((program) => ({ situation, program })),
);

let assessed: ReadonlyMap<ProgramCase, AssessedCase | Error>;

beforeAll(async () => {
  await prepareEngine();
  assessed = await assessCases(programs.map(({ program }) => program));
}, buildTimeout);

function outcome(program: ProgramCase): AssessedCase {
  const found = assessed.get(program);
  if (found === undefined || found instanceof Error) throw found ?? new Error(`${program.file} was not assessed`);
  return found;
}

test.each(programs.map(({ situation, program }) => [situation, program.language, program] as const))(
  "%s in %s reports what its golden file says",
  (_situation, _language, program) => {
    const { reading, assessment } = outcome(program);
    expect(reading.problems).toEqual([]);
    expectGolden(program.golden, goldenText(assessment));
  },
);

/** `HardHost`, `hard-host` and the construct `Example/HardHost/Resource` are one. */
function isNamed(declaration: DeclarationHead, name: string): boolean {
  const plain = (part: string) => part.replaceAll("-", "").toLowerCase();
  return shortName(declaration).split("/").map(plain).includes(plain(name));
}

test.each(programs.map(({ situation, program }) => [situation, program.language, program] as const))(
  "%s in %s is found on the right resource, and nothing else is",
  (situation, _language, program) => {
    const [rule = "", resource = ""] = EXPECTED[situation]?.split(" ") ?? [];
    const findings = outcome(program).assessment.findings.filter(({ level }) => level !== "note");
    const found = findings.map((finding) => [finding.rule, isNamed(finding.resource, resource)]);
    expect(found).toEqual(findings.map(() => [rule, true]));
    expect(findings.length > 0).toBe(rule !== "");
  },
);

test("no situation is left out of the table", () => {
  const folders = readdirSync(__dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).filter((name) => EXPECTED[name] === undefined)).toEqual([]);
});
