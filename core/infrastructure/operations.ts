import { all, differ, type Fact, is, known, map, unknown } from "../facts/fact";
import { lazy } from "../facts/lazy";
import type { Declaration } from "../program/declaration";
import { lastSegment } from "../program/last-segment";
import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../program/normal-form";
import { asBoolean, asList, asString, asStrings, asText, at, showText } from "../program/read";
import type { Value } from "../program/value";
import { isCustom, sdkCall } from "./custom-resources";
import type { Association, Host, ServiceSetting, SessionDocument } from "./model";
import type { ProgramIndex } from "./program-index";
import { PREFERENCES_DOCUMENT, sessionDocument } from "./session-document";

const DEFAULT_HOST_MANAGEMENT = "/ssm/managed-instance/default-ec2-instance-management-role";
const QUICK_SETUP = "AWS::SSMQuickSetup::ConfigurationManager";
const HOST = ["AWS::EC2::Instance"];

export interface OperationsModel {
  readonly associations: () => readonly Association[];
  readonly documents: () => readonly SessionDocument[];
  readonly serviceSettings: () => readonly ServiceSetting[];
}

export function operationsModel(index: ProgramIndex): OperationsModel {
  return {
    associations: lazy(() => [
      ...index
        .ofType("AWS::SSM::Association")
        .map((declaration) => inItsPlace(stateManagerAssociation(declaration, index))),
      ...index.ofType(...HOST).flatMap(inlineAssociations),
      ...index
        .ofType("AWS::SSM::MaintenanceWindowTask")
        .map((declaration) => inItsPlace(maintenanceTask(declaration, index))),
      ...quickSetups(index, "AWSQuickSetupType-SSMHostMgmt").map(quickSetupUpdate),
    ]),
    documents: lazy(() =>
      index
        .ofType("AWS::SSM::Document")
        .filter(isSessionDocument)
        .map((declaration) => sessionDocument(declaration, index)),
    ),
    serviceSettings: lazy(() => [
      ...index.ofType(EXTRA.serviceSetting).map(serviceSetting),
      ...index.declarations.filter(isCustom).flatMap(settingBySdkCall),
      ...quickSetups(index, "AWSQuickSetupType-DHMC").map(quickSetupHostManagement),
    ]),
  };
}

const isSessionDocument = ({ properties }: Declaration): boolean =>
  is(asString(at(properties, "DocumentType")), "Session") || is(asString(at(properties, "Name")), PREFERENCES_DOCUMENT);

/** Targets are hosts of the account and region that the association is in. */
const inItsPlace = ({ covers, ...association }: Association): Association => ({
  ...association,
  covers: (host) => (isElsewhere(host.declaration, association.declaration) ? known(false) : covers(host)),
});

const isElsewhere = (left: Declaration, right: Declaration): boolean =>
  differ(left.region, right.region) || differ(left.account, right.account);

function stateManagerAssociation(declaration: Declaration, index: ProgramIndex): Association {
  const { properties } = declaration;
  const instance = at(properties, "InstanceId");
  return {
    declaration,
    documentName: asString(at(properties, "Name")),
    covers: (host) =>
      instance.kind === "absent" ? targetsCover(at(properties, "Targets"), host, index) : named(index, instance, host),
  };
}

/** `SsmAssociations` of an instance. Source: CloudFormation, AWS::EC2::Instance. */
function inlineAssociations(declaration: Declaration): readonly Association[] {
  const items = asList(at(declaration.properties, "SsmAssociations"));
  if (items.state !== "known") return [];
  return items.value.map((item) => ({
    declaration,
    documentName: asString(at(item, "DocumentName")),
    covers: (host: Host) => known(host.declaration === declaration),
  }));
}

function maintenanceTask(declaration: Declaration, index: ProgramIndex): Association {
  const { properties } = declaration;
  const targets = at(properties, "Targets");
  return {
    declaration,
    documentName: map(asString(at(properties, "TaskArn")), lastSegment),
    covers: (host) => {
      if (isTurnedOff(at(properties, "WindowId"), index)) return known(false);
      const windows = index.candidates(targets, ["AWS::SSM::MaintenanceWindowTarget"]);
      const direct = targetsCover(targets, host, index);
      const byWindow = windows.map((window) => targetsCover(at(window.properties, "Targets"), host, index));
      return anyCovers([...byWindow, ...(windows.length === 0 ? [direct] : [])]);
    },
  };
}

