import { HOST_TYPES } from "../../../infrastructure/host-types";
import type { Node } from "../parse/node";
import type { Evaluation, LinkedOutput } from "../resolve/evaluation";
import type { Stack } from "../resolve/stack";
import { type Use, usesIn } from "../template/uses";
import { linkOf } from "../units";

export interface ResourceRef {
  readonly stack: Stack;
  readonly logicalId: string;
}

export interface ConditionRef {
  readonly stack: Stack;
  readonly name: string;
}

/** Resources that add to what they refer to, so that a host on which the target has a bearing depends on them too. */
const ATTACHING_TYPES = new Set([
  ...HOST_TYPES.keys(),
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

/** Properties that no diagnosis rests on, wherever they stand; open conditions inside them are not worth a scenario. */
const WITHOUT_BEARING = new Set([
  "AssociationParameters",
  "CreditSpecification",
  "Description",
  "Encrypted",
  "GroupDescription",
  "Iops",
  "KeyName",
  "KmsKeyId",
  "Monitoring",
  "OutputLocation",
  "Parameters",
  "PrivateIpAddress",
  "SnapshotId",
  "TagSpecifications",
  "Tags",
  "Tenancy",
  "VolumeType",
]);

/** Hosts a launch template has a bearing on; a host that stands in a network has none on its neighbours. */
const LAUNCHED_FROM = new Set(["AWS::EC2::LaunchTemplate", "AWS::AutoScaling::LaunchConfiguration"]);

/** Finds the open conditions that have a bearing on a host: those of all it refers to and of all that is attached to that. */
export class Reach {
  private readonly attachments = new Map<string, ResourceRef[]>();
  private readonly uses = new Map<Node, readonly Use[]>();

  constructor(
    private readonly stacks: readonly Stack[],
    private readonly evaluation: Evaluation,
  ) {
    for (const stack of this.stacks) {
      for (const { logicalId, type } of stack.template.resources.values()) {
        if (ATTACHING_TYPES.has(type)) this.noteAttachment({ stack, logicalId });
      }
    }
  }

  /** Open conditions behind a host, each once, in the order they are met. */
  openConditions(host: ResourceRef): readonly ConditionRef[] {
    const found = new Map<string, ConditionRef>();
    const seen = new Set<string>();
    const pending = [host];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const key = keyOf(next);
      if (seen.has(key)) continue;
      seen.add(key);
      for (const condition of this.ownConditions(next)) note(found, condition, this.evaluation);
      const { conditions, targets } = this.follow(next);
      for (const condition of conditions) note(found, condition, this.evaluation);
      pending.push(...targets, ...(this.attachments.get(key) ?? []));
    }
    return [...found.values()];
  }

  /** The resource's own condition and those of the stacks that it is nested in. */
  private ownConditions({ stack, logicalId }: ResourceRef): readonly ConditionRef[] {
    const name = stack.template.resources.get(logicalId)?.condition;
    const own = name === undefined ? [] : [{ stack, name }];
    return stack.parent === undefined ? own : [...own, ...this.ownConditions(stack.parent)];
  }

  private noteAttachment(attachment: ResourceRef): void {
    const isHost = HOST_TYPES.has(attachment.stack.template.resources.get(attachment.logicalId)?.type ?? "");
    for (const target of this.follow(attachment).targets) {
      const type = target.stack.template.resources.get(target.logicalId)?.type ?? "";
      if (isHost && !LAUNCHED_FROM.has(type)) continue;
      const key = keyOf(target);
      const attached = this.attachments.get(key);
      if (attached === undefined) this.attachments.set(key, [attachment]);
      else attached.push(attachment);
    }
  }

  private follow({ stack, logicalId }: ResourceRef): Followed {
    const properties = stack.template.resources.get(logicalId)?.properties;
    const followed: Followed = { conditions: [], targets: [] };
    if (properties !== undefined) this.followNode(stack, properties, followed, new Set());
    return followed;
  }

  private followNode(stack: Stack, node: Node, followed: Followed, seen: Set<Node>): void {
    if (seen.has(node)) return;
    seen.add(node);
    for (const use of this.usesOf(node)) {
      if (!this.isLive(stack, use)) continue;
      if (use.kind === "condition") followed.conditions.push({ stack, name: use.name });
      else if (use.kind === "import") this.followImport(stack, use, followed, seen);
      else if (use.kind === "reference") this.followReference(stack, use, followed, seen);
    }
  }

  private followReference(stack: Stack, use: Use, followed: Followed, seen: Set<Node>): void {
    const passed = stack.parent?.parameters.get(use.name);
    if (stack.template.parameters.has(use.name)) {
      if (stack.parent !== undefined && passed !== undefined) this.followNode(stack.parent.stack, passed, followed, seen);
      return;
    }
    const nested = stack.nested.get(use.name);
    if (nested !== undefined && use.attribute.startsWith("Outputs.")) {
      const output = use.attribute.slice("Outputs.".length);
      this.followOutput({ stack: nested, output, assuming: [] }, followed, seen);
    }
    if (stack.template.resources.has(use.name)) followed.targets.push({ stack, logicalId: use.name });
  }

  private followImport(stack: Stack, { node }: Use, followed: Followed, seen: Set<Node>): void {
    const link = linkOf(node, stack, this.evaluation);
    if (link !== undefined) this.followOutput(link, followed, seen);
  }

  private followOutput({ stack, output }: LinkedOutput, followed: Followed, seen: Set<Node>): void {
    const node = stack.template.outputs.get(output)?.value;
    if (node !== undefined) this.followNode(stack, node, followed, seen);
  }

  private isLive(stack: Stack, { guards }: Use): boolean {
    const resolver = this.evaluation.of(stack);
    return guards.every(({ condition, branch }) => resolver.condition(condition).truth !== !branch);
  }

  private usesOf(node: Node): readonly Use[] {
    const existing = this.uses.get(node);
    if (existing !== undefined) return existing;
    const found = usesIn(node, WITHOUT_BEARING);
    this.uses.set(node, found);
    return found;
  }
}

interface Followed {
  readonly conditions: ConditionRef[];
  readonly targets: ResourceRef[];
}

const keyOf = ({ stack, logicalId }: ResourceRef): string => `${stack.key}#${logicalId}`;

function note(found: Map<string, ConditionRef>, condition: ConditionRef, evaluation: Evaluation): void {
  if (evaluation.of(condition.stack).condition(condition.name).truth !== undefined) return;
  found.set(`${condition.stack.key} ${condition.name}`, condition);
}
