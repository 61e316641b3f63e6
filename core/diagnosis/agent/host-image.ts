import type { Image } from "../../infrastructure/model";
import { imageOfFamily, type RecognisedImage, unrecognised } from "../../knowledge/image-catalogue";
import { recogniseImage } from "../../knowledge/images";
import { recogniseBatchImageType, recogniseEksAmiType } from "../../knowledge/service-images";

/** What is known of a host's image. */
export interface HostImage extends RecognisedImage {
  /** What a sentence calls it: the family, else what the program says. */
  readonly name: string;
  /** The service or a look-up takes the newest image of its kind at the time of the deployment. */
  readonly isLatest: boolean;
  /** The fact that would decide, in words that say how to supply it; where the image is not recognised. */
  readonly missing?: string;
}

/** Recognises an image by the strongest thing the program says about it: service, parameter, name. An id alone tells nothing. */
export function recogniseHostImage(image: Image): HostImage {
  const { serviceType, parameter, name, id } = image;
  if (serviceType !== undefined) return named(ofService(serviceType), `the image of ${serviceType.service}`, true);
  const byParameter = parameter === undefined ? undefined : recogniseImage({ parameter });
  const byName = name === undefined ? undefined : recogniseImage(nameHint(name, image));
  const [recognised = ofId(image)] = [byParameter, byName].filter((each) => each !== undefined).sort(knownFirst);
  // A look-up keeps the name of what it found; that tells the date, which a parameter does not.
  const isLatest =
    name === undefined ? parameter !== undefined : /[*?]|\$\{/.test(name) && image.creationDate === undefined;
  const stated = statedAgent(image, recognised);
  if (stated !== undefined) return named(stated, name ?? id ?? "the image", true);
  const dated = byName?.imageDate === undefined ? recognised : { ...datesOf(byName), ...recognised };
  const found = named(dated, parameter ?? name ?? id ?? "the image", isLatest);
  return recognised.agent === "unknown" ? { ...found, missing: missingFact(image) } : found;
}

/** What the user's catalogue says, unless the published one agrees and tells more. The agent it speaks of is a recent one. */
function statedAgent({ id, agent }: Image, recognised: RecognisedImage): RecognisedImage | undefined {
  if (agent === undefined) return undefined;
  const presence = agent.carried ? "ships" : "absent";
  const tellsMore = presence === "absent" || recognised.newestAgent !== undefined;
  if (recognised.agent === presence && tellsMore) return undefined;
  const why = `${agent.source} says that image ${id} ${agent.carried ? "carries" : "lacks"} the SSM Agent`;
  // How published images of a family carry the agent tells nothing of one that is not as they are.
  const known = recognised.agent === presence ? recognised : { family: "unrecognised" };
  return { ...known, agent: presence, why, source: agent.source };
}

const knownFirst = (left: RecognisedImage, right: RecognisedImage): number =>
  Number(left.agent === "unknown") - Number(right.agent === "unknown");

const nameHint = (name: string, { owner, creationDate }: Image) => ({
  name,
  ...(owner === undefined ? {} : { owners: [owner] }),
  ...(creationDate === undefined ? {} : { creationDate }),
});

const datesOf = ({ imageDate, newestAgent }: RecognisedImage) => ({
  ...(imageDate === undefined ? {} : { imageDate }),
  ...(newestAgent === undefined ? {} : { newestAgent }),
});

const named = (recognised: RecognisedImage, otherwise: string, isLatest: boolean): HostImage => ({
  ...recognised,
  name: recognised.family === "unrecognised" ? otherwise : recognised.family,
  isLatest,
});

function ofService({ service, type }: NonNullable<Image["serviceType"]>): RecognisedImage {
  const chosen = type === "default" ? undefined : type;
  switch (service) {
    case "eks":
      return recogniseEksAmiType(chosen);
    case "batch":
      return recogniseBatchImageType(chosen);
    case "cloud9":
      return imageOfFamily("Cloud9");
    case "elasticbeanstalk":
      return imageOfFamily("Elastic Beanstalk platform");
    case "emr":
      return unrecognised("AWS does not say whether the images of EMR releases carry the SSM Agent");
  }
}

function ofId({ id, hint }: Image): RecognisedImage {
  const suggestion = hint === undefined ? "" : `; only the name ${hint} suggests what it is`;
  if (id === undefined) return unrecognised(`the program does not tell which image it is${suggestion}`);
  return unrecognised(`the id ${id} alone does not tell what the image holds${suggestion}`);
}

const missingFact = ({ id, parameter, name }: Image): string =>
  id === undefined
    ? `whether the image ${parameter ?? name ?? "it launches from"} carries the SSM Agent`
    : `what image ${id} is: add it to images: in the config`;