/** Pulumi can turn a maintenance window off. */
function isTurnedOff(windowId: Value, index: ProgramIndex): boolean {
  const windows = index.candidates(windowId, ["AWS::SSM::MaintenanceWindow"]);
  return windows.length > 0 && windows.every(({ properties }) => is(asBoolean(at(properties, "Enabled")), false));
}

/** Source: Systems Manager user guide, "Understanding targets and rate controls in State Manager associations". */
function targetsCover(targets: Value, host: Host, index: ProgramIndex): Fact<boolean> {
  const items = asList(targets);
  if (items.state === "absent") return known(false);
  if (items.state === "unknown") return items;
  return anyCovers(items.value.map((target) => targetCovers(target, host, index)));
}

function targetCovers(target: Value, host: Host, index: ProgramIndex): Fact<boolean> {
  const key = asString(at(target, "Key"));
  if (key.state !== "known") return unknown("the key of its target is not known");
  const values = at(target, "Values");
  if (key.value.toLowerCase() === "instanceids") return instanceIdsCover(values, host, index);
  if (!key.value.startsWith("tag:")) return unknown(`it targets by ${key.value}, which the program does not show`);
  return tagCovers(key.value.slice("tag:".length), values, host);
}

function instanceIdsCover(values: Value, host: Host, index: ProgramIndex): Fact<boolean> {
  const ids = asStrings(values);
  if (ids.state === "known" && ids.value.includes("*")) return known(true, ids.assuming);
  return named(index, values, host);
}

function named(index: ProgramIndex, value: Value, host: Host): Fact<boolean> {
  const candidates = index.candidates(value, HOST);
  if (candidates.includes(host.declaration)) return known(true);
  const items = asList(value);
  const seen = items.state === "known" && items.value.every((item) => index.candidates(item, HOST).length > 0);
  return seen ? known(false) : unknown("the instance ids it targets are not known");
}

function tagCovers(tag: string, values: Value, host: Host): Fact<boolean> {
  const wanted = asStrings(values);
  if (wanted.state !== "known") return unknown(`the values of tag ${tag} that it targets are not known`);
  if (host.tags.state === "unknown") return unknown(host.tags.reason);
  const own = host.tags.state === "known" ? host.tags.value.get(tag) : undefined;
  if (own === undefined) return known(false);
  return map(own, (value) => wanted.value.includes(value) || wanted.value.includes("*"));
}

function anyCovers(covered: readonly Fact<boolean>[]): Fact<boolean> {
  if (covered.some((fact) => is(fact, true))) return known(true);
  return map(all(covered), () => false);
}

const serviceSetting = (declaration: Declaration): ServiceSetting => ({
  declaration,
  settingId: map(asText(at(declaration.properties, "SettingId")), showText),
  settingValue: asString(at(declaration.properties, "SettingValue")),
});

/** The CDK has no construct for service settings, and apps call the API for them. */
function settingBySdkCall(declaration: Declaration): readonly ServiceSetting[] {
  const call = sdkCall(declaration.properties, "Create");
  if (call?.action !== "ssm:updateservicesetting" || call.parameters.kind !== "record") return [];
  return [serviceSetting({ ...declaration, type: EXTRA.serviceSetting, properties: call.parameters })];
}

function quickSetups(index: ProgramIndex, type: string): readonly Declaration[] {
  return index.ofType(QUICK_SETUP).filter((declaration) => {
    const definitions = asList(at(declaration.properties, "ConfigurationDefinitions"));
    return definitions.state === "known" && definitions.value.some((item) => is(asString(at(item, "Type")), type));
  });
}

const quickSetupUpdate = (declaration: Declaration): Association => ({
  declaration,
  documentName: known("AWS-UpdateSSMAgent"),
  covers: () => unknown("the targets of the Quick Setup configuration decide"),
});

const quickSetupHostManagement = (declaration: Declaration): ServiceSetting => ({
  declaration,
  settingId: known(DEFAULT_HOST_MANAGEMENT),
  settingValue: known("the role that Quick Setup creates"),
});
