import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Stack } from "aws-cdk-lib";
import { type App, Validations } from "aws-cdk-lib";
import {
  CfnInstance,
  InterfaceVpcEndpoint,
  InterfaceVpcEndpointAwsService,
  type IVpc,
  MachineImage,
  type SubnetSelection,
  SubnetType,
  Vpc,
} from "aws-cdk-lib/aws-ec2";
import { SessionManagerChecks } from "../../cdk-aspects";
import { parseArguments } from "../../cli/arguments";
import { readInputs } from "../../cli/read-inputs";
import type { HostVerdict } from "../../core/assessment/assessment";
import { outsideFromContext } from "../../input/cloud-assembly-context";
import { assessReading } from "../support/program-cases";
import { lines, newApp, newHost, newStack, reportOf } from "./support";

const ENV = { account: "111111111111", region: "eu-west-1" };
const VPC_KEY =
  "vpc-provider:account=111111111111:filter.vpc-id=vpc-0aaa:region=eu-west-1:returnAsymmetricSubnets=true";
const LOOKED_UP = {
  [VPC_KEY]: {
    vpcId: "vpc-0aaa",
    vpcCidrBlock: "10.0.0.0/16",
    ownerAccountId: ENV.account,
    availabilityZones: [],
    subnetGroups: [
      {
        name: "Out",
        type: "Private",
        subnets: [
          { subnetId: "subnet-0b1", cidr: "10.0.1.0/24", availabilityZone: "eu-west-1a", routeTableId: "rtb-0b1" },
        ],
      },
      {
        name: "Alone",
        type: "Isolated",
        subnets: [
          { subnetId: "subnet-0c1", cidr: "10.0.2.0/24", availabilityZone: "eu-west-1a", routeTableId: "rtb-0c1" },
        ],
      },
      {
        name: "Open",
        type: "Public",
        subnets: [
          { subnetId: "subnet-0d1", cidr: "10.0.3.0/24", availabilityZone: "eu-west-1a", routeTableId: "rtb-0d1" },
        ],
      },
    ],
  },
};

const byAttributes = (stack: Stack): IVpc =>
  Vpc.fromVpcAttributes(stack, "Imported", {
    vpcId: "vpc-0aaa",
    availabilityZones: ["eu-west-1a"],
    privateSubnetIds: ["subnet-0b1"],
    privateSubnetRouteTableIds: ["rtb-0b1"],
    isolatedSubnetIds: ["subnet-0c1"],
    isolatedSubnetRouteTableIds: ["rtb-0c1"],
    publicSubnetIds: ["subnet-0d1"],
    publicSubnetRouteTableIds: ["rtb-0d1"],
  });

const byLookup = (stack: Stack): IVpc => Vpc.fromLookup(stack, "Imported", { vpcId: "vpc-0aaa" });

interface Situation {
  readonly subnet: SubnetType;
  readonly more?: (stack: Stack, vpc: IVpc, host: CfnInstance | undefined) => void;
}

function build(app: App, importVpc: (stack: Stack) => IVpc, { subnet, more }: Situation): void {
  const stack = newStack(app, "Hosts", { env: ENV });
  const vpc = importVpc(stack);
  const vpcSubnets: SubnetSelection = { subnetType: subnet };
  const host = newHost(stack, vpc, "Web", { vpcSubnets }).node.defaultChild;
  more?.(stack, vpc, host instanceof CfnInstance ? host : undefined);
}

/** The one host of an app as the command line judges its assembly, with the context of its look-ups beside it. */
async function judged(app: App, context: unknown): Promise<HostVerdict> {
  const { directory } = app.synth();
  writeFileSync(path.join(directory, "..", "cdk.context.json"), JSON.stringify(context));
  const options = parseArguments(["check", directory]);
  if (options.command !== "check") throw new Error("that is no check");
  const [host] = assessReading(await readInputs(options)).hosts;
  if (host === undefined) throw new Error("the app has no host");
  return host;
}

