import { at } from "../../../core/program/read";
import { readTemplates, type TemplateInput } from "../../../core/readers/cloudformation";
import { declared, show } from "./support";

const NETWORK = `
Parameters: { Cidr: { Type: String, Default: 10.0.0.0/16 } }
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: { CidrBlock: !Ref Cidr }
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: { VpcId: !Ref Vpc }
Outputs:
  SubnetId: { Value: !Ref Subnet, Export: { Name: net-subnet } }
  Named: { Value: !Ref Vpc, Export: { Name: !Sub "\${AWS::StackName}-vpc" } }
  Cidr: { Value: !Ref Cidr, Export: { Name: !Sub "\${AWS::Region}-cidr" } }
`;

const host = (subnet: string, head = ""): string =>
  `${head}\nResources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      SubnetId:\n        ${subnet}\n`;

const input = (file: string, text: string, more: Partial<TemplateInput> = {}): TemplateInput => ({
  file,
  text,
  ...more,
});

/** The subnet of `Web` in the first scenario it is declared in. */
function subnetOf(inputs: readonly TemplateInput[]): string {
  const { units, problems } = readTemplates(inputs);
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join("\n"));
  const scenario = units.flat().find(({ program }) => program.declarations.some(({ name }) => name === "Web"));
  if (scenario === undefined) throw new Error("no Web");
  return show(at(declared(scenario, "Web").properties, "SubnetId"));
}

describe("an import", () => {
  test.each([
    ["by its name", "!ImportValue net-subnet", {}, "?Subnet of net.yaml ->Subnet.Ref"],
    [
      "by a name of region",
      "Fn::ImportValue: !Sub '${AWS::Region}-cidr'",
      {},
      '"10.0.0.0/16" (parameter Cidr has its default "10.0.0.0/16")',
    ],
    ["by a stack name that is given", "!ImportValue prod-vpc", { stackName: "prod" }, "?Vpc of net.yaml ->Vpc.Ref"],
    [
      "by a stack name that is not",
      "!ImportValue prod-vpc",
      {},
      "?Vpc of net.yaml ->Vpc.Ref (output Named of stack net is what is imported)",
    ],
    ["of another stack's given name", "!ImportValue prod-vpc", { stackName: "test" }, '?ImportValue("prod-vpc")'],
    ["that nothing exports", "!ImportValue elsewhere", {}, '?ImportValue("elsewhere")'],
  ])("%s finds the output at hand: %s", (_, expression, more, expected) => {
    expect(subnetOf([input("net.yaml", NETWORK, more), input("web.yaml", host(expression))])).toBe(expected);
  });

  test("by a parameter that names the stack finds the one export that fits", () => {
    const text = host("Fn::ImportValue: !Sub '${Net}-vpc'", "Parameters: { Net: { Type: String } }");
    expect(subnetOf([input("net.yaml", NETWORK), input("web.yaml", text)])).toContain("?Vpc of net.yaml ->Vpc.Ref (");
  });

  test("that two stacks could export stays unknown", () => {
    const inputs = [
      input("a/net.yaml", NETWORK),
      input("b/net.yaml", NETWORK),
      input("web.yaml", host("!ImportValue net-subnet")),
    ];
    expect(subnetOf(inputs)).toBe('?ImportValue("net-subnet")');
  });

  test("is not taken from a stack of another region", () => {
    const inputs = [
      input("a/net.yaml", NETWORK, { region: "eu-west-1" }),
      input("b/net.yaml", NETWORK, { region: "us-east-1" }),
      input("web.yaml", host("!ImportValue net-subnet"), { region: "us-east-1" }),
    ];
    expect(subnetOf(inputs)).toBe("?Subnet of b/net.yaml ->Subnet.Ref");
  });

  test("makes one unit of the stacks, and others stay apart", () => {
    const { units } = readTemplates([
      input("other.yaml", host("subnet-1")),
      input("net.yaml", NETWORK),
      input("web.yaml", host("!ImportValue net-subnet")),
    ]);
    expect(
      units.map((scenarios) => scenarios.flatMap(({ program }) => program.declarations.map(({ id }) => id))),
    ).toEqual([["other.yaml#Web"], ["net.yaml#Vpc", "net.yaml#Subnet", "web.yaml#Web"]]);
  });

  test("keeps names of different stacks apart", () => {
    const exporting =
      "Parameters: { Id: { Type: String } }\nResources: { Q: { Type: AWS::SQS::Queue } }\nOutputs: { A: { Value: !Ref Id, Export: { Name: id } } }";
    const importing = host("!Join ['', [!ImportValue id, /, !Ref Id]]", "Parameters: { Id: { Type: String } }");
    expect(subnetOf([input("a.yaml", exporting), input("b.yaml", importing)])).toBe("`${Id of a.yaml}/${Id}`");
  });

  test("of stacks that import from each other in a circle is unknown", () => {
    const stack = (takes: string, gives: string) =>
      `Resources: { Q: { Type: AWS::SQS::Queue } }\nOutputs: { O: { Value: !ImportValue ${takes}, Export: { Name: ${gives} } } }`;
    const inputs = [
      input("a.yaml", stack("b", "a")),
      input("b.yaml", stack("a", "b")),
      input("web.yaml", host("!ImportValue a")),
    ];
    expect(subnetOf(inputs)).toMatch(/^\?output O/);
  });
});

