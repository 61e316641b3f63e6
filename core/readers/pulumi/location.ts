import { type Fact, isKnown, known, unknown } from "../../facts/fact";
import { isRecord, type JsonRecord, listOr, textOf } from "./json";
import { namedRegion } from "./named-region";
import { type PulumiResource, type PulumiStack, parseUrn } from "./resource";
import { isUnknownSentinel } from "./sentinels";

export interface Location {
  readonly region: Fact<string>;
  readonly account: Fact<string>;
}

/** Tells where each resource is deployed. */
export function locate(stack: PulumiStack): (resource: PulumiResource) => Location {
  const byProvider = new Map<string, Location>();
  const locationOf = (urn: string): Location => {
    const present = byProvider.get(urn);
    if (present !== undefined) return present;
    const location = providerLocation(urn, stack);
    byProvider.set(urn, location);
    return location;
  };
  return (resource) => {
    const provider = locationOf(resource.provider ?? DEFAULT_PROVIDER);
    const arn = arnParts(resource.output("arn"));
    return {
      region: ownRegion(resource, arn?.region) ?? provider.region,
      account: isKnown(provider.account) || arn?.account === undefined ? provider.account : known(arn.account),
    };
  };
}

/** What holds for a resource of which the source does not tell the provider. */
const DEFAULT_PROVIDER = "urn:pulumi:stack::project::pulumi:providers:aws::default";

/** Version 7 of the AWS provider takes a region for each resource. */
function ownRegion(resource: PulumiResource, arnRegion: string | undefined): Fact<string> | undefined {
  if (isUnknownSentinel(resource.inputs.region)) return unknown("its region is known only after deployment");
  const told = textOf(resource.inputs.region) ?? arnRegion;
  return told === undefined ? undefined : known(told);
}

function providerLocation(urn: string, stack: PulumiStack): Location {
  const inputs = stack.providers.get(urn);
  const region = providerRegion(urn, inputs, stack);
  return { region: isKnown(region) ? region : regionInUse(urn, stack, region), account: providerAccount(urn, inputs) };
}

/** The region is often left to the environment, and what the program writes fits one region only. */
function regionInUse(urn: string, { resources }: PulumiStack, unknownRegion: Fact<string>): Fact<string> {
  const named = namedRegion(resources.filter(({ provider }) => areOne(provider ?? DEFAULT_PROVIDER, urn)));
  return named === undefined ? unknownRegion : known(named);
}

/** Default providers of one package share the environment, whatever their versions. */
const areOne = (left: string, right: string): boolean =>
  left === right || (isDefault(left) && isDefault(right) && packageOf(left) === packageOf(right));

function providerRegion(urn: string, inputs: JsonRecord | undefined, stack: PulumiStack): Fact<string> {
  if (isUnknownSentinel(inputs?.region))
    return unknown(`the region of ${providerName(urn)} is known only after deployment`);
  const told =
    textOf(inputs?.region) ?? (isDefault(urn) ? textOf(stack.config[`${packageOf(urn)}:region`]) : undefined);
  if (told !== undefined) return known(told);
  if (inputs === undefined && !isDefault(urn)) {
    return unknown(`the settings of ${providerName(urn)} are not in the input${because(stack.incomplete)}`);
  }
  return unknown(
    `${providerName(urn)} takes its region from the environment; set aws:region in the stack's configuration`,
  );
}

const because = (reason: string | undefined): string => (reason === undefined ? "" : `: ${reason}`);

/** A provider that may work in one account only is in that account. */
function providerAccount(urn: string, inputs: JsonRecord | undefined): Fact<string> {
  const allowed = listOr(parsed(inputs?.allowedAccountIds));
  const [only] = allowed;
  if (allowed.length === 1 && typeof only === "string" && !isUnknownSentinel(only)) return known(only);
  return unknown(`${providerName(urn)} takes its account from the credentials in use`);
}

/** Provider inputs other than texts are JSON in a text. */
function parsed(json: unknown): unknown {
  if (typeof json !== "string") return json;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

const isDefault = (urn: string): boolean => /^default(_|$)/.test(parseUrn(urn)?.name ?? "");

const providerName = (urn: string): string =>
  isDefault(urn) ? "the default provider" : `provider "${parseUrn(urn)?.name ?? urn}"`;

/** `aws` or `aws-native`. */
const packageOf = (urn: string): string => (parseUrn(urn)?.type ?? "").replace("pulumi:providers:", "");

function arnParts(arn: unknown): { readonly region?: string; readonly account?: string } | undefined {
  const [head, , , region, account] = (textOf(arn) ?? "").split(":");
  if (head !== "arn") return undefined;
  return {
    ...(region === undefined || region === "" ? {} : { region }),
    ...(account !== undefined && /^\d{12}$/.test(account) ? { account } : {}),
  };
}

/** Inputs of provider resources among the resources. */
export const providersAmong = (resources: readonly PulumiResource[]): ReadonlyMap<string, JsonRecord> =>
  new Map(
    resources
      .filter(({ type }) => isProviderType(type))
      .map(({ urn, inputs }) => [urn, isRecord(inputs) ? inputs : {}]),
  );

export const isProviderType = (type: string): boolean => type.startsWith("pulumi:providers:");
