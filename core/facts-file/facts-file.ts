/** What AWS was asked about things that programs name and do not declare, as a file that is committed like a lock file. */
export interface FactsFile {
  /** In the order of account, region and day; see {@link factsText}. */
  readonly snapshots: readonly Snapshot[];
}

/** Where a thing is: things of IAM are in the region `global`. */
export interface Scope {
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
}

export interface Snapshot extends Scope {
  /** `YYYY-MM-DD`, the day on which its resources were found to be so. */
  readonly taken: string;
  readonly resources: readonly KnownResource[];
}

/** A thing in the normal form of declarations, with plain JSON for its properties. */
export interface KnownResource {
  readonly type: ResourceType;
  /** What programs call it by, an ARN last. */
  readonly ids: readonly [string, ...string[]];
  readonly properties: Readonly<Record<string, unknown>>;
}

export const GLOBAL = "global";

export const RESOURCE_TYPES = [
  "AWS::EC2::VPC",
  "AWS::EC2::Subnet",
  "AWS::EC2::RouteTable",
  "AWS::EC2::SubnetRouteTableAssociation",
  "AWS::EC2::NetworkAcl",
  "AWS::EC2::SubnetNetworkAclAssociation",
  "AWS::EC2::NatGateway",
  "AWS::EC2::VPCEndpoint",
  "AWS::EC2::VPCDHCPOptionsAssociation",
  "AWS::IAM::InstanceProfile",
  "AWS::IAM::ManagedPolicy",
  "AWS::IAM::Role",
  "SsmPreflight::DefaultSecurityGroup",
  "SsmPreflight::MainRouteTableAssociation",
  "SsmPreflight::OutsideImage",
  "SsmPreflight::OutsideSecurityGroup",
  "SsmPreflight::ServiceSetting",
] as const;

export type ResourceType = (typeof RESOURCE_TYPES)[number];

/** What `snapshot` writes, and what is looked for. */
export const FACTS_FILE = "ssm-preflight.facts.json";

export const NO_FACTS: FactsFile = { snapshots: [] };

export const FACTS_VERSION = 1;
