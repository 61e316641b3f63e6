import * as ec2 from "@aws-sdk/client-ec2";
import * as iam from "@aws-sdk/client-iam";

export const REGION = "eu-west-1";
export const CREDENTIALS = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "secret" };

/** What the tests import into programs. */
export interface Account {
  readonly image: string;
  readonly vpc: string;
  /** Behind a NAT gateway. */
  readonly behindNat: string;
  /** Of a VPC with endpoints for sessions, and without a way out. */
  readonly withEndpoints: string;
  /** Of a VPC without endpoints, and without a way out. */
  readonly isolated: string;
  /** Its own routes leave through an internet gateway. */
  readonly open: string;
  /** Admits everything outbound. */
  readonly group: string;
  /** Admits nothing outbound. */
  readonly closedGroup: string;
}

const POLICY = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: ["ssm:*", "ssmmessages:*", "ec2messages:*"], Resource: "*" }],
};
const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** Fills the account: networks of each kind, and roles `managed`, `own`, `inline`, `bare` and `many` with profiles of the same names. */
export async function fillAccount(endpoint: string): Promise<Account> {
  const settings = { endpoint, region: REGION, credentials: CREDENTIALS };
  const client = new ec2.EC2Client(settings);
  const [network, withEndpoints, isolated] = [
    await makeNetwork(client, "10.0.0.0/16"),
    await makeVpc(client, "10.1.0.0/16"),
    await makeVpc(client, "10.2.0.0/16"),
  ];
  await makeEndpoints(client, withEndpoints);
  const identities = new iam.IAMClient(settings);
  await makeRoles(identities);
  identities.destroy();
  const images = await client.send(
    new ec2.DescribeImagesCommand({ Filters: [{ Name: "name", Values: ["amzn2-ami-hvm-2.0.*-x86_64-gp2"] }] }),
  );
  client.destroy();
  return {
    ...network,
    withEndpoints: withEndpoints.subnet,
    isolated: isolated.subnet,
    image: sure(images.Images?.[0]?.ImageId),
  };
}

/** What is surely there. */
export function sure<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("what should be there is not");
  return value;
}

interface MadeVpc {
  readonly vpc: string;
  readonly subnet: string;
}

async function makeVpc(client: ec2.EC2Client, block: string): Promise<MadeVpc> {
  const made = await client.send(new ec2.CreateVpcCommand({ CidrBlock: block }));
  const vpc = sure(made.Vpc?.VpcId);
  await client.send(new ec2.ModifyVpcAttributeCommand({ VpcId: vpc, EnableDnsHostnames: { Value: true } }));
  return { vpc, subnet: await makeSubnet(client, vpc, block.replace("0.0/16", "1.0/24")) };
}

async function makeSubnet(client: ec2.EC2Client, vpc: string, block: string): Promise<string> {
  const made = await client.send(new ec2.CreateSubnetCommand({ VpcId: vpc, CidrBlock: block }));
  return sure(made.Subnet?.SubnetId);
}

