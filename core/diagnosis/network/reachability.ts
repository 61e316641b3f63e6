import { is, union } from "../../facts/fact";
import type { Endpoint, Subnet, Vpc } from "../../infrastructure/model";
import { shortName } from "../../program/names";
import { asBoolean, at } from "../../program/read";
import type { Step } from "../verdict";
import { INTERNET } from "./addresses";
import {
  type Answer,
  assumptionsOf,
  type Cause,
  every,
  isNo,
  type Maybe,
  maybe,
  type No,
  some,
  type Yes,
} from "./answer";
import { admitsHost } from "./endpoint-access";
import { type Candidate, candidatesFor } from "./endpoint-match";
import { drawsNames, type NamesVerdict } from "./endpoint-names";
import type { Origin } from "./hop";
import { hostedZone, type NameContext } from "./name-resolution";
import { clientSide } from "./network-acl";
import { wayOut } from "./routes";
import { admitsHttps, THE_INTERNET } from "./security-group";
import type { Use } from "./use";
import { declared, showsEndpoints, whyMissing } from "./visibility";

/** Whether a host reaches an AWS service on 443, and over what. */
export type Reach = Reached | Unreached | Maybe;

export interface Reached extends Yes {
  readonly by: "endpoint" | "internet";
  /** The one that the service's name leads to, where it leads to one. */
  readonly endpoint?: Endpoint;
}

export interface Unreached {
  readonly status: "no";
  readonly why: string;
  readonly chain: readonly Step[];
  readonly assuming: readonly string[];
  /** Endpoints of the service that are there and do not help; empty when there is none. */
  readonly obstacles: readonly Obstacle[];
}

export interface Obstacle {
  readonly endpoint: Endpoint;
  readonly why: string;
  readonly cause: Cause;
}

export interface Surroundings extends NameContext {
  /** Endpoints of which the VPC is not known. */
  readonly strays: readonly Endpoint[];
  readonly use: Use;
  /** Whether an endpoint's policy lets the use through. */
  readonly admits: (endpoint: Endpoint) => Answer;
}

/** The way to public addresses: security groups, the subnet's network ACL, routes. */
export function wayToInternet(origin: Origin): Answer {
  const route = wayOut(origin);
  const whole = every([
    admitsHttps(origin.groups, "egress", THE_INTERNET, origin.what),
    clientSide(origin.subnet, INTERNET, "the internet"),
    route,
  ]);
  return whole.status === "yes" ? { ...whole, why: route.why } : whole;
}

/** What closes a way out that routes would open: a security group or a network ACL. `out` is {@link wayToInternet} of the same origin. */
export const barrierOf = (origin: Origin, out: Answer): Cause | undefined =>
  isNo(out) && wayOut(origin).status === "yes" ? out.cause : undefined;

interface Way {
  readonly candidate: Candidate;
  readonly names: NamesVerdict;
  readonly access: Answer;
}

/**
 * Where the service's name leads to an endpoint, that endpoint alone decides, even beside a NAT gateway. Where it does
 * not, the way out decides. `out` is {@link wayToInternet} of the same origin.
 */
export function reach(origin: Origin, out: Answer, surroundings: Surroundings): Reach {
  const { declaration, vpc } = origin.subnet;
  if (is(asBoolean(at(declaration.properties, "Ipv6Native")), true)) return ipv6Only(origin.subnet);
  if (vpc.state !== "known") return withoutVpc(origin, out, whyMissing(vpc, "it names none"));
  const ways = waysOver(vpc.value, origin, surroundings);
  const drawing = ways.filter(({ names }) => names.answer.status === "yes");
  const reached =
    overEndpoint(drawing) ??
    (out.status === "no"
      ? withoutWayOut(out, ways, vpc.value, surroundings)
      : overInternet(out, ways, vpc.value, surroundings));
  return reached.status === "maybe" ? reached : { ...reached, assuming: union(reached.assuming, vpc.assuming) };
}

function ipv6Only({ declaration }: Subnet): Maybe {
  return maybe(
    `subnet ${shortName(declaration)} has IPv6 only, and the agent uses IPv4 unless its UseDualStackEndpoint option is on`,
    "whether the agent is 3.3.3270.0 or newer and has UseDualStackEndpoint on",
    declaration,
  );
}

function waysOver(vpc: Vpc, origin: Origin, surroundings: Surroundings): readonly Way[] {
  const { service, region, strays, admits } = surroundings;
  return candidatesFor(service, vpc, region, strays)
    .map((candidate) => ({
      candidate,
      names: drawsNames(candidate, vpc, surroundings),
      access: admitsHost(candidate.endpoint, origin, vpc, admits),
    }))
    .filter(({ candidate, names }) => candidate.doubt === undefined || names.answer.status === "maybe");
}

function withoutVpc({ subnet }: Origin, out: Answer, reason: string): Reach {
  if (out.status === "yes") return { ...out, by: "internet" };
  const name = `the VPC of subnet ${shortName(subnet.declaration)}`;
  return {
    status: "maybe",
    why: `${out.why}, and the endpoints of ${name} are not known: ${reason}`,
    missing: declared(`the endpoints of ${name}`),
    chain: out.chain,
  };
}

