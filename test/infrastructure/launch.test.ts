import { hostOf, infrastructureOf } from "../support/templates";

const TEMPLATE = `
Profile: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [] } }
Other: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [] } }
Template:
  Type: AWS::EC2::LaunchTemplate
  Properties:
    LaunchTemplateName: shared
    LaunchTemplateData:
      IamInstanceProfile: { Arn: !GetAtt Profile.Arn }
      ImageId: ami-template
      InstanceType: t3.nano
      MetadataOptions: { HttpTokens: required }
`;

const profileOf = (resources: string, name = "Host") => {
  const { instanceProfile } = hostOf(infrastructureOf(TEMPLATE + resources), name).identity;
  return instanceProfile.state === "known" ? instanceProfile.value.name : instanceProfile.state;
};

describe("the instance profile of a launch", () => {
  const cases: readonly (readonly [title: string, resources: string, expected: string])[] = [
    [
      "comes from the launch template where the instance names none",
      "Host: { Type: AWS::EC2::Instance, Properties: { LaunchTemplate: { LaunchTemplateId: !Ref Template, Version: 1 } } }",
      "Profile",
    ],
    [
      "is the instance's own where both name one",
      "Host: { Type: AWS::EC2::Instance, Properties: { IamInstanceProfile: !Ref Other, LaunchTemplate: { LaunchTemplateId: !Ref Template, Version: 1 } } }",
      "Other",
    ],
    [
      "is found when the launch template is named, not referred to",
      "Host: { Type: AWS::EC2::Instance, Properties: { LaunchTemplate: { LaunchTemplateName: shared, Version: 1 } } }",
      "Profile",
    ],
    [
      "is absent when nothing names one",
      "Host: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-1 } }",
      "absent",
    ],
    [
      "is unknown when the launch template is outside of the program",
      "Host: { Type: AWS::EC2::Instance, Properties: { LaunchTemplate: { LaunchTemplateId: lt-123, Version: 1 } } }",
      "unknown",
    ],
    [
      "is unknown when it is outside of the program",
      "Host: { Type: AWS::EC2::Instance, Properties: { IamInstanceProfile: made-elsewhere } }",
      "unknown",
    ],
    [
      "of a group comes from its launch template",
      "Host: { Type: AWS::AutoScaling::AutoScalingGroup, Properties: { LaunchTemplate: { LaunchTemplateId: !Ref Template, Version: 1 }, MinSize: 1, MaxSize: 1 } }",
      "Profile",
    ],
    [
      "of an AWS PCS node group is its own",
      "Host: { Type: AWS::PCS::ComputeNodeGroup, Properties: { IamInstanceProfileArn: !GetAtt Other.Arn, CustomLaunchTemplate: { TemplateId: !Ref Template, Version: 1 } } }",
      "Other",
    ],
    [
      "of an EMR instance fleet is its cluster's",
      "Cluster: { Type: AWS::EMR::Cluster, Properties: { JobFlowRole: !Ref Profile } }\nHost: { Type: AWS::EMR::InstanceFleetConfig, Properties: { ClusterId: !Ref Cluster, InstanceFleetType: TASK } }",
      "Profile",
    ],
    [
      "of a group comes from its mixed instances policy",
      "Host: { Type: AWS::AutoScaling::AutoScalingGroup, Properties: { MinSize: 1, MaxSize: 1, MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: { LaunchTemplateId: !Ref Template, Version: 1 }, Overrides: [{ InstanceType: t3.micro }] } } } }",
      "Profile",
    ],
    [
      "of a group is unknown when its launch templates differ",
      `Bare: { Type: AWS::EC2::LaunchTemplate, Properties: { LaunchTemplateData: { ImageId: ami-1 } } }
Host: { Type: AWS::AutoScaling::AutoScalingGroup, Properties: { MinSize: 1, MaxSize: 1, MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: { LaunchTemplateId: !Ref Template, Version: 1 }, Overrides: [{ InstanceType: t3.micro }, { LaunchTemplateSpecification: { LaunchTemplateId: !Ref Bare, Version: 1 } }] } } } }`,
      "unknown",
    ],
    [
      "of a Spot Fleet comes from its launch specification",
      "Host: { Type: AWS::EC2::SpotFleet, Properties: { SpotFleetRequestConfigData: { LaunchSpecifications: [{ ImageId: ami-1, IamInstanceProfile: { Arn: !GetAtt Other.Arn } }] } } }",
      "Other",
    ],
    [
      "of a fleet comes from its launch template",
      "Host: { Type: AWS::EC2::EC2Fleet, Properties: { LaunchTemplateConfigs: [{ LaunchTemplateSpecification: { LaunchTemplateId: !Ref Template, Version: 1 } }] } }",
      "Profile",
    ],
    [
      "of a node group is made by the service",
      "Host: { Type: AWS::EKS::Nodegroup, Properties: { NodeRole: arn:aws:iam::123456789012:role/nodes, Subnets: [] } }",
      "the profile that the service makes",
    ],
    [
      "of a compute node group is its own",
      "Host: { Type: AWS::PCS::ComputeNodeGroup, Properties: { IamInstanceProfileArn: !GetAtt Other.Arn, SubnetIds: [], CustomLaunchTemplate: { TemplateId: !Ref Template, Version: 1 } } }",
      "Other",
    ],
    [
      "of a compute environment is its instance role",
      "Host: { Type: AWS::Batch::ComputeEnvironment, Properties: { Type: MANAGED, ComputeResources: { Type: EC2, InstanceRole: !GetAtt Other.Arn, Subnets: [] } } }",
      "Other",
    ],
  ];
  test.each(cases)("%s", (_, resources, expected) => {
    expect(profileOf(resources)).toBe(expected);
  });
});

