import type { Assessment, Finding, HostVerdict, LinkVerdict } from "../../core/assessment/assessment";
import { compareFindings, compareHosts, comparePlaces } from "../../core/assessment/order";
import { lazy, memoize } from "../../core/facts/lazy";
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
    const named = lazy(() => this.links(judged.links));
    return {
      session: judged.session,
      declaration: this.head(judged.declaration),
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
      ...(position === undefined ? {} : { position: this.position(position, place) }),
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

  private link({ reason, missing, chain, ...rest }: LinkVerdict): LinkVerdict {
    return {
      ...rest,
      reason: this.text(reason),
      ...(missing === undefined ? {} : { missing: this.text(missing) }),
      chain: chain.map(({ text, status }) => ({ text: this.text(text), status })),
    };
  }
}

/** @param namingsOf of all twins of a resource that was judged; none where it stands for itself alone */
export function saidOfTwins(
  { hosts, findings, notJudged, problems }: Assessment,
  namingsOf: (resource: DeclarationHead) => readonly Naming[],
): Assessment {
  const ofTwins = <T>(said: T, resource: DeclarationHead, named: (naming: Naming) => T): readonly T[] => {
    const namings = namingsOf(resource);
    return namings.length === 0 ? [said] : namings.map(named);
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
