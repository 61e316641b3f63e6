import type { OutsideFacts, OutsideImage, OutsideSubnet } from "../core/program/outside";
import { isRecord, listOr, recordOr, textOf } from "../core/readers/pulumi/json";

/**
 * What the look-ups of an app told: `Vpc.fromLookup`, `MachineImage.lookup`, and SSM parameters that are cached in the
 * context. A key is the provider's name and what was asked, `ami:account=…:filters.name.0=…:region=…`.
 * Source: AWS CDK guide, "Context values and the AWS CDK".
 */
export function outsideFromContext(context: unknown, source = "cdk.context.json"): OutsideFacts {
  const entries = Object.entries(recordOr(context));
  return {
    subnets: entries.flatMap(([key, value]) => (key.startsWith("vpc-provider:") ? subnetsOf(value, source) : [])),
    images: entries.flatMap(([key, value]) => imageOf(key, value) ?? []),
  };
}

const KINDS: Readonly<Record<string, OutsideSubnet["kind"]>> = {
  Public: "public",
  Private: "private",
  Isolated: "isolated",
};

function subnetsOf(vpc: unknown, source: string): readonly OutsideSubnet[] {
  const { vpcId, subnetGroups } = recordOr(vpc);
  return listOr(subnetGroups)
    .filter(isRecord)
    .flatMap(({ type, subnets }) => {
      const kind = KINDS[textOf(type) ?? ""];
      return kind === undefined ? [] : listOr(subnets).flatMap((subnet) => subnetOf(subnet, kind, vpcId, source));
    });
}

function subnetOf(
  subnet: unknown,
  kind: OutsideSubnet["kind"],
  vpcId: unknown,
  source: string,
): readonly OutsideSubnet[] {
  const { subnetId, cidr: block, routeTableId } = recordOr(subnet);
  const [id, vpc, cidr, routeTable] = [subnetId, vpcId, block, routeTableId].map(textOf);
  if (id === undefined) return [];
  return [
    {
      id,
      kind,
      source,
      ...(vpc === undefined ? {} : { vpc }),
      ...(cidr === undefined ? {} : { cidr }),
      ...(routeTable === undefined ? {} : { routeTable }),
    },
  ];
}

function imageOf(key: string, value: unknown): OutsideImage | undefined {
  const id = textOf(value);
  if (id === undefined || !id.startsWith("ami-")) return undefined;
  const question = readKey(key);
  if (key.startsWith("ssm:")) {
    const parameter = question.get("parameterName");
    return parameter === undefined ? undefined : { id, parameter };
  }
  if (!key.startsWith("ami:")) return undefined;
  const name = question.get("filters.name.0");
  const owner = question.get("owners.0");
  const several = question.has("filters.name.1") || name === undefined;
  return {
    id,
    ...(several ? {} : { name }),
    // Of several owners the image may be any one's.
    ...(owner === undefined || question.has("owners.1") ? {} : { owner }),
  };
}

/** `provider:key=value:key=value`, where a colon or dollar sign inside a value is written `$:` and `$$`. */
function readKey(key: string): ReadonlyMap<string, string> {
  const fields = key.split(/(?<!\$):/).slice(1);
  return new Map(
    fields.map((field) => {
      const equals = field.indexOf("=");
      return [field.slice(0, equals), field.slice(equals + 1).replace(/\$([$:])/g, "$1")];
    }),
  );
}
