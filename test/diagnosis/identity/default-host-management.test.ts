import { identityDiagnosis } from "../../../core/diagnosis/identity/identity";
import { absent, known, unknown } from "../../../core/facts/fact";
import type { Host, Infrastructure } from "../../../core/infrastructure/model";
import { record } from "../../../core/program/value";
import {
  attachedPolicy,
  declaration,
  host,
  hostWith,
  infrastructure,
  instanceProfile,
  policyDocument,
  properties,
  role,
  type Sketch,
  serviceSetting,
} from "../../support/model";

const SETTING = "/ssm/managed-instance/default-ec2-instance-management-role";
const ROLE = "service-role/AWSSystemsManagerDefaultEC2InstanceManagementRole";
const on = serviceSetting("HostManagement", SETTING, ROLE);

const judge = (subject: Host, changes: Partial<Infrastructure> = { serviceSettings: [on] }) =>
  identityDiagnosis(infrastructure(changes))(subject);

const statuses = (subject: Host, changes?: Partial<Infrastructure>) => {
  const { instanceProfile: profile, permissions } = judge(subject, changes);
  return [profile.status, permissions.status];
};

const granting = (...actions: readonly string[]) => [
  attachedPolicy("policy Web", { Statement: { Effect: "Allow", Action: actions, Resource: "*" } }),
];

const tokens = (httpTokens: Host["metadataOptions"]["httpTokens"]): Partial<Host> => ({
  metadataOptions: { httpEndpoint: absent(), httpTokens },
});

