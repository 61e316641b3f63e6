import type { Fact } from "../facts/fact";
import type { Declaration } from "../program/declaration";
import type { RecordValue, TextPart, Value } from "../program/value";
import type { PolicyDocument } from "./policy-document";
import type { DocumentBody } from "./session-content";

/**
 * What a program will deploy, joined and typed, as far as it tells. Every entity keeps the declaration it came from;
 * entities are the same object wherever they are reached from, so "same VPC" is `===`, never a comparison of ids.
 *
 * A {@link Fact} that is a list is `known([])` when the program surely has none, and unknown when there may be some.
 */
export interface Infrastructure {
  readonly hosts: readonly Host[];
  readonly vpcs: readonly Vpc[];
  readonly endpoints: readonly Endpoint[];
  readonly roles: readonly Role[];
  /** Who may be meant to use Session Manager. */
  readonly principals: readonly Principal[];
  readonly associations: readonly Association[];
  readonly documents: readonly SessionDocument[];
  readonly serviceSettings: readonly ServiceSetting[];
  readonly customResources: readonly CustomResource[];
  /** Every declaration, for rules that look at what has no entity of its own (alarms, outputs, URLs). */
  readonly declarations: readonly Declaration[];
  /** Outputs of the program's stacks. */
  readonly outputs: readonly Declaration[];
}

interface Entity {
  readonly declaration: Declaration;
}

/** A declared machine, or what machines are launched from. */
export interface Host extends Entity {
  readonly kind: HostKind;
  readonly identity: HostIdentity;
  readonly image: Fact<Image>;
  readonly userData: Fact<UserData>;
  /** `AWS::CloudFormation::Init` metadata, absent outside CloudFormation. */
  readonly init: Value;
  readonly metadataOptions: MetadataOptions;
  /** Where its machines may be placed, each a possible network position. One for an instance, one per subnet for a group. */
  readonly placements: Fact<readonly Placement[]>;
  readonly instanceTypes: Fact<readonly Fact<string>[]>;
  readonly rootVolume: Fact<RootVolume>;
  readonly tags: Fact<ReadonlyMap<string, Fact<string>>>;
  /** The launch template or configuration it is launched from; absent when it stands alone. */
  readonly launchedFrom: Fact<Host>;
  /** For a launch template or configuration: the hosts of the program that launch from it. */
  readonly launches: readonly Host[];
  /**
   * The same host as each of its launch templates or specifications makes it, where it has several; empty where it has one.
   * Facts of the host itself are then known only where these agree.
   */
  readonly variants: readonly Host[];
  /** Why this is not judged like an EC2 instance (Fargate, hybrid activation), undefined for ordinary hosts. */
  readonly outOfScope?: string;
}

export type HostKind =
  | "instance"
  | "launchTemplate"
  | "launchConfiguration"
  | "autoScalingGroup"
  | "spotFleet"
  | "fleet"
  | "nodeGroup"
  | "computeEnvironment"
  | "managedService";

/** How a host gets credentials. */
export interface HostIdentity {
  /** Absent when the host surely has none. */
  readonly instanceProfile: Fact<InstanceProfile>;
  /** The declaration whose property decides it (the instance, or its launch template), for the place of a finding. */
  readonly decidedBy: Declaration;
  /** The property path in normal form, e.g. `IamInstanceProfile`. */
  readonly property: string;
  /**
   * `role WebRole`, where a role is named in place of a profile and EC2 surely knows no profile by that name: the role's ARN,
   * or a name that the deployment makes. Then there is no profile.
   */
  readonly roleInPlace?: string;
}

/** An instance profile. The service makes one from a role for EKS node groups and managed services: `declaration` is then the host's. */
export interface InstanceProfile extends Entity {
  /** Absent when the profile surely has no role; unknown for a profile outside the program. */
  readonly role: Fact<Role>;
  readonly name: string;
}

export interface Role extends Entity {
  readonly name: string;
  readonly trustPolicy: Fact<PolicyDocument>;
  /** Every policy that grants or denies; one out of sight is an unknown item. */
  readonly policies: readonly AttachedPolicy[];
  readonly permissionsBoundary: AttachedPolicy | undefined;
  readonly tags: Fact<ReadonlyMap<string, Fact<string>>>;
}

