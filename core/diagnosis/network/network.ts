import { absent, type Fact, known, union, unknown } from "../../facts/fact";
import { lazy, memoize } from "../../facts/lazy";
import type { Endpoint, Host, Infrastructure } from "../../infrastructure/model";
import type { NetworkProblem, RequiredService } from "../problems";
import { fail, pass, type Step, undecided, type Verdict } from "../verdict";
import { withAssumptions } from "../wording";
import { type Answer, assumptionsOf } from "./answer";
import type { OptionalService, Service } from "./endpoint-match";
import { originOf } from "./hop";
import { type Judge, perPosition } from "./memo";
import { type JudgedPlace, networkProblems, REQUIRED_SERVICES } from "./network-problems";
import { byPlacement } from "./placements";
import { allowedProxies, minding } from "./proxy";
import { barrierOf, type Reach, reach, type Surroundings, wayToInternet } from "./reachability";
import { reachS3 } from "./s3";

export interface NetworkDiagnosis {
  /** Whether the host reaches `ssm` and `ssmmessages` on 443 from every place where it may stand. */
  readonly host: (host: Host) => Verdict<NetworkProblem>;
  /**
   * The same for S3. A failure carries no problems, since what it means depends on what S3 is needed for; its reason
   * leaves the assumptions to the caller's sentence.
   */
  readonly s3: (host: Host) => Verdict<never>;
  /** The same for a service that preferences make the agent call. */
  readonly service: (host: Host, service: OptionalService) => Verdict<never>;
  /** The endpoint over which the host calls a service: absent where it surely goes over the internet. */
  readonly endpointOf: (host: Host, service: RequiredService) => Fact<Endpoint>;
}

/** Answers for all hosts of an infrastructure. Hosts in the same position share the work. */
export function networkDiagnosis(infrastructure: Infrastructure): NetworkDiagnosis {
  const surroundings = surroundingsOf(infrastructure);
  // The way out is the same whichever service lies at its end.
  const position = perPosition((placement, subnet) => {
    const origin = originOf(placement, subnet);
    return { origin, out: wayToInternet(origin) };
  });
  const place = perPosition((placement, subnet, region): JudgedPlace => {
    const { origin, out } = position(placement, subnet, region);
    const reaches = REQUIRED_SERVICES.map(
      (service) => [service, reach(origin, out, surroundings(service, region))] as const,
    );
    const barrier = barrierOf(origin, out);
    return { subnet, out, reaches: new Map(reaches), ...(barrier === undefined ? {} : { barrier }) };
  });
  const s3 = perPosition((placement, subnet, region): Answer => {
    const { origin, out } = position(placement, subnet, region);
    return reachS3(origin, out, surroundings("s3", region));
  });
  const reachOf = (service: OptionalService) =>
    perPosition((placement, subnet, region): Reach => {
      const { origin, out } = position(placement, subnet, region);
      return reach(origin, out, surroundings(service, region));
    });
  const proxies = lazy(() => allowedProxies(infrastructure));
  const optional = { logs: reachOf("logs"), kms: reachOf("kms") };
  const judged = memoize((host: Host) => minding(host, byPlacement(host, place, sessionVerdict), proxies()));
  return {
    host: judged,
    endpointOf: (host, service) => (judged(host).status === "pass" ? endpointOf(host, service, place) : NO_CERTAIN_WAY),
    s3: (host) => minding(host, byPlacement(host, s3, serviceVerdict), proxies()),
    service: (host, service) => minding(host, byPlacement(host, optional[service], serviceVerdict), proxies()),
  };
}

/** {@link networkDiagnosis} for a single host. */
export const diagnoseNetwork = (host: Host, infrastructure: Infrastructure): Verdict<NetworkProblem> =>
  networkDiagnosis(infrastructure).host(host);

function surroundingsOf(infrastructure: Infrastructure) {
  const byId = new Map(infrastructure.declarations.map((declaration) => [declaration.id, declaration]));
  const find = (id: string) => byId.get(id);
  const strays = lazy(() => infrastructure.endpoints.filter(({ vpc }) => vpc.state === "unknown"));
  return (service: Service, region: Fact<string>): Surroundings => ({ service, region, strays: strays(), find });
}

const NO_CERTAIN_WAY = unknown("which way the host takes is not known");

/** Known where it is the same from every place where the host may stand. */
function endpointOf(host: Host, service: RequiredService, place: Judge<JudgedPlace>): Fact<Endpoint> {
  const { placements, declaration } = host;
  if (placements.state !== "known") return NO_CERTAIN_WAY;
  const reaches = placements.value.map((placement) => {
    const { subnet } = placement;
    if (subnet.state !== "known") return undefined;
    return place(placement, subnet.value, declaration.region).reaches.get(service);
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

function serviceVerdict(answers: readonly [Answer | Reach, ...(Answer | Reach)[]]): Verdict<never> {
  const failing = answers.find(({ status }) => status === "no");
  const deciding = failing ?? answers.find(({ status }) => status === "maybe") ?? answers[0];
  const { chain, why } = deciding;
  if (deciding.status === "maybe") return undecided(why, deciding.missing, chain);
  if (deciding.status === "no") return fail(why, [], deciding.assuming, chain);
  return pass(why, answers.map(assumptionsOf).reduce(union, []), chain);
}
