import {
  type App,
  Aspects,
  CfnParameter,
  Fn,
  type IAspect,
  NestedStack,
  type Stack,
  Stage,
  Tags,
  Validations,
} from "aws-cdk-lib";
import { AutoScalingGroup, CfnLaunchConfiguration } from "aws-cdk-lib/aws-autoscaling";
import {
  CfnInstance,
  CfnSubnet,
  CfnVPC,
  GatewayVpcEndpointAwsService,
  Instance,
  InstanceType,
  InterfaceVpcEndpointAwsService,
  LaunchTemplate,
  MachineImage,
  SecurityGroup,
  SubnetType,
  type Vpc,
} from "aws-cdk-lib/aws-ec2";
import {
  AnyPrincipal,
  CfnInstanceProfile,
  CfnRole,
  Effect,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from "aws-cdk-lib/aws-iam";
import type { IConstruct } from "constructs";
import { EnableSessionManager, type EnableSessionManagerProps, SessionManagerChecks } from "../../cdk-aspects";
import { lines, newApp, newHost, newStack, newVpc, reportOf } from "./support";

type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties?: Record<string, unknown> }>>;

interface Enabled {
  /** What the checks still say, notes included. */
  readonly findings: readonly string[];
  /** `type` of each resource that was not there without the aspect, sorted. */
  readonly added: readonly string[];
  readonly changes: readonly string[];
  readonly resources: Resources;
}

/** Notes about what the aspect is not there for. */
const OTHER_NOTES = { "root-volume-unwatched": "off", "instance-too-small": "off" } as const;

function enabled(build: (app: App) => void, props: EnableSessionManagerProps = {}): Enabled {
  const before = newApp();
  build(before);
  const app = newApp();
  build(app);
  EnableSessionManager.on(app, props);
  Validations.of(app).addPlugins(new SessionManagerChecks({ failOn: "note", rules: OTHER_NOTES }));
  const findings = lines(reportOf(app));
  const [left, right] = [resourcesOf(before), resourcesOf(app)];
  return {
    findings,
    resources: right,
    added: Object.keys(right)
      .filter((id) => left[id] === undefined)
      .map((id) => right[id]?.Type ?? "")
      .sort(),
    changes: messages(app, "aws:cdk:info"),
  };
}

const resourcesOf = (app: App): Resources =>
  Object.assign({}, ...app.synth().stacksRecursively.map(({ template }) => template.Resources));

const messages = (scope: IConstruct, type: string): readonly string[] =>
  scope.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata.filter((entry) => entry.type === type).map(({ data }) => `${node.path}: ${data}`),
    )
    .sort();

const isolatedHost = (app: App): void => {
  const vpc = newVpc(newStack(app, "Network"), "isolated");
  newHost(newStack(app), vpc, "Web", { ssmSessionPermissions: false });
};

