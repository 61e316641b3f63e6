import type { Scenario } from "../../../core/program/declaration";
import { asString, at } from "../../../core/program/read";
import { declared, names, onlyScenario, read, show } from "./support";

const scenariosOf = (text: string, parameters: Record<string, string> = {}): readonly Scenario[] =>
  read(text, { parameters }).units.flat();

const summary = (scenarios: readonly Scenario[], hostProperty = "IamInstanceProfile"): readonly string[] =>
  scenarios.map((scenario) => {
    const hosts = scenario.program.declarations.filter(({ type }) => type === "AWS::EC2::Instance");
    const shown = hosts.map((host) => `${host.name}=${show(at(host.properties, hostProperty))}`).join(" ");
    const judged =
      scenario.hosts === undefined ? "all" : [...scenario.hosts].map((id) => id.replace(/^.*#/, "")).join();
    return `${scenario.when ?? "always"} [${judged}] ${shown}`;
  });

const HOST = (name: string, profile: string, condition = "") => `
  ${name}:
    Type: AWS::EC2::Instance${condition === "" ? "" : `\n    Condition: ${condition}`}
    Properties: { IamInstanceProfile: ${profile} }`;

const template = (parameters: string, conditions: string, ...hosts: string[]): string =>
  `Parameters: ${parameters}\nConditions:\n${conditions.trim().replace(/^ */gm, "  ")}\nResources:${hosts.join("")}\n`;

describe("conditions that the template decides", () => {
  test("make one scenario that needs no words", () => {
    const text = template(
      "{ P: { Type: String, Default: a } }",
      "C: !Equals [!Ref P, a]",
      HOST("Web", "!If [C, one, other]"),
    );
    expect(summary(scenariosOf(text))).toEqual(['always [all] Web="one" (parameter P has its default "a")']);
  });

  test.each([
    ["!Equals [!Ref P, a]", true],
    ["!Not [!Equals [!Ref P, a]]", false],
    ["!And [!Equals [!Ref P, a], !Equals [!Ref Open, x], !Equals [1, 2]]", false],
    ["!Or [!Equals [!Ref Open, x], !Equals [!Ref P, a]]", true],
    ["!Equals [!Join ['', [!Ref P, b]], ab]", true],
    ["!Equals [!Ref Flag, true]", true],
    ["!Equals [!Sub 'x${Open}', y]", false],
    ["!Equals [!Sub '${Open}x', !Ref Flag]", false],
    ["!Equals [!Ref Open, !Ref Open]", true],
    ["!Equals [!Sub 'a${Open}b${Open}c', acb]", false],
    ["!Equals [!Ref Subnet, '']", false],
    ["!Equals [!Ref Choice, c]", false],
    ["!Equals [!Select [1, !Split ['/', 'a/b']], b]", true],
  ])("%s is %s", (condition, truth) => {
    const parameters =
      "{ P: { Type: String, Default: a }, Open: { Type: String }, Flag: { Type: String, Default: 'true' }, Subnet: { Type: AWS::EC2::Subnet::Id }, Choice: { Type: String, AllowedValues: [a, b] } }";
    const text = template(parameters, `C: ${condition}`, HOST("Web", "!If [C, one, other]"));
    const profile = at(declared(onlyScenario(read(text)), "Web").properties, "IamInstanceProfile");
    expect(asString(profile)).toMatchObject({ value: truth ? "one" : "other" });
  });

  test("stand on no more defaults than they need", () => {
    const text = template(
      "{ A: { Type: String, Default: a }, B: { Type: String, Default: b } }",
      "C: !Or [!And [!Equals [!Ref A, a], !Equals [!Ref B, b]], !Equals [!Ref B, b]]",
      HOST("Web", "p", "C"),
    );
    expect(declared(onlyScenario(read(text)), "Web").assuming).toEqual(['parameter B has its default "b"']);
  });
});

describe("open conditions", () => {
  test("make a scenario for each way they can turn out", () => {
    const text = template(
      "{ P: { Type: String } }",
      "Create: !Equals [!Ref P, 'yes']",
      HOST("Web", "!If [Create, one, !Ref AWS::NoValue]"),
    );
    expect(summary(scenariosOf(text))).toEqual(['Create is true [Web] Web="one"', "Create is false [Web] Web=absent"]);
  });

  test("that compare one parameter are never true together", () => {
    const text = template(
      "{ Env: { Type: String } }",
      "Prod: !Equals [!Ref Env, prod]\nDev: !Equals [!Ref Env, dev]",
      HOST("Web", "!If [Prod, a, !If [Dev, b, c]]"),
    );
    expect(summary(scenariosOf(text))).toEqual([
      'Prod is true and Dev is false [Web] Web="a"',
      'Prod is false and Dev is true [Web] Web="b"',
      'Prod is false and Dev is false [Web] Web="c"',
    ]);
  });

  test("fix the parameter's value where they name it, and only then", () => {
    const text = template(
      "{ Env: { Type: String } }",
      "Prod: !Equals [!Ref Env, prod]",
      HOST("Web", "!If [Prod, !Ref Env, !Sub 'x-${Env}']"),
    );
    expect(summary(scenariosOf(text))).toEqual(['Prod is true [Web] Web="prod"', "Prod is false [Web] Web=`x-${Env}`"]);
  });

  test("leave the last of the allowed values where all others are excluded", () => {
    const text = template(
      "{ Env: { Type: String, AllowedValues: [prod, dev] } }",
      "Prod: !Equals [!Ref Env, prod]",
      HOST("Web", "!Sub '${Env}-x'", ""),
      HOST("Db", "!If [Prod, a, !Ref Env]"),
    );
    expect(summary(scenariosOf(text))).toEqual([
      'always [Web] Web=`${Env}-x` Db=?If(Prod, "a", Env)',
      'Prod is true [Db] Web="prod-x" Db="a"',
      'Prod is false [Db] Web="dev-x" Db="dev"',
    ]);
  });

  test("that hang together by `Fn::Or` make one scenario for each outcome", () => {
    const text = template(
      "{ Env: { Type: String } }",
      "Big: !Or [!Equals [!Ref Env, a], !Equals [!Ref Env, b], !Equals [!Ref Env, c]]",
      HOST("Web", "!If [Big, one, two]"),
    );
    expect(summary(scenariosOf(text))).toEqual(['Big is true [Web] Web="one"', 'Big is false [Web] Web="two"']);
  });

  test("compare other unknown values consistently too", () => {
    const text = template(
      "{ Names: { Type: CommaDelimitedList } }",
      "Empty: !Equals [!Join ['', !Ref Names], '']\nX: !Equals [!Join ['', !Ref Names], x]\nSame: !Equals [!Select [0, !Ref Names], !Ref AWS::StackName]",
      HOST("Web", "!If [Empty, a, !If [X, b, !If [Same, c, d]]]"),
    );
    expect(scenariosOf(text).map(({ when }) => when)).toEqual([
      "Empty is true and X is false and Same is true",
      "Empty is true and X is false and Same is false",
      "Empty is false and X is true and Same is true",
      "Empty is false and X is true and Same is false",
      "Empty is false and X is false and Same is true",
      "Empty is false and X is false and Same is false",
    ]);
  });

  test("decide the region of a scenario", () => {
    const text = template(
      "{}",
      "East: !Equals [!Ref AWS::Region, us-east-1]",
      HOST("Web", "!If [East, !Ref AWS::Partition, b]"),
    );
    const [east, other] = scenariosOf(text);
    expect(east?.program.declarations[0]?.region).toMatchObject({ state: "known", value: "us-east-1" });
    expect(other?.program.declarations[0]?.region).toMatchObject({ state: "unknown" });
    expect(summary(scenariosOf(text))[0]).toBe('East is true [Web] Web="aws"');
  });

  test("of which the host's own is one leave the host out where it is false", () => {
    const text = template("{ P: { Type: String } }", "C: !Equals [!Ref P, a]", HOST("Web", "p", "C"));
    expect(scenariosOf(text).map(names)).toEqual([["Web"], []]);
  });

  test("have a bearing only on hosts that reach them", () => {
    const text = template(
      "{ A: { Type: String }, B: { Type: String } }",
      "CA: !Equals [!Ref A, a]\nCB: !Equals [!Ref B, b]\nCT: !Equals [!Ref A, t]",
      HOST("Free", "p"),
      HOST("Web", "!If [CA, one, two]"),
      HOST("Db", "!Ref Profile"),
      "\n  Profile:\n    Type: AWS::IAM::InstanceProfile\n    Properties: { Roles: [!If [CB, x, y]] }",
      "\n  Topic:\n    Type: AWS::SNS::Topic\n    Condition: CT\n    Properties: { TopicName: !Ref Web }",
    );
    expect(scenariosOf(text).map(({ when, hosts }) => `${when} ${[...(hosts ?? [])].join()}`)).toEqual([
      "undefined template.yaml#Free",
      "CA is true template.yaml#Web",
      "CA is false template.yaml#Web",
      "CB is true template.yaml#Db",
      "CB is false template.yaml#Db",
    ]);
  });

  test.each([
    ["AWS::EC2::Route", "{ RouteTableId: !Ref Table }", true],
    ["AWS::EC2::VPCEndpoint", "{ VpcId: !Ref Vpc }", true],
    ["AWS::EC2::SecurityGroupEgress", "{ GroupId: !Ref Group }", true],
    ["AWS::SSM::Association", "{ Targets: [{ Key: InstanceIds, Values: [!Ref Web] }] }", true],
    ["AWS::CloudWatch::Alarm", "{ Dimensions: [{ Name: InstanceId, Value: !Ref Web }] }", false],
    ["AWS::EC2::Subnet", "{ VpcId: !Ref Vpc }", false],
  ])("of a %s that is attached to what the host stands on matter: %s %s", (type, properties, matters) => {
    const text = template(
      "{ P: { Type: String } }",
      "C: !Equals [!Ref P, a]",
      "\n  Web:\n    Type: AWS::EC2::Instance\n    Properties: { SubnetId: !Ref Subnet, SecurityGroupIds: [!Ref Group] }",
      "\n  Subnet:\n    Type: AWS::EC2::Subnet\n    Properties: { VpcId: !Ref Vpc }",
      "\n  Vpc:\n    Type: AWS::EC2::VPC",
      "\n  Group:\n    Type: AWS::EC2::SecurityGroup\n    Properties: { VpcId: !Ref Vpc }",
      "\n  Table:\n    Type: AWS::EC2::RouteTable\n    Properties: { VpcId: !Ref Vpc }",
      "\n  Joined:\n    Type: AWS::EC2::SubnetRouteTableAssociation\n    Properties: { SubnetId: !Ref Subnet, RouteTableId: !Ref Table }",
      `\n  Attached:\n    Type: ${type}\n    Condition: C\n    Properties: ${properties}`,
    );
    expect(scenariosOf(text)).toHaveLength(matters ? 2 : 1);
  });

  test("inside properties that no diagnosis rests on make no scenario", () => {
    const text = template(
      "{ P: { Type: String } }",
      "C: !Equals [!Ref P, a]",
      "\n  Web:\n    Type: AWS::EC2::Instance\n    Properties: { Tags: [{ Key: x, Value: !If [C, a, b] }] }",
    );
    expect(scenariosOf(text)).toHaveLength(1);
  });

  test("stay open beyond the cap, and what they decide is unknown with their name", () => {
    const count = 12;
    const parameters = Array.from({ length: count }, (_, index) => `P${index}: { Type: String }`).join(", ");
    const conditions = Array.from({ length: count }, (_, index) => `C${index}: !Equals [!Ref P${index}, x]`).join("\n");
    const properties = Array.from({ length: count }, (_, index) => `A${index}: !If [C${index}, a, b]`).join(", ");
    const scenarios = scenariosOf(
      template(
        `{ ${parameters} }`,
        conditions,
        `\n  Web:\n    Type: AWS::EC2::Instance\n    Properties: { ${properties} }`,
      ),
    );
    expect(scenarios).toHaveLength(64);
    expect(scenarios[0]?.when).toBe(
      "C0 is true and C1 is true and C2 is true and C3 is true and C4 is true and C5 is true",
    );
    const [first] = scenarios;
    if (first === undefined) throw new Error("no scenario");
    expect(at(declared(first, "Web").properties, "A11")).toMatchObject({
      reason: "it depends on condition C11, which the template leaves open",
    });
  });

  test("on a resource that stay open leave only its references sure", () => {
    const count = 12;
    const parameters = Array.from({ length: count }, (_, index) => `P${index}: { Type: String }`).join(", ");
    const conditions = Array.from({ length: count }, (_, index) => `C${index}: !Equals [!Ref P${index}, x]`).join("\n");
    const routes = Array.from(
      { length: count },
      (_, index) =>
        `\n  R${index}:\n    Type: AWS::EC2::Route\n    Condition: C${index}\n    Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0 }`,
    );
    const text = template(
      `{ ${parameters} }`,
      conditions,
      "\n  Web:\n    Type: AWS::EC2::Instance\n    Properties: { SubnetId: !Ref Subnet }",
      "\n  Subnet:\n    Type: AWS::EC2::Subnet",
      "\n  Table:\n    Type: AWS::EC2::RouteTable",
      "\n  Joined:\n    Type: AWS::EC2::SubnetRouteTableAssociation\n    Properties: { SubnetId: !Ref Subnet, RouteTableId: !Ref Table }",
      ...routes,
    );
    const [first] = scenariosOf(text);
    const open = first?.program.declarations.filter(
      ({ type, properties }) => type === "AWS::EC2::Route" && at(properties, "DestinationCidrBlock").kind === "unknown",
    );
    expect(open).toHaveLength(6);
    expect(open?.[0]?.properties.entries.get("RouteTableId")).toMatchObject({
      kind: "unknown",
      refersTo: [{ id: "template.yaml#Table" }],
      reason: expect.stringMatching(/^whether R\d+ is created depends on condition C\d+, which is open$/),
    });
  });

  test("that refer to themselves can turn out either way", () => {
    const text = template("{}", "A: !Condition B\nB: !Condition A", HOST("Web", "!If [A, x, y]"));
    expect(scenariosOf(text).map(({ when }) => when)).toEqual(["A is true", "A is false"]);
  });
});

describe("a host that the defaults leave out", () => {
  const BASTION = template(
    "{ Create: { Type: String, Default: 'No', AllowedValues: ['Yes', 'No'] }, Size: { Type: String, Default: small } }",
    "CreateBastion: !Equals [!Ref Create, 'Yes']\nBig: !Equals [!Ref Size, big]",
    HOST("Web", "!Ref Create"),
    HOST("Bastion", "!If [Big, big, !Ref Create]", "CreateBastion"),
  );

  test("is judged in a scenario that turns it on by the parameter's other value", () => {
    expect(summary(scenariosOf(BASTION))).toEqual([
      'always [Web] Web="No" (parameter Create has its default "No")',
      'CreateBastion is true [Bastion] Web="Yes" Bastion="Yes" (parameter Size has its default "small")',
    ]);
  });

  test("is not judged where the caller's own value leaves it out", () => {
    expect(scenariosOf(BASTION, { Create: "No" }).map(names)).toEqual([["Web"]]);
  });

  test("is judged like all others where the caller's own value wants it", () => {
    expect(summary(scenariosOf(BASTION, { Create: "Yes" }))).toEqual([
      'always [all] Web="Yes" Bastion="Yes" (parameter Size has its default "small")',
    ]);
  });

  test("may need something that is not known", () => {
    const text = template(
      "{ Key: { Type: String, Default: '' } }",
      "C: !Not [!Equals [!Ref Key, '']]",
      HOST("Web", "!Sub 'x${Key}'", "C"),
    );
    expect(summary(scenariosOf(text))).toEqual(["always [] ", "C is true [Web] Web=`x${Key}`"]);
  });

  test("keeps the defaults that do not stand in its way", () => {
    const text = template(
      "{ A: { Type: String, Default: x }, B: { Type: String, Default: y } }",
      "C: !And [!Equals [!Ref A, go], !Not [!Equals [!Ref B, z]]]",
      HOST("Web", "!Sub '${A}${B}'", "C"),
    );
    expect(summary(scenariosOf(text))[1]).toBe('C is true [Web] Web="goy" (parameter B has its default "y")');
  });

  test("whose condition nothing can bring about is judged as if it did", () => {
    const text = template("{}", "Never: !Equals [a, b]", HOST("Web", "!If [Never, x, y]", "Never"));
    expect(summary(scenariosOf(text))[1]).toBe('Never is true [Web] Web="x"');
  });

  test("is told apart by other conditions as well", () => {
    const text = template(
      "{ A: { Type: String, Default: off }, B: { Type: String } }",
      "Wanted: !Equals [!Ref A, 'on']\nOpen: !Equals [!Ref B, x]",
      HOST("Web", "!If [Open, one, two]", "Wanted"),
    );
    expect(scenariosOf(text).map(({ when }) => when)).toEqual([
      undefined,
      "Wanted is true and Open is true",
      "Wanted is true and Open is false",
    ]);
  });
});

describe("the Rules section", () => {
  const ways = (rule: string) => {
    const text = template(
      "{ Env: { Type: String, AllowedValues: [dev, test, prod] }, Size: { Type: String } }",
      "IsProd: !Equals [!Ref Env, prod]",
      HOST("Web", "!If [IsProd, one, other]"),
    );
    return summary(scenariosOf(`${text}Rules: { Rule: ${rule} }\n`));
  };
  const both = ['IsProd is true [Web] Web="one"', 'IsProd is false [Web] Web="other"'];

  test.each<readonly [title: string, rule: string, expected: readonly string[]]>([
    ["leaves one value", "{ Assertions: [{ Assert: !Equals [!Ref Env, prod] }] }", ['IsProd is true [all] Web="one"']],
    [
      "leaves one value of a list",
      "{ Assertions: [{ Assert: { Fn::Contains: [[prod], !Ref Env] } }] }",
      ['IsProd is true [all] Web="one"'],
    ],
    ["leaves several", "{ Assertions: [{ Assert: { Fn::Contains: [[prod, test], !Ref Env] } }] }", both],
    [
      "is about other parameters",
      "{ RuleCondition: !Equals [!Ref Size, big], Assertions: [{ Assert: !Equals [!Ref Env, prod] }] }",
      both,
    ],
    ["refuses everything", "{ Assertions: [{ Assert: !Equals [!Ref Env, gamma] }] }", both],
    ["cannot be read", "{ Assertions: [{ Assert: { Fn::EachMemberIn: [[a], [b]] } }] }", both],
  ])("%s", (_, rule, expected) => {
    expect(ways(rule)).toEqual(expected);
  });
});