export interface AttachedPolicy {
  /** How a message calls it: `AmazonSSMManagedInstanceCore`, `inline policy "logs"`, `policy WebPolicy`. */
  readonly name: string;
  readonly document: Fact<PolicyDocument>;
  /** Where it is attached or written. */
  readonly declaration: Declaration;
  /** Where the program writes the document, as the property path of a declaration; undefined for a policy out of sight or AWS's own. */
  readonly written?: { readonly declaration: Declaration; readonly property: string };
}

/** Who or what can be allowed to use Session Manager: people, the roles they assume, or a policy that may be given to them. */
export interface Principal extends Entity {
  readonly kind: PrincipalKind;
  readonly name: string;
  /** Every policy that grants or denies, those of a user's groups last; one out of sight is an unknown item. */
  readonly policies: readonly AttachedPolicy[];
  /** The groups of a user. Their policies are among its own. */
  readonly groups: readonly Principal[];
  /** The users of a group that the program declares. */
  readonly members: readonly Principal[];
  readonly permissionsBoundary: AttachedPolicy | undefined;
  /** Of a role. */
  readonly trustPolicy: Fact<PolicyDocument>;
  readonly tags: Fact<ReadonlyMap<string, Fact<string>>>;
}

/** `policy` is one that the program attaches to nobody: whoever gets it may have others beside it. */
export type PrincipalKind = "user" | "group" | "role" | "permissionSet" | "policy";

/** The machine image, as far as the program names it. Exactly what is known is set. */
export interface Image {
  /** SSM parameter the id is read from, e.g. `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64`. */
  readonly parameter?: string;
  /** AMI name, or the name filter of a lookup, with `*` wildcards. */
  readonly name?: string;
  readonly owner?: string;
  readonly id?: string;
  /** `YYYY-MM-DD`, where a lookup result tells. */
  readonly creationDate?: string;
  /** EKS `amiType`, Batch `imageType`, when the service chooses the image. */
  readonly serviceType?: {
    readonly service: "eks" | "batch" | "emr" | "elasticbeanstalk" | "cloud9";
    readonly type: string;
  };
  /** Family that only a hint such as a map key suggests. */
  readonly hint?: string;
  /** What somebody who knows the image says of it. */
  readonly agent?: { readonly carried: boolean; readonly source: string };
}

/** User data as text, with holes where parts are not known; already base64-decoded. */
export interface UserData {
  readonly parts: readonly TextPart[];
}

/** Source: EC2 API, InstanceMetadataOptionsRequest. */
export interface MetadataOptions {
  /** `enabled` or `disabled`. */
  readonly httpEndpoint: Fact<string>;
  /** `required` (IMDSv2 only) or `optional`. */
  readonly httpTokens: Fact<string>;
}

export interface RootVolume {
  /** GiB; absent when the image decides. */
  readonly size: Fact<number>;
  readonly declaration: Declaration;
}

/** One place in the network where a machine of a host can stand. */
export interface Placement {
  readonly subnet: Fact<Subnet>;
  /** Where the subnet is not known: the subnets of the program among which it surely is. */
  readonly candidates?: readonly Subnet[];
  readonly securityGroups: Fact<readonly Fact<SecurityGroup>[]>;
  /** True: a public IPv4 address surely; false: surely none. An Elastic IP counts. Absent: the subnet's setting decides. */
  readonly publicAddress: Fact<boolean>;
  readonly ipv6Address: Fact<boolean>;
}