describe("a host without a profile", () => {
  it("is managed where the setting is on, as long as agent and IMDSv2 allow", () => {
    const { instanceProfile: profile, permissions } = judge(host("Web"));
    expect(profile).toMatchObject({
      status: "pass",
      assuming: ["its SSM Agent is 3.2.582.0 or newer", "it uses IMDSv2"],
    });
    expect(profile.reason).toContain("Default Host Management Configuration (HostManagement) gives it a role");
    expect(permissions).toMatchObject({
      status: "pass",
      assuming: [
        "the role it names has AmazonSSMManagedEC2InstanceDefaultPolicy",
        "its SSM Agent is 3.2.582.0 or newer",
        "it uses IMDSv2",
      ],
    });
  });

  it("needs no assumption on IMDSv2 that it requires itself", () => {
    expect(judge(host("Web", tokens(known("required")))).instanceProfile).toMatchObject({
      status: "pass",
      assuming: ["its SSM Agent is 3.2.582.0 or newer"],
    });
  });

  type Row = readonly [what: string, changes: Partial<Infrastructure>, expected: readonly string[]];
  const anEarlierRegion = { region: known("eu-west-1"), stack: "other" };
  const rows: readonly Row[] = [
    ["no setting", {}, ["fail", "fail"]],
    [
      "another setting",
      { serviceSettings: [serviceSetting("S", "/ssm/parameter-store/high-throughput-enabled", "true")] },
      ["fail", "fail"],
    ],
    ["the setting turned off", { serviceSettings: [serviceSetting("S", SETTING, "$None")] }, ["fail", "fail"]],
    [
      "the setting by its ARN",
      { serviceSettings: [serviceSetting("S", `arn:aws:ssm:eu-west-1:111122223333:servicesetting${SETTING}`, ROLE)] },
      ["pass", "pass"],
    ],
    [
      "a role name that is not known",
      { serviceSettings: [serviceSetting("S", SETTING, unknown("it comes from parameter Role"))] },
      ["unknown", "unknown"],
    ],
    [
      "a setting in another stack, whose place is not known",
      { serviceSettings: [serviceSetting("S", SETTING, ROLE, { stack: "other" })] },
      ["unknown", "unknown"],
    ],
    [
      "a setting in a region, and a host whose region is not known",
      { serviceSettings: [serviceSetting("S", SETTING, ROLE, anEarlierRegion)] },
      ["unknown", "unknown"],
    ],
    [
      "the resource of its own",
      { declarations: [declaration("AWS::SSM::DefaultHostManagementConfiguration", "D")] },
      ["pass", "pass"],
    ],
    ["Quick Setup for hosts", { declarations: [quickSetup("AWSQuickSetupType-SSMHostMgmt")] }, ["unknown", "unknown"]],
    [
      "Quick Setup for something else",
      { declarations: [quickSetup("AWSQuickSetupType-PatchPolicy")] },
      ["fail", "fail"],
    ],
    [
      "Quick Setup of an unknown type",
      { declarations: [quickSetup("«? it comes from parameter Type»")] },
      ["unknown", "unknown"],
    ],
  ];
  test.each(rows)("with %s", (_, changes, expected) => {
    expect(statuses(host("Web"), changes)).toEqual(expected);
  });

  const here = declaration("AWS::EC2::Instance", "Web", { region: known("us-east-1"), account: known("1") });
  const targets: readonly (readonly [targets: Sketch, expected: string])[] = [
    [{ TargetRegions: "us-east-1" }, "pass"],
    [{ TargetRegions: "eu-west-1, us-east-1" }, "pass"],
    [{ TargetRegions: "eu-west-1" }, "fail"],
    [{ TargetRegions: "«? it comes from parameter Regions»" }, "unknown"],
    [{}, "unknown"],
    [{ TargetRegions: "us-east-1", TargetAccounts: "1,2" }, "pass"],
    [{ TargetRegions: "us-east-1", TargetAccounts: "2" }, "fail"],
    [{ TargetRegions: "us-east-1", TargetOrganizationalUnits: "ou-1" }, "unknown"],
    [{ TargetRegions: "eu-west-1", TargetOrganizationalUnits: "ou-1" }, "fail"],
  ];
  test.each(targets)("with Quick Setup for %j: %s", (parameters, expected) => {
    const manager = quickSetup("AWSQuickSetupType-DHMC", parameters);
    const serviceSettings = [{ declaration: manager, settingId: known(SETTING), settingValue: known("its role") }];
    expect(statuses(host("Web", { declaration: here }), { declarations: [manager], serviceSettings })[0]).toBe(
      expected,
    );
  });

  it("leaves it open where the region of the host is not known", () => {
    const manager = quickSetup("AWSQuickSetupType-DHMC", { TargetRegions: "us-east-1" });
    const serviceSettings = [{ declaration: manager, settingId: known(SETTING), settingValue: known("its role") }];
    expect(statuses(host("Web"), { declarations: [manager], serviceSettings })).toEqual(["unknown", "unknown"]);
  });

  it("is not managed from another region or account", () => {
    const elsewhere = { region: known("eu-west-1"), account: known("1") };
    const there = { region: known("us-east-1"), account: known("2") };
    const managed = { region: known("us-east-1"), account: known("1"), stack: "other" };
    const at = (place: Parameters<typeof serviceSetting>[3]) =>
      statuses(host("Web", { declaration: here }), { serviceSettings: [serviceSetting("S", SETTING, ROLE, place)] });
    expect(at(elsewhere)).toEqual(["fail", "fail"]);
    expect(at(there)).toEqual(["fail", "fail"]);
    expect(at(managed)).toEqual(["pass", "pass"]);
  });

  it("is left open where it offers IMDSv1 as well, or may", () => {
    expect(statuses(host("Web", tokens(known("optional"))))).toEqual(["unknown", "unknown"]);
    expect(statuses(host("Web", tokens(unknown("it comes from parameter Tokens"))))).toEqual(["unknown", "unknown"]);
  });

  it("gets no credentials without the metadata service either", () => {
    const off = { httpEndpoint: known("disabled"), httpTokens: absent() };
    expect(judge(host("Web", { metadataOptions: off })).instanceProfile.status).toBe("fail");
  });

  it("is no launch template: a launch may still bring a profile", () => {
    expect(statuses(host("Template", { kind: "launchTemplate" }))).toEqual(["unknown", "unknown"]);
  });
});