function overEndpoint(drawing: readonly Way[]): Reach | undefined {
  const answers = drawing.map(throughEndpoint);
  const [first, ...others] = answers;
  if (first === undefined) return undefined;
  const answer = some([first, ...others]);
  const endpoint = drawing[answers.indexOf(answer)]?.candidate.endpoint;
  if (answer.status === "yes") return { ...answer, by: "endpoint", ...(endpoint === undefined ? {} : { endpoint }) };
  if (answer.status === "maybe") return answer;
  const drawn = drawing.map(({ names }) => assumptionsOf(names.answer)).reduce(union, answer.assuming);
  return { ...answer, assuming: drawn, obstacles: drawing.flatMap(closedAccess) };
}

function throughEndpoint({ candidate, names, access }: Way): Answer {
  const whole = every([names.answer, access]);
  return whole.status === "yes"
    ? { ...whole, why: `over endpoint ${shortName(candidate.endpoint.declaration)}` }
    : whole;
}

const closedAccess = ({ candidate, names, access }: Way): readonly Obstacle[] =>
  isNo(access)
    ? [{ endpoint: candidate.endpoint, cause: access.cause, why: `${names.answer.why}, and ${access.why}` }]
    : [];

/** A way out that exists, or may, with what can still draw the service's name away from it. */
function overInternet(out: Yes | Maybe, ways: readonly Way[], vpc: Vpc, surroundings: Surroundings): Reach {
  if (out.status === "maybe") return out;
  const distraction = drawnAway(ways) ?? namesAstray(vpc, surroundings);
  if (distraction === undefined) return { ...out, by: "internet" };
  return { ...distraction, chain: [...out.chain, ...distraction.chain] };
}

function drawnAway(ways: readonly Way[]): Maybe | undefined {
  for (const { candidate, names, access } of ways) {
    const { why, chain } = names.answer;
    if (names.isDefective) return { status: "maybe", why: `${why}, which the deployment may fail on`, chain };
    const mayDraw = names.answer.status === "maybe" && candidate.doubt === undefined;
    if (mayDraw && access.status !== "yes") {
      return {
        status: "maybe",
        why: `${why}, and ${access.why}`,
        chain: [...chain, ...access.chain],
        ...missingOf(names.answer),
      };
    }
  }
  return undefined;
}

const missingOf = (answer: Answer) =>
  answer.status === "maybe" && answer.missing !== undefined ? { missing: answer.missing } : {};

function namesAstray(vpc: Vpc, surroundings: Surroundings): Maybe | undefined {
  const name = `VPC ${shortName(vpc.declaration)}`;
  if (is(vpc.enableDnsSupport, false)) {
    const why = `EnableDnsSupport of ${name} is off, so the host finds AWS services only with a name server of its own`;
    return { status: "maybe", why, missing: "the name server that the host uses", chain: [] };
  }
  const zone = hostedZone(vpc, surroundings);
  if (zone === undefined) return undefined;
  const why = `${zone} answers for ${surroundings.service} in ${name}`;
  return { status: "maybe", why, missing: `where ${zone} points to`, chain: [] };
}

function withoutWayOut(out: No, ways: readonly Way[], vpc: Vpc, { service }: Surroundings): Reach {
  const open = ways.find(({ names, access }) => names.answer.status === "maybe" && access.status !== "no");
  if (open !== undefined) {
    const { answer } = open.names;
    return {
      status: "maybe",
      why: `${out.why}, and ${answer.why}`,
      chain: [...out.chain, ...answer.chain],
      ...missingOf(answer),
    };
  }
  const obstacles = ways.filter(({ candidate }) => candidate.doubt === undefined).flatMap((way) => obstacle(way, out));
  const [first] = obstacles;
  const chain = [...out.chain, ...ways.flatMap(decisive).flatMap((answer) => answer.chain)];
  if (first !== undefined) {
    const assuming = ways.flatMap(decisive).map(assumptionsOf).reduce(union, out.assuming);
    return { status: "no", why: first.why, assuming, chain, obstacles };
  }
  return withoutEndpoint(out, vpc, service, chain);
}

/** Access matters only where names may lead to the endpoint at all. */
const decisive = ({ names, access }: Way): readonly Answer[] =>
  isNo(names.answer) ? [names.answer] : [names.answer, access];

function obstacle({ candidate, names, access }: Way, out: No): readonly Obstacle[] {
  const refusal = isNo(names.answer) ? names.answer : access;
  if (!isNo(refusal)) return [];
  return [{ endpoint: candidate.endpoint, cause: refusal.cause, why: `${refusal.why}, and ${out.why}` }];
}

function withoutEndpoint(out: No, vpc: Vpc, service: string, chain: readonly Step[]): Reach {
  const name = `VPC ${shortName(vpc.declaration)}`;
  if (!showsEndpoints(vpc)) {
    const why = `${out.why}, and the endpoints of ${name} are not known: it exists outside of this program`;
    return { status: "maybe", why, missing: declared(`the endpoints of ${name}`), chain };
  }
  const step: Step = { status: "broken", text: `${name} has no endpoint for ${service}`, declaration: vpc.declaration };
  return {
    status: "no",
    why: `${out.why}, and ${step.text}`,
    assuming: out.assuming,
    chain: [...chain, step],
    obstacles: [],
  };
}
