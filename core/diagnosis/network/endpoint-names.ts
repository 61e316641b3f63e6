import { assumptionsOf, is, orDefault, union } from "../../facts/fact";
import type { Endpoint, Vpc } from "../../infrastructure/model";
import { shortName } from "../../program/names";
import { type Answer, maybe, no, yes } from "./answer";
import type { Candidate } from "./endpoint-match";
import { hostedZone, type NameContext, otherResolver } from "./name-resolution";
import { declared } from "./visibility";

/** Whether the service's public name leads to an endpoint. Where it does, no other way carries the traffic. */
export interface NamesVerdict {
  readonly answer: Answer;
  /** The endpoint as written cannot exist or answers nothing at all, so that the deployment or the name fails with it. */
  readonly isDefective: boolean;
}

const sound = (answer: Answer): NamesVerdict => ({ answer, isDefective: false });
const defective = (answer: Answer): NamesVerdict => ({ answer, isDefective: true });

/**
 * Sources: EC2 API, `CreateVpcEndpoint` (type and private DNS are off by default; private DNS needs both DNS attributes
 * of the VPC; an interface endpoint answers through its subnets); AWS PrivateLink guide, "Private DNS names".
 */
export function drawsNames(candidate: Candidate, vpc: Vpc, context: NameContext): NamesVerdict {
  const { endpoint } = candidate;
  const name = `endpoint ${shortName(endpoint.declaration)}`;
  const cause = (property: string) => ({ declaration: endpoint.declaration, property });
  if (!candidate.regionFits) {
    return sound(no(`${name} belongs to another region than the host`, cause("ServiceName"), candidate.assuming));
  }
  return (
    wrongType(endpoint, name, context) ??
    withoutSubnets(endpoint, name) ??
    withoutPrivateDns(endpoint, vpc, name, context) ??
    withoutVpcDns(vpc, name) ??
    sound(resolved(candidate, vpc, name, context))
  );
}

function wrongType(endpoint: Endpoint, name: string, { service }: NameContext): NamesVerdict | undefined {
  const type = orDefault(endpoint.type, "Gateway");
  const { declaration } = endpoint;
  if (type.state === "unknown") {
    return sound(maybe(`the type of ${name} is not known: ${type.reason}`, `VpcEndpointType of ${name}`, declaration));
  }
  if (type.value === "Interface") return undefined;
  const why = `${name} has type ${type.value}${type.origin === "default" ? " (the default)" : ""}, and AWS offers ${service} as Interface only`;
  return defective(no(why, { declaration, property: "VpcEndpointType" }, type.assuming));
}

function withoutSubnets({ subnets, privateDnsEnabled, declaration }: Endpoint, name: string): NamesVerdict | undefined {
  const isEmpty = subnets.state === "absent" || (subnets.state === "known" && subnets.value.length === 0);
  if (!isEmpty) return undefined;
  const refusal = no(
    `${name} has no subnets, so nothing answers for it`,
    { declaration, property: "SubnetIds" },
    assumptionsOf(subnets),
  );
  // Without private DNS the service's name does not depend on it.
  return is(orDefault(privateDnsEnabled, false), false) ? sound(refusal) : defective(refusal);
}

function withoutPrivateDns(
  { privateDnsEnabled, declaration }: Endpoint,
  vpc: Vpc,
  name: string,
  context: NameContext,
): NamesVerdict | undefined {
  const enabled = orDefault(privateDnsEnabled, false);
  if (enabled.state === "unknown") {
    return sound(
      maybe(
        `whether ${name} has private DNS is not known: ${enabled.reason}`,
        `PrivateDnsEnabled of ${name}`,
        declaration,
      ),
    );
  }
  if (enabled.value) return undefined;
  const zone = hostedZone(vpc, context) ?? otherResolver(vpc, context);
  if (zone !== undefined) {
    return sound(
      maybe(`${zone} may point to ${name}, which has no private DNS`, `where ${zone} points to`, declaration),
    );
  }
  const off = enabled.origin === "default" ? "no private DNS (the default)" : "private DNS off";
  const why = `${name} has ${off}, so ${context.service} still resolves to public addresses`;
  return sound(no(why, { declaration, property: "PrivateDnsEnabled" }, enabled.assuming));
}

function withoutVpcDns(vpc: Vpc, name: string): NamesVerdict | undefined {
  const { declaration } = vpc;
  const attributes = [
    ["EnableDnsSupport", orDefault(vpc.enableDnsSupport, true)],
    ["EnableDnsHostnames", orDefault(vpc.enableDnsHostnames, false)],
  ] as const;
  for (const [property, attribute] of attributes) {
    if (attribute.state !== "known" || attribute.value) continue;
    const why = `${name} has private DNS, which needs ${property} of VPC ${shortName(declaration)}, and that is off`;
    return defective(no(why, { declaration, property }, attribute.assuming));
  }
  for (const [property, attribute] of attributes) {
    if (attribute.state !== "unknown") continue;
    const fact = `${property} of VPC ${shortName(declaration)}`;
    return sound(maybe(`${name} needs ${fact}, which is not known: ${attribute.reason}`, fact, declaration));
  }
  return undefined;
}

function resolved(candidate: Candidate, vpc: Vpc, name: string, context: NameContext): Answer {
  const { endpoint } = candidate;
  const { declaration } = endpoint;
  if (candidate.doubt !== undefined)
    return maybe(
      `whether ${name} serves the host is not known: ${candidate.doubt}`,
      declared(`the service and VPC of ${name}`),
      declaration,
    );
  if (candidate.fips) {
    return maybe(
      `${name} answers the FIPS name only, which the agent uses when told to`,
      "whether the agent is set to use FIPS endpoints",
      declaration,
    );
  }
  const other = otherResolver(vpc, context);
  if (other !== undefined) {
    return maybe(
      `${other} may answer names before the private DNS of ${name}`,
      `whether ${context.service} resolves to ${name}`,
      declaration,
    );
  }
  const facts = [
    endpoint.type,
    endpoint.privateDnsEnabled,
    vpc.enableDnsSupport,
    vpc.enableDnsHostnames,
    endpoint.subnets,
  ];
  const assuming = facts.map(assumptionsOf).reduce(union, candidate.assuming);
  return yes(`${context.service} resolves to ${name}`, assuming, declaration);
}