describe.each([
  ["Vpc.fromVpcAttributes", byAttributes],
  ["Vpc.fromLookup", byLookup],
])("a VPC from %s", (_, importVpc) => {
  const report = (situation: Situation) => {
    const app = newApp(LOOKED_UP);
    Validations.of(app).addPlugins(new SessionManagerChecks());
    build(app, importVpc, situation);
    return reportOf(app);
  };

  test("lets a host in a private subnet be ready", () => {
    expect(lines(report({ subnet: SubnetType.PRIVATE_WITH_EGRESS }))).toEqual([]);
  });

  test("leaves a host in an isolated subnet unknown, for endpoints may be there that the app does not declare", () => {
    const { violations } = report({ subnet: SubnetType.PRIVATE_ISOLATED });
    expect(violations).toMatchObject([{ rule: "hosts-unknown" }]);
    expect(violations[0]?.description).toMatch(/the endpoints of VPC vpc-0aaa are not known/);
  });

  test("lets a host in an isolated subnet be ready with endpoints that the app adds", () => {
    const services = [InterfaceVpcEndpointAwsService.SSM, InterfaceVpcEndpointAwsService.SSM_MESSAGES];
    const more = (stack: Stack, vpc: IVpc) => {
      for (const service of services) {
        const id = service.shortName;
        const endpoint = new InterfaceVpcEndpoint(stack, id, {
          vpc,
          service,
          subnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
          open: false,
        });
        endpoint.connections.allowDefaultPortFromAnyIpv4();
      }
    };
    expect(lines(report({ subnet: SubnetType.PRIVATE_ISOLATED, more }))).toEqual([]);
  });

  test("leaves a host in a public subnet unknown that does not say whether it has a public address", () => {
    const { violations } = report({ subnet: SubnetType.PUBLIC });
    expect(violations).toMatchObject([{ rule: "hosts-unknown" }]);
    expect(violations[0]?.description).toMatch(/public address/);
  });

  test.each([
    [true, []],
    [false, ["no public address"]],
  ])("judges a host in a public subnet by its own public address: %s", (associatePublicIpAddress, reasons) => {
    const { violations } = report({
      subnet: SubnetType.PUBLIC,
      more: (_stack, _vpc, host) => {
        host?.addPropertyOverride("NetworkInterfaces", [
          { DeviceIndex: "0", AssociatePublicIpAddress: associatePublicIpAddress, SubnetId: "subnet-0d1" },
        ]);
      },
    });
    expect(violations.filter(({ description }) => description.includes("no public address"))).toHaveLength(
      reasons.length,
    );
  });
});

describe("the command line, with the context of the app's look-ups", () => {
  const verdict = (subnet: SubnetType): Promise<HostVerdict> => {
    const app = newApp(LOOKED_UP);
    build(app, byLookup, { subnet });
    return judged(app, LOOKED_UP);
  };

  test("proves a private subnet's way out, and says what it takes for granted", async () => {
    const { session, links } = await verdict(SubnetType.PRIVATE_WITH_EGRESS);
    expect(session).toBe("ready");
    expect(links.network.reason).toContain("subnet-0b1 has a route to a NAT gateway, as cdk.context.json says");
  });

  test("knows nothing without it", async () => {
    const app = newApp(LOOKED_UP);
    build(app, byLookup, { subnet: SubnetType.PRIVATE_WITH_EGRESS });
    expect((await judged(app, {})).links.network).toMatchObject({ status: "unknown" });
  });
});

