import { diagnoseNetwork } from "../../../core/diagnosis/network/network";
import { all, chain, known, unknown } from "../../../core/facts/fact";
import { buildInfrastructure } from "../../../core/infrastructure/build";
import { readTemplates } from "../../../core/readers/cloudformation";
import { hostOf, infrastructureOf } from "../../support/templates";

/** A host whose only way out are endpoints, in a VPC whose addresses are not known before deployment. */
interface Sketch {
  readonly vpc?: string;
  readonly subnet?: string;
  /** The block that the group of the endpoints admits. */
  readonly admitted: string;
  readonly others?: string;
}

const template = ({ vpc = "!ImportValue cidr", subnet = "!ImportValue app-cidr", admitted, others = "" }: Sketch) => `
Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: ${vpc}, EnableDnsHostnames: true } }
Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: ${subnet} } }
Admitting:
  Type: AWS::EC2::SecurityGroup
  Properties:
    VpcId: !Ref Vpc
    SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: ${admitted} }]
Everything: { Type: AWS::EC2::SecurityGroup, Properties: { VpcId: !Ref Vpc } }
${["ssm", "ssmmessages"].map(endpoint).join("")}
Host: { Type: AWS::EC2::Instance, Properties: { SubnetId: !Ref Subnet, SecurityGroupIds: [!Ref Everything] } }
${others}`;

const endpoint = (service: string) => `
${service}:
  Type: AWS::EC2::VPCEndpoint
  Properties:
    VpcId: !Ref Vpc
    VpcEndpointType: Interface
    PrivateDnsEnabled: true
    ServiceName: !Sub com.amazonaws.\${AWS::Region}.${service}
    SubnetIds: [!Ref Subnet]
    SecurityGroupIds: [!Ref Admitting]`;

const verdictOn = (sketch: Sketch) => {
  const infrastructure = infrastructureOf(template(sketch));
  return diagnoseNetwork(hostOf(infrastructure, "Host"), infrastructure).status;
};

const second = "Second: { Type: AWS::EC2::VPCCidrBlock, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.9.0.0/16 } }";
const secondIpv6 =
  "Second: { Type: AWS::EC2::VPCCidrBlock, Properties: { VpcId: !Ref Vpc, AmazonProvidedIpv6CidrBlock: true } }";

const acl = (block: string) => `
Acl: { Type: AWS::EC2::NetworkAcl, Properties: { VpcId: !Ref Vpc } }
Other: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: !ImportValue other-cidr } }
Association: { Type: AWS::EC2::SubnetNetworkAclAssociation, Properties: { SubnetId: !Ref Other, NetworkAclId: !Ref Acl } }
In: { Type: AWS::EC2::NetworkAclEntry, Properties: { NetworkAclId: !Ref Acl, RuleNumber: 1, Protocol: -1, RuleAction: allow, CidrBlock: ${block} } }
Out: { Type: AWS::EC2::NetworkAclEntry, Properties: { NetworkAclId: !Ref Acl, RuleNumber: 1, Protocol: -1, RuleAction: allow, Egress: true, CidrBlock: ${block} } }
Remote: { Type: AWS::EC2::Instance, Properties: { SubnetId: !Ref Other, SecurityGroupIds: [!Ref Everything] } }`;

test.each<readonly [title: string, status: string, sketch: Sketch]>([
  ["the expression for the block of the VPC", "pass", { admitted: "!ImportValue cidr" }],
  ["the attribute of the VPC", "pass", { admitted: "!GetAtt Vpc.CidrBlock" }],
  [
    "the attribute of a VPC that a pool gives its block",
    "pass",
    { vpc: "!Ref AWS::NoValue", admitted: "!GetAtt Vpc.CidrBlock" },
  ],
  ["the expression for the block of the subnet", "pass", { admitted: "!ImportValue app-cidr" }],
  ["a text made of the same parts", "pass", { vpc: '!Sub "${Net}.0.0/16"', admitted: '!Sub "${Net}.0.0/16"' }],
  ["a text made of other parts", "unknown", { vpc: '!Sub "${Net}.0.0/16"', admitted: '!Sub "${Net}.1.0/24"' }],
  ["another expression", "unknown", { admitted: "!ImportValue offices" }],
  ["one of two blocks of the VPC", "unknown", { admitted: "!ImportValue cidr", others: second }],
  ["the only IPv4 block beside one for IPv6", "pass", { admitted: "!ImportValue cidr", others: secondIpv6 }],
])("an endpoint that admits %s: %s", (_, status, sketch) => {
  expect(verdictOn(sketch)).toBe(status);
});

test.each([
  ["the expression for the block of the VPC", "!ImportValue cidr", "pass"],
  ["another expression", "!ImportValue offices", "unknown"],
])("a network ACL whose entries are about %s", (_, block, status) => {
  const infrastructure = infrastructureOf(template({ admitted: "!ImportValue cidr", others: acl(block) }));
  expect(diagnoseNetwork(hostOf(infrastructure, "Remote"), infrastructure).status).toBe(status);
});

test("a block that a parent stack passes to two nested ones is the same in both", () => {
  const parent = `
Parameters: { Cidr: { Type: String } }
Resources:
  Net: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: net.yaml, Parameters: { Block: !Ref Cidr } } }
  Groups:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: groups.yaml
      Parameters: { VpcId: !GetAtt Net.Outputs.VpcId, Admitted: !Ref Cidr }`;
  const net = `
Parameters: { Block: { Type: String } }
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: !Ref Block } }
Outputs: { VpcId: { Value: !Ref Vpc } }`;
  const groups = `
Parameters: { VpcId: { Type: String }, Admitted: { Type: String } }
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: { VpcId: !Ref VpcId, SecurityGroupIngress: [{ IpProtocol: -1, CidrIp: !Ref Admitted }] }
  Host: { Type: AWS::EC2::Instance, Properties: { SecurityGroupIds: [!Ref Group] } }`;
  const files = { "parent.yaml": parent, "net.yaml": net, "groups.yaml": groups };
  const inputs = Object.entries(files).map(([file, text]) => ({ file, text, required: true }));
  const [program] = readTemplates(inputs)
    .units.flat()
    .map((scenario) => scenario.program);
  if (program === undefined) throw new Error("nothing was read");
  const { vpcs, hosts } = buildInfrastructure(program);
  const [placement] = hosts.flatMap(({ placements }) => (placements.state === "known" ? placements.value : []));
  const rules = placement === undefined ? unknown("no host") : chain(placement.securityGroups, all);
  const peers = rules.state === "known" ? rules.value.map(({ ingress }) => chain(ingress, all)) : [];
  expect(peers).toEqual([
    expect.objectContaining({
      value: [
        expect.objectContaining({
          peer: known({ kind: "openCidr", keys: vpcs[0]?.blockKeys.slice(0, 1), reason: expect.any(String) }),
        }),
      ],
    }),
  ]);
});
