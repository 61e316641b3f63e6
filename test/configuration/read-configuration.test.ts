import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { valuesOf } from "../../core/configuration/configuration";
import { RULES } from "../../core/rules";
import { parseConfiguration } from "../../input/configuration";
import { parse, problemsOf } from "./support";

const PAGE = path.resolve(__dirname, "../../docs/configuration.md");

describe("a mistake is named with its place and what was expected", () => {
  test.each([
    ["failon: error", "1:1 there is no key failon; did you mean failOn?"],
    ["xyzzy: 1", expect.stringContaining("1:1 there is no key xyzzy; the keys are $schema, rules, failOn")],
    ["failOn: fatal", '1:9 failOn: expected error, warning, note, unknown, never, not "fatal"'],
    ["failOn: warnin", expect.stringContaining("did you mean warning?")],
    ["rules:\n  agent-mising: off", "2:3 rules: there is no key agent-mising; did you mean agent-missing?"],
    ["rules:\n  agent-missing: of", expect.stringContaining("2:18 rules.agent-missing: expected off, error")],
    ["rules: [agent-missing]", "1:8 rules: expected a map of rules to levels, not a list"],
    [
      "rules:\n  agent-outdated:\n    minimumVersio: 3.1.1927.0",
      "3:5 rules.agent-outdated: there is no key minimumVersio; did you mean minimumVersion?",
    ],
    [
      "rules:\n  agent-outdated: { minimumVersion: 3.1 }",
      '2:37 rules.agent-outdated.minimumVersion: expected a text such as 2.3.68.0, not "3.1"',
    ],
    [
      "rules: { instance-too-small: { minimumMemory: 8192 } }",
      "1:47 rules.instance-too-small.minimumMemory: expected a whole number from 512 to 4096, not 8192",
    ],
    [
      "rules: { root-volume-unwatched: { minimumSize: 1.5 } }",
      '1:48 rules.root-volume-unwatched.minimumSize: expected a whole number from 1 to 16384, not "1.5"',
    ],
    [
      "rules: { agent-missing: { level: of } }",
      expect.stringContaining("1:34 rules.agent-missing.level: expected off, error"),
    ],
    [
      "rules: { agent-missing: { minimumVersion: 3.1.1927.0 } }",
      expect.stringContaining("there is no key minimumVersion"),
    ],
    ["rules: { agent-missing: [off] }", expect.stringContaining("rules.agent-missing: expected off, error")],
    ["rules: []", "1:8 rules: expected a map of rules to levels, not a list"],
    ["parameters: [a]", "1:13 parameters: expected a map of names to values, not a list"],
    ["images: [[]]", "1:10 images[0]: expected a map with the key id, not a list"],
    ["images: [ami-1]", '1:10 images[0]: expected a map with the key id, not "ami-1"'],
    ["minimumAgent: 3.1", '1:15 minimumAgent: expected a version such as 3.1.1927.0, not "3.1"'],
    ["account: 1234", '1:10 account: expected an account id of 12 digits, not "1234"'],
    ["region: Ireland", '1:9 region: expected a region such as eu-west-1, not "Ireland"'],
    ["parameters:\n  A: { b: c }", expect.stringContaining("2:6 parameters.A: expected a text, a number")],
    ["parameters:\n  A:", expect.stringContaining("parameters.A: expected a text, a number, true or false")],
    ["include: infra", '1:10 include: expected a list of globs, not "infra"'],
    ["templates:\n  - region: eu-west-1", "2:5 templates[0]: the key files is missing"],
    ["images:\n  - id: i-1", '2:9 images[0].id: expected an image id such as ami-0abc, not "i-1"'],
    ["images:\n  - { id: ami-1, agent: yes }", '2:25 images[0].agent: expected true or false, not "yes"'],
    ["facts:\n  subnets:\n    - id: subnet-1", "3:7 facts.subnets[0]: the key kind is missing"],
    ["facts:\n  vpc: []", "2:3 facts: there is no key vpc; did you mean vpcs?"],
    [
      "exemptions:\n  - { rule: '*', resource: Host, reason: why, expires: 1.1.2027 }",
      '2:56 exemptions[0].expires: expected a date of the form YYYY-MM-DD, not "1.1.2027"',
    ],
    ["exemptions:\n  - { rule: '*', resource: Host, reason: '' }", expect.stringContaining("expected a reason")],
    ["exemptions:\n  - { rule: agent-mising, resource: Host, reason: why }", expect.stringContaining("agent-missing?")],
    ["people: [alice]", '1:10 people[0]: expected a map with the key name, not "alice"'],
    ["people:\n  - preferences: true", "2:5 people[0]: the key name is missing"],
    [
      "people:\n  - { name: alice, prefrences: true }",
      "2:20 people[0]: there is no key prefrences; did you mean preferences?",
    ],
    ["- failOn: error", "1:1 expected a map of settings, not a list"],
    ["failOn: error\nfailOn: note", expect.stringContaining("2:1 it is no YAML: Map keys must be unique")],
    ["--- {}\n--- {}", "2:1 it holds a second document"],
    ["failOn: [error", expect.stringContaining("it is no YAML")],
  ])("%j", (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  test("in JSON and in package.json too", () => {
    const text = '{\n\t"name": "app",\n\t"ssm-preflight": {\n\t\t"failon": "error"\n\t}\n}';
    const { problems } = parseConfiguration({ file: "package.json", text, key: "ssm-preflight" }, []);
    expect(problems).toEqual([expect.objectContaining({ file: "package.json", position: { line: 4, column: 3 } })]);
  });
});

describe("what is valid is in force beside what is not", () => {
  test("other keys", () => {
    const { configuration } = parse(
      "failOn: fatal\nregion: eu-west-1\nrules: { agent-missing: of, imds-disabled: note }",
    );
    expect(configuration).toMatchObject({ region: "eu-west-1", rules: [{ rule: "imds-disabled", level: "note" }] });
    expect(configuration.failOn).toBeUndefined();
  });

  test("other items of a list, which keep their places", () => {
    const { configuration } = parse("images:\n  - id: ami-1\n  - id: x\n  - id: y\n  - id: ami-2\n");
    expect(configuration.images).toEqual([
      { id: "ami-1", position: { line: 2, column: 5 } },
      { id: "ami-2", position: { line: 5, column: 5 } },
    ]);
  });

  test("but no half of an item: an exemption without its wrong date would hold for ever", () => {
    const text = "exemptions:\n  - { rule: '*', resource: Host, reason: why, expires: never }";
    expect(parse(text).configuration.exemptions).toEqual([]);
  });

  test("and nothing of a file that is no YAML", () => {
    expect(parse("region: eu-west-1\nfailOn: [").configuration.region).toBeUndefined();
  });
});

describe("a right file", () => {
  test.each(["", "# nothing yet\n", "{}", "rules:\nimages:\nfacts:\n  subnets:\n"])("may be empty: %j", (text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  test("keeps account ids and parameters as they are written", () => {
    const { configuration, problems } = parse(
      "account: 012345678901\nparameters: { Version: 1.10, Id: 007, On: true, Ids: [a, b], Text: x }",
    );
    expect(problems).toEqual([]);
    expect(configuration.account).toBe("012345678901");
    expect(valuesOf(configuration.parameters)).toEqual({
      Version: "1.10",
      Id: "007",
      On: "true",
      Ids: "a,b",
      Text: "x",
    });
  });

  test("is what docs/configuration.md shows", () => {
    const [, example = ""] = /```yaml\n([\s\S]*?)```/.exec(readFileSync(PAGE, "utf8")) ?? [];
    const { configuration, problems } = parse(example);
    expect(problems).toEqual([]);
    expect(configuration).toMatchObject({
      failOn: "warning",
      account: "123456789012",
      templates: [{ files: ["infra/us/*.yaml"], region: "us-east-1" }],
      images: [{ id: "ami-0aaa" }, { id: "ami-0bbb", agent: { carried: true, source: "ssm-preflight.yaml" } }],
      vpcs: [{ id: "vpc-0aaa", endpoints: ["ssm", "ssmmessages", "s3"], source: "ssm-preflight.yaml" }],
      subnets: [
        { id: "subnet-0aaa", kind: "isolated", source: "ssm-preflight.yaml" },
        { id: "subnet-0bbb", publicAddresses: true },
      ],
      instanceProfiles: [{ name: "web", role: "web-role" }],
      roles: [{ managedPolicies: ["AmazonSSMManagedInstanceCore"] }, { sessionManager: true }],
      proxies: [{ address: "proxy.example.com:3128", source: "ssm-preflight.yaml" }],
      defaultHostManagement: true,
      people: [
        { name: "alice", sessions: true, preferences: false },
        { name: "SessionAdmins", sessions: false, preferences: true },
      ],
      exemptions: [{ resource: "BuildHost", exemption: { rule: "instance-profile-missing", expires: "2027-06-30" } }],
    });
    expect(configuration.rules.map(({ rule }) => RULES.some(({ id }) => id === rule))).toEqual([true, true, true]);
  });
});

describe("whatever stands in a file", () => {
  const KEYS = [
    "rules",
    "failOn",
    "account",
    "parameters",
    "templates",
    "include",
    "images",
    "facts",
    "people",
    "exemptions",
  ];
  const INNER = [
    "id",
    "kind",
    "files",
    "agent",
    "subnets",
    "vpcs",
    "roles",
    "rule",
    "resource",
    "reason",
    "expires",
    "agent-missing",
    "name",
  ];
  const { tree } = fc.letrec((tie) => ({
    leaf: fc.oneof(
      fc.constantFrom("ami-1", "subnet-1", "private", "off", "*", "x"),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    ),
    map: fc.dictionary(fc.constantFrom(...INNER), tie("tree"), { maxKeys: 4 }),
    tree: fc.oneof({ depthSize: "small" }, tie("leaf"), tie("map"), fc.array(tie("tree"), { maxLength: 3 })),
  }));

  test("is read to the end, each mistake with its place, and what is in force is free of mistakes", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...KEYS), tree, { maxKeys: 5 }), (content) => {
        const { configuration, problems } = parse(JSON.stringify(content, null, 1));
        expect(problems.filter(({ position }) => position === undefined)).toEqual([]);
        const { images, subnets, people, exemptions } = configuration;
        const entries = [...images, ...subnets, ...people, ...exemptions];
        for (const { position } of entries) {
          expect(position).toBeDefined();
          expect(problems.map((problem) => problem.position)).not.toContainEqual(position);
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each(["a: &a [*a]", "? [x]\n: 1", "%YAML 9.9\n---\n{}", "--- {}\n--- {}", "\u0000", "a: !!binary x", "'"])(
    "%j is no crash",
    (text) => {
      expect(() => parse(text)).not.toThrow();
    },
  );
});
