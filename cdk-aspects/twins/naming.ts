import type { Assessment, Finding, HostVerdict, LinkVerdict } from "../../core/assessment/assessment";
import { compareFindings, comparePlaces } from "../../core/assessment/order";
import { LINKS } from "../../core/diagnosis/diagnose";
import { memoize } from "../../core/facts/lazy";
import type { NotJudged } from "../../core/infrastructure/not-judged";
import type { DeclarationHead } from "../../core/program/declaration";
import type { Position } from "../../core/program/value";

/** Puts the names of one twin into what is said of the one that was judged. */
export abstract class Naming {
  /** The same head for the same head, for what is said of a host is said of its place where these are the same. */
  readonly head = memoize((head: DeclarationHead): DeclarationHead => this.named(head));

  protected abstract text(text: string): string;

  protected abstract named(head: DeclarationHead): DeclarationHead;

  /** @param head of what has a position, with the names of the one that was judged */
  protected abstract position(position: Position, head: DeclarationHead): Position;

  notJudged({ declaration, reason }: NotJudged): NotJudged {
    return { declaration: this.head(declaration), reason: this.text(reason) };
  }

  host(judged: HostVerdict): HostVerdict {
    return new TwinVerdict(judged, this);
  }

  finding(said: Finding): Finding {
    const { resource, place, message, position } = said;
    const named = { ...said, resource: this.head(resource), place: this.head(place), message: this.text(message) };
    return position === undefined ? named : { ...named, position: this.position(position, place) };
  }

  links({ instanceProfile, permissions, agent, network, preferences }: HostVerdict["links"]): HostVerdict["links"] {
    return {
      instanceProfile: this.link(instanceProfile),
      permissions: this.link(permissions),
      agent: this.link(agent),
      network: this.link(network),
      preferences: this.link(preferences),
    };
  }

  private link({ reason, missing, chain, ...rest }: LinkVerdict): LinkVerdict {
    return {
      ...rest,
      reason: this.text(reason),
      ...(missing === undefined ? {} : { missing: this.text(missing) }),
      chain: chain.map(({ text, status }) => ({ text: this.text(text), status })),
    };
  }
}

/** Named once it is asked for: a synthesis tells of most hosts no more than how many they are. */
class TwinVerdict implements HostVerdict {
  constructor(
    private readonly judged: HostVerdict,
    private readonly naming: Naming,
  ) {}

  get session(): HostVerdict["session"] {
    return this.judged.session;
  }

  get declaration(): DeclarationHead {
    return this.naming.head(this.judged.declaration);
  }

  get links(): HostVerdict["links"] {
    return this.naming.links(this.judged.links);
  }
}

/**
 * Whether what is said of a resource names no twins but its own: it would have to name all of the others.
 *
 * @param staysWithin whether a text names no twins but those of a resource
 */
export function namesNoOther(
  { hosts, findings, notJudged }: Assessment,
  staysWithin: (resource: DeclarationHead, text: string) => boolean,
): boolean {
  const ofItself = (resource: DeclarationHead, texts: readonly string[]): boolean =>
    texts.every((text) => staysWithin(resource, text));
  return (
    hosts.every((host) => ofItself(host.declaration, textsOf(host))) &&
    findings.every(({ resource, place, message }) => ofItself(resource, [place.id, message])) &&
    notJudged.every(({ declaration, reason }) => ofItself(declaration, [reason]))
  );
}

const textsOf = ({ links }: HostVerdict): readonly string[] =>
  LINKS.flatMap((link) => {
    const { reason, missing = "", chain } = links[link];
    return [reason, missing, ...chain.map(({ text }) => text)];
  });

/**
 * Hosts are in no order.
 *
 * @param namingsOf of all twins of a resource that was judged; none where it stands for itself alone
 */
export function saidOfTwins(
  { hosts, findings, notJudged, problems }: Assessment,
  namingsOf: (resource: DeclarationHead) => readonly Naming[],
): Assessment {
  const ofTwins = <T>(said: T, resource: DeclarationHead, named: (naming: Naming) => T): readonly T[] => {
    const namings = namingsOf(resource);
    return namings.length === 0 ? [said] : namings.map(named);
  };
  return {
    hosts: hosts.flatMap((host) => ofTwins(host, host.declaration, (naming) => naming.host(host))),
    findings: findings
      .flatMap((finding) => ofTwins(finding, finding.resource, (naming) => naming.finding(finding)))
      .sort(compareFindings),
    notJudged: notJudged
      .flatMap((item) => ofTwins(item, item.declaration, (naming) => naming.notJudged(item)))
      .sort((left, right) => comparePlaces(left.declaration, right.declaration)),
    problems,
  };
}
