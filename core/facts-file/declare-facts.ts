import { isKnown, known } from "../facts/fact";
import type { Declaration, Program, Reading } from "../program/declaration";
import { declare, isOutside, withDeclarations } from "../program/outside";
import { fromJson, literal, record, type Value } from "../program/value";
import { type FactsFile, GLOBAL, type KnownResource, type Snapshot } from "./facts-file";

/** The same reading, every program of which also sees what a facts file says of the world outside. `file` is its name. */
export function withFacts(reading: Reading, { snapshots }: FactsFile, file: string): Reading {
  if (snapshots.length === 0) return reading;
  return withDeclarations(reading, (program) => {
    const places = placesOf(program);
    return snapshots.flatMap((snapshot) =>
      snapshot.resources.map((resource) => declareResource(resource, snapshot, places, file)),
    );
  });
}

/** Where the parts of a program go, as far as it tells. */
interface Places {
  readonly accounts: ReadonlySet<string>;
  readonly regions: ReadonlySet<string>;
}

function placesOf({ declarations }: Program): Places {
  const own = declarations.filter((declaration) => !isOutside(declaration));
  const known = (what: "account" | "region") =>
    new Set(
      own
        .map((item) => item[what])
        .filter(isKnown)
        .map(({ value }) => value),
    );
  return { accounts: known("account"), regions: known("region") };
}

function declareResource(resource: KnownResource, snapshot: Snapshot, places: Places, file: string): Declaration {
  const { account, region, taken } = snapshot;
  const holds = `${file} of ${taken} still holds`;
  const { ids, properties, assuming } = inPlace(resource, snapshot, places);
  const declaration = declare(resource.type, ids, record(properties), [holds, ...assuming]);
  return {
    ...declaration,
    account: known(account),
    ...(region === GLOBAL ? {} : { region: known(region) }),
  };
}

interface Placed {
  readonly ids: KnownResource["ids"];
  readonly properties: Readonly<Record<string, Value>>;
  readonly assuming: readonly string[];
}

/**
 * Names in IAM and settings of Systems Manager tell not which account they belong to. A program that names no account is
 * taken to be for the one that was asked; where it names another one too, only ARNs tell.
 */
function inPlace({ type, ids, properties }: KnownResource, { account, region }: Snapshot, places: Places): Placed {
  const values = Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, fromJson(value)]));
  const elsewhere = [...places.accounts].some((other) => other !== account);
  if (type.startsWith("AWS::IAM::")) {
    const arn = ids.at(-1) ?? ids[0];
    const assuming = places.accounts.size === 0 ? [`the program is for account ${account}`] : [];
    return { ids: elsewhere ? [arn] : ids, properties: values, assuming };
  }
  if (type !== "SsmPreflight::ServiceSetting") return { ids, properties: values, assuming: [] };
  const isOpen = places.accounts.size === 0 || places.regions.size === 0;
  if (!isOpen || elsewhere || [...places.regions].some((other) => other !== region)) {
    return { ids, properties: values, assuming: [] };
  }
  return {
    ids,
    properties: { ...values, Everywhere: literal(true) },
    assuming: [`the program is for account ${account} and region ${region}`],
  };
}