async function makeNetwork(client: ec2.EC2Client, block: string) {
  const { vpc, subnet: open } = await makeVpc(client, block);
  const gateway = await client.send(new ec2.CreateInternetGatewayCommand({}));
  const GatewayId = sure(gateway.InternetGateway?.InternetGatewayId);
  await client.send(new ec2.AttachInternetGatewayCommand({ InternetGatewayId: GatewayId, VpcId: vpc }));
  await routeFrom(client, vpc, open, { GatewayId });
  await client.send(new ec2.ModifySubnetAttributeCommand({ SubnetId: open, MapPublicIpOnLaunch: { Value: true } }));
  const address = await client.send(new ec2.AllocateAddressCommand({}));
  const nat = await client.send(
    new ec2.CreateNatGatewayCommand({ SubnetId: open, AllocationId: sure(address.AllocationId) }),
  );
  const behindNat = await makeSubnet(client, vpc, block.replace("0.0/16", "2.0/24"));
  await routeFrom(client, vpc, behindNat, { NatGatewayId: sure(nat.NatGateway?.NatGatewayId) });
  const group = await makeGroup(client, vpc, "open");
  const closedGroup = await makeGroup(client, vpc, "closed");
  await client.send(
    new ec2.RevokeSecurityGroupEgressCommand({
      GroupId: closedGroup,
      IpPermissions: [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
    }),
  );
  return { vpc, open, behindNat, group, closedGroup };
}

type Target = Pick<ec2.CreateRouteCommandInput, "GatewayId" | "NatGatewayId">;

async function routeFrom(client: ec2.EC2Client, vpc: string, subnet: string, target: Target): Promise<void> {
  const made = await client.send(new ec2.CreateRouteTableCommand({ VpcId: vpc }));
  const RouteTableId = sure(made.RouteTable?.RouteTableId);
  await client.send(new ec2.CreateRouteCommand({ RouteTableId, DestinationCidrBlock: "0.0.0.0/0", ...target }));
  await client.send(new ec2.AssociateRouteTableCommand({ RouteTableId, SubnetId: subnet }));
}

async function makeGroup(client: ec2.EC2Client, vpc: string, name: string): Promise<string> {
  const made = await client.send(
    new ec2.CreateSecurityGroupCommand({ VpcId: vpc, GroupName: name, Description: name }),
  );
  return sure(made.GroupId);
}

async function makeEndpoints(client: ec2.EC2Client, { vpc, subnet }: MadeVpc): Promise<void> {
  const group = await makeGroup(client, vpc, "endpoints");
  await client.send(
    new ec2.AuthorizeSecurityGroupIngressCommand({
      GroupId: group,
      IpPermissions: [{ IpProtocol: "tcp", FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: "10.1.0.0/16" }] }],
    }),
  );
  for (const service of ["ssm", "ssmmessages"]) {
    await client.send(
      new ec2.CreateVpcEndpointCommand({
        VpcId: vpc,
        VpcEndpointType: "Interface",
        ServiceName: `com.amazonaws.${REGION}.${service}`,
        SubnetIds: [subnet],
        SecurityGroupIds: [group],
        PrivateDnsEnabled: true,
      }),
    );
  }
}

async function makeRoles(client: iam.IAMClient): Promise<void> {
  for (const name of ["managed", "own", "inline", "bare", "many"]) {
    await client.send(new iam.CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: TRUST }));
    await client.send(new iam.CreateInstanceProfileCommand({ InstanceProfileName: name }));
    await client.send(new iam.AddRoleToInstanceProfileCommand({ InstanceProfileName: name, RoleName: name }));
  }
  const own = await client.send(
    new iam.CreatePolicyCommand({ PolicyName: "sessions", PolicyDocument: JSON.stringify(POLICY) }),
  );
  await attachMany(client);
  const policies = [
    ["many", "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"],
    ["managed", "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"],
    ["own", sure(own.Policy?.Arn)],
  ] as const;
  for (const [RoleName, PolicyArn] of policies) {
    await client.send(new iam.AttachRolePolicyCommand({ RoleName, PolicyArn }));
  }
  const inline = { RoleName: "inline", PolicyName: "sessions", PolicyDocument: JSON.stringify(POLICY) };
  await client.send(new iam.PutRolePolicyCommand(inline));
}

/** More policies than there are on one page. */
async function attachMany(client: iam.IAMClient): Promise<void> {
  const PolicyDocument = JSON.stringify({
    ...POLICY,
    Statement: [{ Effect: "Allow", Action: "s3:ListBucket", Resource: "*" }],
  });
  for (let index = 0; index < 110; index++) {
    const made = await client.send(new iam.CreatePolicyCommand({ PolicyName: `list-${index}`, PolicyDocument }));
    await client.send(new iam.AttachRolePolicyCommand({ RoleName: "many", PolicyArn: sure(made.Policy?.Arn) }));
  }
}
