import type { PropertyMap, PropertyValue } from "./property-value";

/** Random suffix of an automatic name: seven hexadecimal digits after a hyphen. */
export interface Autoname {
  readonly property: string;
  readonly prefix?: string;
  readonly lowerCase?: boolean;
}

const specialAutonames: Readonly<Record<string, Autoname>> = {
  "aws:cloudwatch/eventTarget:EventTarget": { property: "targetId" },
  "aws:ec2/keyPair:KeyPair": { property: "keyName" },
  "aws:efs/fileSystem:FileSystem": { property: "creationToken" },
  "aws:eks/fargateProfile:FargateProfile": { property: "fargateProfileName" },
  "aws:eks/nodeGroup:NodeGroup": { property: "nodeGroupName" },
  "aws:kms/alias:Alias": { property: "name", prefix: "alias/" },
  "aws:s3/bucket:Bucket": { property: "bucket", lowerCase: true },
};

/** Which input of a resource type the provider names by itself, if any. */
export function autonameOf(type: string, inputs: ReadonlySet<string>): Autoname | undefined {
  return specialAutonames[type] ?? (inputs.has("name") ? { property: "name" } : undefined);
}

/** Defaults of the provider's schema that Check adds to the inputs; false, 0 and "" are not added. */
export function schemaDefaults(type: string): PropertyMap {
  return defaults[type] ?? {};
}

/** Defaults inside a block, added where the program wrote the block. */
export function blockDefaults(objectType: string): PropertyMap {
  return blocks[objectType] ?? {};
}

const managed: PropertyMap = { description: "Managed by Pulumi" };
const root: PropertyMap = { path: "/" };
const deletedWithInstance: PropertyMap = { deleteOnTermination: true };

const defaults: Readonly<Record<string, PropertyMap>> = {
  "aws:autoscaling/group:Group": {
    healthCheckGracePeriod: 300,
    metricsGranularity: "1Minute",
    waitForCapacityTimeout: "10m",
  },
  "aws:ec2/defaultVpc:DefaultVpc": { enableDnsHostnames: true, enableDnsSupport: true },
  "aws:ec2/instance:Instance": { sourceDestCheck: true },
  "aws:ec2/launchConfiguration:LaunchConfiguration": { enableMonitoring: true },
  "aws:ec2/natGateway:NatGateway": { connectivityType: "public" },
  "aws:ec2/networkInterface:NetworkInterface": { sourceDestCheck: true },
  "aws:ec2/securityGroup:SecurityGroup": managed,
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": {
    instanceInterruptionBehavior: "terminate",
    sourceDestCheck: true,
    spotType: "persistent",
  },
  "aws:ec2/vpc:Vpc": { enableDnsSupport: true, instanceTenancy: "default" },
  "aws:ec2/vpcEndpoint:VpcEndpoint": { vpcEndpointType: "Gateway" },
  "aws:ec2transitgateway/transitGateway:TransitGateway": {
    amazonSideAsn: 64512,
    autoAcceptSharedAttachments: "disable",
    defaultRouteTableAssociation: "enable",
    defaultRouteTablePropagation: "enable",
    description: "Managed by Pulumi",
    dnsSupport: "enable",
    multicastSupport: "disable",
    securityGroupReferencingSupport: "disable",
    vpnEcmpSupport: "enable",
  },
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": {
    applianceModeSupport: "disable",
    dnsSupport: "enable",
    ipv6Support: "disable",
  },
  "aws:iam/group:Group": root,
  "aws:iam/instanceProfile:InstanceProfile": root,
  "aws:iam/policy:Policy": root,
  "aws:iam/role:Role": { maxSessionDuration: 3600, path: "/" },
  "aws:iam/user:User": root,
  "aws:kms/key:Key": {
    customerMasterKeySpec: "SYMMETRIC_DEFAULT",
    description: "Managed by Pulumi",
    isEnabled: true,
    keyUsage: "ENCRYPT_DECRYPT",
  },
  "aws:ssm/activation:Activation": { registrationLimit: 1 },
  "aws:ssm/document:Document": { documentFormat: "JSON" },
  "aws:ssm/maintenanceWindow:MaintenanceWindow": { enabled: true },
  "aws:ssm/patchBaseline:PatchBaseline": {
    approvedPatchesComplianceLevel: "UNSPECIFIED",
    operatingSystem: "WINDOWS",
  },
};

const blocks: Readonly<Record<string, PropertyMap>> = {
  "ec2.InstanceEbsBlockDevice": deletedWithInstance,
  "ec2.InstanceMetadataOptions": { httpEndpoint: "enabled", httpProtocolIpv6: "disabled" },
  "ec2.InstanceRootBlockDevice": deletedWithInstance,
};

/** What AWS itself fills in when a property of a resource or block is left out, by `<owner>.<property>`. */
export function createdValue(owner: string, property: string): PropertyValue | undefined {
  return created[`${owner}.${property}`];
}

const fullAccess =
  '{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}],"Version":"2008-10-17"}';

const created: Readonly<Record<string, PropertyValue>> = {
  "aws:ec2/instance:Instance.instanceState": "running",
  "aws:ec2/instance:Instance.metadataOptions": {
    httpEndpoint: "enabled",
    httpProtocolIpv6: "disabled",
    httpPutResponseHopLimit: 1,
    httpTokens: "optional",
    instanceMetadataTags: "disabled",
  },
  "aws:ec2/instance:Instance.privateIp": "10.0.0.10",
  "aws:ec2/instance:Instance.tenancy": "default",
  "aws:ec2/launchTemplate:LaunchTemplate.defaultVersion": 1,
  "aws:ec2/launchTemplate:LaunchTemplate.latestVersion": 1,
  "aws:ec2/vpcEndpoint:VpcEndpoint.policy": fullAccess,
  "aws:ec2/vpcEndpoint:VpcEndpoint.state": "available",
  "ec2.InstanceMetadataOptions.httpPutResponseHopLimit": 1,
  "ec2.InstanceMetadataOptions.httpTokens": "optional",
  "ec2.InstanceMetadataOptions.instanceMetadataTags": "disabled",
};
