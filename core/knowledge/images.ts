import { isPublisher, matchName, matchParameter, type RecognisedImage, unrecognised } from "./image-catalogue";

export type { AgentPresence, RecognisedImage } from "./image-catalogue";

/** How a program names a machine image. Unknown parts stand as `${…}`. */
export type ImageHint = ParameterHint | NameHint;

/** The SSM parameter an image id is read from, in any of the forms that CloudFormation and EC2 accept. */
export interface ParameterHint {
  readonly parameter: string;
}

export interface NameHint {
  /** An AMI name, or a filter with `*` and `?`. */
  readonly name: string;
  /** Account ids, or aliases such as `amazon` and `self`. */
  readonly owners?: readonly string[];
  /** `YYYY-MM-DD`, where a lookup tells; otherwise the date in the name counts. */
  readonly creationDate?: string;
}

/**
 * What is known of the SSM Agent in an image. "ships" and "absent" are certain; whatever a filter may match beside a
 * known image, an owner whose images nobody here knows, or a name of one's own make it unknown.
 */
export function recogniseImage(hint: ImageHint): RecognisedImage {
  return "parameter" in hint ? recogniseParameter(hint.parameter) : recogniseName(hint);
}

function recogniseParameter(reference: string): RecognisedImage {
  const path = parameterPath(reference);
  if (path.startsWith("${")) return unrecognised("the program does not tell which parameter names the image");
  if (!path.startsWith("/aws/service/")) {
    return unrecognised(`the parameter ${reference} is no public one, and only its owner knows which image it names`);
  }
  return matchParameter(holesToWildcards(path));
}

function recogniseName({ name, owners = [], creationDate }: NameHint): RecognisedImage {
  const stranger = owners.find((owner) => !isPublisher(owner));
  if (stranger !== undefined) return unrecognised(strangerReason(stranger));
  return matchName(holesToWildcards(name), owners, creationDate);
}

function strangerReason(owner: string): string {
  if (owner === "self") return "the image is one of your own account, and only you know what is in it";
  if (owner === "aws-marketplace" || owner === "679593333241") {
    return "the seller of a Marketplace product decides whether its image carries the SSM Agent";
  }
  return `the images of owner ${owner} are not known`;
}

const WRAPPERS = [
  /^\{\{resolve:ssm:(.+)\}\}$/, // CloudFormation dynamic reference
  /^resolve:ssm:(.+)$/, // EC2 and launch templates
  /^arn:[^:]*:ssm:[^:]*:[^:]*:parameter(\/.+)$/,
];

const VERSION_OR_LABEL = /:[^:/{}]+$/;

/** `/aws/service/…` from a dynamic reference, an ARN, or a path with version or label. */
function parameterPath(reference: string): string {
  const inner = WRAPPERS.map((wrapper) => wrapper.exec(reference)?.[1]).find((path) => path !== undefined);
  return (inner ?? reference).replace(VERSION_OR_LABEL, "");
}

const holesToWildcards = (text: string): string => text.replace(/\$\{[^}]*\}/g, "*");
