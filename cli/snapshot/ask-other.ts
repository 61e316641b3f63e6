import type { Image } from "@aws-sdk/client-ec2";
import type { KnownResource } from "../../core/facts-file/facts-file";
import { type Aws, call, unlessMissing } from "./aws";
import { resource } from "./normal-form/properties";

type Known = Promise<readonly KnownResource[]>;

/** By id: a filter would go through the public images of the region. */
export async function askImage({ ec2: { sdk, client } }: Aws, ids: readonly string[]): Known {
  const command = new sdk.DescribeImagesCommand({ ImageIds: [...ids], IncludeDeprecated: true });
  const found = await call("ec2:DescribeImages", () => unlessMissing(() => client.send(command)));
  return (found?.Images ?? []).flatMap(image);
}

const image = ({ ImageId, Name, ImageOwnerAlias, OwnerId, CreationDate }: Image): readonly KnownResource[] =>
  resource("SsmPreflight::OutsideImage", [ImageId], {
    Name,
    Owner: ImageOwnerAlias ?? OwnerId,
    CreationDate: CreationDate?.slice(0, "YYYY-MM-DD".length),
  });

/** A setting of the account and region; one that is off has the value `$None`. */
export async function askServiceSetting({ ssm: { sdk, client } }: Aws, [SettingId = ""]: readonly string[]): Known {
  const command = new sdk.GetServiceSettingCommand({ SettingId });
  const found = await call("ssm:GetServiceSetting", () => unlessMissing(() => client.send(command)));
  const SettingValue = found?.ServiceSetting?.SettingValue;
  return SettingValue === undefined
    ? []
    : resource("SsmPreflight::ServiceSetting", [SettingId], { SettingId, SettingValue });
}
