import { keepsAgentCurrent } from "../../../core/diagnosis/agent/agent-updates";
import { type Fact, is, known, unknown } from "../../../core/facts/fact";
import type { Association } from "../../../core/infrastructure/model";
import { declaration, host, infrastructure, properties, type Sketch } from "../../support/model";

const association = (documentName: Fact<string>, covers: Fact<boolean>): Association => ({
  declaration: declaration("AWS::SSM::Association", "Update"),
  documentName,
  covers: () => covers,
});

const quickSetup = (definition: { readonly [key: string]: Sketch }): Association => ({
  declaration: declaration("AWS::SSMQuickSetup::ConfigurationManager", "QuickSetup", {
    properties: properties({ ConfigurationDefinitions: [definition] }),
  }),
  documentName: known("AWS-UpdateSSMAgent"),
  covers: () => unknown("the targets of the Quick Setup configuration decide"),
});

const UPDATE = known("AWS-UpdateSSMAgent");
const HOST_MANAGEMENT = "AWSQuickSetupType-SSMHostMgmt";
const web = host("Web", {
  declaration: declaration("AWS::EC2::Instance", "Web", { region: known("eu-west-1") }),
});

test.each<readonly [string, readonly Association[], boolean | "unknown"]>([
  ["no association", [], false],
  ["an update that covers the host", [association(UPDATE, known(true))], true],
  ["an update that covers another host", [association(UPDATE, known(false))], false],
  [
    "an update whose targets are not known",
    [association(UPDATE, unknown("it targets by a resource group"))],
    "unknown",
  ],
  ["another document that covers the host", [association(known("AWS-GatherSoftwareInventory"), known(true))], false],
  ["a document that is not known", [association(unknown("it comes from parameter Document"), known(true))], "unknown"],
  ["a document that is not known, for another host", [association(unknown("it is computed"), known(false))], false],
  [
    "the document by its ARN, as a maintenance window names it",
    [association(known("arn:aws:ssm:eu-west-1::document/AWS-UpdateSSMAgent"), known(true))],
    true,
  ],
  [
    "an update that may cover the host, and one that does",
    [association(UPDATE, unknown("x")), association(UPDATE, known(true))],
    true,
  ],
  [
    "Quick Setup for all instances of the region",
    [quickSetup({ Type: HOST_MANAGEMENT, Parameters: { TargetType: "*", TargetRegions: "us-east-1,eu-west-1" } })],
    true,
  ],
  [
    "Quick Setup for another region",
    [quickSetup({ Type: HOST_MANAGEMENT, Parameters: { TargetType: "*", TargetRegions: "us-east-1" } })],
    false,
  ],
  [
    "Quick Setup that leaves the agent as it is",
    [quickSetup({ Type: HOST_MANAGEMENT, Parameters: { TargetType: "*", UpdateSsmAgent: "false" } })],
    false,
  ],
  [
    "Quick Setup for tagged instances",
    [quickSetup({ Type: HOST_MANAGEMENT, Parameters: { TargetType: "Tags", TargetTagKey: "Env" } })],
    "unknown",
  ],
  [
    "Quick Setup for organizational units",
    [quickSetup({ Type: HOST_MANAGEMENT, Parameters: { TargetOrganizationalUnits: "ou-1" } })],
    "unknown",
  ],
  ["Quick Setup for patches only", [quickSetup({ Type: "AWSQuickSetupType-PatchPolicy", Parameters: {} })], false],
])("%s", (_, associations, expected) => {
  const fact = keepsAgentCurrent(web, infrastructure({ associations }));
  expect(fact.state === "unknown" ? "unknown" : is(fact, true)).toBe(expected);
});

test("an update of doubtful cover says why", () => {
  const fact = keepsAgentCurrent(
    web,
    infrastructure({ associations: [association(UPDATE, unknown("it targets by tag:Env"))] }),
  );
  expect(fact).toEqual(unknown("whether Update runs AWS-UpdateSSMAgent on it is not known: it targets by tag:Env"));
});
