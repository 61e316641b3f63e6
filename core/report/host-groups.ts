import type { HostVerdict } from "../assessment/assessment";
import { LINKS } from "../diagnosis/diagnose";
import { groupBy } from "./causes";
import { hostLabels, hostNames } from "./names";
import { counted } from "./text";

/** Hosts in one row of a table. */
export interface HostGroup {
  readonly name: string;
  readonly hosts: readonly HostVerdict[];
  /** Has the verdicts that all of them share. */
  readonly first: HostVerdict;
}

/** As many hosts as a person reads one by one. */
const MOST_ROWS = 30;

const MOST_NAMES = 2;

/** A group for each host; those of equal verdicts together where there are too many to read one by one. */
export function hostGroups(hosts: readonly HostVerdict[]): readonly HostGroup[] {
  if (hosts.length <= MOST_ROWS) {
    const labelOf = hostLabels(hosts);
    return hosts.map((host) => ({ name: labelOf(host), hosts: [host], first: host }));
  }
  return groupBy(hosts, verdicts).flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ name: groupName(group), hosts: group, first }];
  });
}

const verdicts = ({ session, links }: HostVerdict): string =>
  [session, ...LINKS.map((link) => links[link].status)].join(" ");

function groupName(hosts: readonly HostVerdict[]): string {
  const names = hostNames(hosts, MOST_NAMES);
  return hosts.length <= MOST_NAMES + 1 ? names : `${counted(hosts.length, "host")}: ${names}`;
}
