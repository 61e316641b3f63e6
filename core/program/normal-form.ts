/**
 * The normal form that all readers share: CloudFormation's type names and property names, as the CloudFormation
 * Template Reference gives them, with these additions.
 *
 * Everywhere
 * - `UserData` is decoded text, wherever it stands.
 * - `Tags` is always a list of `{Key, Value}`, also where CloudFormation takes a map.
 * - Policy documents are JSON text or a map, as the program has them; `readPolicyDocument` takes either.
 * - What is absent has CloudFormation's default. A reader whose language defaults otherwise writes the value out.
 *
 * Properties that CloudFormation has not
 * - `AWS::EC2::Instance`: `AssociatePublicIpAddress` (for the primary interface) and `RootBlockDevice` with `VolumeSize` in
 *   GiB and `VolumeType` (its device name depends on the image).
 * - `AWS::AutoScaling::LaunchConfiguration`: `RootBlockDevice`.
 * - `AWS::EC2::SpotFleet`, an item of `LaunchSpecifications`: `RootBlockDevice`, `AssociatePublicIpAddress`; its
 *   `IamInstanceProfile` is `{Arn}` or `{Name}`.
 * - `AWS::EC2::VPC`: `DefaultSecurityGroup`, `DefaultNetworkAcl` (CloudFormation's return values) and `MainRouteTable`,
 *   `DefaultRouteTable`: physical ids of what AWS made with the VPC, only where a state tells them.
 * - `AWS::SSM::MaintenanceWindow`: `Enabled`.
 * - `AWS::EC2::SecurityGroupIngress|Egress`: a rule of unknown direction stands in both, with nothing but `GroupId` and an
 *   unknown `IpProtocol`.
 * - `AWS::EC2::Route`, and an item of `Routes` of `AWS::EC2::RouteTable`: `State`, `blackhole` where its target is gone.
 * - `AWS::EC2::Route`: an unknown set of routes is one route whose `DestinationCidrBlock` and `GatewayId` are unknown.
 */