describe("the ways in which a host that has overrides is launched", () => {
  const ways = (host: string) =>
    hostOf(infrastructureOf(TEMPLATE + host), "Host").variants.map(({ identity, image }) => [
      identity.instanceProfile.state === "known" ? identity.instanceProfile.value.name : identity.instanceProfile.state,
      image.state === "known" ? image.value.id : image.state,
    ]);
  const base = "LaunchTemplateSpecification: { LaunchTemplateId: !Ref Template, Version: 1 }";
  const group = (overrides: string) => `
Host:
  Type: AWS::AutoScaling::AutoScalingGroup
  Properties: { MixedInstancesPolicy: { LaunchTemplate: { ${base}, Overrides: [${overrides}] } } }`;
  const fleet = (overrides: string) => `
Host: { Type: AWS::EC2::EC2Fleet, Properties: { LaunchTemplateConfigs: [{ ${base}, Overrides: [${overrides}] }] } }`;
  const asWritten = ["Profile", "ami-template"];

  test.each<readonly [title: string, host: string, expected: readonly unknown[]]>([
    ["a group's image", group("{ InstanceType: t3.micro }, { ImageId: ami-own }"), [asWritten, ["Profile", "ami-own"]]],
    [
      "a fleet's profile",
      fleet("{ InstanceType: t3.micro }, { IamInstanceProfile: { Arn: !GetAtt Other.Arn } }"),
      [asWritten, ["Other", "ami-template"]],
    ],
    [
      "two that leave nothing to the template alone",
      fleet("{ IamInstanceProfile: { Name: !Ref Other } }, { IamInstanceProfile: { Name: !Ref Profile } }"),
      [["Other", "ami-template"], asWritten],
    ],
    ["types and subnets alone", fleet("{ InstanceType: t3.micro }, { SubnetId: subnet-1 }"), []],
  ])("%s", (_, host, expected) => {
    expect(ways(host)).toEqual(expected);
  });
});

