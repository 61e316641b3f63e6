import type { Value } from "../../program/value";
import type { TemplateOptions } from "./inputs";
import type { LoadedTemplate } from "./load";
import type { Node } from "./parse/node";
import { baseName } from "./paths";
import { NO_CHOICES } from "./resolve/decision";
import { Evaluation, NO_LINKS } from "./resolve/evaluation";
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
    defaultsAreOpen: options.defaultsAreOpen === true,
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

/** What a part of a template amounts to in its plain stack. */
export const plainValue = (loaded: LoadedTemplate, options: TemplateOptions, node: Node): Value =>
  new Evaluation(NO_CHOICES, NO_LINKS).of(plainStack(loaded, options)).value(node);

export const literalIn =
  (loaded: LoadedTemplate, options: TemplateOptions) =>
  (node: Node): string | undefined => {
    const value = plainValue(loaded, options, node);
    return value.kind === "literal" ? String(value.value) : undefined;
  };

/** What a stack is called after the file of its template. */
function stackNameOf(file: string): string {
  const name = baseName(file);
  return name.replace(/\.template\.json$|\.[^.]+$/, "") || name;
}
