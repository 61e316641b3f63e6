import type { TypeMappings } from "../mapping";
import { ENDPOINTS } from "./endpoints";
import { IAM, PERMISSION_SETS } from "./iam";
import { IMAGES } from "./images";
import { INSTANCES } from "./instances";
import { LAUNCHING } from "./launching";
import { LOGS_AND_KEYS } from "./logs-and-keys";
import { MANAGED_SERVICES } from "./managed-services";
import { NAME_RESOLUTION } from "./name-resolution";
import { NETWORK_ACLS } from "./network-acls";
import { ROUTES } from "./routes";
import { SECURITY_GROUPS } from "./security-groups";
import { SYSTEMS_MANAGER } from "./systems-manager";
import { VPCS } from "./vpcs";

/** Every type of the classic AWS provider that is read, by its type token. */
export const CLASSIC_TYPES: TypeMappings = {
  ...INSTANCES,
  ...LAUNCHING,
  ...MANAGED_SERVICES,
  ...IMAGES,
  ...IAM,
  ...PERMISSION_SETS,
  ...VPCS,
  ...ROUTES,
  ...ENDPOINTS,
  ...SECURITY_GROUPS,
  ...NETWORK_ACLS,
  ...NAME_RESOLUTION,
  ...SYSTEMS_MANAGER,
  ...LOGS_AND_KEYS,
};
