import { CfnResource } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import { HOST_TYPES } from "../core/infrastructure/host-types";

/** Whether a construct is the resource of a host, or of what hosts launch from. */
export const isHost = (construct: IConstruct): construct is CfnResource =>
  CfnResource.isCfnResource(construct) && HOST_TYPES.has(construct.cfnResourceType);
