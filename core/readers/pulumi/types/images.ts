import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../../../program/normal-form";
import { plain, type TypeMappings } from "../mapping";

/** Images made in the program. A looked-up image (`getAmi`) is no resource: only its id reaches the host. */
export const IMAGES: TypeMappings = {
  "aws:ec2/ami:Ami": plain(EXTRA.image, "name"),
  "aws:ec2/amiCopy:AmiCopy": plain(EXTRA.image, "name", ["sourceAmiId", "SourceImageId"]),
  "aws:ec2/amiFromInstance:AmiFromInstance": plain(EXTRA.image, "name", "sourceInstanceId"),
};
