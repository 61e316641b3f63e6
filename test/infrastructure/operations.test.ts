import { known } from "../../core/facts/fact";
import { buildInfrastructure } from "../../core/infrastructure/build";
import { notJudged } from "../../core/infrastructure/not-judged";
import { readTemplates } from "../../core/readers/cloudformation";
import { hostOf, infrastructureOf } from "../support/templates";

const HOST = "Host: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-1, Tags: [{ Key: team, Value: web }] } }\n";

describe("an association that runs on hosts", () => {
  const covers = (resource: string) => {
    const infrastructure = infrastructureOf(HOST + resource);
    const [association] = infrastructure.associations;
    const covered = association?.covers(hostOf(infrastructure, "Host"));
    return covered?.state === "known" ? covered.value : covered?.state;
  };
  const stateManager = (target: string) =>
    `Update: { Type: AWS::SSM::Association, Properties: { Name: AWS-UpdateSSMAgent, ${target} } }`;

  test.each([
    ["every instance", stateManager("Targets: [{ Key: InstanceIds, Values: ['*'] }]"), true],
    ["its id", stateManager("Targets: [{ Key: InstanceIds, Values: [!Ref Host] }]"), true],
    ["its id alone", stateManager("InstanceId: !Ref Host"), true],
    ["its tag", stateManager("Targets: [{ Key: 'tag:team', Values: [web, db] }]"), true],
    ["another value of its tag", stateManager("Targets: [{ Key: 'tag:team', Values: [db] }]"), false],
    ["a tag it has not", stateManager("Targets: [{ Key: 'tag:env', Values: [web] }]"), false],
    ["an id outside of the program", stateManager("Targets: [{ Key: InstanceIds, Values: [i-123] }]"), "unknown"],
    ["a resource group", stateManager("Targets: [{ Key: 'resource-groups:Name', Values: [all] }]"), "unknown"],
    ["nothing", stateManager("AssociationName: x"), false],
    [
      "the target of a maintenance window",
      `Target: { Type: AWS::SSM::MaintenanceWindowTarget, Properties: { ResourceType: INSTANCE, WindowId: mw-1, Targets: [{ Key: 'tag:team', Values: [web] }] } }
Task: { Type: AWS::SSM::MaintenanceWindowTask, Properties: { WindowId: mw-1, TaskArn: AWS-UpdateSSMAgent, Targets: [{ Key: WindowTargetIds, Values: [!Ref Target] }] } }`,
      true,
    ],
    [
      "hosts of a maintenance window that is turned off",
      `Window: { Type: AWS::SSM::MaintenanceWindow, Properties: { Name: nightly, Enabled: false } }
Task: { Type: AWS::SSM::MaintenanceWindowTask, Properties: { WindowId: !Ref Window, TaskArn: AWS-UpdateSSMAgent, Targets: [{ Key: InstanceIds, Values: [!Ref Host] }] } }`,
      false,
    ],
  ])("targets %s", (_, resource, expected) => {
    expect(covers(resource)).toBe(expected);
  });
});

test.each([
  ["its own region", "eu-west-1", "111122223333", true],
  ["another region", "eu-central-1", "111122223333", false],
  ["another account", "eu-west-1", "444455556666", false],
])("an association is held against a host of %s", (_, region, account, expected) => {
  const text = `Resources:
  Update: { Type: AWS::SSM::Association, Properties: { Name: AWS-UpdateSSMAgent, Targets: [{ Key: InstanceIds, Values: ["*"] }] } }
  ${HOST}`;
  const [unit] = readTemplates([
    { file: "test.yaml", text, required: true, region: "eu-west-1", account: "111122223333" },
  ]).units;
  const infrastructure = buildInfrastructure(unit?.[0]?.program ?? { declarations: [] });
  const host = hostOf(infrastructure, "Host");
  const declaration = { ...host.declaration, region: known(region), account: known(account) };
  expect(infrastructure.associations[0]?.covers({ ...host, declaration })).toMatchObject({ value: expected });
});

describe("a session document", () => {
  const preferences = (content: string) => {
    const [document] = infrastructureOf(
      `Preferences: { Type: AWS::SSM::Document, Properties: { DocumentType: Session, Name: SSM-SessionManagerRunShell, Content: ${content} } }`,
    ).documents;
    return document?.preferences;
  };

  test.each([
    ["a map", "{ schemaVersion: '1.0', inputs: { s3BucketName: logs, kmsKeyId: '' } }"],
    ["JSON text", `'{"schemaVersion":"1.0","inputs":{"s3BucketName":"logs","kmsKeyId":""}}'`],
    ["YAML text", `"schemaVersion: '1.0'\\ninputs:\\n  s3BucketName: logs\\n"`],
  ])("is read when its content is %s", (_, content) => {
    expect(preferences(content)).toMatchObject({
      state: "known",
      value: { s3BucketName: { state: "known", value: "logs" }, kmsKeyId: { state: "absent" } },
    });
  });

  test("is unknown when its content is no document", () => {
    expect(preferences("'{ not closed'")).toMatchObject({ state: "unknown" });
  });

  test("of another type is no session document", () => {
    expect(
      infrastructureOf("Command: { Type: AWS::SSM::Document, Properties: { DocumentType: Command, Content: {} } }")
        .documents,
    ).toEqual([]);
  });
});

describe("Quick Setup", () => {
  test("of Default Host Management counts as the service setting it makes", () => {
    const { serviceSettings } = infrastructureOf(
      "Setup: { Type: AWS::SSMQuickSetup::ConfigurationManager, Properties: { ConfigurationDefinitions: [{ Type: AWSQuickSetupType-DHMC, Parameters: {} }] } }",
    );
    expect(serviceSettings.map(({ settingId }) => settingId)).toMatchObject([
      { state: "known", value: "/ssm/managed-instance/default-ec2-instance-management-role" },
    ]);
  });
});

describe("what sessions can be opened to and is no host", () => {
  const reasons = (resources: string) => {
    const { declarations } = infrastructureOf(resources);
    return notJudged({ declarations }).map(({ declaration }) => declaration.name);
  };

  test.each([
    [
      "an ECS service with ECS Exec",
      "Web: { Type: AWS::ECS::Service, Properties: { EnableExecuteCommand: true } }",
      ["Web"],
    ],
    ["an ECS service without", "Web: { Type: AWS::ECS::Service, Properties: { TaskDefinition: web } }", []],
    [
      "a cluster in Auto Mode",
      "Main: { Type: AWS::EKS::Cluster, Properties: { ComputeConfig: { Enabled: true } } }",
      ["Main"],
    ],
    ["a cluster without", "Main: { Type: AWS::EKS::Cluster, Properties: { Name: main } }", []],
    [
      "ECS Managed Instances",
      "Own: { Type: AWS::ECS::CapacityProvider, Properties: { ManagedInstancesProvider: { InfrastructureRoleArn: a } } }",
      ["Own"],
    ],
    [
      "a capacity provider of a group",
      "Own: { Type: AWS::ECS::CapacityProvider, Properties: { AutoScalingGroupProvider: { AutoScalingGroupArn: a } } }",
      [],
    ],
    ["a Fargate profile", "Pods: { Type: AWS::EKS::FargateProfile, Properties: { ClusterName: main } }", ["Pods"]],
  ])("%s is named: %s", (_, resources, expected) => {
    expect(reasons(resources)).toEqual(expected);
  });
});
