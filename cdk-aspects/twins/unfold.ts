import type { Assessment, Finding, HostVerdict, LinkVerdict } from "../../core/assessment/assessment";
import { compareFindings, compareHosts, comparePlaces } from "../../core/assessment/order";
import { LINKS } from "../../core/diagnosis/diagnose";
import { lazy, memoize } from "../../core/facts/lazy";
import type { NotJudged } from "../../core/infrastructure/not-judged";
import type { DeclarationHead } from "../../core/program/declaration";
import type { Position } from "../../core/program/value";
import type { Folded, Twin } from "./fold";
import { filled, groupsIn } from "./slots";

/**
 * What is said of folded templates, said of every twin. Undefined where that would be wrong: where one of them is named in what
 * is said of another resource, which would name them all, and where something could not be read, which has its line in the file.
 */
export function unfold(assessment: Assessment, { groups }: Folded): Assessment | undefined {
  const { hosts, findings, notJudged, problems } = assessment;
  const namesNoOther =
    hosts.every((host) => staysWithin(host.declaration, textsOf(host))) &&
    findings.every(({ resource, place, message }) => staysWithin(resource, [place.id, message])) &&
    notJudged.every(({ declaration, reason }) => staysWithin(declaration, [reason]));
  if (!namesNoOther || problems.length > 0) return undefined;
  const namings = groups.map((twins) => twins.map((twin) => new Naming(twin, twins[0]?.lines ?? [])));
  const ofTwins = <T>(said: T, resource: DeclarationHead, named: (naming: Naming) => T): readonly T[] => {
    const [group] = groupsIn(resource.id);
    return (group === undefined ? undefined : namings[group])?.map(named) ?? [said];
  };
  return {
    hosts: hosts.flatMap((host) => ofTwins(host, host.declaration, (naming) => naming.host(host))).sort(compareHosts),
    findings: findings
      .flatMap((finding) => ofTwins(finding, finding.resource, (naming) => naming.finding(finding)))
      .sort(compareFindings),
    notJudged: notJudged
      .flatMap((item) => ofTwins(item, item.declaration, (naming) => naming.notJudged(item)))
      .sort((left, right) => comparePlaces(left.declaration, right.declaration)),
    problems,
  };
}

function staysWithin(resource: DeclarationHead, texts: readonly string[]): boolean {
  const own = groupsIn(resource.id);
  return texts.every((text) => [...groupsIn(text)].every((group) => own.has(group)));
}

const textsOf = ({ links }: HostVerdict): readonly string[] =>
  LINKS.flatMap((link) => {
    const { reason, missing = "", chain } = links[link];
    return [reason, missing, ...chain.map(({ text }) => text)];
  });

/** Puts the names of one twin into what is said of the one that was judged. */
class Naming {
  /** The same head for the same head, for what is said of a host is said of its place where these are the same. */
  readonly head = memoize((head: DeclarationHead): DeclarationHead => this.named(head));
  private readonly lines: ReadonlyMap<number, number>;

  /** @param lines of the one that was judged */
  constructor(
    private readonly twin: Twin,
    lines: readonly number[],
  ) {
    this.lines = new Map(lines.map((line, index) => [line, twin.lines[index] ?? line]));
  }

  notJudged({ declaration, reason }: NotJudged): NotJudged {
    return { declaration: this.head(declaration), reason: this.text(reason) };
  }

  host({ declaration, links, ...rest }: HostVerdict): HostVerdict {
    const named = lazy(() => this.links(links));
    return {
      ...rest,
      declaration: this.head(declaration),
      // A synthesis reports the links of few hosts.
      get links() {
        return named();
      },
    };
  }

  finding({ resource, place, message, position, ...rest }: Finding): Finding {
    return {
      ...rest,
      resource: this.head(resource),
      place: this.head(place),
      message: this.text(message),
      ...(position === undefined
        ? {}
        : { position: groupsIn(place.id).size === 0 ? position : this.position(position) }),
    };
  }

  private links({
    instanceProfile,
    permissions,
    agent,
    network,
    preferences,
  }: HostVerdict["links"]): HostVerdict["links"] {
    return {
      instanceProfile: this.link(instanceProfile),
      permissions: this.link(permissions),
      agent: this.link(agent),
      network: this.link(network),
      preferences: this.link(preferences),
    };
  }

  private text(text: string): string {
    return filled(text, this.twin.names);
  }

  private link({ reason, missing, chain, ...rest }: LinkVerdict): LinkVerdict {
    return {
      ...rest,
      reason: this.text(reason),
      ...(missing === undefined ? {} : { missing: this.text(missing) }),
      chain: chain.map(({ text, status }) => ({ text: this.text(text), status })),
    };
  }

  private named(head: DeclarationHead): DeclarationHead {
    if (groupsIn(head.id).size === 0) return head;
    const { id, name, position, constructPath, sourceLocation } = head;
    return {
      ...head,
      id: this.text(id),
      name: this.text(name),
      ...(position === undefined ? {} : { position: this.position(position) }),
      ...(constructPath === undefined ? {} : { constructPath: this.text(constructPath) }),
      ...(sourceLocation === undefined ? {} : { sourceLocation: this.text(sourceLocation) }),
    };
  }

  private position({ line, column }: Position): Position {
    return { line: this.lines.get(line) ?? line, column };
  }
}