describe("the other settings of a launch", () => {
  const launched = (properties: string) =>
    hostOf(
      infrastructureOf(
        `${TEMPLATE}Host: { Type: AWS::EC2::Instance, Properties: { ${properties}LaunchTemplate: { LaunchTemplateId: !Ref Template, Version: 1 } } }`,
      ),
      "Host",
    );

  test("the instance's image wins over the template's", () => {
    expect(launched("ImageId: ami-own, ").image).toMatchObject({ state: "known", value: { id: "ami-own" } });
  });

  test("what the instance leaves out comes from the template", () => {
    const host = launched("");
    expect(host.image).toMatchObject({ state: "known", value: { id: "ami-template" } });
    expect(host.metadataOptions.httpTokens).toMatchObject({ state: "known", value: "required" });
  });

  test("a launch template by itself leaves the subnet to the launch", () => {
    const { placements } = hostOf(infrastructureOf(TEMPLATE), "Template");
    expect(placements).toMatchObject({
      value: [{ subnet: { reason: expect.stringContaining("a launch may bring its own") } }],
    });
  });

  test("an AWS PCS node group takes its own image and subnets, and the rest from the template", () => {
    const host = hostOf(
      infrastructureOf(
        `${TEMPLATE}Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: vpc-1 } }
Host: { Type: AWS::PCS::ComputeNodeGroup, Properties: { AmiId: ami-own, SubnetIds: [!Ref Subnet], CustomLaunchTemplate: { TemplateId: !Ref Template, Version: 1 } } }`,
      ),
      "Host",
    );
    expect(host.image).toMatchObject({ value: { id: "ami-own" } });
    expect(host.placements).toMatchObject({ value: [{ subnet: { value: { declaration: { name: "Subnet" } } } }] });
    expect(host.metadataOptions.httpTokens).toMatchObject({ value: "required" });
  });

  test("a launch template knows the hosts that launch from it", () => {
    const infrastructure = infrastructureOf(
      `${TEMPLATE}Host: { Type: AWS::EC2::Instance, Properties: { LaunchTemplate: { LaunchTemplateId: !Ref Template, Version: 1 } } }`,
    );
    const template = hostOf(infrastructure, "Template");
    expect(template.launches.map((host) => host.declaration.name)).toEqual(["Host"]);
    expect(hostOf(infrastructure, "Host").launchedFrom).toMatchObject({ state: "known", value: template });
  });

  test.each([
    ["Fargate", "Type: FARGATE", "MANAGED", "Fargate"],
    ["an unmanaged environment", "Type: EC2", "UNMANAGED", "unmanaged"],
  ])("%s is named as out of scope", (_, resources, type, word) => {
    const infrastructure = infrastructureOf(
      `Host: { Type: AWS::Batch::ComputeEnvironment, Properties: { Type: ${type}, ComputeResources: { ${resources} } } }`,
    );
    expect(hostOf(infrastructure, "Host").outOfScope).toContain(word);
  });

  test.each([
    ["", "attaches none"],
    ["ConnectionType: CONNECT_SSH", "attaches none"],
    ["ConnectionType: CONNECT_SSM", "AWSCloud9SSMInstanceProfile"],
  ])(
    "a Cloud9 environment with { %s } tells what is attached to it, and has an image of Cloud9's own",
    (type, words) => {
      const { identity, image } = hostOf(
        infrastructureOf(`Host: { Type: AWS::Cloud9::EnvironmentEC2, Properties: { ${type} } }`),
        "Host",
      );
      expect(identity.instanceProfile).toMatchObject({ state: "unknown", reason: expect.stringContaining(words) });
      expect(image).toMatchObject({ state: "known", value: { serviceType: { service: "cloud9" } } });
    },
  );

  test.each([
    ["", "false", "unknown"],
    ["ConnectionType: CONNECT_SSH", "false", "unknown"],
    ["ConnectionType: CONNECT_SSM", "false", "absent"],
    ["", "true", "absent"],
  ])(
    "the public address of a Cloud9 environment with { %s } where MapPublicIpOnLaunch is %s",
    (type, maps, expected) => {
      const { placements } = hostOf(
        infrastructureOf(`
Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, MapPublicIpOnLaunch: ${maps} } }
Host: { Type: AWS::Cloud9::EnvironmentEC2, Properties: { SubnetId: !Ref Subnet, ${type} } }`),
        "Host",
      );
      expect(placements).toMatchObject({ state: "known", value: [{ publicAddress: { state: expected } }] });
    },
  );

  test("a name or an image id that is empty is said to be so", () => {
    const host = hostOf(
      infrastructureOf('Host: { Type: AWS::EC2::Instance, Properties: { ImageId: "", IamInstanceProfile: "" } }'),
      "Host",
    );
    expect(host.image).toEqual({ state: "unknown", reason: "the image id is an empty text" });
    expect(host.identity.instanceProfile).toEqual({ state: "unknown", reason: "it is an empty text" });
  });
});