test("Fn::GetStackOutput finds the output of a stack whose name is given", () => {
  const text = host("{ Fn::GetStackOutput: { StackName: prod, OutputName: SubnetId } }");
  expect(subnetOf([input("net.yaml", NETWORK, { stackName: "prod" }), input("web.yaml", text)])).toBe(
    "?Subnet of net.yaml ->Subnet.Ref",
  );
  expect(subnetOf([input("net.yaml", NETWORK), input("web.yaml", text)])).toBe("?GetStackOutput(prod, SubnetId)");
});

const CHILD = `
Parameters:
  SubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' }
  Size: { Type: String, Default: small }
Conditions: { Big: !Equals [!Ref Size, big] }
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      SubnetId: !Select [0, !Ref SubnetIds]
      InstanceType: !If [Big, m5.large, t3.small]
Outputs:
  Id: { Value: !Ref Web }
`;

const parent = (url: string, more = ""): string => `
Parameters: { Size: { Type: String } }
Resources:
  Subnet: { Type: AWS::EC2::Subnet }
  Role: { Type: AWS::IAM::Role }
  Nested:
    Type: AWS::CloudFormation::Stack
    ${more}
    Properties:
      TemplateURL: ${url}
      Parameters: { SubnetIds: !Join [',', [!Ref Subnet, !Ref Role]], Size: !Ref Size }
  Association:
    Type: AWS::SSM::Association
    Properties: { InstanceId: !GetAtt Nested.Outputs.Id }
`;