describe("machine images in the context", () => {
  test.each([
    [
      "a look-up by name and owner",
      {
        "ami:account=1:filters.image-type.0=machine:filters.name.0=al2023-ami-2023.*-x86_64:filters.state.0=available:owners.0=amazon:region=eu-west-1":
          "ami-0123456789abcdef0",
      },
      { name: "al2023-ami-2023.*-x86_64", owner: "amazon" },
    ],
    [
      "a look-up among several owners",
      { "ami:account=1:filters.name.0=web-*:owners.0=amazon:owners.1=self:region=eu-west-1": "ami-0123456789abcdef0" },
      { name: "web-*" },
    ],
    [
      "a look-up by several names",
      { "ami:account=1:filters.name.0=a-*:filters.name.1=b-*:owners.0=self:region=eu-west-1": "ami-0123456789abcdef0" },
      { owner: "self" },
    ],
    [
      "a name with a colon in it",
      { "ami:account=1:filters.name.0=web$:*:region=eu-west-1": "ami-0123456789abcdef0" },
      { name: "web:*" },
    ],
    [
      "an SSM parameter",
      {
        "ssm:account=1:parameterName=/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64:region=eu-west-1":
          "ami-0123456789abcdef0",
      },
      { parameter: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64" },
    ],
  ])("are told by %s", (_, context, expected) => {
    expect(outsideFromContext(context).images).toEqual([{ id: "ami-0123456789abcdef0", ...expected }]);
  });

  test.each([
    ["another provider", { "availability-zones:account=1:region=eu-west-1": ["eu-west-1a"] }],
    ["a parameter that is no image", { "ssm:account=1:parameterName=/name:region=eu-west-1": "value" }],
    ["a look-up that failed", { "ami:account=1:filters.name.0=a:region=eu-west-1": { $providerError: "none found" } }],
  ])("are not told by %s", (_, context) => {
    expect(outsideFromContext(context)).toEqual({ subnets: [], images: [] });
  });

  const imageContext = (name: string, owner: string) => ({
    [`ami:account=111111111111:filters.image-type.0=machine:filters.name.0=${name}:filters.state.0=available:owners.0=${owner}:region=eu-west-1`]:
      "ami-0123456789abcdef0",
  });

  test.each([
    ["al2023-ami-2023.*-x86_64", "amazon", []],
    ["al2023-ami-minimal-2023.*-x86_64", "amazon", ["agent-missing Hosts/Web/Resource"]],
    ["my-own-*", "self", ["hosts-unknown Hosts/Web/Resource"]],
  ])("decide whether the agent is there: %s of %s", (name, owner, expected) => {
    const app = newApp({ ...LOOKED_UP, ...imageContext(name, owner) });
    Validations.of(app).addPlugins(new SessionManagerChecks());
    const stack = newStack(app, "Hosts", { env: ENV });
    newHost(stack, byLookup(stack), "Web", { machineImage: MachineImage.lookup({ name, owners: [owner] }) });
    expect(lines(reportOf(app))).toEqual(expected);
  });

  test("read through a cached SSM parameter decide it too", () => {
    const context = {
      ...LOOKED_UP,
      "ssm:account=111111111111:parameterName=/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-6.1-x86_64:region=eu-west-1":
        "ami-0123456789abcdef0",
    };
    const app = newApp(context);
    Validations.of(app).addPlugins(new SessionManagerChecks());
    const stack = newStack(app, "Hosts", { env: ENV });
    newHost(stack, byLookup(stack), "Web", {
      machineImage: MachineImage.fromSsmParameter(
        "/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-6.1-x86_64",
        { cachedInContext: true },
      ),
    });
    expect(lines(reportOf(app))).toEqual(["agent-missing Hosts/Web/Resource"]);
  });
});

test("before the look-ups are made, their dummy values raise no alarm", () => {
  const app = newApp();
  Validations.of(app).addPlugins(new SessionManagerChecks());
  const stack = newStack(app, "Hosts", { env: ENV });
  newHost(stack, byLookup(stack), "Web", {
    machineImage: MachineImage.lookup({ name: "al2023-*", owners: ["amazon"] }),
  });
  expect(lines(reportOf(app)).filter((line) => !line.startsWith("hosts-unknown"))).toEqual([]);
});
