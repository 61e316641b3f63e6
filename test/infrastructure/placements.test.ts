import { hostOf, infrastructureOf } from "../support/templates";

const SUBNETS = `
Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
SubnetA: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24 } }
SubnetB: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24 } }
`;

function placesOf(resources: string) {
  const { placements } = hostOf(infrastructureOf(SUBNETS + resources), "Host");
  if (placements.state !== "known") return placements.state;
  return placements.value.map(({ subnet, publicAddress }) => ({
    subnet: subnet.state === "known" ? subnet.value.declaration.name : subnet.state,
    public: publicAddress.state === "known" ? publicAddress.value : publicAddress.state,
  }));
}

const inBoth = (isPublic: boolean | string) => [
  { subnet: "SubnetA", public: isPublic },
  { subnet: "SubnetB", public: isPublic },
];

const fleet = (subnets: string) =>
  `Host: { Type: AWS::EC2::SpotFleet, Properties: { SpotFleetRequestConfigData: { LaunchSpecifications: [{ ImageId: ami-1, SubnetId: ${subnets} }] } } }`;

test.each([
  ["a subnet that gives public addresses leaves those open", "MapPublicIpOnLaunch: true", "", "unknown"],
  ["a subnet that gives none gives none", "MapPublicIpOnLaunch: false", "", "absent"],
  [
    "an Elastic IP is a public address",
    "MapPublicIpOnLaunch: true",
    "Address: { Type: AWS::EC2::EIP, Properties: { NetworkInterfaceId: !Ref Interface } }",
    true,
  ],
])("of an interface that exists before the launch, %s", (_, setting, others, expected) => {
  const resources = `
Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.3.0/24, ${setting} } }
Interface: { Type: AWS::EC2::NetworkInterface, Properties: { SubnetId: !Ref Subnet } }
Host:
  Type: AWS::EC2::Instance
  Properties: { NetworkInterfaces: [{ DeviceIndex: "0", NetworkInterfaceId: !Ref Interface }] }
${others}`;
  expect(placesOf(resources)).toEqual([{ subnet: "Subnet", public: expected }]);
});

describe("a Spot Fleet specification that lists its subnets in one text", () => {
  test.each([
    ["joined", '!Join [ ",", [ !Ref SubnetA, !Ref SubnetB ] ]'],
    ["substituted", '!Sub "${SubnetA}, ${SubnetB}"'],
  ])("stands in each of them, %s", (_, subnets) => {
    expect(placesOf(fleet(subnets))).toEqual(inBoth("absent"));
  });

  test("stands in what the program declares and in what it does not", () => {
    expect(placesOf(fleet('!Sub "${SubnetA},subnet-1"'))).toEqual([
      { subnet: "SubnetA", public: "absent" },
      { subnet: "unknown", public: "absent" },
    ]);
  });
});

test.each([
  ["a text", '!Join [ ",", [ !Ref SubnetA, !Ref SubnetB ] ]'],
  ["a list of one text", '[ !Join [ ",", [ !Ref SubnetA, !Ref SubnetB ] ] ]'],
  ["a list", "[ !Ref SubnetA, !Ref SubnetB ]"],
])("an Auto Scaling group stands in each subnet of its zone identifier, %s", (_, subnets) => {
  const resources = `Configuration: { Type: AWS::AutoScaling::LaunchConfiguration, Properties: { ImageId: ami-1 } }
Host: { Type: AWS::AutoScaling::AutoScalingGroup, Properties: { LaunchConfigurationName: !Ref Configuration, VPCZoneIdentifier: ${subnets} } }`;
  expect(placesOf(resources)).toEqual(inBoth("absent"));
});

describe("a Beanstalk environment", () => {
  const option = (namespace: string, name: string, value: string) =>
    `{ Namespace: "${namespace}", OptionName: ${name}, Value: ${value} }`;
  const settings = (...options: readonly string[]) => `OptionSettings: [ ${options.join(", ")} ]`;
  const places = option("aws:ec2:vpc", "Subnets", '!Join [ ",", [ !Ref SubnetA, !Ref SubnetB ] ]');
  const address = option("aws:ec2:vpc", "AssociatePublicIpAddress", '"true"');

  test("stands in the subnets that it lists and takes a public address there", () => {
    const resources = `Host: { Type: AWS::ElasticBeanstalk::Environment, Properties: { ${settings(places, address)} } }`;
    expect(placesOf(resources)).toEqual(inBoth(true));
  });

  test("takes what it leaves out from its saved configuration", () => {
    const resources = `Profile: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [] } }
Saved:
  Type: AWS::ElasticBeanstalk::ConfigurationTemplate
  Properties: { ${settings(places, option("aws:autoscaling:launchconfiguration", "IamInstanceProfile", "!Ref Profile"))} }
Host: { Type: AWS::ElasticBeanstalk::Environment, Properties: { TemplateName: !Ref Saved, ${settings(address)} } }`;
    expect(placesOf(resources)).toEqual(inBoth(true));
    expect(hostOf(infrastructureOf(SUBNETS + resources), "Host").identity.instanceProfile).toMatchObject({
      state: "known",
      value: { name: "Profile" },
    });
  });
});
