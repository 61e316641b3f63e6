import { absent, type Fact, known, union, unknown } from "../../facts/fact";
import { lazy, memoize } from "../../facts/lazy";
import type { Endpoint, Host, Infrastructure, Placement, Subnet, Vpc } from "../../infrastructure/model";
import type { NetworkProblem, RequiredService } from "../problems";
import { type Fail, fail, pass, type Step, undecided, type Verdict } from "../verdict";
import { withAssumptions } from "../wording";
import { type Answer, assumptionsOf, type Cause, type No } from "./answer";
import { type Caller, callersOf } from "./caller";
import { admitsUse } from "./endpoint-policy";
import { originOf } from "./hop";
import { type Judge, perPosition } from "./memo";
import { type JudgedPlace, networkProblems, REQUIRED_SERVICES } from "./network-problems";
import { byPlacement } from "./placements";
import { allowedProxies, minding } from "./proxy";
import { barrierOf, type Reach, reach, type Surroundings, type Unreached, wayToInternet } from "./reachability";
import { reachS3 } from "./s3";
import { refusesAllHttps } from "./security-group";
import { SESSION_USES, type Use } from "./use";

export interface NetworkDiagnosis {
  /** Whether the host reaches `ssm` and `ssmmessages` on 443 from every place where it may stand. */
  readonly host: (host: Host) => Verdict<NetworkProblem>;
  /**
   * The same for another use of a service. What a failure means depends on the use: its reason leaves the assumptions to
   * the caller's sentence, and its problems are the policies in the way.
   */
  readonly reaches: (host: Host, use: Use) => Verdict<Cause>;
  /** The endpoint over which the host calls a service: absent where it surely goes over the internet. */
  readonly endpointOf: (host: Host, service: RequiredService) => Fact<Endpoint>;
}

/** Answers for all hosts of an infrastructure. Hosts in the same position share the work. */
export function networkDiagnosis(infrastructure: Infrastructure): NetworkDiagnosis {
  const surroundings = surroundingsOf(infrastructure);
  const apart = callersApart(surroundings);
  // The way out is the same whichever service lies at its end.
  const position = perPosition((placement, subnet) => {
    const origin = originOf(placement, subnet);
    return { origin, out: wayToInternet(origin) };
  });
  const place = perPosition((placement, subnet, host): JudgedPlace => {
    const { origin, out } = position(placement, subnet, host);
    const reaches = REQUIRED_SERVICES.map(
      (service) => [service, reach(origin, out, surroundings.of(host, SESSION_USES[service]))] as const,
    );
    const barrier = barrierOf(origin, out);
    return { subnet, out, reaches: new Map(reaches), ...(barrier === undefined ? {} : { barrier }) };
  }, apart);
  const placeFor = memoize((use: Use) =>
    perPosition((placement, subnet, host): Answer | Reach => {
      const { origin, out } = position(placement, subnet, host);
      const found = use.service === "s3" ? reachS3 : reach;
      return found(origin, out, surroundings.of(host, use));
    }, apart),
  );
  const proxies = lazy(() => allowedProxies(infrastructure));
  const judged = memoize((host: Host) =>
    minding(host, byPlacement(host, { judge: place, conclude: sessionVerdict, failsAnywhere: cutOff }), proxies()),
  );
  return {
    host: judged,
    endpointOf: (host, service) => (judged(host).status === "pass" ? endpointOf(host, service, place) : NO_CERTAIN_WAY),
    reaches: (host, use) => minding(host, byPlacement(host, { judge: placeFor(use), conclude: useVerdict }), proxies()),
  };
}

/** {@link networkDiagnosis} for a single host. */
export const diagnoseNetwork = (host: Host, infrastructure: Infrastructure): Verdict<NetworkProblem> =>
  networkDiagnosis(infrastructure).host(host);

interface AllSurroundings {
  readonly callerOf: (host: Host) => Caller;
  readonly strays: () => readonly Endpoint[];
  readonly of: (host: Host, use: Use) => Surroundings;
}

function surroundingsOf(infrastructure: Infrastructure): AllSurroundings {
  const byId = new Map(infrastructure.declarations.map((declaration) => [declaration.id, declaration]));
  const find = (id: string) => byId.get(id);
  const strays = lazy(() => infrastructure.endpoints.filter(({ vpc }) => vpc.state === "unknown"));
  const callerOf = lazy(() => callersOf(infrastructure));
  return {
    strays,
    callerOf: (host) => callerOf()(host),
    of: (host, use) => ({
      service: use.service,
      region: host.declaration.region,
      strays: strays(),
      find,
      use,
      admits: (endpoint) => admitsUse(endpoint, use, () => callerOf()(host)),
    }),
  };
}