describe("a nested stack", () => {
  const inputs = [input("app/main.yaml", parent("./web/child.yaml")), input("app/web/child.yaml", CHILD)];

  test("is read below its parent, with what the parent passes, and not alone", () => {
    const { units, problems } = readTemplates(inputs);
    expect(problems).toEqual([]);
    const shown = units.flat().map(({ when, program }) => {
      const web = program.declarations.find(({ name }) => name === "Web");
      return web === undefined
        ? ""
        : `${when}: ${show(at(web.properties, "SubnetId"))} ${show(at(web.properties, "InstanceType"))}`;
    });
    // The child's own condition is open because the parent's parameter is.
    expect(shown).toEqual([
      'Big of child is true: ?Subnet of app/main.yaml ->Subnet.Ref "m5.large"',
      'Big of child is false: ?Subnet of app/main.yaml ->Subnet.Ref "t3.small"',
    ]);
  });

  test("gives its outputs to the parent", () => {
    const [scenario] = readTemplates(inputs).units.flat();
    if (scenario === undefined) throw new Error("no scenario");
    expect(show(at(declared(scenario, "Association").properties, "InstanceId"))).toBe(
      "?Web of app/web/child.yaml ->Web.Ref",
    );
    expect(declared(scenario, "Web")).toMatchObject({
      id: "app/web/child.yaml#Web",
      stack: "child",
      file: "app/web/child.yaml",
    });
  });

  test.each([
    [
      "the caller's answer",
      parent("https://s3.amazonaws.com/b/hash.json"),
      (location: string) => (location.includes("hash") ? "x/child.yaml" : undefined),
    ],
    ["the path of a CDK asset", parent("https://x", "Metadata: { aws:asset:path: x/child.yaml }"), undefined],
    ["the last part of its URL", parent("https://s3.amazonaws.com/b/child.yaml"), undefined],
  ])("is found by %s", (_, text, nested) => {
    const reading = readTemplates([
      input("main.yaml", text, nested === undefined ? {} : { nested }),
      input("x/child.yaml", CHILD),
    ]);
    expect(reading.units).toHaveLength(1);
    expect(reading.units[0]?.[0]?.program.declarations.map(({ id }) => id)).toContain("x/child.yaml#Web");
  });

  test("that is nested twice has declarations of its own each time", () => {
    const twice = `${parent("child.yaml")}  Again:\n    Type: AWS::CloudFormation::Stack\n    Properties: { TemplateURL: child.yaml, Parameters: { SubnetIds: subnet-1 } }\n`;
    const [scenario] = readTemplates([input("main.yaml", twice), input("child.yaml", CHILD)]).units.flat();
    const hosts = scenario?.program.declarations.filter(({ name }) => name === "Web");
    expect(hosts?.map(({ id, stack }) => `${id} ${stack}`)).toEqual([
      "child.yaml#Web child",
      "child.yaml@main-Again#Web main-Again",
    ]);
  });

  test("whose template is not at hand leaves its outputs unknown, and the program incomplete where it is given a network or role", () => {
    const [scenario] = readTemplates([
      input("main.yaml", parent("https://elsewhere/child.yaml"), { parameters: { Size: "x" } }),
    ]).units.flat();
    if (scenario === undefined) throw new Error("no scenario");
    expect(scenario.program.incomplete).toBe(
      "nested stack Nested, whose template is not at hand, may add to Subnet and Role",
    );
    expect(scenario.program.incompleteIn).toEqual(new Set(["network", "identity"]));
    expect(at(declared(scenario, "Association").properties, "InstanceId")).toMatchObject({
      kind: "unknown",
      reason: "it is output Id of nested stack Nested, whose template is not at hand",
    });
  });

  test("exists only where its parent's condition holds", () => {
    const text = parent("child.yaml", "Condition: C").replace(
      "Resources:",
      "Conditions: { C: !Equals [!Ref Size, big] }\nResources:",
    );
    const scenarios = readTemplates([input("main.yaml", text), input("child.yaml", CHILD)]).units.flat();
    expect(
      scenarios.map(({ when, program }) => `${when}: ${program.declarations.some(({ name }) => name === "Web")}`),
    ).toEqual([
      "C of main is true and Big of child is true: true",
      "C of main is false and Big of child is false: false",
    ]);
  });

  test("that nests its parent is a problem, and the rest is read", () => {
    const circle = (url: string) =>
      `Resources:\n  Nested:\n    Type: AWS::CloudFormation::Stack\n    Properties: { TemplateURL: ${url} }\n`;
    const { units, problems } = readTemplates([input("a.yaml", circle("b.yaml")), input("b.yaml", circle("a.yaml"))]);
    expect(problems.map(({ message }) => message)).toEqual([
      "nested stack Nested leads back to a.yaml, which it is itself nested in",
    ]);
    expect(units).toHaveLength(1);
  });
});
