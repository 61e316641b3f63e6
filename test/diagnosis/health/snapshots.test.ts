import { allow, isolatedHost, publicHost } from "../preferences/hosts";
import { findingsOf, readingOf } from "../preferences/support";

const PLACE = { account: "111122223333", region: "eu-west-1" };
const LINUX = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
const WINDOWS = "/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base";

const withWindows = (resources: string): string =>
  resources.replace(LINUX, WINDOWS).replace("InstanceType: t3.micro", "$&\n    Tags: [{ Key: Name, Value: web }]");

const isolated = (...services: readonly string[]): string =>
  withWindows(isolatedHost(allow('"*"', '"*"'), ...services));

const policyOf = (statement: string): string =>
  isolated("ec2").replace(
    /ec2Endpoint:\n {2}Type: .*\n {2}Properties:/,
    `$&\n    PolicyDocument: { Statement: [${statement}] }`,
  );

const DOCUMENT = "AWSEC2-VssInstallAndSnapshot";
const BY_TAG = '{ Key: "tag:Name", Values: [web] }';
const GROUP = '{ Key: "resource-groups:Name", Values: [backups] }';

const association = (document: string, target = BY_TAG): string =>
  `Backups: { Type: AWS::SSM::Association, Properties: { Name: ${document}, Targets: [${target}] } }`;

const task = (target: string): string => `Window:
  Type: AWS::SSM::MaintenanceWindow
  Properties: { Name: nightly, Schedule: rate(1 day), Duration: 2, Cutoff: 1, AllowUnassociatedTargets: false }
Targets:
  Type: AWS::SSM::MaintenanceWindowTarget
  Properties: { WindowId: !Ref Window, ResourceType: INSTANCE, Targets: [${target}] }
Backups:
  Type: AWS::SSM::MaintenanceWindowTask
  Properties:
    WindowId: !Ref Window
    TaskType: RUN_COMMAND
    TaskArn: ${DOCUMENT}
    Priority: 1
    Targets: [{ Key: WindowTargetIds, Values: [!Ref Targets] }]`;

const VSS = association(DOCUMENT);
const CALLS = "Backups has the host make snapshots with VSS, for which it calls EC2, and";
const CUT_OFF = `${CALLS} it has no way there: route table Routes (subnet Subnet) has no default route, and VPC Vpc has no endpoint for ec2`;
const OPEN = `${CALLS} whether it has a way there is not known:`;

const findings = (resources: string) => findingsOf(readingOf(resources, PLACE), "ec2-endpoint-missing");

test.each([
  ["no document is run", isolated()],
  ["another document is run", `${isolated()}\n${association("AWS-RunPatchBaseline")}`],
  ["whoever runs the command makes the snapshots", `${isolated()}\n${association("AWSEC2-ManageVssIO")}`],
  [
    "another host makes snapshots",
    `${isolated()}\n${association("AWSEC2-CreateVssSnapshot", '{ Key: "tag:Name", Values: [db] }')}`,
  ],
  ["there is an endpoint", `${isolated("ec2")}\n${VSS}`],
  [
    "there is an endpoint whose policy lets tags through",
    `${policyOf('{ Effect: Allow, Principal: "*", Action: "ec2:*", Resource: "*" }')}\n${VSS}`,
  ],
  ["there is a way to the internet", `${withWindows(publicHost())}\n${VSS}`],
  ["the host runs Linux", `${isolated().replace(WINDOWS, LINUX)}\n${VSS}`],
  ["no command reaches the host", `${isolated().replaceAll(/ssm(messages)?"/g, 'sqs"')}\n${VSS}`],
  ["the host may not be meant and may have a way", `${isolated("ec2-fips")}\n${association(DOCUMENT, GROUP)}`],
])("nothing is said where %s", (_, resources) => {
  expect(findings(resources)).toEqual([]);
});

test.each([
  ["an association by its tag", `${isolated()}\n${VSS}`],
  ["an association by its id", `${isolated()}\n${association(DOCUMENT, "{ Key: InstanceIds, Values: [!Ref Web] }")}`],
  [
    "an association with the document's ARN",
    `${isolated()}\n${association("arn:aws:ssm:eu-west-1::document/AWSEC2-CreateVssSnapshot")}`,
  ],
  ["a maintenance window", `${isolated()}\n${task(BY_TAG)}`],
  ["an association, beside an endpoint for ec2messages", `${isolated("ec2messages")}\n${VSS}`],
])("snapshots of a host without a way fail, made by %s", (_, resources) => {
  expect(findings(resources)).toEqual([`warning ec2-endpoint-missing -: ${CUT_OFF}`]);
});

test("snapshots fail that the policy of the endpoint refuses", () => {
  const reading = `${policyOf('{ Effect: Allow, Principal: "*", Action: "ec2:Describe*", Resource: "*" }')}\n${VSS}`;
  expect(findings(reading)).toEqual([
    `warning ec2-endpoint-missing PolicyDocument: ${CALLS} it has no way there: the policy of endpoint ec2Endpoint does not allow ec2:CreateTags`,
  ]);
});

test("snapshots that the host makes by an association of its own fail", () => {
  const own = isolated().replace("InstanceType: t3.micro", `$&\n    SsmAssociations: [{ DocumentName: ${DOCUMENT} }]`);
  expect(findings(own)).toEqual([`warning ec2-endpoint-missing -: ${CUT_OFF.replace("Backups", "Web")}`]);
});

const OWN_POLICY =
  '{ Effect: Allow, Principal: "*", Action: "*", Resource: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": o-example } } }';

const TELLS_VPC = `Custom:
  Type: Custom::Anything
  Properties: { ServiceToken: "arn:aws:lambda:eu-west-1:111122223333:function:anything", Vpc: !Ref Vpc }`;

test.each([
  [
    "the host may not be meant",
    `${isolated()}\n${association(DOCUMENT, GROUP)}`,
    `${CUT_OFF}; whether Backups covers the host is not known: it targets by resource-groups:Name, which the program does not show`,
  ],
  [
    "the host may run Linux",
    `${isolated().replace(/ImageId: .*/, "ImageId: ami-0123456789abcdef0")}\n${VSS}`,
    `${CUT_OFF}; whether the host runs Windows is not known: ami-0123456789abcdef0 does not tell`,
  ],
  [
    "the endpoint answers the FIPS name",
    `${isolated("ec2-fips")}\n${VSS}`,
    `${OPEN} route table Routes (subnet Subnet) has no default route, and endpoint ec2-fipsEndpoint answers the FIPS name only`,
  ],
  [
    "the policy of the endpoint may refuse it",
    `${policyOf(OWN_POLICY)}\n${VSS}`,
    `${OPEN} whether the policy of endpoint ec2Endpoint allows ec2:CreateTags is not known`,
  ],
  [
    "the subnet is not known",
    `${isolated().replace("SubnetId: !Ref Subnet\n    SecurityGroupIds: [!Ref Group]\n    IamInstanceProfile", "IamInstanceProfile")}\n${VSS}`,
    `${OPEN} the subnet of instance Web is not known`,
  ],
  ["a custom resource may add the endpoint", `${isolated()}\n${VSS}\n${TELLS_VPC}`, `${OPEN} route table Routes`],
])("a note says what is open where %s", (_, resources, message) => {
  expect(findings(resources)).toEqual([expect.stringContaining(`note ec2-endpoint-missing -: ${message}`)]);
});