/** Who calls matters only where an endpoint has a policy. */
function callersApart({ strays, callerOf }: AllSurroundings): (subnet: Subnet, host: Host) => object {
  const hasPolicy = ({ policy }: Endpoint) => policy.state !== "absent";
  const strayPolicies = lazy(() => strays().some(hasPolicy));
  const policies = memoize((vpc: Vpc) => vpc.endpoints.some(hasPolicy) || strayPolicies());
  return ({ vpc }, host) => (vpc.state === "known" && policies(vpc.value) ? callerOf(host) : ANYBODY);
}

const ANYBODY = {};

const NO_CERTAIN_WAY = unknown("which way the host takes is not known");

/** Known where it is the same from every place where the host may stand. */
function endpointOf(host: Host, service: RequiredService, place: Judge<JudgedPlace>): Fact<Endpoint> {
  const { placements } = host;
  if (placements.state !== "known") return NO_CERTAIN_WAY;
  const reaches = placements.value.map((placement) => {
    const { subnet } = placement;
    if (subnet.state !== "known") return undefined;
    return place(placement, subnet.value, host).reaches.get(service);
  });
  const [first] = reaches;
  const way = first?.status === "yes" ? first : undefined;
  const isCommon = reaches.every((reach) => reach?.status === "yes" && reach.endpoint === way?.endpoint);
  if (way === undefined || !isCommon) return NO_CERTAIN_WAY;
  if (way.endpoint !== undefined) return known(way.endpoint, way.assuming);
  return way.by === "internet" ? absent(way.assuming) : NO_CERTAIN_WAY;
}

function sessionVerdict(places: readonly JudgedPlace[]): Verdict<NetworkProblem> {
  const failing = places.filter((place) => reachesOf(place).some(({ status }) => status === "no"));
  if (failing.length > 0) {
    const problems = networkProblems(failing);
    const reason = [...new Set(problems.map(({ why }) => why))].join("; ");
    return fail(reason, problems, assumed(failing), failing.flatMap(chainOf));
  }
  const reaches = places.flatMap(reachesOf);
  const open = reaches.find(({ status }) => status === "maybe");
  if (open?.status === "maybe") return undecided(open.why, open.missing, places.flatMap(chainOf));
  const assuming = assumed(places);
  const ways = [...new Set(places.flatMap(waysOf))].join("; ");
  return pass(
    withAssumptions(`the host reaches Session Manager: ${ways}`, assuming),
    assuming,
    places.flatMap(chainOf),
  );
}

/** A host that its security groups let reach nothing needs no subnet to be cut off. */
function cutOff({ securityGroups }: Placement): Fail<NetworkProblem> | undefined {
  const shut = refusesAllHttps(securityGroups);
  if (shut === undefined) return undefined;
  const { assuming, chain, cause } = shut;
  const why = withAssumptions(`in whatever subnet it is, the host cannot reach Session Manager: ${shut.why}`, assuming);
  return fail(why, [{ kind: "no-route-to-session-manager", why, barrier: cause }], assuming, chain);
}

const reachesOf = ({ reaches }: JudgedPlace): readonly Reach[] => [...reaches.values()];

function waysOf({ reaches }: JudgedPlace): readonly string[] {
  return [...reaches].map(([service, answer]) =>
    answer.status === "yes" && answer.by === "endpoint" ? `${service} ${answer.why}` : answer.why,
  );
}

/** Both services share the way out; a chain names each step once. */
function chainOf(place: JudgedPlace): readonly Step[] {
  const byText = new Map<string, Step>();
  for (const step of reachesOf(place).flatMap(({ chain }) => chain))
    if (!byText.has(step.text)) byText.set(step.text, step);
  return [...byText.values()];
}

/** What the reaches that decide take for granted: those that fail where one fails, all of them otherwise. */
function assumed(places: readonly JudgedPlace[]): readonly string[] {
  const reaches = places.flatMap(reachesOf);
  const failing = reaches.filter(({ status }) => status === "no");
  const deciding = failing.length > 0 ? failing : reaches;
  return deciding.map(assumptionsOf).reduce(union, []);
}

function useVerdict(answers: readonly [Answer | Reach, ...(Answer | Reach)[]]): Verdict<Cause> {
  const failing = answers.find(({ status }) => status === "no");
  const deciding = failing ?? answers.find(({ status }) => status === "maybe") ?? answers[0];
  const { chain, why } = deciding;
  if (deciding.status === "maybe") return undecided(why, deciding.missing, chain);
  if (deciding.status === "no") return fail(why, causesOf(deciding).filter(isPolicy), deciding.assuming, chain);
  return pass(why, answers.map(assumptionsOf).reduce(union, []), chain);
}

const causesOf = (refusal: No | Unreached): readonly Cause[] =>
  "cause" in refusal ? [refusal.cause] : refusal.obstacles.map(({ cause }) => cause);

const isPolicy = ({ property }: Cause): boolean => property?.startsWith("PolicyDocument") === true;
