import { type App, Stack, Validations } from "aws-cdk-lib";
import { AutoScalingGroup } from "aws-cdk-lib/aws-autoscaling";
import { CfnEnvironmentEC2 } from "aws-cdk-lib/aws-cloud9";
import {
  CfnInstance,
  CfnSecurityGroupEgress,
  CfnVPCEndpoint,
  InstanceType,
  InterfaceVpcEndpoint,
  InterfaceVpcEndpointAwsService,
  LaunchTemplate,
  LaunchTemplateHttpTokens,
  MachineImage,
  SecurityGroup,
  SubnetType,
  type Vpc,
} from "aws-cdk-lib/aws-ec2";
import {
  CfnInstanceProfile,
  Effect,
  ManagedPolicy,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from "aws-cdk-lib/aws-iam";
import { EnableSessionManager, SessionManagerChecks } from "../../cdk-aspects";
import { lines, newApp, newHost, newStack, newVpc, reportOf } from "./support";

/** What the checks say of one app. */
function findings(build: (app: App) => void): readonly string[] {
  const app = newApp();
  Validations.of(app).addPlugins(new SessionManagerChecks());
  build(app);
  return lines(reportOf(app));
}

const sessionRole = (app: App) => {
  const role = new Role(newStack(app, "Roles"), "Role", { assumedBy: new ServicePrincipal("ec2.amazonaws.com") });
  role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName("AmazonSSMManagedInstanceCore"));
  return role;
};

