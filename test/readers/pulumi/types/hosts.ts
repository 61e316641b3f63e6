import { type Row, row } from "./table";

const SCRIPT = "#!/bin/sh\nyum install -y amazon-ssm-agent\n";
const ENCODED = Buffer.from(SCRIPT).toString("base64");
const METADATA = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 2 };
const METADATA_OPTIONS = { HttpEndpoint: "enabled", HttpTokens: "required", HttpPutResponseHopLimit: 2 };

export const HOSTS: readonly Row[] = [
  row(
    "aws:ec2/instance:Instance",
    {
      ami: "ami-1",
      instanceType: "t3.micro",
      iamInstanceProfile: "web",
      subnetId: "subnet-1",
      vpcSecurityGroupIds: ["sg-1"],
      associatePublicIpAddress: true,
      userData: SCRIPT,
      metadataOptions: METADATA,
      rootBlockDevice: { volumeSize: 8, volumeType: "gp3" },
      ebsBlockDevices: [{ deviceName: "/dev/sdf", volumeSize: 100 }],
      launchTemplate: { id: "lt-1", version: "$Latest" },
      primaryNetworkInterface: { networkInterfaceId: "eni-1" },
      tags: { Name: "web", Env: "prod" },
    },
    "AWS::EC2::Instance",
    {
      ImageId: "ami-1",
      InstanceType: "t3.micro",
      IamInstanceProfile: "web",
      SubnetId: "subnet-1",
      SecurityGroupIds: ["sg-1"],
      AssociatePublicIpAddress: true,
      UserData: SCRIPT,
      MetadataOptions: METADATA_OPTIONS,
      RootBlockDevice: { VolumeSize: 8, VolumeType: "gp3" },
      BlockDeviceMappings: [{ DeviceName: "/dev/sdf", Ebs: { VolumeSize: 100 } }],
      LaunchTemplate: { LaunchTemplateId: "lt-1", Version: "$Latest" },
      NetworkInterfaces: [{ DeviceIndex: 0, NetworkInterfaceId: "eni-1" }],
      Tags: [
        { Key: "Name", Value: "web" },
        { Key: "Env", Value: "prod" },
      ],
    },
  ),
  row(
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
    { ami: "ami-1", spotPrice: "0.1", networkInterfaces: [{ networkInterfaceId: "eni-1", deviceIndex: 0 }] },
    "AWS::EC2::Instance",
    { ImageId: "ami-1", NetworkInterfaces: [{ NetworkInterfaceId: "eni-1", DeviceIndex: 0 }] },
  ),
  row(
    "aws:ec2/launchTemplate:LaunchTemplate",
    {
      name: "web",
      imageId: "ami-1",
      instanceType: "t3.micro",
      iamInstanceProfile: { arn: "arn:aws:iam::123456789012:instance-profile/web" },
      vpcSecurityGroupIds: ["sg-1"],
      networkInterfaces: [
        { deviceIndex: 0, subnetId: "subnet-1", securityGroups: ["sg-1"], associatePublicIpAddress: "false" },
      ],
      userData: ENCODED,
      metadataOptions: METADATA,
      blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 20 } }],
      instanceRequirements: { memoryMib: { min: 512 }, vcpuCount: { min: 1, max: 2 } },
      tagSpecifications: [{ resourceType: "instance", tags: { Env: "prod" } }],
    },
    "AWS::EC2::LaunchTemplate",
    {
      LaunchTemplateName: "web",
      LaunchTemplateData: {
        ImageId: "ami-1",
        InstanceType: "t3.micro",
        IamInstanceProfile: { Arn: "arn:aws:iam::123456789012:instance-profile/web" },
        SecurityGroupIds: ["sg-1"],
        NetworkInterfaces: [
          { DeviceIndex: 0, SubnetId: "subnet-1", Groups: ["sg-1"], AssociatePublicIpAddress: "false" },
        ],
        UserData: SCRIPT,
        MetadataOptions: METADATA_OPTIONS,
        BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { VolumeSize: 20 } }],
        InstanceRequirements: { MemoryMiB: { Min: 512 }, VCpuCount: { Min: 1, Max: 2 } },
        TagSpecifications: [{ ResourceType: "instance", Tags: [{ Key: "Env", Value: "prod" }] }],
      },
    },
  ),
  row(
    "aws:ec2/launchConfiguration:LaunchConfiguration",
    { name: "old", imageId: "ami-1", iamInstanceProfile: "web", securityGroups: ["sg-1"], userDataBase64: ENCODED },
    "AWS::AutoScaling::LaunchConfiguration",
    {
      LaunchConfigurationName: "old",
      ImageId: "ami-1",
      IamInstanceProfile: "web",
      SecurityGroups: ["sg-1"],
      UserData: SCRIPT,
    },
  ),
  row(
    "aws:autoscaling/group:Group",
    {
      name: "web",
      minSize: 0,
      maxSize: 2,
      mixedInstancesPolicy: {
        launchTemplate: {
          launchTemplateSpecification: { launchTemplateId: "lt-1", version: "$Latest" },
          overrides: [{ instanceType: "t3.small", launchTemplateSpecification: { launchTemplateName: "arm" } }],
        },
      },
      vpcZoneIdentifiers: ["subnet-1", "subnet-2"],
      tags: [{ key: "Env", value: "prod", propagateAtLaunch: true }],
    },
    "AWS::AutoScaling::AutoScalingGroup",
    {
      AutoScalingGroupName: "web",
      MinSize: 0,
      MaxSize: 2,
      MixedInstancesPolicy: {
        LaunchTemplate: {
          LaunchTemplateSpecification: { LaunchTemplateId: "lt-1", Version: "$Latest" },
          Overrides: [{ InstanceType: "t3.small", LaunchTemplateSpecification: { LaunchTemplateName: "arm" } }],
        },
      },
      VPCZoneIdentifier: ["subnet-1", "subnet-2"],
      Tags: [{ Key: "Env", Value: "prod", PropagateAtLaunch: true }],
    },
  ),
  row(
    "aws:autoscaling/tag:Tag",
    { autoscalingGroupName: "web", tag: { key: "Env", value: "prod", propagateAtLaunch: true } },
    "SsmPreflight::ResourceTag",
    { ResourceId: "web", Key: "Env", Value: "prod" },
  ),
  row(
    "aws:ec2/spotFleetRequest:SpotFleetRequest",
    {
      iamFleetRole: "arn:aws:iam::123456789012:role/fleet",
      launchSpecifications: [
        {
          ami: "ami-1",
          instanceType: "t3.micro",
          iamInstanceProfileArn: "arn:aws:iam::123456789012:instance-profile/web",
          subnetId: "subnet-1",
          vpcSecurityGroupIds: ["sg-1"],
          userData: ENCODED,
          rootBlockDevices: [{ volumeSize: 8 }],
          tags: { Env: "prod" },
        },
      ],
      launchTemplateConfigs: [
        { launchTemplateSpecification: { id: "lt-1", version: "1" }, overrides: [{ subnetId: "subnet-2" }] },
      ],
    },
    "AWS::EC2::SpotFleet",
    {
      SpotFleetRequestConfigData: {
        IamFleetRole: "arn:aws:iam::123456789012:role/fleet",
        LaunchSpecifications: [
          {
            ImageId: "ami-1",
            InstanceType: "t3.micro",
            IamInstanceProfile: { Arn: "arn:aws:iam::123456789012:instance-profile/web" },
            SubnetId: "subnet-1",
            SecurityGroups: [{ GroupId: "sg-1" }],
            UserData: SCRIPT,
            RootBlockDevice: { VolumeSize: 8 },
            TagSpecifications: [{ ResourceType: "instance", Tags: [{ Key: "Env", Value: "prod" }] }],
          },
        ],
        LaunchTemplateConfigs: [
          {
            LaunchTemplateSpecification: { LaunchTemplateId: "lt-1", Version: "1" },
            Overrides: [{ SubnetId: "subnet-2" }],
          },
        ],
      },
    },
  ),
  row(
    "aws:ec2/fleet:Fleet",
    {
      type: "maintain",
      launchTemplateConfigs: [
        {
          launchTemplateSpecification: { launchTemplateId: "lt-1", version: "1" },
          overrides: [{ subnetId: "subnet-1", instanceType: "t3.small" }],
        },
      ],
    },
    "AWS::EC2::EC2Fleet",
    {
      LaunchTemplateConfigs: [
        {
          LaunchTemplateSpecification: { LaunchTemplateId: "lt-1", Version: "1" },
          Overrides: [{ InstanceType: "t3.small", SubnetId: "subnet-1" }],
        },
      ],
      Type: "maintain",
    },
  ),
  row(
    "aws:eks/nodeGroup:NodeGroup",
    {
      clusterName: "shop",
      nodeRoleArn: "arn:aws:iam::123456789012:role/node",
      subnetIds: ["subnet-1"],
      amiType: "AL2023_x86_64_STANDARD",
      instanceTypes: ["t3.large"],
      launchTemplate: { id: "lt-1", version: "3" },
      remoteAccess: { ec2SshKey: "key", sourceSecurityGroupIds: ["sg-1"] },
    },
    "AWS::EKS::Nodegroup",
    {
      ClusterName: "shop",
      NodeRole: "arn:aws:iam::123456789012:role/node",
      Subnets: ["subnet-1"],
      AmiType: "AL2023_x86_64_STANDARD",
      InstanceTypes: ["t3.large"],
      LaunchTemplate: { Id: "lt-1", Version: "3" },
      RemoteAccess: { Ec2SshKey: "key", SourceSecurityGroups: ["sg-1"] },
    },
  ),
  row(
    "aws:batch/computeEnvironment:ComputeEnvironment",
    {
      name: "jobs",
      type: "MANAGED",
      computeResources: {
        type: "EC2",
        instanceRole: "arn:aws:iam::123456789012:instance-profile/batch",
        subnets: ["subnet-1"],
        securityGroupIds: ["sg-1"],
        ec2Configurations: [{ imageType: "ECS_AL2023" }],
        launchTemplate: { launchTemplateName: "batch" },
      },
    },
    "AWS::Batch::ComputeEnvironment",
    {
      ComputeEnvironmentName: "jobs",
      Type: "MANAGED",
      ComputeResources: {
        Type: "EC2",
        InstanceRole: "arn:aws:iam::123456789012:instance-profile/batch",
        Subnets: ["subnet-1"],
        SecurityGroupIds: ["sg-1"],
        Ec2Configuration: [{ ImageType: "ECS_AL2023" }],
        LaunchTemplate: { LaunchTemplateName: "batch" },
      },
    },
  ),
  row("aws:ecs/service:Service", { name: "web", enableExecuteCommand: true }, "AWS::ECS::Service", {
    ServiceName: "web",
    EnableExecuteCommand: true,
  }),
  row(
    "aws:eks/fargateProfile:FargateProfile",
    { clusterName: "main", fargateProfileName: "pods" },
    "AWS::EKS::FargateProfile",
    { ClusterName: "main", FargateProfileName: "pods" },
  ),
  row("aws:eks/cluster:Cluster", { name: "main", computeConfig: { enabled: true } }, "AWS::EKS::Cluster", {
    Name: "main",
    ComputeConfig: { Enabled: true },
  }),
  row("aws:cloudformation/stack:Stack", { name: "legacy" }, "SsmPreflight::TemplateStack", { Name: "legacy" }),
  row("aws:cloudformation/stackSet:StackSet", { name: "legacy" }, "SsmPreflight::TemplateStack", { Name: "legacy" }),
  row("aws:emr/instanceFleet:InstanceFleet", { name: "tasks", clusterId: "j-1" }, "AWS::EMR::InstanceFleetConfig", {
    Name: "tasks",
    ClusterId: "j-1",
  }),
  row("aws:emr/instanceGroup:InstanceGroup", { name: "tasks", clusterId: "j-1" }, "AWS::EMR::InstanceGroupConfig", {
    Name: "tasks",
    JobFlowId: "j-1",
  }),
  row(
    "aws:cloud9/environmentEC2:EnvironmentEC2",
    { name: "ide", connectionType: "CONNECT_SSM", imageId: "amazonlinux-2023-x86_64", subnetId: "subnet-1" },
    "AWS::Cloud9::EnvironmentEC2",
    { Name: "ide", ConnectionType: "CONNECT_SSM", ImageId: "amazonlinux-2023-x86_64", SubnetId: "subnet-1" },
  ),
  row(
    "aws:elasticbeanstalk/environment:Environment",
    {
      name: "shop-prod",
      application: "shop",
      solutionStackName: "64bit Amazon Linux 2023 v6.1.0 running Node.js 20",
      settings: [{ namespace: "aws:autoscaling:launchconfiguration", name: "IamInstanceProfile", value: "web" }],
    },
    "AWS::ElasticBeanstalk::Environment",
    {
      EnvironmentName: "shop-prod",
      ApplicationName: "shop",
      SolutionStackName: "64bit Amazon Linux 2023 v6.1.0 running Node.js 20",
      OptionSettings: [
        { Namespace: "aws:autoscaling:launchconfiguration", OptionName: "IamInstanceProfile", Value: "web" },
      ],
    },
  ),
  row(
    "aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate",
    { application: "shop", settings: [{ namespace: "aws:ec2:vpc", name: "Subnets", value: "subnet-1" }] },
    "AWS::ElasticBeanstalk::ConfigurationTemplate",
    {
      ApplicationName: "shop",
      OptionSettings: [{ Namespace: "aws:ec2:vpc", OptionName: "Subnets", Value: "subnet-1" }],
    },
  ),
  row(
    "aws:emr/cluster:Cluster",
    {
      name: "crunch",
      releaseLabel: "emr-7.0.0",
      serviceRole: "EMR_DefaultRole",
      ec2Attributes: {
        instanceProfile: "EMR_EC2_DefaultRole",
        subnetId: "subnet-1",
        emrManagedMasterSecurityGroup: "sg-1",
      },
    },
    "AWS::EMR::Cluster",
    {
      Name: "crunch",
      ReleaseLabel: "emr-7.0.0",
      ServiceRole: "EMR_DefaultRole",
      JobFlowRole: "EMR_EC2_DefaultRole",
      Instances: { Ec2SubnetId: "subnet-1", EmrManagedMasterSecurityGroup: "sg-1" },
    },
  ),
  row("aws:ec2/ami:Ami", { name: "golden" }, "SsmPreflight::Image", { Name: "golden" }),
  row("aws:ec2/amiCopy:AmiCopy", { name: "golden", sourceAmiId: "ami-1" }, "SsmPreflight::Image", {
    Name: "golden",
    SourceImageId: "ami-1",
  }),
  row("aws:ec2/amiFromInstance:AmiFromInstance", { name: "golden", sourceInstanceId: "i-1" }, "SsmPreflight::Image", {
    Name: "golden",
    SourceInstanceId: "i-1",
  }),
  row(
    "aws:imagebuilder/imageRecipe:ImageRecipe",
    {
      name: "golden",
      version: "1.0.0",
      parentImage: "arn:aws:imagebuilder:eu-west-1:aws:image/amazon-linux-2023-x86/x.x.x",
      components: [{ componentArn: "arn:aws:imagebuilder:eu-west-1:aws:component/update-linux/x.x.x" }],
      systemsManagerAgent: { uninstallAfterBuild: true },
    },
    "AWS::ImageBuilder::ImageRecipe",
    {
      Name: "golden",
      Version: "1.0.0",
      ParentImage: "arn:aws:imagebuilder:eu-west-1:aws:image/amazon-linux-2023-x86/x.x.x",
      Components: [{ ComponentArn: "arn:aws:imagebuilder:eu-west-1:aws:component/update-linux/x.x.x" }],
      AdditionalInstanceConfiguration: { SystemsManagerAgent: { UninstallAfterBuild: true } },
    },
  ),
  row(
    "aws:imagebuilder/image:Image",
    { imageRecipeArn: "arn:recipe", infrastructureConfigurationArn: "arn:infrastructure" },
    "AWS::ImageBuilder::Image",
    { ImageRecipeArn: "arn:recipe", InfrastructureConfigurationArn: "arn:infrastructure" },
  ),
  row(
    "aws:imagebuilder/imagePipeline:ImagePipeline",
    { name: "nightly", imageRecipeArn: "arn:recipe", infrastructureConfigurationArn: "arn:infrastructure" },
    "AWS::ImageBuilder::ImagePipeline",
    { Name: "nightly", ImageRecipeArn: "arn:recipe", InfrastructureConfigurationArn: "arn:infrastructure" },
  ),
  row(
    "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration",
    { name: "builders", instanceProfileName: "builder", subnetId: "subnet-1", securityGroupIds: ["sg-1"] },
    "AWS::ImageBuilder::InfrastructureConfiguration",
    { Name: "builders", InstanceProfileName: "builder", SubnetId: "subnet-1", SecurityGroupIds: ["sg-1"] },
  ),
];
