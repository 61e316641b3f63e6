/** What is known of resources that a program names by their ids and does not declare. */
export interface OutsideFacts {
  readonly subnets: readonly OutsideSubnet[];
  readonly images: readonly OutsideImage[];
  readonly vpcs?: readonly OutsideVpc[];
  readonly roles?: readonly OutsideRole[];
  readonly instanceProfiles?: readonly OutsideInstanceProfile[];
  readonly proxies?: readonly OutsideProxy[];
  /** Set where Default Host Management Configuration is on in every account and region concerned: who says so. */
  readonly hostManagement?: string;
}

interface Stated {
  /** Who says so, to complete "as … says": `cdk.context.json`. */
  readonly source: string;
}

export interface OutsideSubnet extends Stated {
  /** `subnet-…` */
  readonly id: string;
  /** `vpc-…` */
  readonly vpc?: string;
  /** How its hosts get out: through an internet gateway, through a NAT gateway, or not at all. */
  readonly kind: "public" | "private" | "isolated";
  /** `rtb-…` */
  readonly routeTable?: string;
  /** `10.0.1.0/24` */
  readonly cidr?: string;
  /** Whether hosts get a public address where they do not say it themselves (`MapPublicIpOnLaunch`). */
  readonly publicAddresses?: boolean;
}

export interface OutsideVpc extends Stated {
  /** `vpc-…` */
  readonly id: string;
  /** `10.0.0.0/16` */
  readonly cidr?: string;
  /** All the services that have an endpoint in it: `ssm`, `s3`. Undefined where that is not known. */
  readonly endpoints?: readonly string[];
}

/** A role that EC2 may assume. */
export interface OutsideRole extends Stated {
  /** Name or ARN. */
  readonly name: string;
  /** All policies it has: names of AWS managed policies, or ARNs. Undefined where they are not known. */
  readonly managedPolicies?: readonly string[];
  /** Whether it grants what a session needs, whatever else it grants. */
  readonly sessionManager?: true;
}

export interface OutsideInstanceProfile extends Stated {
  /** Name or ARN. */
  readonly name: string;
  /** Name or ARN. */
  readonly role: string;
}

/** A proxy that lets the agent through to AWS services. */
export interface OutsideProxy extends Stated {
  /** `proxy.example.com:3128` */
  readonly address: string;
}

export interface OutsideImage {
  /** `ami-…` */
  readonly id: string;
  /** The SSM parameter it was read from. */
  readonly parameter?: string;
  /** AMI name, or the filter of a look-up, with `*` wildcards. */
  readonly name?: string;
  /** Account id or alias. */
  readonly owner?: string;
  /** `YYYY-MM-DD` */
  readonly creationDate?: string;
  /** Whether it carries the SSM Agent, one recent enough for sessions, and who says so. */
  readonly agent?: { readonly carried: boolean; readonly source: string };
}
