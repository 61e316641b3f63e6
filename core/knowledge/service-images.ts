import { dateIn, imageOfFamily, type RecognisedImage, unrecognised } from "./image-catalogue";

// By the start of the type, up to an underscore or its end: `AL2` stands for `AL2_x86_64`, not for `AL2023_…`.
// Sources: EKS API, Nodegroup amiType; Batch API, Ec2Configuration imageType.
type FamilyByStem = readonly (readonly [stem: string, family: string])[];

const EKS: FamilyByStem = [
  ["AL2023", "EKS-optimized Amazon Linux 2023"],
  ["AL2", "EKS-optimized Amazon Linux 2"],
  ["BOTTLEROCKET", "Bottlerocket"],
  ["WINDOWS", "Windows Server"],
];

const BATCH: FamilyByStem = [
  ["ECS_AL2023", "ECS-optimized Amazon Linux 2023"],
  ["ECS_AL2", "ECS-optimized Amazon Linux 2"],
  ["ECS_AL1", "ECS-optimized Amazon Linux AMI"],
  ["EKS_AL2023", "EKS-optimized Amazon Linux 2023"],
  ["EKS_AL2", "EKS-optimized Amazon Linux 2"],
];

/**
 * The image of an EKS node group by `amiType`. Without one EKS takes Amazon Linux 2 or 2023, depending on the Kubernetes
 * version. `CUSTOM` means that the launch template names the image.
 * @param releaseVersion as in `ReleaseVersion`, e.g. `1.29.0-20240202`; without one EKS takes the newest.
 */
export function recogniseEksAmiType(amiType: string | undefined, releaseVersion = ""): RecognisedImage {
  if (amiType === "CUSTOM") return unrecognised("the node group takes the image that its launch template names");
  return byStem(EKS, amiType ?? "AL2", dateIn(releaseVersion)) ?? unrecognised(`AMI type ${amiType} is not known`);
}

/**
 * The image of a Batch compute environment by `imageType`, where it names no image itself. Without a type Batch takes
 * the ECS-optimized Amazon Linux 2023, before 12 January 2026 that of Amazon Linux 2.
 */
export function recogniseBatchImageType(imageType: string | undefined): RecognisedImage {
  return byStem(BATCH, imageType ?? "ECS_AL2023") ?? unrecognised(`Batch image type ${imageType} is not known`);
}

function byStem(table: FamilyByStem, type: string, imageDate?: string): RecognisedImage | undefined {
  const family = table.find(([stem]) => type === stem || type.startsWith(`${stem}_`))?.[1];
  return family === undefined ? undefined : imageOfFamily(family, imageDate);
}
