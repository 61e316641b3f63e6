import { readFileSync } from "node:fs";
import { join } from "node:path";
import type {
  Policies,
  PolicyResourceOptions,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
} from "@pulumi/policy";
import { type AnalyzerInfo, EnforcementLevel, PolicyType } from "@pulumi/pulumi/proto/analyzer_pb";
import { RULES } from "../../core/rules";
import type { EngineMessages } from "../../packs/session-manager/src/engine-messages";
import { sessionManagerPolicies } from "../../packs/session-manager/src/policies";
import { SECRET, UNKNOWN, urn } from "../readers/pulumi/support";

/** The framework's own proxy and its description of a pack, which its declarations leave out. */
const { unknownCheckingProxy }: { unknownCheckingProxy(props: object): Record<string, unknown> } =
  jest.requireActual("@pulumi/policy/proxy");
const { makeAnalyzerInfo }: { makeAnalyzerInfo(...args: readonly unknown[]): AnalyzerInfo } =
  jest.requireActual("@pulumi/policy/protoutil");

const readme = readFileSync(join(__dirname, "..", "..", "packs", "session-manager", "README.md"), "utf8").replace(
  / +\|/g,
  " |",
);

const ROOT = "pulumi:pulumi:Stack";
const INSTANCE = "aws:ec2/instance:Instance";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const SETTING = "aws:ssm/serviceSetting:ServiceSetting";
const summaryPolicy = "session-manager-summary";

interface Resource {
  readonly type: string;
  readonly name?: string;
  readonly inputs?: object;
  readonly outputs?: object;
}

const instance = (name: string, inputs: object = {}): Resource => ({
  type: INSTANCE,
  name,
  inputs,
  outputs: { iamInstanceProfile: UNKNOWN, subnetId: UNKNOWN, metadataOptions: UNKNOWN, ...inputs },
});

const bare = instance("web");
const profiled = instance("web", { iamInstanceProfile: "made-elsewhere" });

const previewing: EngineMessages = {
  preview: true,
  policies: new Map(),
  secretInputs: () => ({}),
  forgetStack: () => undefined,
};

const updating = (...mandatory: readonly string[]): EngineMessages => ({
  ...previewing,
  preview: false,
  policies: new Map(mandatory.map((policy) => [policy, { mandatory: true, config: {} }])),
});

const packFor = (engine: EngineMessages) => sessionManagerPolicies({ engine, today: "2026-01-01", folder: __dirname });

interface Said {
  readonly policy: string;
  readonly phase: "resource" | "stack";
  readonly message: string;
  readonly urn: string | undefined;
}

interface Run {
  readonly said: readonly Said[];
  /** Policies that the framework read the stack for. */
  readonly ranOnStack: readonly string[];
}

class NotApplicable extends Error {}

const options: PolicyResourceOptions = {
  protect: false,
  ignoreChanges: [],
  aliases: [],
  customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
  additionalSecretOutputs: [],
};

const surroundings = {
  opts: options,
  stackTags: new Map<string, string>(),
  isType: () => false,
  asType: () => undefined,
  getConfig: <T extends object>(): T => Object.create(null),
  notApplicable: (reason?: string): never => {
    throw new NotApplicable(reason);
  },
};

/** Hands a stack to the policies as the framework does: each resource's inputs, then all outputs. */
function run(pack: Policies, ...resources: readonly Resource[]): Run {
  const policies = pack.filter(({ enforcementLevel }) => enforcementLevel !== "disabled");
  const all = [{ type: ROOT, name: "shop-dev" }, ...resources];
  const said: Said[] = [];
  const say = (policy: string, phase: Said["phase"]) => (message: string, about?: string) => {
    said.push({ policy, phase, message, urn: about });
  };
  for (const resource of all) {
    for (const policy of policies) {
      validateResource(policy)?.(resourceArgs(resource), say(policy.name, "resource"));
    }
  }
  const ranOnStack: string[] = [];
  for (const policy of policies) {
    const validateStack = "validateStack" in policy ? policy.validateStack : undefined;
    if (validateStack === undefined) continue;
    ranOnStack.push(policy.name);
    unlessNotApplicable(() => validateStack(stackArgs(all), say(policy.name, "stack")));
  }
  return { said, ranOnStack };
}

