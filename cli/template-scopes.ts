import path from "node:path";
import { type Configuration, type TemplateSettings, valuesOf } from "../core/configuration/configuration";
import type { TemplateInput } from "../core/readers/cloudformation";
import { filesMatching } from "../input/paths";

/** Settings of the configuration for some templates, and the files that their globs match. */
export interface TemplateScope {
  readonly settings: TemplateSettings;
  /** Absolute. */
  readonly files: ReadonlySet<string>;
}

/** What the command line says of every template. */
export interface GivenPlace {
  readonly parameters: Readonly<Record<string, string>>;
  readonly region: string | undefined;
  readonly account: string | undefined;
}

export const templateScopes = ({ templates }: Configuration, folder: string): Promise<readonly TemplateScope[]> =>
  Promise.all(templates.map(async (settings) => ({ settings, files: await filesMatching(settings.files, folder) })));

/** The templates with the settings for them. A later entry wins over an earlier one, the command line over both, a cloud assembly over all. */
export function withScopes(
  templates: readonly TemplateInput[],
  scopes: readonly TemplateScope[],
  given: GivenPlace,
): readonly TemplateInput[] {
  if (scopes.length === 0) return templates;
  return templates.map((input) => {
    const own = scopes.filter(({ files }) => files.has(path.resolve(input.file))).map(({ settings }) => settings);
    return own.length === 0 ? input : scoped(input, own, given);
  });
}

function scoped(input: TemplateInput, own: readonly TemplateSettings[], given: GivenPlace): TemplateInput {
  const parameters = Object.assign({}, ...own.map((settings) => valuesOf(settings.parameters)), given.parameters);
  const region = input.region ?? given.region ?? own.findLast((settings) => settings.region !== undefined)?.region;
  const account = input.account ?? given.account ?? own.findLast((settings) => settings.account !== undefined)?.account;
  return {
    ...input,
    parameters: { ...parameters, ...input.parameters },
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
  };
}
