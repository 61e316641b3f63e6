import { type Fact, union } from "../../facts/fact";
import type { Subnet, Vpc } from "../../infrastructure/model";
import { shortName } from "../../program/names";
import type { NetworkProblem, RequiredService } from "../problems";
import { listed, withAssumptions } from "../wording";
import { type Answer, assumptionsOf, type Cause } from "./answer";
import type { Obstacle, Reach, Unreached } from "./reachability";

export const REQUIRED_SERVICES: readonly RequiredService[] = ["ssm", "ssmmessages"];

/** What was found for one place a host may stand in. */
export interface JudgedPlace {
  readonly subnet: Subnet;
  /** The way to public addresses, whatever endpoints there are. */
  readonly out: Answer;
  readonly reaches: ReadonlyMap<RequiredService, Reach>;
  /** What closes the way out where routes would open one. */
  readonly barrier?: Cause;
}

/** One problem for each cause, over all places of a host: the same fix mends them all. */
export function networkProblems(places: readonly JudgedPlace[]): readonly NetworkProblem[] {
  const cutOff = places.filter((place) => REQUIRED_SERVICES.every((service) => isMissing(place, service)));
  const others = places.filter((place) => !cutOff.includes(place));
  return [
    ...noRoute(cutOff),
    ...REQUIRED_SERVICES.flatMap((service) => missing(others, service)),
    ...unreachable(others),
  ];
}

function unreached(place: JudgedPlace, service: RequiredService): Unreached | undefined {
  const reach = place.reaches.get(service);
  return reach?.status === "no" ? reach : undefined;
}

const isMissing = (place: JudgedPlace, service: RequiredService): boolean =>
  unreached(place, service)?.obstacles.length === 0;

function noRoute(places: readonly JudgedPlace[]): readonly NetworkProblem[] {
  const [first] = places;
  if (first === undefined) return [];
  const ways = distinct(places.map(({ out }) => out.why));
  const why = `${placed(places)} the host cannot reach Session Manager: ${ways}, and ${nameOf(first.subnet.vpc)} has no endpoint for ssm or ssmmessages`;
  const problem = { kind: "no-route-to-session-manager", subnet: first.subnet } as const;
  const { barrier } = places.every((place) => place.barrier !== undefined) ? first : {};
  return [{ ...problem, why: withAssumptions(why, assumed(places)), ...(barrier === undefined ? {} : { barrier }) }];
}

function missing(places: readonly JudgedPlace[], service: RequiredService): readonly NetworkProblem[] {
  const lacking = places.filter((place) => isMissing(place, service));
  const vpcs = [...new Set(lacking.map(({ subnet }) => vpcOf(subnet)))];
  return vpcs.flatMap((vpc): readonly NetworkProblem[] => {
    const concerned = lacking.filter(({ subnet }) => vpcOf(subnet) === vpc);
    const [first] = concerned;
    if (first === undefined) return [];
    const ways = distinct(concerned.map(({ out }) => out.why));
    const why = `${placed(concerned)} the host depends on endpoints, as ${ways}, and ${nameOf(first.subnet.vpc)} has none for ${service}`;
    const problem = { kind: "endpoint-missing", service, subnet: first.subnet } as const;
    const said = { ...problem, why: withAssumptions(why, assumed(concerned)) };
    return [vpc === undefined ? said : { ...said, vpc }];
  });
}

function unreachable(places: readonly JudgedPlace[]): readonly NetworkProblem[] {
  const byCause = new Map<string, NetworkProblem>();
  for (const place of places) {
    for (const service of REQUIRED_SERVICES) {
      for (const obstacle of unreached(place, service)?.obstacles ?? []) {
        const { declaration, property } = obstacle.cause;
        const key = `${declaration.id} ${property ?? ""}`;
        if (!byCause.has(key)) byCause.set(key, unreachableBy(obstacle, place, service));
      }
    }
  }
  return [...byCause.values()];
}

function unreachableBy(
  { endpoint, cause, why }: Obstacle,
  place: JudgedPlace,
  service: RequiredService,
): NetworkProblem {
  const sentence = `${placed([place])} the host cannot reach ${service}: ${why}`;
  return {
    kind: "endpoint-unreachable",
    service,
    endpoint,
    why: withAssumptions(sentence, unreached(place, service)?.assuming ?? []),
    decidedBy: cause.declaration,
    ...(cause.property === undefined ? {} : { property: cause.property }),
  };
}

function placed(places: readonly JudgedPlace[]): string {
  const names = [...new Set(places.map(({ subnet }) => shortName(subnet.declaration)))];
  return names.length === 1 ? `in subnet ${listed(names)}` : `in subnets ${listed(names)}`;
}

const vpcOf = ({ vpc }: Subnet): Vpc | undefined => (vpc.state === "known" ? vpc.value : undefined);

const nameOf = (vpc: Fact<Vpc>): string =>
  vpc.state === "known" ? `VPC ${shortName(vpc.value.declaration)}` : "its VPC";

const distinct = (texts: readonly string[]): string => [...new Set(texts)].join("; ");

const assumed = (places: readonly JudgedPlace[]): readonly string[] =>
  places.map(({ out }) => assumptionsOf(out)).reduce(union, []);