function validateResource(policy: Policies[number]) {
  const { validateResource: validate }: Partial<ResourceValidationPolicy> = policy;
  return Array.isArray(validate) ? undefined : validate;
}

function unlessNotApplicable(validate: () => unknown): void {
  try {
    validate();
  } catch (error) {
    if (!(error instanceof NotApplicable)) throw error;
  }
}

function resourceArgs({ type, name = "it", inputs = {} }: Resource): ResourceValidationArgs {
  return { ...surroundings, type, name, urn: urn(type, name), props: unknownCheckingProxy({ ...inputs }) };
}

function stackArgs(resources: readonly Resource[]): StackValidationArgs {
  return {
    ...surroundings,
    resources: resources.map(({ type, name = "it", outputs = {} }) => ({
      ...surroundings,
      type,
      name,
      urn: urn(type, name),
      props: unknownCheckingProxy({ ...outputs }),
      dependencies: [],
      propertyDependencies: {},
    })),
  };
}

const policiesIn = ({ said }: Run) => said.map(({ policy }) => policy);

describe("the pack", () => {
  const policies = packFor(previewing);

  test("has a policy for each rule, one that listens and one that counts", () => {
    const names = policies.map(({ name }) => name);
    expect(names).toEqual(["session-manager-inputs", ...RULES.map(({ id }) => id), summaryPolicy]);
  });

  test.each(RULES)("says everything that Pulumi can show about $id", (rule) => {
    const policy = policies.find(({ name }) => name === rule.id);
    expect(policy).toMatchObject({
      displayName: rule.title,
      description: expect.stringContaining(rule.why),
      severity: expect.stringMatching(/^(low|medium|high)$/),
      framework: { reference: rule.reference },
      tags: expect.arrayContaining(["session-manager"]),
      remediationSteps: rule.fix.pulumi,
      url: rule.reference,
      configSchema: { properties: { exemptions: { type: "array" }, ...rule.options } },
    });
  });

  test("describes itself to the engine", () => {
    const info = makeAnalyzerInfo("session-manager", "1.0.0", "advisory", { policies });
    const types = info.getPoliciesList().map((policy) => [policy.getName(), policy.getPolicyType()]);
    const resourcePolicies = ["session-manager-inputs", "instance-profile-missing", "imds-disabled"];
    expect(Object.fromEntries(types)).toEqual(
      Object.fromEntries(
        policies.map(({ name }) => [
          name,
          resourcePolicies.includes(name) ? PolicyType.POLICY_TYPE_RESOURCE : PolicyType.POLICY_TYPE_STACK,
        ]),
      ),
    );
  });

  test("advises, and is silent about what is only worth knowing", () => {
    const info = makeAnalyzerInfo("session-manager", "1.0.0", "advisory", { policies });
    const levels = info.getPoliciesList().map((policy) => [policy.getName(), policy.getEnforcementlevel()]);
    const notes = RULES.filter(({ level }) => level === "note").map(({ id }) => id);
    expect(Object.fromEntries(levels)).toEqual(
      Object.fromEntries(
        policies.map(({ name }) => [
          name,
          notes.includes(name) ? EnforcementLevel.DISABLED : EnforcementLevel.ADVISORY,
        ]),
      ),
    );
  });

  test.each(RULES)("has $id in the table of its README", ({ id, title, level }) => {
    expect(readme).toContain(`| \`${id}\` | ${title} | ${level === "note" ? "disabled" : "advisory"} |`);
  });
});