describe("the aspect that enables Session Manager", () => {
  test("gives a host with an empty role in an isolated subnet all that it lacks, and the checks fall silent", () => {
    const { findings, added, changes } = enabled(isolatedHost);
    expect(findings).toEqual([]);
    expect(added).toEqual([
      "AWS::EC2::SecurityGroup",
      "AWS::EC2::VPCEndpoint",
      "AWS::EC2::VPCEndpoint",
      "AWS::EC2::VPCEndpoint",
      "AWS::SSM::Association",
    ]);
    expect(changes).toEqual([
      "Hosts/Web/InstanceRole/Resource: EnableSessionManager attached AmazonSSMManagedInstanceCore",
      "Hosts/Web/Resource: EnableSessionManager lets AWS-UpdateSSMAgent keep its agent current",
      "Network/Vpc: EnableSessionManager added a gateway endpoint for S3",
      "Network/Vpc: EnableSessionManager added an interface endpoint for ssm",
      "Network/Vpc: EnableSessionManager added an interface endpoint for ssmmessages",
    ]);
  });

  test("makes endpoints that draw the service's name and are open to the VPC on 443 alone", () => {
    const { resources } = enabled(isolatedHost);
    const endpoints = Object.values(resources).filter(({ Type }) => Type === "AWS::EC2::VPCEndpoint");
    const interfaces = endpoints.filter(({ Properties }) => Properties?.VpcEndpointType === "Interface");
    expect(interfaces).toHaveLength(2);
    for (const { Properties } of interfaces) {
      expect(Properties).toMatchObject({ PrivateDnsEnabled: true, SubnetIds: [{}] });
    }
    const [group] = Object.values(resources).filter(
      ({ Type, Properties }) =>
        Type === "AWS::EC2::SecurityGroup" && String(Properties?.GroupDescription).startsWith("HTTPS"),
    );
    expect(group?.Properties?.SecurityGroupIngress).toEqual([
      { IpProtocol: "tcp", FromPort: 443, ToPort: 443, CidrIp: { "Fn::GetAtt": [expect.any(String), "CidrBlock"] } },
    ]);
  });

  test("leaves a host that is ready as it is, but for its agent", () => {
    const ready = (app: App) => newHost(newStack(app), newVpc(newStack(app, "Network"), "nat"));
    expect(enabled(ready)).toMatchObject({ findings: [], added: ["AWS::SSM::Association"] });
    expect(enabled(ready, { updateAgent: false })).toMatchObject({ added: [], changes: [] });
  });

  test("adds no endpoint where hosts have a way out", () => {
    const { added } = enabled((app) => {
      newHost(newStack(app), newVpc(newStack(app, "Network"), "nat"), "Web", { ssmSessionPermissions: false });
    });
    expect(added).toEqual(["AWS::SSM::Association"]);
  });

  test("opens a closed security group where there is a route, and adds no endpoint", () => {
    const { findings, added, changes } = enabled((app) => {
      const vpc = newVpc(newStack(app, "Network"), "nat");
      const stack = newStack(app);
      const securityGroup = new SecurityGroup(stack, "Closed", { vpc, allowAllOutbound: false });
      newHost(stack, vpc, "Web", { securityGroup });
    });
    expect(findings).toEqual([]);
    expect(added).toEqual(["AWS::EC2::SecurityGroupEgress", "AWS::SSM::Association"]);
    expect(changes).toContain("Hosts/Closed: EnableSessionManager added a rule that lets HTTPS out to anywhere");
  });

  test("adds only the endpoint that is missing", () => {
    const { findings, changes } = enabled((app) => {
      const vpc = newVpc(newStack(app, "Network"), "isolated");
      vpc.addInterfaceEndpoint("Ssm", { service: InterfaceVpcEndpointAwsService.SSM });
      newHost(newStack(app), vpc);
    });
    expect(findings).toEqual([]);
    expect(changes.filter((change) => change.includes("endpoint"))).toEqual([
      "Network/Vpc: EnableSessionManager added a gateway endpoint for S3",
      "Network/Vpc: EnableSessionManager added an interface endpoint for ssmmessages",
    ]);
  });

  test("adds no second gateway endpoint where the policy of the one that is there leaves a bucket out", () => {
    const { findings, changes } = enabled((app) => {
      const vpc = newVpc(newStack(app, "Network"), "isolated");
      const gateway = vpc.addGatewayEndpoint("S3", { service: GatewayVpcEndpointAwsService.S3 });
      const resources = ["arn:aws:s3:::artifacts/*"];
      gateway.addToPolicy(new PolicyStatement({ principals: [new AnyPrincipal()], actions: ["s3:*"], resources }));
      newHost(newStack(app), vpc);
    });
    expect(findings).toEqual(["s3-endpoint-missing Hosts/Host/Resource"]);
    expect(changes.filter((change) => change.includes("S3"))).toEqual([]);
  });

  test("places endpoints in every zone that hosts without a way out stand in", () => {
    const { resources, findings } = enabled((app) => {
      const vpc = newVpc(newStack(app, "Network"), "isolated");
      const stack = newStack(app);
      vpc.isolatedSubnets.forEach((subnet, index) => {
        newHost(stack, vpc, `Host${index}`, { vpcSubnets: { subnets: [subnet] } });
      });
    });
    expect(findings).toEqual([]);
    for (const { Type, Properties } of Object.values(resources)) {
      if (Type === "AWS::EC2::VPCEndpoint" && Properties?.VpcEndpointType === "Interface") {
        expect(Properties.SubnetIds).toHaveLength(2);
      }
    }
  });

  test.each<[string, (stack: Stack, vpc: Vpc) => void]>([
    [
      "a plain instance",
      (stack, vpc) => {
        new CfnInstance(stack, "Bare", {
          imageId: MachineImage.latestAmazonLinux2023().getImage(stack).imageId,
          subnetId: vpc.privateSubnets[0]?.subnetId,
        });
      },
    ],
    [
      "a launch template that a group launches from",
      (stack, vpc) => {
        const launchTemplate = new LaunchTemplate(stack, "Template", {
          instanceType: new InstanceType("t3.small"),
          machineImage: MachineImage.latestAmazonLinux2023(),
          securityGroup: new SecurityGroup(stack, "Group", { vpc }),
        });
        new AutoScalingGroup(stack, "Asg", {
          vpc,
          vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
          launchTemplate,
        });
      },
    ],
    [
      "a launch configuration",
      (stack) => {
        new CfnLaunchConfiguration(stack, "Launch", {
          instanceType: "t3.small",
          imageId: MachineImage.latestAmazonLinux2023().getImage(stack).imageId,
        });
      },
    ],
  ])("gives a profile and a role to %s", (_, build) => {
    const { findings, added } = enabled((app) => build(newStack(app), newVpc(newStack(app, "Network"), "nat")));
    // What nothing launches from yet has no instances to update, and not enough is known of where it will stand.
    expect(findings.filter((line) => !/^(hosts-unknown|agent-auto-update-missing)/.test(line))).toEqual([]);
    expect(added).toEqual(expect.arrayContaining(["AWS::IAM::InstanceProfile", "AWS::IAM::Role"]));
  });

  test.each<[string, (stack: Stack, vpc: Vpc) => void, readonly string[], readonly string[]]>([
    [
      "a host whose security group lets nothing out",
      (stack, vpc) => {
        const securityGroup = new SecurityGroup(stack, "Closed", { vpc, allowAllOutbound: false });
        newHost(stack, vpc, "Host", { securityGroup });
      },
      ["AWS::EC2::SecurityGroupEgress"],
      // S3 has addresses outside of the VPC, and what else a closed group lets out is for the user to say.
      ["s3-endpoint-missing Hosts/Host/Resource"],
    ],
    [
      "endpoints that let nothing in",
      (stack, vpc) => {
        vpc.addInterfaceEndpoint("Ssm", { service: InterfaceVpcEndpointAwsService.SSM, open: false });
        vpc.addInterfaceEndpoint("Messages", { service: InterfaceVpcEndpointAwsService.SSM_MESSAGES, open: false });
        newHost(stack, vpc);
      },
      ["AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupIngress"],
      [],
    ],
    [
      "endpoints without private DNS",
      (stack, vpc) => {
        vpc.addInterfaceEndpoint("Ssm", { service: InterfaceVpcEndpointAwsService.SSM, privateDnsEnabled: false });
        vpc.addInterfaceEndpoint("Messages", {
          service: InterfaceVpcEndpointAwsService.SSM_MESSAGES,
          privateDnsEnabled: false,
        });
        newHost(stack, vpc);
      },
      [],
      [],
    ],
  ])("opens the way to endpoints for %s", (_, build, rules, notes) => {
    const { findings, added } = enabled((app) => {
      const stack = newStack(app);
      build(stack, newVpc(stack, "isolated"));
    });
    expect(findings).toEqual(notes);
    expect(
      added.filter((type) => type.startsWith("AWS::EC2::SecurityGroup") && type !== "AWS::EC2::SecurityGroup"),
    ).toEqual(rules);
  });

  test("gives a role to a profile without one", () => {
    const { findings, changes } = enabled((app) => {
      const stack = newStack(app);
      const profile = new CfnInstanceProfile(stack, "Profile", { roles: [] });
      const host = newHost(stack, newVpc(newStack(app, "Network"), "nat"));
      host.instance.addPropertyOverride("IamInstanceProfile", profile.ref);
    });
    expect(findings).toEqual([]);
    expect(changes).toContain("Hosts/Profile: EnableSessionManager gave it a role that lets Session Manager in");
  });

  test("adds to the policies of a plain role, and keeps those it has", () => {
    const { findings, resources } = enabled((app) => {
      const stack = newStack(app);
      const role = new CfnRole(stack, "Plain", {
        assumeRolePolicyDocument: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
        },
        managedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
      });
      const profile = new CfnInstanceProfile(stack, "Profile", { roles: [role.ref] });
      newHost(stack, newVpc(newStack(app, "Network"), "nat")).instance.addPropertyOverride(
        "IamInstanceProfile",
        profile.ref,
      );
    });
    expect(findings).toEqual([]);
    expect(resources.Plain?.Properties?.ManagedPolicyArns).toEqual([
      "arn:aws:iam::aws:policy/ReadOnlyAccess",
      { "Fn::Join": ["", ["arn:", { Ref: "AWS::Partition" }, ":iam::aws:policy/AmazonSSMManagedInstanceCore"]] },
    ]);
  });

  test("attaches a policy of its own to a role whose list of policies is known only at deployment", () => {
    const { findings, added } = enabled((app) => {
      const stack = newStack(app);
      const policies = new CfnParameter(stack, "Policies", { type: "CommaDelimitedList" });
      const role = new CfnRole(stack, "Plain", {
        assumeRolePolicyDocument: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
        },
        managedPolicyArns: policies.valueAsList,
      });
      const profile = new CfnInstanceProfile(stack, "Profile", { roles: [role.ref] });
      newHost(stack, newVpc(newStack(app, "Network"), "nat")).instance.addPropertyOverride(
        "IamInstanceProfile",
        profile.ref,
      );
    });
    expect(added).toContain("AWS::IAM::ManagedPolicy");
    expect(findings.filter((line) => !line.startsWith("hosts-unknown"))).toEqual([]);
  });

  test("can do with least privilege: one customer managed policy for all roles of a stack", () => {
    const { findings, added, resources } = enabled(
      (app) => {
        const stack = newStack(app);
        const vpc = newVpc(newStack(app, "Network"), "nat");
        for (const id of ["One", "Two"]) newHost(stack, vpc, id, { ssmSessionPermissions: false });
      },
      { policy: "least-privilege", updateAgent: false },
    );
    expect(findings.filter((line) => !line.startsWith("agent-auto-update-missing"))).toEqual([]);
    expect(added).toEqual(["AWS::IAM::ManagedPolicy"]);
    const [policy] = Object.values(resources).filter(({ Type }) => Type === "AWS::IAM::ManagedPolicy");
    expect(policy?.Properties?.Roles).toHaveLength(2);
    expect(JSON.stringify(resources)).not.toContain("AmazonSSMManagedInstanceCore");
  });

  test("does not overrule a policy that denies on purpose", () => {
    const { findings, added } = enabled(
      (app) => {
        const stack = newStack(app);
        const host = newHost(stack, newVpc(newStack(app, "Network"), "nat"));
        host.addToRolePolicy(
          new PolicyStatement({ effect: Effect.DENY, actions: ["ssmmessages:*"], resources: ["*"] }),
        );
      },
      { updateAgent: false },
    );
    expect(findings).toContain("ssm-permissions-missing Hosts/Host/Resource");
    expect(added).toEqual([]);
  });

  test("lets a role in another stack have what its host needs", () => {
    const { findings, changes } = enabled((app) => {
      const role = new Role(newStack(app, "Roles"), "Role", { assumedBy: new ServicePrincipal("ec2.amazonaws.com") });
      newHost(newStack(app), newVpc(newStack(app, "Network"), "nat"), "Web", { role, ssmSessionPermissions: false });
    });
    expect(findings).toEqual([]);
    expect(changes).toContain("Roles/Role/Resource: EnableSessionManager attached AmazonSSMManagedInstanceCore");
  });

  test("turns on the DNS of a plain VPC, without which endpoints answer nobody", () => {
    const { findings, resources } = enabled((app) => {
      const stack = newStack(app);
      const vpc = new CfnVPC(stack, "PlainVpc", { cidrBlock: "10.0.0.0/16" });
      const subnet = new CfnSubnet(stack, "PlainSubnet", {
        vpcId: vpc.ref,
        cidrBlock: "10.0.0.0/24",
        availabilityZone: Fn.select(0, Fn.getAzs()),
      });
      const network = newVpc(newStack(app, "Other"), "nat");
      newHost(stack, network).instance.addPropertyOverride("SubnetId", subnet.ref);
    });
    expect(resources.PlainVpc?.Properties).toMatchObject({ EnableDnsHostnames: true });
    expect(findings.filter((line) => line.includes("endpoint-unreachable"))).toEqual([]);
  });

  test("works in stages and nested stacks", () => {
    const { findings } = enabled((app) => {
      const stage = new Stage(app, "Prod", { env: { region: "eu-west-1" } });
      const stack = newStack(stage);
      newHost(new NestedStack(stack, "Nested"), newVpc(stack, "isolated"), "Web", { ssmSessionPermissions: false });
    });
    expect(findings).toEqual([]);
  });

  describe("in stages that it cannot get to", () => {
    const late = "EnableSessionManager changes nothing in stage Prod";
    const staged = (app: App): Stage => {
      const stage = new Stage(app, "Prod", { env: { region: "eu-west-1" } });
      const stack = newStack(stage);
      newHost(stack, newVpc(stack, "nat"), "Web", { ssmSessionPermissions: false });
      return stage;
    };

    test.each<[string, (app: App) => void]>([
      [
        "made afterwards",
        (app) => {
          EnableSessionManager.on(app);
          staged(app);
        },
      ],
      [
        "synthesised before, as pipelines do",
        (app) => {
          staged(app).synth();
          EnableSessionManager.on(app);
        },
      ],
    ])("warns of one %s, where CDK shows it", (_, build) => {
      const app = newApp();
      newStack(app, "Pipeline");
      build(app);
      app.synth();
      expect(messages(app, "aws:cdk:warning")).toEqual([expect.stringContaining(`Pipeline: ${late}`)]);
    });

    test("says nothing of one without hosts, nor of one that another aspect is on", () => {
      const app = newApp();
      newStack(app, "Pipeline");
      EnableSessionManager.on(app);
      newStack(new Stage(app, "Empty"));
      EnableSessionManager.on(staged(app));
      app.synth();
      expect(messages(app, "aws:cdk:warning")).toEqual([]);
    });
  });

  test("changes only what stands below the construct that it was added to", () => {
    const app = newApp();
    const vpc = newVpc(newStack(app, "Network"), "nat");
    const [first, second] = [newStack(app, "First"), newStack(app, "Second")];
    for (const stack of [first, second]) newHost(stack, vpc, "Web", { ssmSessionPermissions: false });
    EnableSessionManager.on(second);
    Validations.of(app).addPlugins(new SessionManagerChecks());
    expect(lines(reportOf(app))).toEqual(["ssm-permissions-missing First/Web/Resource"]);
  });

  test("changes nothing more when it is there twice", () => {
    const once = enabled(isolatedHost);
    const twice = enabled((app) => {
      isolatedHost(app);
      EnableSessionManager.on(app);
    });
    expect(twice.added).toEqual([]);
    expect(twice.resources).toEqual(once.resources);
  });

  test("lets other aspects see what it adds", () => {
    const { resources } = enabled((app) => {
      isolatedHost(app);
      Tags.of(app).add("cost", "centre");
    });
    for (const [id, { Type, Properties }] of Object.entries(resources)) {
      if (Type !== "AWS::EC2::VPCEndpoint") continue;
      expect([id, Properties?.Tags]).toEqual([id, expect.arrayContaining([{ Key: "cost", Value: "centre" }])]);
    }
  });
});

/** Changes, after the aspect has looked, much of what takes its value late. */
class LateChanges implements IAspect {
  constructor(private readonly vpc: Vpc) {}

  visit(construct: IConstruct): void {
    if (construct instanceof Instance) {
      construct.userData.addCommands("echo late");
      construct.addSecurityGroup(new SecurityGroup(construct, "Late", { vpc: this.vpc }));
      construct.role.addToPrincipalPolicy(new PolicyStatement({ actions: ["s3:ListBucket"], resources: ["*"] }));
    }
    if (construct instanceof CfnInstance) construct.tags.setTag("late", "yes");
  }
}

test("looking at an app early takes nothing from what other aspects do later", () => {
  const templates = (enable: boolean) => {
    const app = newApp();
    if (enable) EnableSessionManager.on(app, { updateAgent: false });
    const vpc = newVpc(newStack(app, "Network"), "nat");
    newHost(newStack(app), vpc).userData.addCommands("echo early");
    Aspects.of(app).add(new LateChanges(vpc));
    return app.synth().stacks.map(({ template }) => template);
  };
  const expected = templates(false);
  expect(JSON.stringify(expected)).toContain("echo late");
  expect(templates(true)).toEqual(expected);
});
