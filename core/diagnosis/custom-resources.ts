import type { CustomResource, Host, Infrastructure, Role } from "../infrastructure/model";
import type { Declaration } from "../program/declaration";
import { shortName } from "../program/names";
import type { LinkName } from "./diagnose";
import { actionMatches, decide } from "./identity/evaluate";
import { undecided, type Verdict } from "./verdict";

/** What code can do to a link when it is told of the host, its role or its network. */
interface Deed {
  readonly may: string;
  /** What it has to call for that. Source: Service Authorization Reference, `ec2`, `iam` and `route53`. */
  readonly calls: readonly string[];
  /** What of the program it has to be told. */
  readonly subjects: (host: Host) => readonly Declaration[];
  /** Whether the machine that it runs on has a way to do it. */
  readonly isDoneBy: (custom: CustomResource) => boolean;
}

const ATTACHING = ["ec2:AssociateIamInstanceProfile", "ec2:ReplaceIamInstanceProfileAssociation"];

const DEEDS: Readonly<Partial<Record<LinkName, Deed>>> = {
  instanceProfile: {
    may: "give the host an instance profile that works",
    calls: [
      ...ATTACHING,
      "ec2:ModifyInstanceMetadataOptions",
      "iam:AddRoleToInstanceProfile",
      "iam:UpdateAssumeRolePolicy",
    ],
    subjects: identityOf,
    isDoneBy: callsAws,
  },
  permissions: {
    may: "give the host's role what it lacks",
    calls: [
      ...ATTACHING,
      "iam:AttachRolePolicy",
      "iam:PutRolePolicy",
      "iam:DetachRolePolicy",
      "iam:DeleteRolePolicy",
      "iam:PutRolePermissionsBoundary",
      "iam:DeleteRolePermissionsBoundary",
      "iam:CreatePolicyVersion",
    ],
    subjects: identityOf,
    isDoneBy: callsAws,
  },
  network: {
    may: "add endpoints or routes",
    calls: [
      "ec2:CreateVpcEndpoint",
      "ec2:ModifyVpcEndpoint",
      "ec2:CreateRoute",
      "ec2:ReplaceRoute",
      "ec2:AssociateRouteTable",
      "ec2:ReplaceRouteTableAssociation",
      "ec2:CreateNatGateway",
      "ec2:AttachInternetGateway",
      "ec2:ModifyVpcAttribute",
      "ec2:ModifySubnetAttribute",
      "ec2:AssociateAddress",
      "ec2:AuthorizeSecurityGroupIngress",
      "ec2:AuthorizeSecurityGroupEgress",
      "ec2:CreateNetworkAclEntry",
      "ec2:ReplaceNetworkAclEntry",
      "ec2:ReplaceNetworkAclAssociation",
      "route53:AssociateVPCWithHostedZone",
    ],
    subjects: networkOf,
    isDoneBy: callsAws,
  },
  agent: {
    may: "install the SSM Agent",
    calls: [],
    subjects: ({ declaration }) => [declaration],
    isDoneBy: ({ runsOn }) => runsOn !== "aws",
  },
};

/** By way of these a function has others do what it may not do itself. */
const DELEGATING = ["lambda:InvokeFunction", "states:StartExecution", "sts:AssumeRole", "cloudformation:CreateStack"];

/**
 * A failure becomes a doubt where code that runs at deployment is told of what fails and may mend it. That of a function
 * whose role does not allow it surely does not.
 */
export function customResourceDoubts({ customResources }: Infrastructure) {
  return <P>(host: Host, link: LinkName, verdict: Verdict<P>): Verdict<P> => {
    const deed = DEEDS[link];
    if (verdict.status !== "fail" || deed === undefined || customResources.length === 0) return verdict;
    const subjects = [host, ...host.launches].flatMap(deed.subjects);
    const custom = customResources.find(
      (each) => subjects.some(({ id }) => each.given.has(id)) && deed.isDoneBy(each) && mayCall(each, deed.calls),
    );
    if (custom === undefined) return verdict;
    const name = `custom resource ${shortName(custom.declaration)}`;
    return undecided(`${verdict.reason}; ${name} may ${deed.may}`, `what ${name} does`, verdict.chain);
  };
}

function mayCall({ calls, role }: CustomResource, wanted: readonly string[]): boolean {
  if (calls.state === "known") return wanted.some((action) => calls.value.includes(action.toLowerCase()));
  return role.state !== "known" || [...wanted, ...DELEGATING].some((action) => mayBeAllowed(role.value, action));
}

const mayBeAllowed = ({ policies }: Role, action: string): boolean =>
  decide(policies, ({ actions }) => actionMatches(action, actions)).effect !== "notAllowed";

function callsAws({ runsOn }: CustomResource): boolean {
  return runsOn !== "host";
}

function identityOf({ declaration, identity }: Host): readonly Declaration[] {
  const { instanceProfile: profile } = identity;
  if (profile.state !== "known") return [declaration];
  const { role } = profile.value;
  return [declaration, profile.value.declaration, ...(role.state === "known" ? [role.value.declaration] : [])];
}

function networkOf({ placements }: Host): readonly Declaration[] {
  if (placements.state !== "known") return [];
  return placements.value.flatMap(({ subnet }) => {
    if (subnet.state !== "known") return [];
    const { declaration, vpc, routeTable } = subnet.value;
    return [
      declaration,
      ...[vpc, routeTable].flatMap((fact) => (fact.state === "known" ? [fact.value.declaration] : [])),
    ];
  });
}
