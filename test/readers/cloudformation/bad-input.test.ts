import { readTemplates, type TemplateInput } from "../../../core/readers/cloudformation";
import { names, read } from "./support";

const GOOD: TemplateInput = { file: "good.yaml", text: "Resources: { Web: { Type: AWS::EC2::Instance } }" };

/** Problems as `line:column message`. */
const problems = (text: string, settings: Partial<TemplateInput> = {}): readonly string[] =>
  read(text, settings).problems.map(({ position, message }) => `${position?.line}:${position?.column} ${message}`);

describe("a file that cannot be read", () => {
  test.each([
    ["broken YAML", "bad.yaml", "Resources:\n  A: 'x\n", "3:1 broken YAML: missing closing 'quote"],
    ["broken JSON", "bad.json", '{"Resources": {"A": }}', '1:21 a value was expected, and "}" stands here'],
    ["a tab", "bad.yaml", "Resources:\n\tA: 1", "2:1 a tab indents this line, and YAML takes only spaces"],
    [
      "two documents",
      "bad.yaml",
      "Resources: {}\n---\nA: 1",
      "2:1 a second YAML document begins here, and a template is a single one",
    ],
    ["nothing", "bad.yaml", "", "1:1 the file is empty"],
    ["a list", "bad.yaml", "- a", "1:1 not a CloudFormation template: it has no Resources with a Type"],
    ["a text", "bad.yaml", "hello", "1:1 not a CloudFormation template: it has no Resources with a Type"],
    [
      "something else",
      "bad.json",
      '{"name": "x"}',
      "1:1 not a CloudFormation template: it has no Resources with a Type",
    ],
    [
      "Resources of another tool",
      "bad.yaml",
      "Resources: { limits: { cpu: 1 } }",
      "1:1 not a CloudFormation template: it has no Resources with a Type",
    ],
    [
      "Resources that are a list",
      "bad.yaml",
      "Resources: [a]",
      "1:1 not a CloudFormation template: it has no Resources with a Type",
    ],
  ])("because it holds %s is a problem at its place, and other files are read", (_, file, text, expected) => {
    const { units, problems: found } = readTemplates([{ file, text, required: true }, GOOD]);
    expect(
      found.map(({ file: where, position, message }) => `${where} ${position?.line}:${position?.column} ${message}`),
    ).toEqual([`${file} ${expected}`]);
    expect(units.flat().map(names)).toEqual([["Web"]]);
  });

  test("is skipped with a note where nobody named it", () => {
    const others = [
      { file: "package.json", text: '{"name": "x"}' },
      { file: "tsconfig.json", text: "{ // comment\n}" },
      { file: "values.yaml", text: "a: 'x" },
      { file: "empty.yaml", text: "" },
    ];
    const { problems: found, skipped } = readTemplates([...others, GOOD]);
    expect(found).toEqual([]);
    expect(skipped.map(({ file }) => file)).toEqual(others.map(({ file }) => file));
  });

  test("is a problem all the same where it was meant as a template", () => {
    const { problems: found, skipped } = readTemplates([
      { file: "a.yaml", text: "Resources:\n  A:\n   Type: AWS::EC2::VPC\n  B: 'x" },
    ]);
    expect([found.length, skipped.length]).toEqual([1, 0]);
  });
});

