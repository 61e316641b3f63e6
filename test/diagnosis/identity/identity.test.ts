import { type IdentityVerdicts, identityDiagnosis } from "../../../core/diagnosis/identity/identity";
import { problemsOf } from "../../../core/diagnosis/verdict";
import { absent, known, unknown } from "../../../core/facts/fact";
import type { Host, Infrastructure, Role } from "../../../core/infrastructure/model";
import {
  ALL_FIVE,
  attachedPolicy,
  declaration,
  host,
  hostWith,
  infrastructure,
  instanceProfile,
  policyDocument,
  role,
  type Sketch,
} from "../../support/model";

const judge = (subject: Host, changes: Partial<Infrastructure> = {}): IdentityVerdicts =>
  identityDiagnosis(infrastructure(changes))(subject);

const FIVE = [
  "ssm:UpdateInstanceInformation",
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
];

const granting = (...actions: readonly string[]): Sketch => ({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: actions, Resource: "*" },
});

const trustsLambda = policyDocument({
  Statement: { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
});

const statuses = ({ instanceProfile: profile, permissions }: IdentityVerdicts) => [profile.status, permissions.status];

describe("the instance profile and the permissions of an instance", () => {
  type Row = readonly [
    what: string,
    subject: Host,
    profile: readonly [status: string, reason: string],
    permissions: readonly [status: string, reason: string],
  ];
  const rows: readonly Row[] = [
    [
      "no profile",
      host("Web"),
      ["fail", "instance Web has no instance profile"],
      ["fail", "instance Web has no role to hold permissions"],
    ],
    [
      "a profile with a working role",
      hostWith(role("WebRole")),
      ["pass", "instance profile WebProfile holds role WebRole, which EC2 may assume"],
      ["pass", "role WebRole grants what a session needs through policy Session"],
    ],
    [
      "a profile out of sight",
      hostWith(unknown("it comes from parameter ProfileName")),
      ["unknown", "the instance profile of instance Web is not known: it comes from parameter ProfileName"],
      ["unknown", "the permissions of instance Web are not known: it comes from parameter ProfileName"],
    ],
    [
      "a profile whose role is out of sight",
      hostWith(known(instanceProfile("WebProfile", unknown("the profile is declared elsewhere")))),
      ["unknown", "the role of instance profile WebProfile is not known: the profile is declared elsewhere"],
      ["unknown", "the permissions of instance Web are not known: the profile is declared elsewhere"],
    ],
    [
      "a profile without a role",
      hostWith(known(instanceProfile("WebProfile", absent()))),
      ["fail", "instance profile WebProfile holds no role"],
      ["fail", "instance Web has no role to hold permissions"],
    ],
    [
      "a role that EC2 may not assume",
      hostWith(role("WebRole", { trustPolicy: trustsLambda })),
      ["fail", "the trust policy of role WebRole does not let EC2 assume it"],
      ["pass", "role WebRole grants what a session needs through policy Session"],
    ],
    [
      "a role whose trust policy is out of sight",
      hostWith(role("WebRole", { trustPolicy: unknown("it is imported") })),
      [
        "unknown",
        "whether EC2 may assume role WebRole is not known: the trust policy of role WebRole may allow it: it is imported",
      ],
      ["pass", "role WebRole grants what a session needs through policy Session"],
    ],
    [
      "a role without policies",
      hostWith(role("WebRole", { policies: [] })),
      ["pass", "instance profile WebProfile holds role WebRole, which EC2 may assume"],
      [
        "fail",
        "role WebRole has no policies, and a session needs ssm:UpdateInstanceInformation, ssmmessages:CreateControlChannel, ssmmessages:CreateDataChannel, ssmmessages:OpenControlChannel and ssmmessages:OpenDataChannel",
      ],
    ],
    [
      "a role that registers but opens no channel",
      hostWith(role("WebRole", { policies: [attachedPolicy("policy Web", granting("ssm:*"))] })),
      ["pass", "instance profile WebProfile holds role WebRole, which EC2 may assume"],
      [
        "fail",
        "role WebRole grants ssm:UpdateInstanceInformation but none of ssmmessages:CreateControlChannel, ssmmessages:CreateDataChannel, ssmmessages:OpenControlChannel and ssmmessages:OpenDataChannel",
      ],
    ],
    [
      "a role that lacks one action",
      hostWith(role("WebRole", { policies: [attachedPolicy("policy Web", granting("ssmmessages:*"))] })),
      ["pass", "instance profile WebProfile holds role WebRole, which EC2 may assume"],
      [
        "fail",
        "role WebRole grants ssmmessages:CreateControlChannel, ssmmessages:CreateDataChannel, ssmmessages:OpenControlChannel and ssmmessages:OpenDataChannel but not ssm:UpdateInstanceInformation",
      ],
    ],
    [
      "a role with policies that have nothing to do with sessions",
      hostWith(role("WebRole", { policies: [attachedPolicy("policy Logs", granting("logs:*"))] })),
      ["pass", "instance profile WebProfile holds role WebRole, which EC2 may assume"],
      [
        "fail",
        "role WebRole grants none of ssm:UpdateInstanceInformation, ssmmessages:CreateControlChannel, ssmmessages:CreateDataChannel, ssmmessages:OpenControlChannel and ssmmessages:OpenDataChannel",
      ],
    ],
    [
      "a role with a policy out of sight that may hold the rest",
      hostWith(
        role("WebRole", {
          policies: [
            attachedPolicy("policy Web", granting("ssm:*")),
            attachedPolicy("policy Imported", unknown("it comes from parameter PolicyArn")),
          ],
        }),
      ),
      ["pass", "instance profile WebProfile holds role WebRole, which EC2 may assume"],
      [
        "unknown",
        "whether role WebRole grants ssmmessages:CreateControlChannel, ssmmessages:CreateDataChannel, ssmmessages:OpenControlChannel and ssmmessages:OpenDataChannel is not known: policy Imported may allow it: it comes from parameter PolicyArn",
      ],
    ],
    [
      "a role whose boundary allows less",
      hostWith(
        role("WebRole", { permissionsBoundary: attachedPolicy("the permissions boundary", granting("ssm:*", "s3:*")) }),
      ),
      ["pass", "instance profile WebProfile holds role WebRole, which EC2 may assume"],
      [
        "fail",
        "the permissions boundary of role WebRole does not allow ssmmessages:CreateControlChannel, ssmmessages:CreateDataChannel, ssmmessages:OpenControlChannel or ssmmessages:OpenDataChannel",
      ],
    ],
  ];
  test.each(rows)("%s", (_, subject, profile, permissions) => {
    const verdicts = judge(subject);
    expect([verdicts.instanceProfile.status, verdicts.instanceProfile.reason]).toEqual(profile);
    expect([verdicts.permissions.status, verdicts.permissions.reason]).toEqual(permissions);
  });
});

describe("the problems", () => {
  it("name what each rule reports", () => {
    const kinds = (subject: Host) => problemsOf(judge(subject).instanceProfile).map(({ kind }) => kind);
    expect(kinds(host("Web"))).toEqual(["instance-profile-missing"]);
    expect(kinds(hostWith(known(instanceProfile("P", absent()))))).toEqual(["instance-profile-without-role"]);
    expect(kinds(hostWith(role("R", { trustPolicy: trustsLambda })))).toEqual(["role-trust-missing"]);
  });

  it("leave a missing profile to the profile link", () => {
    expect(problemsOf(judge(host("Web")).permissions)).toEqual([]);
  });

  it("list the missing actions and the statements that deny", () => {
    const guard: Sketch = {
      Statement: { Sid: "NoMessages", Effect: "Deny", Action: "ssmmessages:Open*", Resource: "*" },
    };
    const web = role("WebRole", {
      policies: [attachedPolicy("policy Session", ALL_FIVE), attachedPolicy("policy Guard", guard)],
    });
    const { permissions } = judge(hostWith(web));
    expect(permissions.reason).toBe(
      'statement "NoMessages" of policy Guard denies ssmmessages:OpenControlChannel and ssmmessages:OpenDataChannel',
    );
    expect(problemsOf(permissions)).toMatchObject([
      {
        role: web,
        isDenied: true,
        missing: ["ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel"],
        place: { declaration: { name: "policy Guard" } },
      },
    ]);
  });

  it("list all five where there are no policies", () => {
    const [problem] = problemsOf(judge(hostWith(role("WebRole", { policies: [] }))).permissions);
    expect(problem?.missing).toEqual(FIVE);
  });
});

describe("the chain", () => {
  it("leads from the host over profile and role to the policies", () => {
    const { instanceProfile: profile, permissions } = judge(hostWith(role("WebRole")));
    expect([...profile.chain, ...permissions.chain].map(({ text, status }) => `${status}: ${text}`)).toEqual([
      "ok: instance Web",
      "ok: instance profile WebProfile",
      "ok: role WebRole, which EC2 may assume",
      "ok: policy Session grants ssm:UpdateInstanceInformation, ssmmessages:CreateControlChannel, ssmmessages:CreateDataChannel, ssmmessages:OpenControlChannel and ssmmessages:OpenDataChannel",
    ]);
  });

  it("ends where it breaks", () => {
    const { instanceProfile: profile } = judge(host("Web"));
    expect(profile.chain.at(-1)).toMatchObject({ text: "no instance profile", status: "broken" });
  });
});

describe("what a verdict takes for granted", () => {
  const dev = 'parameter Env has its default "dev"';
  const subject = (web: Role) => hostWith(known(instanceProfile("WebProfile", known(web, [dev]))));

  it("is carried and named by both links", () => {
    const { instanceProfile: profile, permissions } = judge(subject(role("WebRole")));
    expect(profile).toMatchObject({ status: "pass", assuming: [dev] });
    expect(permissions).toMatchObject({ status: "pass", assuming: [dev] });
    expect(profile.reason).toContain(dev);
    expect(permissions.reason).toContain(dev);
  });

  it("is carried and named by failures as well", () => {
    const { instanceProfile: profile, permissions } = judge(
      subject(role("WebRole", { trustPolicy: trustsLambda, policies: [] })),
    );
    for (const verdict of [profile, permissions]) {
      expect(verdict).toMatchObject({ status: "fail", assuming: [dev] });
      expect(verdict.reason).toContain(dev);
    }
  });

  it("includes that the profile is left out", () => {
    const own = declaration("AWS::EC2::Instance", "Web");
    const identity = { instanceProfile: absent([dev]), decidedBy: own, property: "IamInstanceProfile" };
    expect(judge(host("Web", { declaration: own, identity })).instanceProfile).toMatchObject({
      status: "fail",
      assuming: [dev],
      reason: `instance Web has no instance profile, assuming ${dev}`,
    });
  });
});

describe("launch templates and configurations", () => {
  const template = (launches: readonly Host[], changes: Partial<Host> = {}) =>
    host("Template", { kind: "launchTemplate", launches, ...changes });
  const good = hostWith(role("WebRole"), { kind: "autoScalingGroup" });
  const bare = host("Bare", { kind: "autoScalingGroup" });

  it("a bare template from which nothing launches may get its profile at launch", () => {
    expect(statuses(judge(template([])))).toEqual(["unknown", "unknown"]);
    expect(judge(template([])).instanceProfile.reason).toBe(
      "launch template Template names no instance profile and nothing in this program launches from it; a launch may bring its own",
    );
  });

  it("a launch configuration cannot get one later", () => {
    expect(statuses(judge(host("Config", { kind: "launchConfiguration" })))).toEqual(["fail", "fail"]);
  });

  it("a template that names a profile is judged by it where nothing launches", () => {
    expect(statuses(judge(hostWith(role("WebRole"), { kind: "launchTemplate" })))).toEqual(["pass", "pass"]);
  });

  it("a template is as good as what launches from it", () => {
    expect(statuses(judge(template([good])))).toEqual(["pass", "pass"]);
    expect(statuses(judge(template([bare, bare])))).toEqual(["fail", "fail"]);
    expect(statuses(judge(template([hostWith(unknown("it is imported"))])))).toEqual(["unknown", "unknown"]);
    expect(judge(template([good])).instanceProfile.reason).toBe(
      "as Auto Scaling group Web, which launches from it: instance profile WebProfile holds role WebRole, which EC2 may assume",
    );
  });

  it("a template whose users differ depends on the user", () => {
    const { instanceProfile: profile } = judge(template([good, bare]));
    expect(profile).toMatchObject({
      status: "unknown",
      reason:
        "it depends on what launches from launch template Template: Auto Scaling group Web passes, Auto Scaling group Bare fails",
    });
  });

  it("a profile the users bring themselves counts, not the empty template", () => {
    const nodes = declaration("AWS::EKS::Nodegroup", "Nodes");
    const made = { declaration: nodes, name: "the profile that the service makes", role: known(role("NodeRole")) };
    const group = host("Nodes", {
      kind: "nodeGroup",
      declaration: nodes,
      identity: { instanceProfile: known(made), decidedBy: nodes, property: "NodeRole" },
    });
    expect(statuses(judge(template([group])))).toEqual(["pass", "pass"]);
    expect(judge(group).instanceProfile.reason).toBe(
      "the instance profile that the service makes for node group Nodes holds role NodeRole, which EC2 may assume",
    );
  });

  it("users that are out of scope do not count", () => {
    const fargate = host("Tasks", { outOfScope: "Fargate has no instances" });
    expect(statuses(judge(template([fargate])))).toEqual(["unknown", "unknown"]);
    expect(statuses(judge(template([fargate, good])))).toEqual(["pass", "pass"]);
  });

  it("a circle of launches ends", () => {
    const launches: Host[] = [];
    const circular = template(launches);
    launches.push(circular);
    expect(statuses(judge(circular))).toEqual(["unknown", "unknown"]);
  });

  it("a host that gets no profile from its template names the template", () => {
    const origin = template([]);
    const group = host("Group", {
      kind: "autoScalingGroup",
      identity: {
        instanceProfile: absent(),
        decidedBy: origin.declaration,
        property: "LaunchTemplateData.IamInstanceProfile",
      },
      launchedFrom: known(origin),
    });
    expect(judge(group).instanceProfile.reason).toBe(
      "Auto Scaling group Group has no instance profile: Template, from which it launches, names none",
    );
  });
});

describe("the instance metadata service", () => {
  const off = { httpEndpoint: known("disabled"), httpTokens: absent() };

  it("breaks the profile link when it is turned off", () => {
    const subject = hostWith(role("WebRole"), { metadataOptions: off });
    const { instanceProfile: profile, permissions } = judge(subject);
    expect(problemsOf(profile)).toMatchObject([{ kind: "imds-disabled", decidedBy: subject.declaration }]);
    expect(profile.reason).toBe(
      "the instance metadata service of instance Web is turned off, so its role's credentials do not reach the SSM Agent",
    );
    expect(permissions.status).toBe("pass");
  });

  it("is laid to the template that turns it off", () => {
    const template = host("Template", { kind: "launchTemplate", metadataOptions: off });
    const subject = hostWith(role("WebRole"), { metadataOptions: off, launchedFrom: known(template) });
    expect(problemsOf(judge(subject).instanceProfile)).toMatchObject([
      { kind: "imds-disabled", decidedBy: template.declaration },
    ]);
  });

  it("is reported beside a missing profile", () => {
    const { instanceProfile: profile } = judge(host("Web", { metadataOptions: off }));
    expect(problemsOf(profile).map(({ kind }) => kind)).toEqual(["instance-profile-missing", "imds-disabled"]);
    expect(profile.reason).toContain("has no instance profile; the instance metadata service");
  });

  it("breaks it even where the profile is not known", () => {
    const { instanceProfile: profile } = judge(hostWith(unknown("it is imported"), { metadataOptions: off }));
    expect(problemsOf(profile).map(({ kind }) => kind)).toEqual(["imds-disabled"]);
  });

  it("leaves it open when the setting is not known", () => {
    const open = { httpEndpoint: unknown("it comes from parameter Imds"), httpTokens: absent() };
    expect(judge(hostWith(role("WebRole"), { metadataOptions: open })).instanceProfile).toMatchObject({
      status: "unknown",
      missing: "whether the instance metadata service of instance Web is on",
    });
    expect(judge(host("Web", { metadataOptions: open })).instanceProfile.status).toBe("fail");
  });

  it("does not matter when it is on", () => {
    const on = { httpEndpoint: known("enabled"), httpTokens: known("required") };
    expect(judge(hostWith(role("WebRole"), { metadataOptions: on })).instanceProfile.status).toBe("pass");
  });
});

describe("hosts out of scope", () => {
  it("are left alone, with the reason", () => {
    const verdicts = judge(host("Tasks", { outOfScope: "Fargate has no instances" }));
    expect(verdicts.instanceProfile).toMatchObject({
      status: "unknown",
      reason: "not judged: Fargate has no instances",
    });
    expect(statuses(verdicts)).toEqual(["unknown", "unknown"]);
  });
});

describe("names in Pulumi programs", () => {
  it("are shown without the rest of the URN", () => {
    const urn = "urn:pulumi:dev::shop::aws:iam/role:Role::web-role";
    const web = role(urn, { declaration: declaration("AWS::IAM::Role", urn) });
    expect(judge(hostWith(web)).permissions.reason).toBe(
      "role web-role grants what a session needs through policy Session",
    );
  });
});
