import { diagnoseNetwork } from "../../../core/diagnosis/network/network";
import { buildInfrastructure } from "../../../core/infrastructure/build";
import { readPulumiPreview } from "../../../core/readers/pulumi";
import { previewOf, type Sketch, UNKNOWN, urn } from "./support";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const EXCLUSIVE = "aws:ec2/vpcSecurityGroupRulesExclusive:VpcSecurityGroupRulesExclusive";
const GATEWAY = "aws:ec2/internetGateway:InternetGateway";
const INSTANCE = "aws:ec2/instance:Instance";

const inVpc = { from: { vpcId: [urn(VPC)] } };
const EVERYWHERE = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };

/** A host in a public subnet, but for the rules of its group. */
const PUBLIC_HOST: readonly Sketch[] = [
  { type: VPC, inputs: { cidrBlock: "10.0.0.0/16" } },
  { type: SUBNET, inputs: { vpcId: UNKNOWN, cidrBlock: "10.0.0.0/24", mapPublicIpOnLaunch: true }, ...inVpc },
  { type: GATEWAY, inputs: { vpcId: UNKNOWN }, ...inVpc },
  {
    type: "aws:ec2/defaultRouteTable:DefaultRouteTable",
    inputs: { defaultRouteTableId: UNKNOWN, routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: UNKNOWN }] },
    from: { defaultRouteTableId: [urn(VPC)], routes: [urn(GATEWAY)] },
  },
  {
    type: INSTANCE,
    inputs: { subnetId: UNKNOWN, vpcSecurityGroupIds: [UNKNOWN] },
    from: { subnetId: [urn(SUBNET)], vpcSecurityGroupIds: [urn(GROUP)] },
  },
];

const group = (inputs: object = {}): Sketch => ({ type: GROUP, inputs: { vpcId: UNKNOWN, ...inputs }, ...inVpc });

const rule: Sketch = {
  type: RULE,
  inputs: { securityGroupId: UNKNOWN, ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" },
  from: { securityGroupId: [urn(GROUP)] },
};

const keeping = (egressRuleIds: unknown, from: readonly string[] = []): Sketch => ({
  type: EXCLUSIVE,
  inputs: { securityGroupId: UNKNOWN, ingressRuleIds: [], egressRuleIds },
  from: { securityGroupId: [urn(GROUP)], egressRuleIds: from },
});

test.each<[string, string, readonly Sketch[]]>([
  ["is not there", "pass", [group(), rule]],
  ["lists the rule that opens the way", "pass", [group(), rule, keeping([UNKNOWN], [urn(RULE)])]],
  ["lists no rule", "unknown", [group(), rule, keeping([])]],
  ["lists rules that are not known", "unknown", [group(), rule, keeping([UNKNOWN])]],
  ["finds the rule in the group itself", "unknown", [group({ egress: [EVERYWHERE] }), keeping([])]],
])("where what keeps the listed rules of a group %s, the network is a %s", (_, status, sketches) => {
  const { units } = readPulumiPreview(previewOf(...PUBLIC_HOST, ...sketches), "preview.json");
  const infrastructure = buildInfrastructure({ declarations: units[0]?.[0]?.program.declarations ?? [] });
  const hosts = infrastructure.hosts.map((host) => diagnoseNetwork(host, infrastructure).status);
  expect(hosts).toEqual([status]);
});
