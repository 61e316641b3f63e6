import { absent, assumptionsOf, chain, type Fact, is, known, union, unknown } from "../../facts/fact";
import type { Host, Infrastructure, Role } from "../../infrastructure/model";
import type { Declaration } from "../../program/declaration";
import { lastSegment } from "../../program/last-segment";
import { shortName } from "../../program/names";
import { asBoolean, asList, asString, at, referencesIn } from "../../program/read";
import type { Value } from "../../program/value";
import { quickSetupReaches } from "./quick-setup";
import { everyOf, isTrue, type Truth } from "./truth";

/** Systems Manager manages hosts of the account and region without an instance profile, with a role of its own. */
export interface HostManagement {
  readonly declaration: Declaration;
  /** The role it hands to hosts, where the program declares it. */
  readonly role: Role | undefined;
}

/** First agent that asks for the role. Source: Systems Manager user guide, "Default Host Management Configuration". */
export const HOST_MANAGEMENT_AGENT = "3.2.582.0";

const SETTING = /(?:^|\/)ssm\/managed-instance\/default-ec2-instance-management-role$/;
const RESOURCE = "AWS::SSM::DefaultHostManagementConfiguration";
const QUICK_SETUP = "AWS::SSMQuickSetup::ConfigurationManager";
/** Quick Setup types that may attach an instance profile to hosts. That of the configuration itself is a service setting. */
const QUICK_SETUP_TYPE = /^AWSQuickSetupType-(?:SSM|SSMHostMgmt)$/;

/**
 * Default Host Management Configuration as the program declares it for a host: absent when it declares none, unknown
 * when it cannot be told whether a declared one is on, or holds where the host runs.
 */
export function hostManagementOf(infrastructure: Infrastructure): (host: Host) => Fact<HostManagement> {
  const declared = [...settings(infrastructure), ...resources(infrastructure)];
  const otherwise = quickSetup(infrastructure);
  return (host) => {
    const candidates = declared.map((management) => chain(management, (value) => inReach(value, host)));
    return (
      candidates.find(({ state }) => state === "known") ??
      candidates.find(({ state }) => state === "unknown") ??
      otherwise
    );
  };
}

function settings(infrastructure: Infrastructure): readonly Fact<HostManagement>[] {
  return infrastructure.serviceSettings.map(({ declaration, settingId, settingValue }) => {
    const name = shortName(declaration);
    if (settingId.state === "unknown") return unknown(`which setting ${name} makes is not known: ${settingId.reason}`);
    if (settingId.state === "absent" || !SETTING.test(settingId.value) || is(settingValue, "$None")) return absent();
    const role = roleIn(at(declaration.properties, "SettingValue"), infrastructure.roles);
    if (settingValue.state === "unknown" && role === undefined) {
      return unknown(`which role ${name} gives to hosts without a profile is not known: ${settingValue.reason}`);
    }
    return known({ declaration, role }, union(settingId.assuming, assumptionsOf(settingValue)));
  });
}

const resources = (infrastructure: Infrastructure): readonly Fact<HostManagement>[] =>
  infrastructure.declarations
    .filter(({ type }) => type === RESOURCE)
    .map((declaration) =>
      known({ declaration, role: roleIn(at(declaration.properties, "CustomerManagedRoleArn"), infrastructure.roles) }),
    );

/** The role that a value refers to, or names. */
function roleIn(value: Value, roles: readonly Role[]): Role | undefined {
  const ids = new Set(referencesIn(value).map(({ id }) => id));
  const name = asString(value);
  const named = (role: Role): boolean =>
    name.state === "known" && is(asString(at(role.declaration.properties, "RoleName")), lastSegment(name.value));
  return roles.find((role) => ids.has(role.declaration.id) || named(role));
}

function quickSetup({ declarations }: Infrastructure): Fact<HostManagement> {
  const manager = declarations
    .filter(({ type }) => type === QUICK_SETUP)
    .find(({ properties }) => managesHosts(at(properties, "ConfigurationDefinitions")));
  if (manager === undefined) return absent();
  return unknown(`Quick Setup ${shortName(manager)} may give hosts an instance profile`);
}

function managesHosts(definitions: Value): boolean {
  const list = asList(definitions);
  if (list.state !== "known") return list.state === "unknown";
  return list.value.some((definition) => {
    const type = asString(at(definition, "Type"));
    return type.state === "unknown" || (type.state === "known" && QUICK_SETUP_TYPE.test(type.value));
  });
}

function inReach(management: HostManagement, host: Host): Fact<HostManagement> {
  const { declaration } = management;
  if (is(asBoolean(at(declaration.properties, "Everywhere")), true)) return known(management, declaration.assuming);
  const reached =
    declaration.type === QUICK_SETUP
      ? quickSetupReaches(declaration, host.declaration)
      : deployedWith(declaration, host.declaration);
  if (isTrue(reached)) return known(management, declaration.assuming);
  if (reached.state === "known") return absent();
  return unknown(`whether ${shortName(declaration)} reaches the host is not known: ${reached.reason}`);
}

function deployedWith(setting: Declaration, host: Declaration): Truth {
  const reached = everyOf([sameOf("region", setting, host), sameOf("account", setting, host)]);
  return reached.state === "known" ? reached : unknown("it may be deployed to another account or region");
}

/** Two declarations of one stack whose place is not known go to the same place. */
function sameOf(what: "region" | "account", left: Declaration, right: Declaration): Truth {
  const [mine, other] = [left[what], right[what]];
  if (mine.state === "known" && other.state === "known") return known(mine.value === other.value);
  if (left.stack === right.stack && mine.state !== "known" && other.state !== "known") return known(true);
  return unknown(`the ${what} is not known`);
}
