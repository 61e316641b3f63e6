import path from "node:path";
import { Kinship } from "../core/readers/cloudformation";
import type { InputFile } from "../input/paths";
import { readText } from "../input/read-text";
import type { Share } from "./read-files";
import { type ShareSettings, templateOptions } from "./read-inputs";
import { withScopes } from "./template-scopes";

/** Files of a share, unless more of them belong together: few enough to be forgotten soon, enough to be worth a message. */
const FILES = 50;

/** Cloud assemblies and standard input, which may take values from any file and give some to it. */
const REST = "the rest";

/** Parts of a run that refer to nothing outside of themselves, the largest first, as it takes longest. */
export function divide({ files, ...rest }: Share, settings: ShareSettings): readonly Share[] {
  const hasRest = rest.assemblies.length > 0 || rest.standardInput !== undefined;
  const shares: Share[] = [];
  let pending: InputFile[] = [];
  for (const group of kinshipOf({ files, ...rest }, settings).groupsOf(hasRest ? [REST, ...files] : files)) {
    const own = group.filter((item) => item !== REST);
    if (own.length < group.length) {
      shares.push({ files: own, ...rest });
      continue;
    }
    pending.push(...own);
    if (pending.length < FILES) continue;
    shares.push({ files: pending, assemblies: [] });
    pending = [];
  }
  if (pending.length > 0) shares.push({ files: pending, assemblies: [] });
  return shares.sort((left, right) => right.files.length - left.files.length);
}

function kinshipOf(
  { files, assemblies, standardInput }: Share,
  { configuration, scopes, given }: ShareSettings,
): Kinship<InputFile | typeof REST> {
  const paths = files.map((input) => [input.file, input] as const);
  const kinship = new Kinship<InputFile | typeof REST>(paths, templateOptions(configuration, given));
  const folders = assemblies.map((folder) => path.resolve(folder) + path.sep);
  if (folders.length > 0 || standardInput !== undefined) kinship.meetUnread(REST);
  for (const input of files) {
    if (folders.some((folder) => path.resolve(input.file).startsWith(folder))) kinship.meetUnread(input);
    const text = readText(input.file);
    if (typeof text !== "string") continue;
    for (const template of withScopes([{ file: input.file, text }], scopes, given)) kinship.meet(input, template);
  }
  return kinship;
}