export const UNKNOWN_TO_CLOUDFORMATION = {
  /** `Role`, `PolicyArn`. */
  rolePolicyAttachment: "SsmPreflight::RolePolicyAttachment",
  /** `Group`, `PolicyArn`. */
  groupPolicyAttachment: "SsmPreflight::GroupPolicyAttachment",
  /** `User`, `PolicyArn`. */
  userPolicyAttachment: "SsmPreflight::UserPolicyAttachment",
  /** `PolicyArn`, `Roles`, `Groups`, `Users`. */
  policyAttachment: "SsmPreflight::PolicyAttachment",
  /** `Role`, `PolicyNames`: the role keeps no other inline policy. */
  rolePoliciesExclusive: "SsmPreflight::RolePoliciesExclusive",
  /** `Role`, `PolicyArns`: the role keeps no other managed policy. */
  rolePolicyAttachmentsExclusive: "SsmPreflight::RolePolicyAttachmentsExclusive",
  /** `Group`, `PolicyNames`. */
  groupPoliciesExclusive: "SsmPreflight::GroupPoliciesExclusive",
  /** `Group`, `PolicyArns`. */
  groupPolicyAttachmentsExclusive: "SsmPreflight::GroupPolicyAttachmentsExclusive",
  /** `User`, `PolicyNames`. */
  userPoliciesExclusive: "SsmPreflight::UserPoliciesExclusive",
  /** `User`, `PolicyArns`. */
  userPolicyAttachmentsExclusive: "SsmPreflight::UserPolicyAttachmentsExclusive",
  /** `User`, `Groups`. */
  userGroupMembership: "SsmPreflight::UserGroupMembership",

  /**
   * The account's default VPC, taken over: `EnableDnsSupport`, `EnableDnsHostnames`, `CidrBlock`. Its internet gateway and main
   * route are outside the program.
   */
  defaultVpc: "SsmPreflight::DefaultVpc",
  /** A subnet of the account's default VPC: `AvailabilityZone`, `MapPublicIpOnLaunch`, `VpcId`, `CidrBlock`. */
  defaultSubnet: "SsmPreflight::DefaultSubnet",
  /**
   * A VPC's first route table, emptied and taken over: `DefaultRouteTableId` (refers to the VPC), `VpcId`. Its routes are
   * `AWS::EC2::Route`.
   */
  defaultRouteTable: "SsmPreflight::DefaultRouteTable",
  /**
   * A VPC's default group, emptied and taken over: `VpcId` (absent: of the default VPC), `SecurityGroupIngress`,
   * `SecurityGroupEgress`.
   */
  defaultSecurityGroup: "SsmPreflight::DefaultSecurityGroup",
  /**
   * A VPC's default ACL, emptied and taken over: `DefaultNetworkAclId` (refers to the VPC), `VpcId`. Its entries are
   * `AWS::EC2::NetworkAclEntry`.
   */
  defaultNetworkAcl: "SsmPreflight::DefaultNetworkAcl",

  /**
   * A VPC outside of the program of which only some things are known: as `AWS::EC2::VPC`. Routes it may have are not declared;
   * endpoints are where `EndpointsKnown` is true.
   */
  outsideVpc: "SsmPreflight::OutsideVpc",
  /** A security group outside of the program: as `AWS::EC2::SecurityGroup`, with all rules it has. */
  outsideSecurityGroup: "SsmPreflight::OutsideSecurityGroup",
  /** `Address` (`proxy.example.com:3128`): a proxy that lets the agent through to AWS services. */
  allowedProxy: "SsmPreflight::AllowedProxy",

  /** `VpcId`, `RouteTableId`. */
  mainRouteTableAssociation: "SsmPreflight::MainRouteTableAssociation",
  /** `VpcEndpointId`, `RouteTableId`. */
  vpcEndpointRouteTableAssociation: "SsmPreflight::VpcEndpointRouteTableAssociation",
  /** `VpcEndpointId`, `SubnetId`. */
  vpcEndpointSubnetAssociation: "SsmPreflight::VpcEndpointSubnetAssociation",
  /** `VpcEndpointId`, `SecurityGroupId`, `ReplaceDefaultAssociation`: true takes the VPC's default group off. */
  vpcEndpointSecurityGroupAssociation: "SsmPreflight::VpcEndpointSecurityGroupAssociation",
  /** `VpcEndpointId`, `PolicyDocument`. */
  vpcEndpointPolicy: "SsmPreflight::VpcEndpointPolicy",
  /** `VpcEndpointId`, `PrivateDnsEnabled`. */
  vpcEndpointPrivateDns: "SsmPreflight::VpcEndpointPrivateDns",
  /** `NetworkInterfaceId` (may refer to an instance, for its primary interface), `SecurityGroupId`. */
  networkInterfaceSecurityGroupAttachment: "SsmPreflight::NetworkInterfaceSecurityGroupAttachment",
  /** `SecurityGroupId`, `IngressRuleIds`, `EgressRuleIds`: the group keeps no other rule. */
  securityGroupRulesExclusive: "SsmPreflight::SecurityGroupRulesExclusive",
  /** `PrefixListId`, `Cidr`. */
  prefixListEntry: "SsmPreflight::PrefixListEntry",
  /** `HostedZoneId`, `VPCId`. */
  hostedZoneAssociation: "SsmPreflight::HostedZoneAssociation",

  /** `Name`, `SourceImageId`, `SourceInstanceId`: an image made in the program; without either source, from a snapshot. */
  image: "SsmPreflight::Image",
  /** An image outside of the program whose id is known: `Parameter` it was read from, or `Name` (a filter with wildcards), `Owner`, `CreationDate`; `CarriesAgent` (a boolean) and `AgentSource`, who says so. */
  outsideImage: "SsmPreflight::OutsideImage",
  /** An output of a stack: `Value`, `Description`. */
  output: "SsmPreflight::Output",

  /** `ResourceId`, `Key`, `Value`: a tag put on a resource from outside of it. */
  resourceTag: "SsmPreflight::ResourceTag",

  /** `SettingId`, `SettingValue`, `Everywhere`: true where it is stated of every account and region. */
  serviceSetting: "SsmPreflight::ServiceSetting",
  /** A hybrid activation: `IamRole`, `DefaultInstanceName`, `RegistrationLimit`. */
  activation: "SsmPreflight::Activation",
  /** Code that a program of another language runs at deployment: a dynamic resource, a command, a module. Properties as the program has them. */
  customResource: "SsmPreflight::CustomResource",
  /** A CloudFormation stack or stack set that a program of another language deploys. */
  templateStack: "SsmPreflight::TemplateStack",
  /** A host that a Terraform module in a program of another language makes. */
  terraformHost: "SsmPreflight::TerraformHost",

  /** `Bucket`, `ServerSideEncryptionConfiguration` as in `AWS::S3::Bucket` `BucketEncryption`. */
  bucketEncryption: "SsmPreflight::BucketEncryption",
  /** `KeyId`, `KeyPolicy`. */
  keyPolicy: "SsmPreflight::KeyPolicy",
  /** `KeyId`, `GranteePrincipal`, `Operations`. */
  keyGrant: "SsmPreflight::KeyGrant",

  /** `PermissionSetArn`, `InlinePolicy`. */
  permissionSetInlinePolicy: "SsmPreflight::PermissionSetInlinePolicy",
  /** `PermissionSetArn`, `ManagedPolicyArn`. */
  permissionSetManagedPolicy: "SsmPreflight::PermissionSetManagedPolicy",
  /** `PermissionSetArn`, `Name`, `Path`. */
  permissionSetCustomerManagedPolicy: "SsmPreflight::PermissionSetCustomerManagedPolicy",
  /** `PermissionSetArn`, `PermissionsBoundary` as in `AWS::SSO::PermissionSet`. */
  permissionSetBoundary: "SsmPreflight::PermissionSetBoundary",
} as const;

/** `SettingId` that turns Default Host Management Configuration on. Source: Systems Manager API, `GetServiceSetting`. */
export const HOST_MANAGEMENT_SETTING = "/ssm/managed-instance/default-ec2-instance-management-role";
