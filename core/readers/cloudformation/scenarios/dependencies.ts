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

/** What a resource rests on: conditions inside it, and resources it refers to, in other stacks too. */
export interface Dependencies {
  readonly conditions: ConditionRef[];
  readonly targets: ResourceRef[];
}

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

/** Follows references through parameters of nested stacks, outputs and imports. Branches that are surely not taken do not count. */
export class DependencyFinder {
  private readonly uses = new Map<Node, readonly Use[]>();

  constructor(private readonly evaluation: Evaluation) {}

  dependenciesOf({ stack, logicalId }: ResourceRef): Dependencies {
    const properties = stack.template.resources.get(logicalId)?.properties;
    const found: Dependencies = { conditions: ownConditions({ stack, logicalId }), targets: [] };
    if (properties !== undefined) this.follow(stack, properties, found, new Set());
    return found;
  }

  private follow(stack: Stack, node: Node, found: Dependencies, seen: Set<Node>): void {
    if (seen.has(node)) return;
    seen.add(node);
    for (const use of this.usesOf(node)) {
      if (!this.isLive(stack, use)) continue;
      if (use.kind === "condition") found.conditions.push({ stack, name: use.name });
      else if (use.kind === "import") this.followImport(stack, use, found, seen);
      else if (use.kind === "reference") this.followReference(stack, use, found, seen);
    }
  }

  private followReference(stack: Stack, use: Use, found: Dependencies, seen: Set<Node>): void {
    const passed = stack.parent?.parameters.get(use.name);
    if (stack.template.parameters.has(use.name)) {
      if (stack.parent !== undefined && passed !== undefined) this.follow(stack.parent.stack, passed, found, seen);
      return;
    }
    const nested = stack.nested.get(use.name);
    if (nested !== undefined && use.attribute.startsWith("Outputs.")) {
      const output = use.attribute.slice("Outputs.".length);
      this.followOutput({ stack: nested, output, assuming: [] }, found, seen);
    }
    if (stack.template.resources.has(use.name)) found.targets.push({ stack, logicalId: use.name });
  }

  private followImport(stack: Stack, { node }: Use, found: Dependencies, seen: Set<Node>): void {
    const link = linkOf(node, stack, this.evaluation);
    if (link !== undefined) this.followOutput(link, found, seen);
  }

  private followOutput({ stack, output }: LinkedOutput, found: Dependencies, seen: Set<Node>): void {
    const node = stack.template.outputs.get(output)?.value;
    if (node !== undefined) this.follow(stack, node, found, seen);
  }

  private isLive(stack: Stack, { guards }: Use): boolean {
    const resolver = this.evaluation.of(stack);
    return guards.every(({ condition, branch }) => resolver.condition(condition).truth !== !branch);
  }

  private usesOf(node: Node): readonly Use[] {
    const existing = this.uses.get(node);
    if (existing !== undefined) return existing;
    const collected = usesIn(node, WITHOUT_BEARING);
    this.uses.set(node, collected);
    return collected;
  }
}

/** The resource's own condition and those of the stacks that it is nested in. */
function ownConditions({ stack, logicalId }: ResourceRef): ConditionRef[] {
  const name = stack.template.resources.get(logicalId)?.condition;
  const own = name === undefined ? [] : [{ stack, name }];
  return stack.parent === undefined ? own : [...ownConditions(stack.parent), ...own];
}
