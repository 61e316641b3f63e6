import { absent, type Fact, unknown } from "../../facts/fact";
import type { Host, Infrastructure, Principal } from "../../infrastructure/model";
import type { Pattern } from "../../infrastructure/policy-document";
import { readTags } from "../../infrastructure/tags";
import type { Declaration } from "../../program/declaration";
import { hostName, shortName } from "../../program/names";
import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../../program/normal-form";
import { at } from "../../program/read";
import { UNKNOWN_SEGMENT } from "../identity/pattern";
import { type Place, placeIn, regionHole } from "../identity/place";

/** A node that a session may be opened to. */
export interface Target {
  /** For messages: `instance Web`. */
  readonly name: string;
  /** Hybrid nodes have ARNs of their own. */
  readonly kind: "instance" | "managed-instance";
  readonly stack: string;
  readonly region: Fact<string>;
  readonly account: Fact<string>;
  readonly id: Pattern;
  /** The value of a tag, by its key in lower case. */
  readonly tag: (key: string) => Fact<string>;
}

/** What a missing tag rests on: stack tags, default tags and people add more. */
export const NOT_TAGGED_ELSEWHERE = "no tag is added outside of this program";

/**
 * The declared nodes: hosts, and what hybrid activations admit. A launch template counts through what launches from it.
 * Ids are left open: who names another instance by its id means that one.
 */
export const targetsOf = ({ hosts, declarations }: Infrastructure): readonly Target[] => [
  ...hosts
    .filter(({ outOfScope, launches }) => outOfScope === undefined && launches.length === 0)
    .map((host) => ({ ...hostTarget(host), id: idAfter("i-", "instances are replaced") })),
  ...declarations.filter(({ type }) => type === EXTRA.activation).map(hybridTarget),
];

export const hostTarget = (host: Host): Target => ({
  name: hostName(host),
  kind: "instance",
  ...locationOf(host.declaration),
  id: instanceId(host.declaration),
  tag: (key) => tagOf(host.tags, key, mayHaveMore(host)),
});

/** What stands for the hosts of a program that declares none: any EC2 instance, of which nothing is known. */
export const ANY_INSTANCE: Target = {
  name: "any EC2 instance",
  kind: "instance",
  stack: "another program",
  region: unknown("this program declares no host"),
  account: unknown("this program declares no host"),
  id: idAfter("i-", "this program declares no host"),
  tag: () => unknown("this program declares no host"),
};

export const ANY_HYBRID_NODE: Target = {
  ...ANY_INSTANCE,
  name: "any hybrid node",
  kind: "managed-instance",
  id: idAfter("mi-", "this program declares no host"),
};

const hybridTarget = (activation: Declaration): Target => ({
  name: `hybrid nodes of ${shortName(activation)}`,
  kind: "managed-instance",
  ...locationOf(activation),
  id: idAfter("mi-", "node ids are not known before they register"),
  tag: (key) => tagOf(readTags(at(activation.properties, "Tags")), key, "tags of hybrid nodes may be added later"),
});

const locationOf = ({ stack, region, account }: Declaration) => ({ stack, region, account });

function instanceId({ physicalIds }: Declaration): Pattern {
  const id = physicalIds.find((physical) => physical.startsWith("i-"));
  return id === undefined ? idAfter("i-", "instance ids are not known before deployment") : [id];
}

function idAfter(prefix: string, reason: string): Pattern {
  return [prefix, { hole: UNKNOWN_SEGMENT.instanceId, reason }];
}

/** Why the machines of a host may carry tags that the program does not give them; undefined where it would have to. */
function mayHaveMore({ kind, launchedFrom }: Host): string | undefined {
  if (kind === "launchTemplate") return "what launches from it may bring its own tags";
  if (kind === "managedService" || kind === "nodeGroup") return "the service may add tags of its own";
  return launchedFrom.state === "unknown" ? launchedFrom.reason : undefined;
}

function tagOf(tags: Host["tags"], key: string, mayHaveMore: string | undefined): Fact<string> {
  if (key.startsWith("aws:")) return unknown(`AWS sets the tag ${key}`);
  if (tags.state === "unknown") return tags;
  const found = tags.state === "known" ? [...tags.value].filter(([name]) => name.toLowerCase() === key) : [];
  const [first, ...others] = found;
  if (others.length > 0) return unknown(`several tags are called ${key}`);
  if (first !== undefined) return first[1];
  return mayHaveMore === undefined ? absent([NOT_TAGGED_ELSEWHERE]) : unknown(mayHaveMore);
}

/** Where a target stands, seen from the policies of a principal: a hole means the same in both only within one stack. */
export function placeSeenBy(principal: Principal, { stack, region, account }: Target): Place {
  const near = principal.policies.every(
    ({ declaration, written }) => (written?.declaration ?? declaration).stack === stack,
  );
  // A permission set is made in one account and used in others.
  const sharesAccount = near && principal.kind !== "permissionSet";
  return placeIn(
    { region, account },
    {
      regionHole: regionHole(stack, near),
      accountHole: sharesAccount ? "AWS::AccountId" : `the account of ${stack}`,
    },
  );
}

/** Source: Service Authorization Reference, AWS Systems Manager, resource types `instance` and `managed-instance`. */
export const targetArn = ({ kind, id }: Target, { partition, region, account }: Place): Pattern => [
  "arn:",
  partition,
  kind === "instance" ? ":ec2:" : ":ssm:",
  region,
  ":",
  account,
  `:${kind}/`,
  ...id,
];
