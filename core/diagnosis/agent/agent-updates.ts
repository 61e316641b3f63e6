import { type Fact, is, known, unknown } from "../../facts/fact";
import type { Association, Host, Infrastructure } from "../../infrastructure/model";
import type { Declaration } from "../../program/declaration";
import { shortName } from "../../program/names";
import { asBoolean, asList, asString, at } from "../../program/read";
import type { Value } from "../../program/value";

const UPDATE_DOCUMENT = "AWS-UpdateSSMAgent";
const QUICK_SETUP = "AWS::SSMQuickSetup::ConfigurationManager";

/**
 * Whether State Manager, a maintenance window or Quick Setup runs `AWS-UpdateSSMAgent` on a host. Unknown where one may.
 * Source: Systems Manager user guide, "Automating updates to SSM Agent".
 */
export function keepsAgentCurrent(host: Host, infrastructure: Infrastructure): Fact<boolean> {
  const covered = infrastructure.associations.map((association) => updates(association, host));
  const sure = covered.find((fact) => is(fact, true));
  return sure ?? covered.find((fact) => fact.state === "unknown") ?? known(false);
}

function updates(association: Association, host: Host): Fact<boolean> {
  const { declaration, documentName } = association;
  if (declaration.type === QUICK_SETUP) return quickSetupCovers(declaration, host);
  if (documentName.state === "absent") return known(false);
  if (documentName.state === "known" && !runsUpdate(documentName.value)) return known(false);
  const covers = association.covers(host);
  const isNeverThere = covers.state === "absent" || is(covers, false);
  if (isNeverThere) return known(false);
  const name = shortName(declaration);
  if (documentName.state === "unknown") {
    return unknown(`which document ${name} runs is not known: ${documentName.reason}`);
  }
  return covers.state === "unknown"
    ? unknown(`whether ${name} runs ${UPDATE_DOCUMENT} on it is not known: ${covers.reason}`)
    : covers;
}

/** By name, or by ARN as maintenance windows accept it. */
const runsUpdate = (document: string): boolean =>
  document === UPDATE_DOCUMENT || document.endsWith(`/${UPDATE_DOCUMENT}`);

/**
 * Quick Setup's host management updates the agent every two weeks unless told otherwise.
 * Source: Quick Setup API, ConfigurationDefinition, parameters of `AWSQuickSetupType-SSMHostMgmt` and `…-DHMC`.
 */
function quickSetupCovers(declaration: Declaration, host: Host): Fact<boolean> {
  const definitions = asList(at(declaration.properties, "ConfigurationDefinitions"));
  if (definitions.state === "unknown") return definitions;
  const covered =
    definitions.state === "known" ? definitions.value.map((each) => definitionCovers(each, declaration, host)) : [];
  return covered.find((fact) => is(fact, true)) ?? covered.find((fact) => fact.state === "unknown") ?? known(false);
}

function definitionCovers(definition: Value, declaration: Declaration, host: Host): Fact<boolean> {
  const type = asString(at(definition, "Type"));
  if (type.state === "known" && !/-(SSMHostMgmt|DHMC|SSM)$/.test(type.value)) return known(false);
  const parameter = (name: string): Value => memberOf(at(definition, "Parameters"), name);
  if (is(asBoolean(parameter("UpdateSSMAgent")), false)) return known(false);
  const regions = asString(parameter("TargetRegions"));
  const isElsewhere =
    regions.state === "known" &&
    host.declaration.region.state === "known" &&
    !listed(regions.value, host.declaration.region.value);
  if (isElsewhere) return known(false);
  const isHere = regions.state === "absent" || (regions.state === "known" && host.declaration.region.state === "known");
  if (isHere && is(asString(parameter("TargetType")), "*")) return known(true);
  return unknown(`whether Quick Setup ${shortName(declaration)} targets it is not known`);
}

/** The parameter names are written in several ways: `UpdateSSMAgent`, `UpdateSsmAgent`. */
function memberOf(parameters: Value, name: string): Value {
  const key =
    parameters.kind === "record"
      ? [...parameters.entries.keys()].find((each) => each.toLowerCase() === name.toLowerCase())
      : undefined;
  return at(parameters, key ?? name);
}

const listed = (list: string, item: string): boolean => list.split(",").some((each) => each.trim() === item);
