import type { TemplateOptions } from "./inputs";
import type { LoadedTemplate } from "./load";
import { baseName } from "./paths";
import type { Stack } from "./resolve/stack";
import { macrosOf } from "./template/template";

/** A template as a stack that is deployed by itself, with neither its loops written out nor its nested stacks made. */
export function plainStack({ input, template }: LoadedTemplate, options: TemplateOptions): Stack {
  const { region = options.region, account = options.account, stackName } = input;
  return {
    key: input.file,
    name: stackName ?? stackNameOf(input.file),
    template,
    language: input.language ?? "cloudformation",
    given: { ...options.parameters, ...input.parameters },
    constructPaths: input.constructPaths ?? new Map(),
    nested: new Map(),
    incomplete: [],
    assuming: macrosOf(template).map((macro) => `macro ${macro} changes nothing of what is written here`),
    place: {
      ...(region === undefined ? {} : { region }),
      ...(account === undefined ? {} : { account }),
      ...(stackName === undefined ? {} : { stackName }),
    },
  };
}

/** What a stack is called after the file of its template. */
function stackNameOf(file: string): string {
  const name = baseName(file);
  return name.replace(/\.template\.json$|\.[^.]+$/, "") || name;
}
