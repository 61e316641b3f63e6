import { notJudged } from "../../../core/infrastructure/not-judged";
import type { Declaration } from "../../../core/program/declaration";
import { asString, at } from "../../../core/program/read";
import { readTemplates, type TemplateReading } from "../../../core/readers/cloudformation";
import { onlyScenario, read } from "./support";

const HOST = `Resources:
          Host:
            Type: AWS::EC2::Instance
            Properties: { ImageId: !Ref Image }
        Parameters: { Image: { Type: String, Default: ami-of-the-body } }`;

const stackSet = (properties: string): string => `Parameters: { Ami: { Type: String } }
Resources:
  Set:
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: set
${properties}
`;

function host(reading: TemplateReading): Declaration {
  const found = onlyScenario(reading).program.declarations.find(({ type }) => type === "AWS::EC2::Instance");
  if (found === undefined) throw new Error("no host is seen");
  return found;
}

const notSeen = (reading: TemplateReading): readonly string[] =>
  notJudged(onlyScenario(reading).program).map(({ declaration, reason }) => `${declaration.name}: ${reason}`);

test("hosts of a template in a literal block stand where the block says", () => {
  const found = host(read(stackSet(`      TemplateBody: |\n        ${HOST}`)));
  expect(found).toMatchObject({
    name: "Host",
    stack: "template-Set",
    file: "template.yaml",
    position: { line: 9, column: 11 },
  });
});

test.each([
  ["a quoted text", `      TemplateBody: '{ "Resources": { "Host": { "Type": "AWS::EC2::Instance" } } }'`],
  ["a folded block", "      TemplateBody: >\n        { Resources: { Host: { Type: AWS::EC2::Instance } } }"],
  ["a function", "      TemplateBody: !Join ['', ['Resources: { Host: ', '{ Type: AWS::EC2::Instance } }']]"],
])("hosts of a template in %s stand where its key does", (_, properties) => {
  expect(host(read(stackSet(properties))).position).toEqual({ line: 7, column: 7 });
});

test("a parameter is what the stack set passes", () => {
  const passed = `      Parameters: [{ ParameterKey: Image, ParameterValue: !Ref Ami }]\n      TemplateBody: |\n        ${HOST}`;
  const found = host(read(stackSet(passed), { parameters: { Ami: "ami-of-the-set" } }));
  expect(asString(at(found.properties, "ImageId"))).toMatchObject({ value: "ami-of-the-set" });
});

test.each([
  [
    "the only ones",
    '[{ Regions: [eu-west-1], DeploymentTargets: { Accounts: ["111122223333"] } }]',
    "eu-west-1",
    "111122223333",
  ],
  [
    "several",
    '[{ Regions: [eu-west-1, eu-west-2], DeploymentTargets: { Accounts: ["1", "2"] } }]',
    undefined,
    undefined,
  ],
  ["of a group that does not tell", "[{ Regions: [eu-west-1] }, { Regions: !Ref Ami }]", undefined, undefined],
])("region and account are known where they are %s", (_, groups, region, account) => {
  const text = stackSet(`      StackInstancesGroup: ${groups}\n      TemplateBody: |\n        ${HOST}`);
  const found = host(read(text, { region: "us-east-1", account: "999999999999" }));
  expect([found.region, found.account].map((fact) => (fact.state === "known" ? fact.value : undefined))).toEqual([
    region,
    account,
  ]);
});

test("a template at hand is found by its URL", () => {
  const reading = readTemplates([
    { file: "set.yaml", text: stackSet("      TemplateURL: body.yaml") },
    { file: "body.yaml", text: "Resources: { Host: { Type: AWS::EC2::Instance } }" },
  ]);
  expect(host(reading)).toMatchObject({ name: "Host", file: "body.yaml" });
  expect(notSeen(reading)).toEqual([]);
});

test.each([
  [
    "a URL of a template that is not at hand",
    "TemplateURL: https://bucket.s3.amazonaws.com/body.yaml",
    "its template is not at hand",
  ],
  [
    "a template of unknown text",
    "TemplateBody: !Ref Ami",
    "its TemplateBody is not known before deployment or cannot be read",
  ],
])("%s is named as not judged", (_, property, reason) => {
  expect(notSeen(read(stackSet(`      ${property}`)))).toEqual([`Set: hosts in it are not seen, for ${reason}`]);
});

test.each([
  ["nested stack", "AWS::CloudFormation::Stack", "its template is not at hand"],
  ["serverless application", "AWS::Serverless::Application", "its template is not at hand"],
  ["product", "AWS::ServiceCatalog::CloudFormationProduct", "its template is not at hand"],
  ["module", "My::Own::Thing::MODULE", "CloudFormation writes modules out at deployment"],
])("a %s out of sight is named as not judged", (_, type, reason) => {
  expect(notSeen(read(`Resources: { Inner: { Type: "${type}" } }`))).toEqual([
    `Inner: hosts in it are not seen, for ${reason}`,
  ]);
});

test("a mistake in the text is a problem where it stands", () => {
  const { problems } = read(stackSet("      TemplateBody: |\n        Resources:\n          A: { Type: !Foo x }"));
  expect(problems.map(({ message, position }) => `${position?.line}:${position?.column} ${message}`)).toEqual([
    "9:22 CloudFormation knows no tag !Foo",
    "9:11 resource A has no Type that is a text",
  ]);
});
