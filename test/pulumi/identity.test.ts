import { buildTimeout, type EngineResult, runProgram } from "../engine/engine";
import { preparePack, saidOf, sessionManagerPack, showingUnknowns, verdictsOf } from "./pack";
import { prepareCommandLine, saidByCommandLine, saidByPack } from "./parity";
import { identityProgram } from "./programs/identity";

jest.setTimeout(60_000);

const run = { program: identityProgram, policyPacks: [sessionManagerPack(showingUnknowns)] };
let preview: EngineResult;
let update: EngineResult;

beforeAll(async () => {
  await Promise.all([preparePack(), prepareCommandLine()]);
  preview = await runProgram({ ...run, operation: "preview-json" });
  update = await runProgram({ ...run, operation: "export" });
}, buildTimeout);

const proven: readonly string[] = [];

test.each([
  ["without a profile", "no-profile", ["instance-profile-missing"]],
  ["whose profile is in the launch template", "profile-of-template", proven],
  ["whose launch template has no profile either", "bare-template-instance", ["instance-profile-missing"]],
  ["whose profile holds no role", "profile-without-role", ["instance-profile-without-role"]],
  ["whose metadata service is off", "no-metadata", ["imds-disabled"]],
  ["whose role comes from another component", "component-role", proven],
  ["whose role from another component is too weak", "weak-component-role", ["ssm-permissions-missing"]],
  ["with a RolePolicyAttachment", "role-policy-attachment", proven],
  ["with a PolicyAttachment", "policy-attachment", proven],
  ["with managedPolicyArns", "managed-policy-arns", proven],
  ["with RolePolicyAttachmentsExclusive", "attachments-exclusive", proven],
  ["with inlinePolicies", "inline-policies", proven],
  ["with a RolePolicy", "role-policy", proven],
  ["with RolePoliciesExclusive that keep the policy", "policies-exclusive", proven],
  ["with a customer managed policy of unknown ARN", "customer-policy", proven],
  ["with a policy that is not known beside one that is", "interpolated-and-known", proven],
  ["whose role has no policy", "no-permissions", ["ssm-permissions-missing"]],
  ["whose policy only registers", "registration-only", ["ssm-permissions-missing"]],
  ["whose role trusts another service", "trusts-lambda", ["role-trust-missing"]],
  ["whose trust policy comes from getPolicyDocument", "trust-document", proven],
])("a host %s is judged before anything exists", (_, name, rules) => {
  const { findings, unknown } = verdictsOf(preview);
  expect(findings[name] ?? []).toEqual(rules);
  expect(unknown[name]).not.toEqual(expect.arrayContaining(["instanceProfile"]));
  expect(unknown[name]?.includes("permissions")).toBe(name === "no-metadata");
});

test.each([
  ["interpolated", "permissions", 'it comes from Bucket "logs" and is known only after deployment'],
  ["outside-profile", "instanceProfile", "made-elsewhere is not declared in this program"],
  ["outside-role", "permissions", "made-elsewhere is not declared in this program"],
])("what decides about host %s is named when %s are not known", (name, link, reason) => {
  const { findings, unknown } = verdictsOf(preview);
  expect(findings).not.toHaveProperty(name);
  expect(unknown[name]).toContain(link);
  expect(saidOf(preview, name)).toContain(reason);
});

test("a finding stands on the host, names the other end, and says what to write", () => {
  const said = saidOf(preview, "registration-only");
  expect(said).toContain("role registration-only grants ssm:UpdateInstanceInformation but none of ssmmessages:");
  expect(said).toContain("\nFix: Attach arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore");
});

test("what preview could not know is decided at update", () => {
  const { findings } = verdictsOf(preview);
  const decided = { interpolated: ["ssm-permissions-missing"] };
  expect(verdictsOf(update).findings).toEqual({ ...findings, ...decided });
});

test.each(["preview --json", "stack export"])("the command line says the same of %s", async (source) => {
  const result = source === "stack export" ? update : preview;
  expect(result.exitCode).toBe(0);
  expect(saidByPack(result)).toEqual(await saidByCommandLine(result));
});

test.each(["preview", "update"])("nothing is said twice at %s", (operation) => {
  const said = saidByPack(operation === "update" ? update : preview);
  expect(said).toEqual([...new Set(said)]);
});
