import { type Fact, isNot, orDefault } from "../../facts/fact";
import type { Endpoint, RouteTable } from "../../infrastructure/model";
import { shortName } from "../../program/names";
import { INTERNET } from "./addresses";
import { type Answer, every, maybe, no, yes } from "./answer";
import { type Candidate, candidatesFor } from "./endpoint-match";
import type { Origin } from "./hop";
import { clientSide } from "./network-acl";
import type { Surroundings } from "./reachability";
import { admitsHttps, THE_INTERNET } from "./security-group";
import type { Use } from "./use";
import { declared, showsEndpoints } from "./visibility";

/**
 * Whether a host reaches S3. A gateway endpoint on the subnet's own route table carries all traffic to S3 of the region,
 * also beside a NAT gateway. Source: AWS PrivateLink guide, "Gateway endpoints for Amazon S3".
 */
export function reachS3(origin: Origin, out: Answer, surroundings: Surroundings): Answer {
  const { strays, region } = surroundings;
  const { vpc, declaration } = origin.subnet;
  if (vpc.state !== "known")
    return out.status === "yes" ? out : endpointsUnknown(out, `the VPC of subnet ${shortName(declaration)}`);
  const candidates = candidatesFor("s3", vpc.value, region, strays).filter(({ regionFits }) => regionFits);
  const ways = candidates.flatMap((candidate) => over(candidate, origin, out, surroundings) ?? []);
  const decided = ways.find((answer) => answer.status !== "maybe");
  if (decided !== undefined) return decided;
  const [doubtful] = ways;
  if (out.status === "yes" || doubtful !== undefined) return doubtful ?? out;
  if (out.status === "maybe") return out;
  const name = `VPC ${shortName(vpc.value.declaration)}`;
  if (!showsEndpoints(vpc.value)) return endpointsUnknown(out, name);
  const missing = no(
    `${name} has no S3 endpoint for this subnet`,
    { declaration: vpc.value.declaration },
    vpc.assuming,
  );
  return every([out, missing]);
}

function endpointsUnknown(out: Answer, of: string): Answer {
  return maybe(`${out.why}, and the endpoints of ${of} are not known`, declared(`the endpoints of ${of}`));
}

/** What one S3 endpoint does for the host; undefined where it surely does nothing. */
function over(candidate: Candidate, origin: Origin, out: Answer, { admits, use }: Surroundings): Answer | undefined {
  const { endpoint, doubt } = candidate;
  const name = `endpoint ${shortName(endpoint.declaration)}`;
  const type = orDefault(endpoint.type, "Gateway");
  if (type.state === "known" && type.value === "Interface" && isNot(endpoint.privateDnsEnabled, true)) return undefined;
  if (doubt !== undefined || type.state === "unknown" || type.value !== "Gateway") {
    return maybe(
      `whether ${name} carries traffic to S3 is not known`,
      declared(`the service, type and VPC of ${name}`),
      endpoint.declaration,
    );
  }
  const serves = onRouteTable(endpoint, origin.subnet.routeTable);
  if (serves === "no") return undefined;
  if (serves === "maybe") {
    const fact = `whether ${name} is on the route table of subnet ${shortName(origin.subnet.declaration)}`;
    return maybe(`${fact} is not known`, fact, endpoint.declaration);
  }
  const assuming = [...candidate.assuming, ...type.assuming];
  const whole = every([
    yes(`over gateway ${name}`, assuming, endpoint.declaration),
    admitsHttps(origin.groups, "egress", THE_INTERNET, origin.what),
    clientSide(origin.subnet, INTERNET, "S3"),
    out.status === "no" ? admits(endpoint) : orElsewhere(admits(endpoint), use, endpoint),
  ]);
  return whole.status === "yes" ? { ...whole, why: `over gateway ${name}` } : whole;
}

function onRouteTable({ routeTables }: Endpoint, own: Fact<RouteTable>): "yes" | "no" | "maybe" {
  if (routeTables.state === "absent") return "no";
  if (routeTables.state === "unknown" || own.state === "unknown") return "maybe";
  if (
    own.state === "known" &&
    routeTables.value.some((table) => table.state === "known" && table.value === own.value)
  ) {
    return "yes";
  }
  return routeTables.value.some((table) => table.state === "unknown") ? "maybe" : "no";
}

/** What is in another region is not reached over the gateway, and its policy says nothing of it. */
function orElsewhere(answer: Answer, { remote }: Use, { declaration }: Endpoint): Answer {
  if (answer.status !== "no" || remote === undefined) return answer;
  return maybe(`${answer.why}, but ${remote}`, `the policy of endpoint ${shortName(declaration)}`, declaration);
}