export interface Vpc extends Entity {
  readonly cidrBlocks: Fact<readonly Fact<string>[]>;
  /** Keys of expressions for a block that surely holds all of its IPv4 addresses; equal expressions have equal keys. */
  readonly blockKeys: readonly string[];
  readonly enableDnsSupport: Fact<boolean>;
  readonly enableDnsHostnames: Fact<boolean>;
  readonly subnets: readonly Subnet[];
  readonly endpoints: readonly Endpoint[];
  readonly mainRouteTable: RouteTable;
  readonly defaultSecurityGroup: SecurityGroup;
  readonly internetGateways: readonly Declaration[];
  /** Names of private hosted zones associated with the VPC, `ssm.${AWS::Region}.amazonaws.com`, with holes kept as `${…}`. */
  readonly privateHostedZones: readonly Fact<string>[];
  /** Resolver rules, outbound endpoints or custom DHCP options may answer names in their own way. */
  readonly customNameResolution: readonly Declaration[];
}

export interface Subnet extends Entity {
  readonly vpc: Fact<Vpc>;
  readonly cidrBlock: Fact<string>;
  /** As in {@link Vpc.blockKeys}: for its own block or its VPC's only one. */
  readonly blockKeys: readonly string[];
  readonly availabilityZone: Fact<string>;
  readonly mapPublicIpOnLaunch: Fact<boolean>;
  /** The explicit association, else the VPC's main one. */
  readonly routeTable: Fact<RouteTable>;
  readonly networkAcl: Fact<NetworkAcl>;
  readonly publicAccessBlock: Fact<PublicAccessBlock>;
}

/** VPC Block Public Access, and what it lets through an internet gateway all the same. */
export interface PublicAccessBlock extends Entity {
  /** `egress`: connections that begin inside; whose, AWS does not say. */
  readonly lets: "nothing" | "natGateways" | "egress";
}

export interface RouteTable extends Entity {
  /** Routes beside the local one; an item that is unknown is a route of which not enough is known. */
  readonly routes: Fact<readonly Fact<Route>[]>;
}

export interface Route {
  readonly declaration: Declaration;
  /** CIDR (`0.0.0.0/0`, `::/0`, `10.0.0.0/8`) or prefix list (`pl-…`). */
  readonly destination: Fact<string>;
  readonly target: Fact<RouteTarget>;
}

export type RouteTarget =
  | { readonly kind: "internetGateway"; readonly attached: Fact<boolean> }
  | { readonly kind: "natGateway"; readonly natGateway: NatGateway }
  | { readonly kind: "egressOnlyInternetGateway" }
  | { readonly kind: "instance"; readonly host: Fact<Host> }
  /** The target is gone, a deleted NAT gateway for example; packets are dropped. */
  | { readonly kind: "blackhole" }
  /** Where the path leaves what the program shows: transit gateway, peering, VPN, firewall or gateway load balancer endpoint … */
  | { readonly kind: "elsewhere"; readonly what: string };

export interface NatGateway extends Entity {
  readonly subnet: Fact<Subnet>;
  /** `public` or `private`. */
  readonly connectivity: Fact<string>;
}

export interface Endpoint extends Entity {
  readonly type: Fact<"Interface" | "Gateway" | "GatewayLoadBalancer">;
  /** As written, `com.amazonaws.${AWS::Region}.ssmmessages`, with holes kept as `${…}`. */
  readonly serviceName: Fact<string>;
  readonly vpc: Fact<Vpc>;
  readonly subnets: Fact<readonly Fact<Subnet>[]>;
  readonly securityGroups: Fact<readonly Fact<SecurityGroup>[]>;
  readonly routeTables: Fact<readonly Fact<RouteTable>[]>;
  readonly privateDnsEnabled: Fact<boolean>;
  readonly policy: Fact<PolicyDocument>;
}

export interface SecurityGroup extends Entity {
  readonly vpc: Fact<Vpc>;
  /** What takes the rules away that EC2 makes for a VPC's default group. */
  readonly emptiedBy?: Declaration;
  readonly ingress: Fact<readonly Fact<SecurityRule>[]>;
  readonly egress: Fact<readonly Fact<SecurityRule>[]>;
}

export interface SecurityRule {
  /** `tcp`, `udp`, `icmp`, a number, or `-1` for all. */
  readonly protocol: Fact<string>;
  /** Inclusive; absent means all ports. */
  readonly fromPort: Fact<number>;
  readonly toPort: Fact<number>;
  readonly peer: Fact<SecurityPeer>;
}

