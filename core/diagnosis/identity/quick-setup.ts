import { type Fact, known, unknown } from "../../facts/fact";
import type { Declaration } from "../../program/declaration";
import { asList, asString, at } from "../../program/read";
import { shortName } from "../../program/short-name";
import type { Value } from "../../program/value";
import { anyOf, everyOf, type Truth } from "./truth";

/**
 * Whether a Quick Setup configuration turns Default Host Management Configuration on where a host runs. Its targets
 * are texts of names with commas between them.
 * Source: Quick Setup API reference, ConfigurationDefinitionInput, "Parameters" of Default Host Management Configuration.
 */
export function quickSetupReaches(manager: Declaration, host: Declaration): Truth {
  const definitions = asList(at(manager.properties, "ConfigurationDefinitions"));
  if (definitions.state !== "known") return unknown(`what ${shortName(manager)} sets up is not known`);
  return anyOf(definitions.value.map((definition) => definitionReaches(definition, host)));
}

function definitionReaches(definition: Value, host: Declaration): Truth {
  const type = asString(at(definition, "Type"));
  if (type.state === "unknown") return unknown(`its type is not known: ${type.reason}`);
  if (type.state === "absent" || type.value !== "AWSQuickSetupType-DHMC") return known(false);
  const target = (name: string): Fact<string> => asString(at(definition, "Parameters", name));
  return everyOf([
    isNamed("region", target("TargetRegions"), host.region),
    target("TargetOrganizationalUnits").state === "absent"
      ? isNamed("account", target("TargetAccounts"), host.account)
      : unknown("whether the host's account is in the organizational units that it names is not known"),
  ]);
}

/** Without a list of accounts it is the account's own configuration; without regions it cannot be told where it is on. */
function isNamed(what: "region" | "account", names: Fact<string>, own: Fact<string>): Truth {
  if (names.state === "absent") return what === "account" ? known(true) : unknown("it names no regions");
  if (names.state === "unknown") return unknown(`the ${what}s that it names are not known: ${names.reason}`);
  if (own.state !== "known") return unknown(`it names ${what}s (${names.value}), and that of the host is not known`);
  return known(names.value.split(",").some((name) => name.trim() === own.value));
}