describe("something wrong inside a template", () => {
  test.each([
    [
      "a reference to nothing",
      "Resources:\n  A:\n    Type: T\n    Properties:\n      P: !Ref Nowhere",
      "5:10 Nowhere is neither a parameter nor a resource of this template",
    ],
    [
      "a reference to nothing in a text",
      "Resources:\n  A:\n    Type: T\n    Properties:\n      P: !Sub '${AWS::Region} ${Nowhere.Arn}'",
      "5:10 Nowhere is neither a parameter nor a resource of this template",
    ],
    [
      "an attribute of nothing",
      "Resources:\n  A: { Type: T, Properties: { P: !GetAtt Nowhere.Arn } }",
      "2:34 Nowhere is neither a parameter nor a resource of this template",
    ],
    [
      "an output of nothing",
      "Resources: { A: { Type: T } }\nOutputs:\n  O: { Value: !Ref Nowhere }",
      "3:15 Nowhere is neither a parameter nor a resource of this template",
    ],
    [
      "a condition of nothing",
      "Resources: { A: { Type: T } }\nConditions:\n  C: !Equals [!Ref Nowhere, x]",
      "3:15 Nowhere is neither a parameter nor a resource of this template",
    ],
    [
      "a condition that is not defined",
      "Resources:\n  A: { Type: T, Condition: C }",
      "2:3 condition C is not defined in this template",
    ],
    [
      "a condition that is not defined in Fn::If",
      "Resources:\n  A: { Type: T, Properties: { P: !If [C, 1, 2] } }",
      "2:34 condition C is not defined in this template",
    ],
    [
      "a mapping that is not defined",
      "Resources:\n  A: { Type: T, Properties: { P: !FindInMap [M, a, b] } }",
      "2:34 mapping M is not defined in this template",
    ],
    [
      "a resource that is a text",
      "Resources:\n  A: x\n  B: { Type: T }",
      "2:3 resource A was expected to be a map with a Type",
    ],
    [
      "a resource without a type",
      "Resources:\n  A: { Properties: {} }\n  B: { Type: T }",
      "2:3 resource A has no Type that is a text",
    ],
    [
      "a type that is a map",
      "Resources:\n  A: { Type: { Rain::Module: x } }\n  B: { Type: T }",
      "2:3 resource A has no Type that is a text",
    ],
    [
      "properties that are a text",
      "Resources:\n  A: { Type: T, Properties: x }\n  B: { Type: T }",
      "2:17 Properties of resource A were expected to be a map",
    ],
    [
      "a section that is a list",
      "Parameters: [a]\nResources: { B: { Type: T } }",
      "1:1 Parameters was expected to be a map of names",
    ],
    ["a duplicate key", "Resources:\n  A: { Type: T }\n  A: { Type: U }", '3:3 the key "A" stands here a second time'],
    [
      "an unknown tag",
      "Resources:\n  A: { Type: T, Properties: { P: !Foo x } }",
      "2:34 CloudFormation knows no tag !Foo",
    ],
    [
      "a circle",
      "Resources:\n  A: { Type: T, Properties: { P: !Ref B } }\n  B: { Type: T, DependsOn: C }\n  C: { Type: T, Properties: { P: !GetAtt A.X } }",
      "2:3 circular references: A -> B -> C -> A",
    ],
    [
      "a resource that refers to itself",
      "Resources:\n  A: { Type: T, Properties: { P: !Ref A } }",
      "2:3 circular references: A -> A",
    ],
  ])("%s is a problem at its place, and the template is read", (_, text, expected) => {
    expect(problems(text)).toEqual([expected]);
    expect(read(text).units).toHaveLength(1);
  });

  test.each([
    [
      "SAM adds resources",
      "Transform: AWS::Serverless-2016-10-31\nResources: { A: { Type: T, Properties: { P: !GetAtt FnRole.Arn } } }",
    ],
    ["a macro adds resources", "Transform: Mine\nResources: { A: { Type: T, Properties: { P: !Ref Added } } }"],
    [
      "a module adds resources",
      "Resources: { M: { Type: My::Own::MODULE }, A: { Type: T, Properties: { P: !Ref M.Inner } } }",
    ],
    [
      "a branch of Fn::If breaks the circle",
      "Parameters: { P: { Type: String, Default: a } }\nConditions: { C: !Equals [!Ref P, a] }\nResources: { A: { Type: T, Properties: { P: !If [C, !Ref B, x] } }, B: { Type: T, Properties: { P: !If [C, y, !Ref A] } } }",
    ],
    ["a variable of Fn::Sub is its own", "Resources: { A: { Type: T, Properties: { P: !Sub ['${V}', { V: 1 }] } } }"],
    [
      "a policy has a Condition",
      "Resources: { A: { Type: T, Properties: { Statement: [{ Condition: { Bool: { x: 'true' } } }] } } }",
    ],
    [
      "a diamond is no circle",
      "Resources: { A: { Type: T, DependsOn: [B, C] }, B: { Type: T, DependsOn: D }, C: { Type: T, DependsOn: D }, D: { Type: T } }",
    ],
  ])("%s, which is none", (_, text) => {
    expect(problems(text)).toEqual([]);
  });

  test("that stands in many nested stacks is told once", () => {
    const child = "Resources: { A: { Type: T, Properties: { P: !Ref Nowhere } } }";
    const parent =
      "Resources: { X: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: c.yaml } }, Y: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: c.yaml } } }";
    expect(
      readTemplates([
        { file: "p.yaml", text: parent },
        { file: "c.yaml", text: child },
      ]).problems,
    ).toHaveLength(1);
  });
});

