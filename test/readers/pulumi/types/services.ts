import { type Row, row } from "./table";

const TARGETS = [{ key: "tag:Env", values: ["prod"] }];
const NORMAL_TARGETS = [{ Key: "tag:Env", Values: ["prod"] }];
const RULES = [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "key-1" } }];
const NORMAL_RULES = [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: "key-1" } }];

/** Systems Manager, logs, keys and name resolution. */
export const SERVICES: readonly Row[] = [
  row(
    "aws:ssm/association:Association",
    { name: "AWS-UpdateSSMAgent", targets: TARGETS, scheduleExpression: "rate(14 days)", parameters: { version: "" } },
    "AWS::SSM::Association",
    {
      Name: "AWS-UpdateSSMAgent",
      Targets: NORMAL_TARGETS,
      ScheduleExpression: "rate(14 days)",
      Parameters: { version: "" },
    },
  ),
  row(
    "aws:ssm/document:Document",
    { name: "SSM-SessionManagerRunShell", documentType: "Session", documentFormat: "JSON", content: "{}" },
    "AWS::SSM::Document",
    { Name: "SSM-SessionManagerRunShell", DocumentType: "Session", DocumentFormat: "JSON", Content: "{}" },
  ),
  row(
    "aws:ssm/parameter:Parameter",
    { name: "/golden/ami", type: "String", dataType: "aws:ec2:image", insecureValue: "ami-1" },
    "AWS::SSM::Parameter",
    { Name: "/golden/ami", Type: "String", DataType: "aws:ec2:image", Value: "ami-1" },
  ),
  row(
    "aws:ssm/serviceSetting:ServiceSetting",
    { settingId: "/ssm/managed-instance/default-ec2-instance-management-role", settingValue: "host" },
    "SsmPreflight::ServiceSetting",
    { SettingId: "/ssm/managed-instance/default-ec2-instance-management-role", SettingValue: "host" },
  ),
  row(
    "aws:ssm/maintenanceWindow:MaintenanceWindow",
    { name: "weekly", schedule: "cron(0 2 ? * SUN *)", enabled: false },
    "AWS::SSM::MaintenanceWindow",
    { Name: "weekly", Schedule: "cron(0 2 ? * SUN *)", Enabled: false },
  ),
  row(
    "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget",
    { windowId: "mw-1", resourceType: "INSTANCE", targets: TARGETS },
    "AWS::SSM::MaintenanceWindowTarget",
    { WindowId: "mw-1", ResourceType: "INSTANCE", Targets: NORMAL_TARGETS },
  ),
  row(
    "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask",
    { windowId: "mw-1", taskArn: "AWS-UpdateSSMAgent", taskType: "RUN_COMMAND", targets: TARGETS },
    "AWS::SSM::MaintenanceWindowTask",
    { WindowId: "mw-1", TaskArn: "AWS-UpdateSSMAgent", TaskType: "RUN_COMMAND", Targets: NORMAL_TARGETS },
  ),
  row(
    "aws:ssm/activation:Activation",
    { iamRole: "hybrid", name: "factory", registrationLimit: 5 },
    "SsmPreflight::Activation",
    { IamRole: "hybrid", DefaultInstanceName: "factory", RegistrationLimit: 5 },
  ),
  row(
    "aws:s3/bucket:Bucket",
    { bucket: "sessions", serverSideEncryptionConfiguration: { rule: RULES[0] } },
    "AWS::S3::Bucket",
    { BucketName: "sessions", BucketEncryption: { ServerSideEncryptionConfiguration: NORMAL_RULES } },
  ),
  row(
    "aws:s3/bucketV2:BucketV2",
    {
      bucket: "sessions",
      serverSideEncryptionConfigurations: [
        { rules: [{ applyServerSideEncryptionByDefaults: [{ sseAlgorithm: "AES256" }] }] },
      ],
    },
    "AWS::S3::Bucket",
    {
      BucketName: "sessions",
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
      },
    },
  ),
  row(
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    { bucket: "sessions", rules: RULES },
    "SsmPreflight::BucketEncryption",
    { Bucket: "sessions", ServerSideEncryptionConfiguration: NORMAL_RULES },
  ),
  row(
    "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
    { bucket: "sessions", rules: RULES },
    "SsmPreflight::BucketEncryption",
    { Bucket: "sessions", ServerSideEncryptionConfiguration: NORMAL_RULES },
  ),
  row("aws:s3/bucketPolicy:BucketPolicy", { bucket: "sessions", policy: "{}" }, "AWS::S3::BucketPolicy", {
    Bucket: "sessions",
    PolicyDocument: "{}",
  }),
  row("aws:kms/key:Key", { description: "sessions", policy: "{}", isEnabled: true }, "AWS::KMS::Key", {
    Description: "sessions",
    KeyPolicy: "{}",
    Enabled: true,
  }),
  row("aws:kms/keyPolicy:KeyPolicy", { keyId: "key-1", policy: "{}" }, "SsmPreflight::KeyPolicy", {
    KeyId: "key-1",
    KeyPolicy: "{}",
  }),
  row(
    "aws:kms/grant:Grant",
    { keyId: "key-1", granteePrincipal: "arn:aws:iam::123456789012:role/web", operations: ["Decrypt"] },
    "SsmPreflight::KeyGrant",
    { KeyId: "key-1", GranteePrincipal: "arn:aws:iam::123456789012:role/web", Operations: ["Decrypt"] },
  ),
  row("aws:kms/alias:Alias", { name: "alias/sessions", targetKeyId: "key-1" }, "AWS::KMS::Alias", {
    AliasName: "alias/sessions",
    TargetKeyId: "key-1",
  }),
  row(
    "aws:cloudwatch/logGroup:LogGroup",
    { name: "sessions", kmsKeyId: "arn:key", retentionInDays: 30 },
    "AWS::Logs::LogGroup",
    { LogGroupName: "sessions", KmsKeyId: "arn:key", RetentionInDays: 30 },
  ),
  row(
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    {
      name: "disk",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 90,
      namespace: "CWAgent",
      metricName: "disk_used_percent",
      dimensions: { InstanceId: "i-1" },
      metricQueries: [
        { id: "m1", metric: { namespace: "CWAgent", metricName: "disk_used_percent", dimensions: { path: "/" } } },
      ],
    },
    "AWS::CloudWatch::Alarm",
    {
      AlarmName: "disk",
      ComparisonOperator: "GreaterThanThreshold",
      Threshold: 90,
      Namespace: "CWAgent",
      MetricName: "disk_used_percent",
      Dimensions: [{ Name: "InstanceId", Value: "i-1" }],
      Metrics: [
        {
          Id: "m1",
          MetricStat: {
            Metric: {
              Namespace: "CWAgent",
              MetricName: "disk_used_percent",
              Dimensions: [{ Name: "path", Value: "/" }],
            },
          },
        },
      ],
    },
  ),
  row(
    "aws:ec2/vpcDhcpOptions:VpcDhcpOptions",
    { domainName: "corp.example", domainNameServers: ["10.0.0.2"] },
    "AWS::EC2::DHCPOptions",
    { DomainName: "corp.example", DomainNameServers: ["10.0.0.2"] },
  ),
  row(
    "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation",
    { vpcId: "vpc-1", dhcpOptionsId: "dopt-1" },
    "AWS::EC2::VPCDHCPOptionsAssociation",
    { VpcId: "vpc-1", DhcpOptionsId: "dopt-1" },
  ),
  row(
    "aws:route53/zone:Zone",
    { name: "ssm.eu-west-1.amazonaws.com", vpcs: [{ vpcId: "vpc-1", vpcRegion: "eu-west-1" }] },
    "AWS::Route53::HostedZone",
    { Name: "ssm.eu-west-1.amazonaws.com", VPCs: [{ VPCId: "vpc-1", VPCRegion: "eu-west-1" }] },
  ),
  row(
    "aws:route53/zoneAssociation:ZoneAssociation",
    { zoneId: "Z1", vpcId: "vpc-1" },
    "SsmPreflight::HostedZoneAssociation",
    { HostedZoneId: "Z1", VPCId: "vpc-1" },
  ),
  row(
    "aws:route53/record:Record",
    { zoneId: "Z1", name: "ssm.eu-west-1.amazonaws.com", type: "A", records: ["10.0.0.9"] },
    "AWS::Route53::RecordSet",
    { HostedZoneId: "Z1", Name: "ssm.eu-west-1.amazonaws.com", Type: "A", ResourceRecords: ["10.0.0.9"] },
  ),
  row(
    "aws:route53/resolverEndpoint:ResolverEndpoint",
    { direction: "OUTBOUND", securityGroupIds: ["sg-1"], ipAddresses: [{ subnetId: "subnet-1" }] },
    "AWS::Route53Resolver::ResolverEndpoint",
    { Direction: "OUTBOUND", SecurityGroupIds: ["sg-1"], IpAddresses: [{ SubnetId: "subnet-1" }] },
  ),
  row(
    "aws:route53/resolverRule:ResolverRule",
    { domainName: "amazonaws.com", ruleType: "FORWARD", targetIps: [{ ip: "10.9.0.2", port: 53 }] },
    "AWS::Route53Resolver::ResolverRule",
    { DomainName: "amazonaws.com", RuleType: "FORWARD", TargetIps: [{ Ip: "10.9.0.2", Port: 53 }] },
  ),
  row(
    "aws:route53/resolverRuleAssociation:ResolverRuleAssociation",
    { resolverRuleId: "rslvr-rr-1", vpcId: "vpc-1" },
    "AWS::Route53Resolver::ResolverRuleAssociation",
    { ResolverRuleId: "rslvr-rr-1", VPCId: "vpc-1" },
  ),
  row(
    "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation",
    { name: "dns", firewallRuleGroupId: "rslvr-frg-1", vpcId: "vpc-1" },
    "AWS::Route53Resolver::FirewallRuleGroupAssociation",
    { Name: "dns", FirewallRuleGroupId: "rslvr-frg-1", VpcId: "vpc-1" },
  ),
];