describe("mistakes that other tools make of CDK apps", () => {
  test("an instance takes its profile from the launch template", () => {
    expect(
      findings((app) => {
        const stack = newStack(app);
        const vpc = newVpc(stack, "nat");
        const template = new LaunchTemplate(stack, "Template", {
          role: sessionRole(app),
          instanceType: new InstanceType("t3.small"),
          machineImage: MachineImage.latestAmazonLinux2023(),
          securityGroup: new SecurityGroup(stack, "Group", { vpc }),
        });
        new CfnInstance(stack, "Host", {
          subnetId: vpc.privateSubnets[0]?.subnetId,
          launchTemplate: { launchTemplateId: template.launchTemplateId, version: template.latestVersionNumber },
        });
      }),
    ).toEqual([]);
  });

  test("the profile of the instance wins over that of the launch template", () => {
    expect(
      findings((app) => {
        const stack = newStack(app);
        const vpc = newVpc(stack, "nat");
        const template = new LaunchTemplate(stack, "Template", {
          role: sessionRole(app),
          machineImage: MachineImage.latestAmazonLinux2023(),
          securityGroup: new SecurityGroup(stack, "Group", { vpc }),
        });
        new CfnInstance(stack, "Host", {
          subnetId: vpc.privateSubnets[0]?.subnetId,
          iamInstanceProfile: new CfnInstanceProfile(stack, "Empty", { roles: [] }).ref,
          launchTemplate: { launchTemplateId: template.launchTemplateId, version: template.latestVersionNumber },
        });
      }),
    ).toContain("instance-profile-without-role Hosts/Host");
  });

  test("a group that launches from a template without a profile is found", () => {
    expect(
      findings((app) => {
        const stack = newStack(app);
        const vpc = newVpc(stack, "nat");
        new AutoScalingGroup(stack, "Group", {
          vpc,
          vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
          launchTemplate: new LaunchTemplate(stack, "Template", {
            instanceType: new InstanceType("t3.small"),
            machineImage: MachineImage.latestAmazonLinux2023(),
            securityGroup: new SecurityGroup(stack, "SecurityGroup", { vpc }),
          }),
        });
      }),
    ).toEqual(["instance-profile-missing Hosts/Group/ASG"]);
  });

  test("of two unnamed launch templates each host is judged by its own", () => {
    expect(
      findings((app) => {
        const stack = newStack(app);
        const vpc = newVpc(stack, "nat");
        for (const [id, httpEndpoint] of [
          ["On", true],
          ["Off", false],
        ] as const) {
          const template = new LaunchTemplate(stack, `${id}Template`, {
            role: sessionRoleOf(stack, id),
            machineImage: MachineImage.latestAmazonLinux2023(),
            securityGroup: new SecurityGroup(stack, `${id}Group`, { vpc }),
            httpEndpoint,
            httpTokens: LaunchTemplateHttpTokens.REQUIRED,
          });
          new CfnInstance(stack, id, {
            subnetId: vpc.privateSubnets[0]?.subnetId,
            launchTemplate: { launchTemplateId: template.launchTemplateId, version: template.latestVersionNumber },
          });
        }
      }),
    ).toEqual(["imds-disabled Hosts/Off"]);
  });

  test.each([
    ["breaks a host", { MetadataOptions: { HttpEndpoint: "disabled" } }, true, ["imds-disabled Hosts/Host/Resource"]],
    [
      "mends a host",
      { IamInstanceProfile: "fleet-profile-of-another-team" },
      false,
      ["hosts-unknown Hosts/Host/Resource"],
    ],
  ])("a property override that %s counts", (_, override, ssmSessionPermissions, expected) => {
    expect(
      findings((app) => {
        const stack = newStack(app);
        const host = newHost(stack, newVpc(stack, "nat"), "Host", { ssmSessionPermissions });
        for (const [property, value] of Object.entries(override)) host.instance.addPropertyOverride(property, value);
      }),
    ).toEqual(expected);
  });

  test("a statement with NotAction is read, not stumbled over", () => {
    expect(
      findings((app) => {
        const stack = newStack(app);
        newHost(stack, newVpc(stack, "nat"), "Host", { ssmSessionPermissions: false }).addToRolePolicy(
          new PolicyStatement({ notActions: ["iam:*"], resources: ["*"] }),
        );
      }),
    ).toEqual([]);
  });

  test("an explicit deny of the messages is found behind the managed policy", () => {
    expect(
      findings((app) => {
        const stack = newStack(app);
        newHost(stack, newVpc(stack, "nat")).addToRolePolicy(
          new PolicyStatement({ effect: Effect.DENY, actions: ["ssmmessages:*"], resources: ["*"] }),
        );
      }),
    ).toEqual(["ssm-permissions-missing Hosts/Host/Resource"]);
  });

  test("the endpoint's default security group, open to `Vpc.CidrBlock`, admits the host", () => {
    expect(
      findings((app) => {
        const stack = newStack(app);
        const vpc = newVpc(stack, "isolated");
        vpc.addInterfaceEndpoint("Ssm", { service: InterfaceVpcEndpointAwsService.SSM });
        vpc.addInterfaceEndpoint("SsmMessages", { service: InterfaceVpcEndpointAwsService.SSM_MESSAGES });
        newHost(stack, vpc);
      }),
    ).toEqual([]);
  });

  test("an endpoint whose security group admits nobody is found", () => {
    expect(
      findings((app) => {
        const stack = newStack(app);
        const vpc = newVpc(stack, "isolated");
        const service = InterfaceVpcEndpointAwsService.SSM;
        new InterfaceVpcEndpoint(stack, "Ssm", { vpc, service, open: false });
        vpc.addInterfaceEndpoint("SsmMessages", { service: InterfaceVpcEndpointAwsService.SSM_MESSAGES });
        newHost(stack, vpc);
      }),
    ).toEqual(["endpoint-unreachable Hosts/Host/Resource"]);
  });

  test("an `ec2messages` endpoint is not taken for `ssmmessages`, nor `ssmmessages` for `ssm`", () => {
    expect(
      findings((app) => {
        const stack = newStack(app);
        const vpc = newVpc(stack, "isolated");
        vpc.addInterfaceEndpoint("Ec2Messages", { service: InterfaceVpcEndpointAwsService.EC2_MESSAGES });
        vpc.addInterfaceEndpoint("SsmMessages", { service: InterfaceVpcEndpointAwsService.SSM_MESSAGES });
        newHost(stack, vpc);
      }),
    ).toEqual(["ssm-endpoint-missing Hosts/Host/Resource"]);
  });

  test("no endpoint is asked for where a NAT gateway leads out", () => {
    expect(
      findings((app) => {
        const stack = newStack(app);
        newHost(stack, newVpc(stack, "nat"));
      }),
    ).toEqual([]);
  });

  test("names of constructs mean nothing", () => {
    expect(
      findings((app) => {
        const stack = newStack(app, "Resource");
        const vpc = newVpc(stack, "nat", "Subnet");
        newHost(stack, vpc, "Resource", { ssmSessionPermissions: false });
      }),
    ).toEqual(["ssm-permissions-missing Resource/Resource/Resource"]);
  });
});