function quickSetup(type: string, parameters: Sketch = {}) {
  return declaration("AWS::SSMQuickSetup::ConfigurationManager", "QuickSetup", {
    properties: properties({ ConfigurationDefinitions: [{ Type: type, Parameters: parameters }] }),
  });
}

describe("a role that the program declares for the setting", () => {
  const trustsSsm: Sketch = {
    Statement: { Effect: "Allow", Principal: { Service: "ssm.amazonaws.com" }, Action: "sts:AssumeRole" },
  };
  const managedBy = (grants: ReturnType<typeof granting>, trust: Sketch = trustsSsm): Partial<Infrastructure> => {
    const hostRole = role("HostRole", { trustPolicy: policyDocument(trust), policies: grants });
    const setting = serviceSetting("HostManagement", SETTING, unknown("it is made on deployment"), {
      properties: record({
        SettingValue: {
          kind: "unknown",
          reason: "it is made on deployment",
          refersTo: [{ id: hostRole.declaration.id }],
        },
      }),
    });
    return { serviceSettings: [setting], roles: [hostRole] };
  };

  it("is judged like any other", () => {
    expect(statuses(host("Web"), managedBy(granting("ssm:*", "ssmmessages:*")))).toEqual(["pass", "pass"]);
    expect(statuses(host("Web"), managedBy(granting("ssm:*")))).toEqual(["pass", "fail"]);
  });

  it("has to trust Systems Manager", () => {
    const trustsEc2: Sketch = {
      Statement: { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
    };
    expect(statuses(host("Web"), managedBy(granting("*"), trustsEc2))).toEqual(["pass", "unknown"]);
  });

  it("is found by its name as well", () => {
    const hostRole = role("HostRole", {
      declaration: declaration("AWS::IAM::Role", "HostRole", { properties: properties({ RoleName: "Fleet" }) }),
      trustPolicy: policyDocument(trustsSsm),
      policies: granting("s3:*"),
    });
    const changes = {
      serviceSettings: [
        serviceSetting("S", SETTING, "service-role/Fleet", {
          properties: properties({ SettingValue: "service-role/Fleet" }),
        }),
      ],
      roles: [hostRole],
    };
    expect(statuses(host("Web"), changes)).toEqual(["pass", "fail"]);
  });
});

describe("a host with a profile", () => {
  type Row = readonly [what: string, subject: Host, expected: readonly string[]];
  const imported = attachedPolicy("policy Imported", unknown("it is imported"));
  const rows: readonly Row[] = [
    ["uses a role that grants everything", hostWith(role("WebRole")), ["pass", "pass"]],
    [
      "falls back where its role may not register",
      hostWith(role("WebRole", { policies: granting("s3:*") })),
      ["pass", "pass"],
    ],
    [
      "stays with a role that registers, whatever it lacks",
      hostWith(role("WebRole", { policies: granting("ssm:*") })),
      ["pass", "fail"],
    ],
    [
      "is left open where the role may or may not register",
      hostWith(role("WebRole", { policies: [imported] })),
      ["pass", "unknown"],
    ],
    [
      "is left open where the role cannot be assumed",
      hostWith(role("WebRole", { trustPolicy: policyDocument({ Statement: [] }) })),
      ["unknown", "pass"],
    ],
    [
      "is left open where the profile is empty",
      hostWith(known(instanceProfile("P", absent()))),
      ["unknown", "unknown"],
    ],
    ["is left open where the profile is out of sight", hostWith(unknown("it is imported")), ["unknown", "unknown"]],
  ];
  test.each(rows)("%s", (_, subject, expected) => {
    expect(statuses(subject)).toEqual(expected);
  });

  it("is left open where the role may not register and the setting is not known", () => {
    const changes = { serviceSettings: [serviceSetting("S", SETTING, unknown("it comes from parameter Role"))] };
    expect(statuses(hostWith(role("WebRole", { policies: granting("s3:*") })), changes)).toEqual(["pass", "unknown"]);
  });
});
