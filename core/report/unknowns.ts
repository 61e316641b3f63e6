import type { HostVerdict } from "../assessment/assessment";
import { LINKS, type LinkName } from "../diagnosis/diagnose";
import { shortName } from "../program/names";
import { groupBy, withoutName } from "./causes";

/** A link that is not known, and the hosts for which the same fact would decide it. */
export interface UnknownLink {
  readonly link: LinkName;
  readonly hosts: readonly HostVerdict[];
  /** As it is said of the first host. */
  readonly reason: string;
  /** The fact that would decide it, likewise. */
  readonly missing: string | undefined;
}

export function unknownsOf(hosts: readonly HostVerdict[]): readonly UnknownLink[] {
  const open = hosts.flatMap((host) =>
    LINKS.filter((link) => host.links[link].status === "unknown").map((link) => {
      const { reason, missing } = host.links[link];
      return { host, link, reason, missing };
    }),
  );
  const groups = groupBy(open, ({ host, link, reason, missing }) =>
    JSON.stringify([link, withoutName(missing ?? reason, shortName(host.declaration))]),
  );
  return groups.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { link, reason, missing } = first;
    return [{ link, hosts: group.map(({ host }) => host), reason, missing }];
  });
}
