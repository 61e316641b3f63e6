import { type Fact, known, unknown } from "../../facts/fact";
import type { Endpoint, Vpc } from "../../infrastructure/model";
import { hasHole, parseEndpointServiceName } from "../../knowledge/endpoint-service-name";
import type { RequiredService } from "../problems";

/**
 * Services whose reachability is judged, by their endpoint service name. `ec2` is for snapshots with VSS, which no
 * session takes. Nothing takes `ec2messages`, which is for Run Command of older agents.
 * Source: Systems Manager user guide, "Creating VPC endpoints for Systems Manager".
 */
export type Service = RequiredService | "s3" | "ec2" | OptionalService;

/** Services that session preferences make the agent call, over interface endpoints as well. */
export type OptionalService = "logs" | "kms";

/** An endpoint that is, or may be, the one of a service in a VPC. */
export interface Candidate {
  readonly endpoint: Endpoint;
  readonly fips: boolean;
  /** False where it has another region than the host. */
  readonly regionFits: boolean;
  readonly assuming: readonly string[];
  /** Why it may be another service's or another VPC's. */
  readonly doubt?: string;
}

/**
 * The endpoints that carry a service's name in a VPC, and those of which that cannot be ruled out.
 *
 * @param strays endpoints of which the VPC is not known
 */
export function candidatesFor(
  service: Service,
  vpc: Vpc,
  region: Fact<string>,
  strays: readonly Endpoint[],
): readonly Candidate[] {
  return [...vpc.endpoints, ...strays].flatMap((endpoint) => {
    const candidate = match(endpoint, service, region);
    if (candidate === undefined || endpoint.vpc.state !== "unknown") return candidate ?? [];
    return { doubt: `its VPC is not known: ${endpoint.vpc.reason}`, ...candidate };
  });
}

function match(endpoint: Endpoint, service: Service, region: Fact<string>): Candidate | undefined {
  const { serviceName, declaration } = endpoint;
  const base = { endpoint, fips: false, regionFits: true, assuming: declaration.assuming };
  if (serviceName.state === "absent") return undefined;
  if (serviceName.state === "unknown") return { ...base, doubt: `its service is not known: ${serviceName.reason}` };
  const name = parseEndpointServiceName(serviceName.value);
  const doubt = `its service ${serviceName.value} is not known whole`;
  if (name === undefined) return mayEndIn(service, serviceName.value) ? { ...base, doubt } : undefined;
  if (hasHole(name.service)) return mayEndIn(service, name.service) ? { ...base, doubt } : undefined;
  if (name.service !== service) return undefined;
  const assuming = [...base.assuming, ...serviceName.assuming];
  const fits = regionFits(name.region, region, endpoint);
  return {
    ...base,
    fips: name.fips,
    regionFits: fits.state !== "known" || fits.value,
    assuming: fits.state === "known" ? [...assuming, ...fits.assuming] : assuming,
    ...(fits.state === "unknown" ? { doubt: fits.reason } : {}),
  };
}

/** Whether a name whose last part is known can still end in the service. */
function mayEndIn(service: Service, name: string): boolean {
  if (!hasHole(name)) return false;
  const tail = name.slice(name.lastIndexOf("}") + 1).replace(/-fips$/, "");
  const ending = `.${service}`;
  return ending.endsWith(tail) || tail.endsWith(ending);
}

/** An endpoint's own region and the host's are the same in one VPC, so `AWS::Region` stands for the right one. */
const OWN_REGION = "${AWS::Region}";

function regionFits(named: string, region: Fact<string>, endpoint: Endpoint): Fact<boolean> {
  if (named === OWN_REGION) return known(true);
  if (hasHole(named)) return known(true, [`${named} is the region of endpoint ${endpoint.declaration.name}`]);
  if (region.state === "known") return known(named === region.value, region.assuming);
  // It stands in the host's VPC, and so in its region.
  const own = endpoint.declaration.region;
  if (own.state === "known") return known(named === own.value, own.assuming);
  return unknown(`it belongs to ${named}, and the region of the host is not known`);
}
