import type { Assessment } from "../../core/assessment/assessment";
import type { DeclarationHead } from "../../core/program/declaration";
import type { Position } from "../../core/program/value";
import type { Folded, Twin } from "./fold";
import { Naming, namesNoOther, saidOfTwins } from "./naming";
import { filled, groupsIn } from "./slots";

/**
 * What is said of folded templates, said of every twin. Undefined where that would be wrong: where one of them is named in what
 * is said of another resource, which would name them all, and where something could not be read, which has its line in the file.
 */
export function unfold(assessment: Assessment, { groups }: Folded): Assessment | undefined {
  if (!namesNoOther(assessment, staysWithin) || assessment.problems.length > 0) return undefined;
  const namings = groups.map((twins) => twins.map((twin) => new HostNaming(twin, twins[0]?.lines ?? [])));
  return saidOfTwins(assessment, ({ id }) => {
    const [group] = groupsIn(id);
    return (group === undefined ? undefined : namings[group]) ?? [];
  });
}

const staysWithin = (resource: DeclarationHead, text: string): boolean =>
  [...groupsIn(text)].every((group) => groupsIn(resource.id).has(group));

class HostNaming extends Naming {
  private readonly lines: ReadonlyMap<number, number>;

  /** @param lines of the one that was judged */
  constructor(
    private readonly twin: Twin,
    lines: readonly number[],
  ) {
    super();
    this.lines = new Map(lines.map((line, index) => [line, twin.lines[index] ?? line]));
  }

  protected text(text: string): string {
    return filled(text, this.twin.names);
  }

  protected position({ line, column }: Position, { id }: DeclarationHead): Position {
    return { line: groupsIn(id).size === 0 ? line : (this.lines.get(line) ?? line), column };
  }

  protected named(head: DeclarationHead): DeclarationHead {
    if (groupsIn(head.id).size === 0) return head;
    const { id, name, position, constructPath, sourceLocation } = head;
    return {
      ...head,
      id: this.text(id),
      name: this.text(name),
      ...(position === undefined ? {} : { position: this.position(position, head) }),
      ...(constructPath === undefined ? {} : { constructPath: this.text(constructPath) }),
      ...(sourceLocation === undefined ? {} : { sourceLocation: this.text(sourceLocation) }),
    };
  }
}