describe("huge files", () => {
  const resources = (count: number, make: (index: number) => string, separator: string): string =>
    Array.from({ length: count }, (_, index) => make(index)).join(separator);

  test("50 MB of JSON are read", () => {
    const filler = "x".repeat(2_000);
    const body = resources(
      24_000,
      (index) => `"R${index}":{"Type":"AWS::SNS::Topic","Properties":{"TopicName":"${filler}"}}`,
      ",\n",
    );
    const { units, problems: found } = read(`{"Resources":{${body}}}`, { file: "big.json" });
    expect(found).toEqual([]);
    expect(units[0]?.[0]?.program.declarations).toHaveLength(24_000);
  });

  test("more resources than any template has are refused with the limit that CloudFormation sets", () => {
    const text = `Resources:\n${resources(50_001, (index) => `  R${index}: { Type: AWS::EC2::Instance }`, "\n")}\n`;
    expect(problems(text)).toEqual([
      "1:1 these are too many resources for a template: 50001, and CloudFormation takes 500",
    ]);
  });

  test("50 MB of unusual YAML are refused with the limit that CloudFormation sets", () => {
    const text = `Resources: &all\n${"  # filler that says nothing at all, line after line\n".repeat(943_000)}  A: { Type: AWS::SNS::Topic }\n`;
    expect(problems(text)).toEqual(["1:1 the file is too big for a template: 50 MB, and CloudFormation takes 1 MB"]);
  });

  test("a value nested as deep as can be read is resolved", () => {
    const nested = `${'{"Fn::If":["C",'.repeat(300)}1${",2]}".repeat(300)}`;
    const text = `{"Conditions":{"C":{"Fn::Equals":[1,1]}},"Resources":{"A":{"Type":"T","Properties":{"P":${nested},"Q":${"[".repeat(900)}${"]".repeat(900)}}}}}`;
    const [scenario] = read(text, { file: "deep.json" }).units.flat();
    expect(scenario?.program.declarations[0]?.properties.entries.get("P")).toMatchObject({ value: 1 });
    expect(scenario?.program.declarations[0]?.properties.entries.get("Q")).toMatchObject({ kind: "list" });
  });

  test("a long chain of references neither overflows nor is a circle", () => {
    const body = resources(20_000, (index) => `  R${index}: { Type: T, DependsOn: R${index + 1} }`, "\n");
    expect(problems(`Resources:\n${body}\n  R20000: { Type: T }\n`)).toEqual([]);
  });
});

describe("input that grows without end when it is resolved", () => {
  test("names made of names twice over stop at what a template can hold", () => {
    const roles = Array.from(
      { length: 60 },
      (_, index) =>
        `  R${index}: { Type: AWS::IAM::Role, Properties: { RoleName: !Sub "\${R${index + 1}}\${R${index + 1}}" } }`,
    );
    const text = `Resources:\n${roles.join("\n")}\n  R60: { Type: AWS::IAM::Role, Properties: { RoleName: ab } }\n`;
    const [scenario] = read(text).units.flat();
    const first = JSON.stringify(scenario?.program.declarations[0]?.properties.entries.get("RoleName") ?? "");
    expect(first).toContain("it is longer than a template can be");
    expect(first.length).toBeLessThan(2_000_000);
  });

  test("stacks that nest the next template twice stop", () => {
    const nested = (name: string, url: string) =>
      `  ${name}: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ${url} } }\n`;
    const inputs = Array.from({ length: 30 }, (_, index) => ({
      file: `t${index}.yaml`,
      text: `Resources:\n${nested("A", `t${index + 1}.yaml`)}${nested("B", `t${index + 1}.yaml`)}`,
    }));
    expect(readTemplates(inputs).problems[0]?.message).toBe("there are more than 5000 stacks; this one is left out");
  });

  test("a condition that asks thousands of questions stays open", () => {
    const questions = Array.from({ length: 3000 }, (_, index) => `!Equals [!Ref P, v${index}]`).join(", ");
    const text = `Parameters: { P: { Type: String } }\nConditions: { C: !Or [${questions}] }\nResources:\n  Web: { Type: AWS::EC2::Instance, Properties: { IamInstanceProfile: !If [C, a, b] } }\n`;
    const [scenario, ...others] = read(text).units.flat();
    expect(others).toEqual([]);
    expect(scenario?.program.declarations[0]?.properties.entries.get("IamInstanceProfile")).toMatchObject({
      reason: "it depends on condition C, which the template leaves open",
    });
  });
});

test("no input at all is no unit and no problem", () => {
  expect(readTemplates([])).toEqual({ units: [], problems: [], skipped: [], openParameters: [], parameterNames: [] });
});