describe("the default security group of a VPC, which recommended feature flags empty", () => {
  /** A group of hosts whose launch template names no security group. */
  function launchesIn(vpc: Vpc): void {
    const stack = Stack.of(vpc);
    new AutoScalingGroup(stack, "Group", {
      vpc,
      vpcSubnets: { subnets: [...vpc.privateSubnets, ...vpc.isolatedSubnets] },
      launchTemplate: new LaunchTemplate(stack, "Template", {
        role: sessionRoleOf(stack, "Group"),
        instanceType: new InstanceType("t3.small"),
        machineImage: MachineImage.latestAmazonLinux2023(),
      }),
    });
  }

  const restricted = (app: App, way: "nat" | "isolated" = "nat") => newVpc(newStack(app), way, "Vpc", true);

  test("keeps hosts without a group of their own in, whatever routes there are", () => {
    expect(findings((app) => launchesIn(restricted(app)))).toEqual(["no-route-to-session-manager Hosts/Group/ASG"]);
  });

  test("keeps them from endpoints as well", () => {
    const withEndpoints = (app: App) => {
      const vpc = restricted(app, "isolated");
      vpc.addInterfaceEndpoint("Ssm", { service: InterfaceVpcEndpointAwsService.SSM });
      vpc.addInterfaceEndpoint("SsmMessages", { service: InterfaceVpcEndpointAwsService.SSM_MESSAGES });
      launchesIn(vpc);
    };
    expect(findings(withEndpoints)).toEqual(["endpoint-unreachable Hosts/Group/ASG"]);
  });

  test("lets out what a rule of its own admits", () => {
    const opened = (app: App) => {
      const vpc = restricted(app);
      new CfnSecurityGroupEgress(Stack.of(vpc), "Out", {
        groupId: vpc.vpcDefaultSecurityGroup,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIp: "0.0.0.0/0",
      });
      launchesIn(vpc);
    };
    expect(findings(opened)).toEqual([]);
  });

  test("lets everything out where the flag is off", () => {
    expect(findings((app) => launchesIn(newVpc(newStack(app), "nat")))).toEqual([]);
  });

  test("does not hold machines of services, which make a group for them", () => {
    const environment = (app: App) => {
      const vpc = restricted(app);
      new CfnEnvironmentEC2(Stack.of(vpc), "Desk", {
        imageId: "amazonlinux-2023-x86_64",
        instanceType: "t3.small",
        subnetId: vpc.privateSubnets[0]?.subnetId,
      });
    };
    expect(findings(environment)).toEqual(["hosts-unknown Hosts/Desk"]);
  });

  test("stays closed under the aspect that enables Session Manager, which adds no endpoints in vain", () => {
    const app = newApp();
    launchesIn(restricted(app));
    EnableSessionManager.on(app);
    Validations.of(app).addPlugins(new SessionManagerChecks());
    expect(lines(reportOf(app))).toEqual(["no-route-to-session-manager Hosts/Group/ASG"]);
    expect(app.node.findAll().filter((construct) => construct instanceof CfnVPCEndpoint)).toEqual([]);
  });
});

function sessionRoleOf(scope: ReturnType<typeof newStack>, id: string): Role {
  const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal("ec2.amazonaws.com") });
  role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName("AmazonSSMManagedInstanceCore"));
  return role;
}