export type SecurityPeer =
  | { readonly kind: "cidr"; readonly cidr: string }
  /** A block that is not known, with the keys of the expression for it; see {@link Vpc.blockKeys}. */
  | { readonly kind: "openCidr"; readonly keys: readonly string[]; readonly reason: string }
  | { readonly kind: "securityGroup"; readonly group: SecurityGroup }
  | { readonly kind: "prefixList"; readonly id: string };

export interface NetworkAcl extends Entity {
  readonly vpc: Fact<Vpc>;
  /** A VPC's default network ACL, unless the program changes it, admits everything. */
  readonly entries: Fact<readonly Fact<NetworkAclEntry>[]>;
}

export interface NetworkAclEntry {
  readonly number: Fact<number>;
  readonly egress: Fact<boolean>;
  readonly allow: Fact<boolean>;
  readonly protocol: Fact<string>;
  readonly cidr: Fact<string>;
  /** Where the block is not known, the keys of the expression for it; see {@link Vpc.blockKeys}. */
  readonly cidrKeys: readonly string[];
  readonly fromPort: Fact<number>;
  readonly toPort: Fact<number>;
}

/** A State Manager association or a maintenance window task that runs a document on hosts. */
export interface Association extends Entity {
  readonly documentName: Fact<string>;
  /** Hosts it surely covers; unknown when its targets cannot be decided. */
  readonly covers: (host: Host) => Fact<boolean>;
}

/** A document of type Session, and whatever bears the name of the one that holds an account's preferences. */
export interface SessionDocument extends Entity {
  readonly name: Fact<string>;
  readonly documentType: Fact<string>;
  /** As the program has it. */
  readonly content: Value;
  /** What `content`, a map or JSON or YAML text, turns out to be. */
  readonly body: DocumentBody;
  readonly preferences: Fact<SessionPreferences>;
  /** What the inputs name, where the program declares it. */
  readonly bucket: Fact<LogBucket>;
  readonly logGroup: Fact<Declaration>;
  readonly key: Fact<EncryptionKey>;
}

export interface LogBucket extends Entity {
  /** `AES256`, `aws:kms` …; absent where it is left to S3. */
  readonly encryption: Fact<string>;
  /** What names the customer's key that encrypts it; absent where S3 uses a key of its own or of AWS. */
  readonly keyId: Value;
  readonly key: Fact<EncryptionKey>;
}

export interface EncryptionKey extends Entity {
  /** Absent: the default policy, which leaves access to the account's IAM policies. */
  readonly policy: Fact<PolicyDocument>;
  readonly grants: readonly Declaration[];
}

/**
 * The inputs of a session document, its parameters at their defaults. An empty text counts as absent.
 * Source: Systems Manager user guide, "Session document schema".
 */
export interface SessionPreferences {
  readonly inputs: RecordValue;
  readonly s3BucketName: Fact<string>;
  readonly s3EncryptionEnabled: Fact<boolean>;
  readonly cloudWatchLogGroupName: Fact<string>;
  readonly cloudWatchEncryptionEnabled: Fact<boolean>;
  readonly cloudWatchStreamingEnabled: Fact<boolean>;
  readonly kmsKeyId: Fact<string>;
  readonly runAsEnabled: Fact<boolean>;
  readonly runAsDefaultUser: Fact<string>;
}

export interface ServiceSetting extends Entity {
  readonly settingId: Fact<string>;
  readonly settingValue: Fact<string>;
}

/** Code that runs at deployment and may change what it is told of, in ways that no resource of the program shows. */
export interface CustomResource extends Entity {
  /** Ids of the declarations whose names, ids or ARNs it is given. */
  readonly given: ReadonlySet<string>;
  /** Actions that it may call, as policies name them and in lower case, `ec2:createvpcendpoint`; unknown where only its code tells. */
  readonly calls: Fact<readonly string[]>;
  /** The role that its code has, where the program declares it. */
  readonly role: Fact<Role>;
  /** `host`: a command that the deployment runs on a machine that it reaches; `deployer`: one on the deploying machine. */
  readonly runsOn: "aws" | "deployer" | "host";
}
