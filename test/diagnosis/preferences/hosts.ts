/** A public host with a role; `policy` is a statement in flow style that its only inline policy has. */
export const publicHost = (policy?: string, role = ""): string => `${PUBLIC_NETWORK}\n${hostWith(policy, role)}`;

/** A host that reaches Session Manager over endpoints only; more endpoints by service. */
export const isolatedHost = (policy: string, ...services: readonly string[]): string =>
  [ISOLATED_NETWORK, ...["ssm", "ssmmessages", ...services].map(endpoint), hostWith(policy, "")].join("\n");

const PUBLIC_NETWORK = `Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
Gateway: { Type: AWS::EC2::InternetGateway }
Attachment: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway } }
Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, MapPublicIpOnLaunch: true } }
Routes: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
OfSubnet: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Subnet, RouteTableId: !Ref Routes } }
Route: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref Routes, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway } }
Group: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: Hosts, VpcId: !Ref Vpc } }`;

const ISOLATED_NETWORK = `Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16, EnableDnsHostnames: true } }
Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24 } }
Routes: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
OfSubnet: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Subnet, RouteTableId: !Ref Routes } }
Group:
  Type: AWS::EC2::SecurityGroup
  Properties:
    GroupDescription: Hosts
    VpcId: !Ref Vpc
    SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/16 }]`;

const endpoint = (service: string): string =>
  service === "s3"
    ? `S3: { Type: AWS::EC2::VPCEndpoint, Properties: { VpcId: !Ref Vpc, ServiceName: !Sub "com.amazonaws.\${AWS::Region}.s3", RouteTableIds: [!Ref Routes] } }`
    : `${service}Endpoint:
  Type: AWS::EC2::VPCEndpoint
  Properties:
    VpcEndpointType: Interface
    VpcId: !Ref Vpc
    ServiceName: !Sub "com.amazonaws.\${AWS::Region}.${service}"
    SubnetIds: [!Ref Subnet]
    SecurityGroupIds: [!Ref Group]
    PrivateDnsEnabled: true`;

const hostWith = (policy: string | undefined, role: string): string => `Role:
  Type: AWS::IAM::Role
  Properties:
    AssumeRolePolicyDocument:
      Statement: [{ Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: sts:AssumeRole }]
    ManagedPolicyArns: [arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore]
${role.replaceAll(/^/gm, "    ")}
${policy === undefined ? "" : `    Policies: [{ PolicyName: logs, PolicyDocument: { Version: "2012-10-17", Statement: [${policy}] } }]`}
Profile: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [!Ref Role] } }
Web:
  Type: AWS::EC2::Instance
  Properties:
    ImageId: "{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64}}"
    InstanceType: t3.micro
    SubnetId: !Ref Subnet
    SecurityGroupIds: [!Ref Group]
    IamInstanceProfile: !Ref Profile`;

export const allow = (actions: string, resources: string): string =>
  `{ Effect: Allow, Action: ${actions}, Resource: ${resources} }`;
