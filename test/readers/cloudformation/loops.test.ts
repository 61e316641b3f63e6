import { at } from "../../../core/program/read";
import { declared, names, onlyScenario, read, show } from "./support";

const TEMPLATE = `
Transform: AWS::LanguageExtensions
Parameters:
  Zones: { Type: CommaDelimitedList, Default: 'a,b' }
  Given: { Type: CommaDelimitedList }
Conditions:
  Fn::ForEach::Conditions:
    - Zone
    - [a, b]
    - Is\${Zone}: !Equals ["\${Zone}", a]
Resources:
  Fn::ForEach::Hosts:
    - Zone
    - !Ref Zones
    - Host\${Zone}:
        Type: AWS::EC2::Instance
        Condition: Isa
        Properties:
          AvailabilityZone: !Sub "\${AWS::Region}\${Zone}"
          KeyName: !Ref Zone
          Fn::ForEach::Properties:
            - Name
            - [Monitoring, EbsOptimized]
            - \${Name}: true
  Fn::ForEach::Outer:
    - X
    - ["1.2", "3"]
    - Fn::ForEach::Inner:
        - Y
        - [p, q]
        - T&{X}\${Y}:
            Type: AWS::SNS::Topic
            Properties: { TopicName: "\${X}-\${Y}" }
`;

describe("Fn::ForEach", () => {
  const scenario = onlyScenario(read(TEMPLATE));

  test("makes a resource for each item, in loops within loops too", () => {
    expect(names(scenario)).toEqual(["Hosta", "Hostb", "T12p", "T12q", "T3p", "T3q"]);
    expect(show(at(declared(scenario, "T12q").properties, "TopicName"))).toBe('"1.2-q"');
  });

  test("puts the item into texts, references and property names", () => {
    expect(show(declared(scenario, "Hostb").properties)).toBe(
      '{AvailabilityZone: `${AWS::Region}b`, KeyName: "b", Monitoring: true, EbsOptimized: true}',
    );
  });

  test("says that a collection is a parameter's default, and shows resources where the loop's body stands", () => {
    expect(declared(scenario, "Hosta")).toMatchObject({
      assuming: ['parameter Zones has its default "a,b"'],
      position: { line: 15, column: 7 },
    });
  });

  test("takes the values that the caller gives", () => {
    const given = onlyScenario(read(TEMPLATE, { parameters: { Zones: "x" } }));
    expect(names(given)).toContain("Hostx");
    expect(declared(given, "Hostx").assuming).toEqual([]);
  });

  test.each([
    ["!Ref Given", "it comes from parameter Given"],
    ["text", "its collection is a literal"],
    ["[!Ref AWS::Region]", "the region is not given"],
  ])("over %s cannot be written out: a problem, and the program is incomplete", (collection, reason) => {
    const reading = read(TEMPLATE.replace("- !Ref Zones", `- ${collection}`));
    expect(reading.problems).toEqual([
      expect.objectContaining({
        message: `Fn::ForEach::Hosts cannot be written out: ${reason}`,
        position: { line: 12, column: 3 },
      }),
    ]);
    expect(onlyScenario(reading).program.incomplete).toBe(`Fn::ForEach::Hosts cannot be written out: ${reason}`);
  });

  test("of malformed shape is a problem", () => {
    const reading = read(
      "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::X: [a]\n  Q: { Type: AWS::SQS::Queue }\n",
    );
    expect(reading.problems[0]?.message).toBe(
      "Fn::ForEach::X cannot be written out: an identifier, a collection and a map were expected",
    );
    expect(names(onlyScenario(reading))).toEqual(["Q"]);
  });

  test("in loops that would make billions of resources stops", () => {
    const items = `[${Array.from({ length: 50 }, (_, index) => `i${index}`).join(", ")}]`;
    let body = "R${A}${B}${C}${D}: { Type: AWS::SQS::Queue }";
    for (const name of ["D", "C", "B", "A"])
      body = `{ 'Fn::ForEach::L${name}': [${name}, ${items}, ${body.startsWith("{") ? body : `{ '${body.split(":")[0]}': { Type: 'AWS::SQS::Queue' } }`}] }`;
    const reading = read(`Transform: AWS::LanguageExtensions\nResources: ${body}\n`);
    expect(reading.problems[0]?.message).toMatch(/it makes more than 5000 members/);
  });

  test("inside a property's value that cannot be written out leaves that value unknown", () => {
    const text = `
Transform: AWS::LanguageExtensions
Parameters: { Given: { Type: CommaDelimitedList } }
Resources:
  X:
    Type: T
    Properties:
      Tags: { a: b, "Fn::ForEach::L": [K, !Ref Given, { "\${K}": 1 }] }
`;
    expect(at(declared(onlyScenario(read(text)), "X").properties, "Tags").kind).toBe("unknown");
  });
});
