import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../../../program/normal-form";
import { tagList } from "../converters";
import { plain, shape, type TypeMappings } from "../mapping";

const TARGETS = shape("key", "values");

export const SYSTEMS_MANAGER: TypeMappings = {
  "aws:ssm/association:Association": plain(
    "AWS::SSM::Association",
    "name",
    "associationName",
    "documentVersion",
    "instanceId",
    ["targets", "Targets", TARGETS],
    "parameters",
    "scheduleExpression",
    "applyOnlyAtCronInterval",
  ),
  "aws:ssm/document:Document": plain(
    "AWS::SSM::Document",
    "name",
    "content",
    "documentType",
    "documentFormat",
    "targetType",
    ["tags", "Tags", tagList],
  ),
  "aws:ssm/parameter:Parameter": plain("AWS::SSM::Parameter", "name", "type", "dataType", "value", [
    "insecureValue",
    "Value",
  ]),
  "aws:ssm/serviceSetting:ServiceSetting": plain(EXTRA.serviceSetting, "settingId", "settingValue"),
  "aws:ssm/maintenanceWindow:MaintenanceWindow": plain(
    "AWS::SSM::MaintenanceWindow",
    "name",
    "schedule",
    "allowUnassociatedTargets",
    "enabled",
  ),
  "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget": plain(
    "AWS::SSM::MaintenanceWindowTarget",
    "name",
    "windowId",
    "resourceType",
    ["targets", "Targets", TARGETS],
  ),
  "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask": plain(
    "AWS::SSM::MaintenanceWindowTask",
    "name",
    "windowId",
    "taskArn",
    "taskType",
    ["targets", "Targets", TARGETS],
  ),
  "aws:ssm/activation:Activation": plain(
    EXTRA.activation,
    "iamRole",
    ["name", "DefaultInstanceName"],
    "registrationLimit",
  ),
};
