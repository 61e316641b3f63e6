import { join } from "node:path";
import { buildTimeout, prepareEngine } from "../../engine/engine";
import { assessCase, casesIn } from "../../support/program-cases";
import { withoutNames } from "../../support/without-names";

const RULE = "preferences-permissions-missing";

const LOST =
  "need kms:GenerateDataKey on key <name> of bucket <name>, and role <name> does not allow it, so no session logs are kept";

jest.setTimeout(60_000);
beforeAll(prepareEngine, buildTimeout);

const cases = casesIn(join(__dirname, "bucket-key")).map(
  (program) => [program.name, program.language, program] as const,
);

/** Of a bucket for session logs that a customer's key encrypts. */
test.each(cases)("the key of the log bucket, %s in %s", async (name, _language, program) => {
  const { reading, assessment } = await assessCase(program);
  const [host] = assessment.hosts;
  const findings = assessment.findings.filter(({ rule }) => rule === RULE);
  expect(host?.links.preferences.status).toBe("pass");
  expect(findings.map(({ level }) => level)).toEqual(name === "failing" ? ["warning"] : []);
  for (const { message } of findings) expect(withoutNames(message, reading)).toContain(LOST);
  const isOpen = host?.links.preferences.reason.includes("whether it may write the logs is not known");
  expect(isOpen).toBe(name === "unknown");
});
