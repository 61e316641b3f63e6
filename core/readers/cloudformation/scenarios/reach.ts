import { HOST_TYPES } from "../../../infrastructure/host-types";
import { PREFERENCES_DOCUMENT } from "../../../infrastructure/session-document";
import { child, scalarText } from "../parse/node";
import type { Evaluation } from "../resolve/evaluation";
import { declarationId, type Stack } from "../resolve/stack";
import { type ConditionRef, DependencyFinder, type ResourceRef } from "./dependencies";

/** Resources that add to what they refer to, so that a host on which the target has a bearing depends on them too. */
const ATTACHING_TYPES = new Set([
  "AWS::EC2::EIP",
  "AWS::EC2::EIPAssociation",
  "AWS::EC2::EgressOnlyInternetGateway",
  "AWS::EC2::NetworkAclEntry",
  "AWS::EC2::NetworkInterfaceAttachment",
  "AWS::EC2::Route",
  "AWS::EC2::SecurityGroupEgress",
  "AWS::EC2::SecurityGroupIngress",
  "AWS::EC2::SubnetCidrBlock",
  "AWS::EC2::SubnetNetworkAclAssociation",
  "AWS::EC2::SubnetRouteTableAssociation",
  "AWS::EC2::VPCCidrBlock",
  "AWS::EC2::VPCDHCPOptionsAssociation",
  "AWS::EC2::VPCEndpoint",
  "AWS::EC2::VPCGatewayAttachment",
  "AWS::IAM::ManagedPolicy",
  "AWS::IAM::Policy",
  "AWS::IAM::RolePolicy",
  "AWS::Route53::HostedZone",
  "AWS::Route53Resolver::ResolverRuleAssociation",
  "AWS::SSM::Association",
]);

/** Hosts a launch template has a bearing on; a host that stands in a network has none on its neighbours. */
const LAUNCHED_FROM = new Set(["AWS::EC2::LaunchTemplate", "AWS::AutoScaling::LaunchConfiguration"]);

interface OpenCondition {
  readonly condition: ConditionRef;
  /** Ids of resources that it stands in. */
  readonly places: string[];
}

/**
 * Finds the open conditions that have a bearing on a host: those in it, in all it refers to and in all that is attached
 * to that. The search runs from each condition, of which there are few, to the hosts, of which there may be thousands.
 */
export class Reach {
  /** Ids of the resources that rest on a resource. */
  private readonly dependents = new Map<string, string[]>();
  private readonly open = new Map<string, OpenCondition>();
  private readonly reached = new Map<OpenCondition, ReadonlySet<string>>();
  private readonly dependencies: DependencyFinder;

  constructor(
    stacks: readonly Stack[],
    private readonly evaluation: Evaluation,
  ) {
    this.dependencies = new DependencyFinder(evaluation);
    for (const stack of stacks) {
      for (const logicalId of stack.template.resources.keys()) this.enter({ stack, logicalId });
    }
    this.enterPreferences(stacks);
  }

  openConditions(host: ResourceRef): readonly ConditionRef[] {
    const id = idOf(host);
    return [...this.open.values()].filter((open) => this.reachedFrom(open).has(id)).map(({ condition }) => condition);
  }

  private enter(resource: ResourceRef): void {
    const id = idOf(resource);
    const { conditions, targets } = this.dependencies.dependenciesOf(resource);
    for (const condition of conditions) this.noteCondition(condition, id);
    for (const target of targets) {
      this.noteDependent(target, id);
      if (isAttachedTo(resource, target)) this.noteDependent(resource, idOf(target));
    }
  }

  /** Session preferences name no host, and have a bearing on every one of their region. */
  private enterPreferences(stacks: readonly Stack[]): void {
    const resources = stacks.flatMap((stack) =>
      [...stack.template.resources.keys()].map((logicalId): ResourceRef => ({ stack, logicalId })),
    );
    const documents = resources.filter(mayHoldPreferences);
    if (documents.length === 0) return;
    for (const host of resources.filter((resource) => HOST_TYPES.has(typeOf(resource)))) {
      for (const document of documents) this.noteDependent(document, idOf(host));
    }
  }

  private noteCondition(condition: ConditionRef, place: string): void {
    const { stack, name } = condition;
    if (this.evaluation.of(stack).condition(name).truth !== undefined) return;
    const key = `${stack.key} ${name}`;
    const known = this.open.get(key);
    if (known === undefined) this.open.set(key, { condition, places: [place] });
    else known.places.push(place);
  }

  private noteDependent(resource: ResourceRef, dependent: string): void {
    const id = idOf(resource);
    const known = this.dependents.get(id);
    if (known === undefined) this.dependents.set(id, [dependent]);
    else known.push(dependent);
  }

  private reachedFrom(open: OpenCondition): ReadonlySet<string> {
    const existing = this.reached.get(open);
    if (existing !== undefined) return existing;
    const seen = new Set<string>();
    const pending = [...open.places];
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      pending.push(...(this.dependents.get(id) ?? []));
    }
    this.reached.set(open, seen);
    return seen;
  }
}

function isAttachedTo(resource: ResourceRef, target: ResourceRef): boolean {
  const type = typeOf(resource);
  if (HOST_TYPES.has(type)) return LAUNCHED_FROM.has(typeOf(target));
  return ATTACHING_TYPES.has(type);
}

function mayHoldPreferences({ stack, logicalId }: ResourceRef): boolean {
  const resource = stack.template.resources.get(logicalId);
  const name = resource?.type === "AWS::SSM::Document" ? child(resource.properties, "Name") : undefined;
  if (name === undefined) return false;
  const text = scalarText(name);
  return text === undefined || text === PREFERENCES_DOCUMENT;
}

const typeOf = ({ stack, logicalId }: ResourceRef): string => stack.template.resources.get(logicalId)?.type ?? "";

const idOf = ({ stack, logicalId }: ResourceRef): string => declarationId(stack, logicalId);