describe("at preview", () => {
  test("a host without profile is found through outputs that are not known", () => {
    const { said } = run(packFor(previewing), bare);
    expect(said[0]).toMatchObject({
      policy: "instance-profile-missing",
      phase: "stack",
      urn: urn(INSTANCE, "web"),
      message: expect.stringMatching(/^instance web has no instance profile\.\nFix: Set iamInstanceProfile/),
    });
  });

  test("the framework reads the stack for one policy, those with findings and the count", () => {
    const { ranOnStack } = run(packFor(previewing), bare);
    expect(ranOnStack).toEqual(["instance-profile-missing", summaryPolicy]);
  });

  test("the framework reads a stack without hosts once, and nothing is said", () => {
    const { said, ranOnStack } = run(packFor(previewing), { type: TEMPLATE.replace("Template", "Nothing") });
    expect({ said, ranOnStack }).toEqual({ said: [], ranOnStack: [RULES[0]?.id] });
  });

  test("a host that fails in two ways is found by two policies", () => {
    const blind = instance("web", { metadataOptions: { httpEndpoint: "disabled" } });
    expect(policiesIn(run(packFor(previewing), blind))).toEqual([
      "instance-profile-missing",
      "imds-disabled",
      summaryPolicy,
    ]);
  });

  test("a second run of the same process starts anew", () => {
    const policies = packFor(previewing);
    expect(policiesIn(run(policies, bare))).toContain("instance-profile-missing");
    expect(policiesIn(run(policies, profiled))).toEqual([summaryPolicy]);
    expect(policiesIn(run(policies, bare))).toContain("instance-profile-missing");
  });

  test("nothing is said of a resource alone, not even when the rule is mandatory", () => {
    const engine = { ...updating("instance-profile-missing"), preview: true };
    expect(run(packFor(engine), bare).said.filter(({ phase }) => phase === "resource")).toEqual([]);
  });

  test("a stack that cannot be judged is said to be so, once", () => {
    const said: string[] = [];
    const resources = new Proxy([], {
      get: () => {
        throw new Error("out of order");
      },
    });
    for (const policy of packFor(previewing)) {
      const validateStack = "validateStack" in policy ? policy.validateStack : undefined;
      unlessNotApplicable(() => validateStack?.({ ...stackArgs([]), resources }, (message) => said.push(message)));
    }
    expect(said).toEqual(["ssm-preflight could not judge this stack, please report it: out of order."]);
  });
});

describe("at update", () => {
  const mandatory = updating("instance-profile-missing", "imds-disabled");

  test("a host without profile is condemned before it is created, and not again afterwards", () => {
    const { said } = run(packFor(mandatory), bare);
    expect(said.filter(({ policy }) => policy !== summaryPolicy)).toEqual([
      expect.objectContaining({ policy: "instance-profile-missing", phase: "resource" }),
    ]);
  });

  test("a rule that only advises waits for the whole stack", () => {
    const { said } = run(packFor(updating()), bare);
    expect(said[0]).toMatchObject({ policy: "instance-profile-missing", phase: "stack" });
  });

  test.each([
    ["has a launch template that may bring a profile", instance("web", { launchTemplate: { id: "lt-1" } })],
    ["is exempted by a tag", instance("web", { tags: { "ssm-preflight/ignore/all": "appliance" } })],
    ["has a profile that is not known yet", instance("web", { iamInstanceProfile: UNKNOWN })],
  ])("a host that %s is not condemned alone", (_, host) => {
    const { said } = run(packFor(mandatory), host);
    expect(said.filter(({ phase }) => phase === "resource")).toEqual([]);
  });

  test("a host in a region whose default role is declared before it is not condemned alone", () => {
    const settingId = "/ssm/managed-instance/default-ec2-instance-management-role";
    const setting = { type: SETTING, inputs: { settingId, settingValue: "service-role/host" } };
    const { said } = run(packFor(mandatory), setting, bare);
    expect(said.filter(({ phase }) => phase === "resource")).toEqual([]);
  });
});

test("a secret input is not read though the framework hands it over in clear", () => {
  const secretInputs = () => ({ metadataOptions: { httpEndpoint: SECRET } });
  const host = instance("web", { iamInstanceProfile: "made-elsewhere", metadataOptions: { httpEndpoint: "disabled" } });
  expect(policiesIn(run(packFor({ ...previewing, secretInputs }), host))).toEqual([summaryPolicy]);
});
