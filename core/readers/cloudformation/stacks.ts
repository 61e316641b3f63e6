import type { ReadingProblem } from "../../program/declaration";
import { asText, showText } from "../../program/read";
import type { Value } from "../../program/value";
import type { TemplateOptions } from "./inputs";
import { at, type LoadedTemplate } from "./load";
import { child, type Node, scalarText } from "./parse/node";
import { folderOf, normalPath } from "./paths";
import { NO_CHOICES } from "./resolve/decision";
import { Evaluation, type Links } from "./resolve/evaluation";
import { declarationId, type ParentStack, type Stack } from "./resolve/stack";
import { inlineTemplate, STACK_SET, stackSetParameters, stackSetPlace } from "./stack-set";
import { hasLoops, unrollLoops } from "./template/loops";
import { macrosOf, type Resource, readTemplate, type Template } from "./template/template";

export interface StackFamily {
  /** Stacks that are deployed by themselves. Nested ones hang below them. */
  readonly roots: readonly Stack[];
  readonly problems: readonly ReadingProblem[];
}

const NO_LINKS: Links = { imported: () => undefined, output: () => undefined };

/** Stacks of one run. Templates that nest the next one twice could make billions. */
const MAX_STACKS = 5_000;

/** Where a resource that stands for a stack says which template it uses. */
const LOCATIONS: Readonly<Record<string, string>> = {
  "AWS::CloudFormation::Stack": "TemplateURL",
  "AWS::Serverless::Application": "Location",
  [STACK_SET]: "TemplateURL",
};

/** Makes a stack of each template, nested ones below their parents: a template that another one nests is not a stack of its own. */
export function makeStacks(templates: readonly LoadedTemplate[], options: TemplateOptions): StackFamily {
  const maker = new StackMaker(templates, options);
  const children = new Set(
    templates.flatMap((loaded) => [...maker.nestedIn(loaded).values()].map(({ template }) => template)),
  );
  const roots = templates.filter((loaded) => !children.has(loaded));
  // Templates that nest each other in a circle have no root; one of them is judged by itself.
  const started = roots.length > 0 || templates.length === 0 ? roots : templates.slice(0, 1);
  return { roots: started.map((loaded) => maker.make(loaded)), problems: maker.problems };
}

interface NestedTemplate {
  readonly template: LoadedTemplate;
  readonly assuming: readonly string[];
}

class StackMaker {
  readonly problems: ReadingProblem[] = [];
  private readonly byFile: ReadonlyMap<string, LoadedTemplate>;
  private readonly keys = new Set<string>();
  private readonly nested = new Map<LoadedTemplate, ReadonlyMap<string, NestedTemplate>>();

  constructor(
    templates: readonly LoadedTemplate[],
    private readonly options: TemplateOptions,
  ) {
    this.byFile = new Map(templates.map((loaded) => [normalPath(loaded.input.file), loaded]));
  }

  make(loaded: LoadedTemplate, parent?: ParentStack, ancestors: readonly LoadedTemplate[] = []): Stack {
    const stack = this.unrolled(this.bare(loaded, parent), loaded);
    const nested = new Map<string, Stack>();
    const made = { ...stack, nested };
    for (const [logicalId, { template: used, assuming }] of this.nestedIn(loaded)) {
      const resource = stack.template.resources.get(logicalId);
      if (resource === undefined) continue;
      if (used === loaded || ancestors.includes(used)) {
        const message = `nested stack ${logicalId} leads back to ${used.input.file}, which it is itself nested in`;
        this.report(stack.template, resource.offset, message, declarationId(stack, logicalId));
        continue;
      }
      if (this.keys.size >= MAX_STACKS) {
        this.report(stack.template, resource.offset, `there are more than ${MAX_STACKS} stacks; this one is left out`);
        continue;
      }
      const passed = { stack: made, logicalId, assuming, ...this.passedTo(resource, made, loaded) };
      nested.set(logicalId, this.make(used, passed, [...ancestors, loaded]));
    }
    return made;
  }

  private passedTo(
    resource: Resource,
    parent: Stack,
    loaded: LoadedTemplate,
  ): Pick<ParentStack, "parameters" | "place"> {
    if (resource.type === STACK_SET) {
      return { parameters: stackSetParameters(resource), place: stackSetPlace(resource, this.literalIn(loaded)) };
    }
    // A nested stack is deployed where its parent is, under a name that CloudFormation makes.
    const { stackName: _, ...place } = parent.place;
    return { parameters: passedParameters(resource), place };
  }

  /** Templates at hand that a template nests, by logical id. */
  nestedIn(loaded: LoadedTemplate): ReadonlyMap<string, NestedTemplate> {
    const existing = this.nested.get(loaded);
    if (existing !== undefined) return existing;
    const found = new Map<string, NestedTemplate>();
    for (const resource of loaded.template.resources.values()) {
      if (LOCATIONS[resource.type] === undefined) continue;
      const used = this.inlineTemplate(resource, loaded) ?? this.templateOf(resource, loaded);
      if (used !== undefined) found.set(resource.logicalId, used);
    }
    this.nested.set(loaded, found);
    return found;
  }

  private inlineTemplate(resource: Resource, loaded: LoadedTemplate): NestedTemplate | undefined {
    if (resource.type !== STACK_SET) return undefined;
    const inline = inlineTemplate(resource, loaded, this.literalIn(loaded));
    if (inline === undefined) return undefined;
    this.problems.push(...inline.problems);
    return inline.template === undefined ? undefined : { template: inline.template, assuming: [] };
  }

  private templateOf(resource: Resource, loaded: LoadedTemplate): NestedTemplate | undefined {
    const { file, nested } = loaded.input;
    for (const location of this.locations(resource, loaded)) {
      const path = nested?.(location) ?? (location.startsWith("/") ? location : `${folderOf(file)}${location}`);
      const template = this.byFile.get(normalPath(path));
      if (template !== undefined) return { template, assuming: [] };
      const uploaded = this.beforeUpload(location, file);
      if (uploaded === undefined) continue;
      return {
        template: uploaded,
        assuming: [`nested stack ${resource.logicalId} uses ${uploaded.input.file}`],
      };
    }
    return undefined;
  }

  /** The one template below the parent's folder that is called what the last part of a URL is. */
  private beforeUpload(location: string, parent: string): LoadedTemplate | undefined {
    if (!location.includes("://")) return undefined;
    const name = location.slice(location.lastIndexOf("/") + 1);
    const folder = normalPath(folderOf(parent));
    const [only, ...others] = [...this.byFile].filter(
      ([path]) => path.startsWith(folder) && path.slice(path.lastIndexOf("/") + 1) === name,
    );
    return others.length === 0 ? only?.[1] : undefined;
  }

  private locations(resource: Resource, loaded: LoadedTemplate): readonly string[] {
    const assetPath = scalarText(child(resource.metadata, "aws:asset:path"));
    const node = child(resource.properties, LOCATIONS[resource.type] ?? "");
    const url = node === undefined ? undefined : this.textOf(node, loaded);
    return [assetPath, url].filter((location) => location !== undefined);
  }

  private textOf(node: Node, loaded: LoadedTemplate): string | undefined {
    const text = asText(this.valueIn(loaded, node));
    return text.state === "known" ? showText(text.value) : undefined;
  }

  private literalIn(loaded: LoadedTemplate): (node: Node) => string | undefined {
    return (node) => {
      const value = this.valueIn(loaded, node);
      return value.kind === "literal" ? String(value.value) : undefined;
    };
  }

  private valueIn(loaded: LoadedTemplate, node: Node): Value {
    const stack: Stack = { ...this.plain(loaded), key: loaded.input.file };
    return new Evaluation(NO_CHOICES, NO_LINKS).of(stack).value(node);
  }

  private bare(loaded: LoadedTemplate, parent: ParentStack | undefined): Stack {
    const { file } = loaded.input;
    const key = this.uniqueKey(file, parent);
    const stack = { ...this.plain(loaded), key };
    if (parent === undefined) return stack;
    return {
      ...stack,
      parent,
      place: parent.place,
      name: key === file ? stack.name : `${parent.stack.name}-${parent.logicalId}`,
      assuming: [...parent.stack.assuming, ...parent.assuming, ...stack.assuming],
    };
  }

  private plain({ input, template }: LoadedTemplate): Stack {
    const { region = this.options.region, account = this.options.account, stackName } = input;
    return {
      key: input.file,
      name: stackName ?? baseName(input.file),
      template,
      language: input.language ?? "cloudformation",
      given: { ...this.options.parameters, ...input.parameters },
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

  private uniqueKey(file: string, parent: ParentStack | undefined): string {
    let key = file;
    for (let count = 1; this.keys.has(key); count++) {
      key = `${file}@${parent === undefined ? "" : `${parent.stack.name}-${parent.logicalId}`}${count === 1 ? "" : count}`;
    }
    this.keys.add(key);
    return key;
  }

  /** The stack with its loops written out, which its parameters decide. */
  private unrolled(stack: Stack, { template }: LoadedTemplate): Stack {
    if (!template.transforms.includes("AWS::LanguageExtensions") || !hasLoops(template.source.text)) return stack;
    const resolver = new Evaluation(NO_CHOICES, NO_LINKS).of(stack);
    const { root, issues, assuming } = unrollLoops(template.root, (node) => resolver.value(node));
    for (const { loop, reason, offset } of issues) {
      this.report(template, offset, `${loop} cannot be written out: ${reason}`);
    }
    const { template: read } = readTemplate(template.file, template.source, root);
    const resources = new Map(
      [...read.resources].map(([id, resource]) => [id, { ...resource, assuming: assuming.get(id) ?? [] }]),
    );
    const incomplete = issues.map(({ loop, reason }) => `${loop} cannot be written out: ${reason}`);
    return { ...stack, template: { ...read, resources }, incomplete };
  }

  private report(template: Template, offset: number, message: string, declaration?: string): void {
    const problem = at(template.file, template.source, offset, message);
    this.problems.push(declaration === undefined ? problem : { ...problem, declaration });
  }
}

function passedParameters(resource: Resource): ReadonlyMap<string, Node> {
  const passed = child(resource.properties, "Parameters");
  if (passed?.kind !== "map") return new Map();
  return new Map([...passed.entries].map(([name, { value }]) => [name, value]));
}

const baseName = (file: string): string => {
  const name = file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
  return name.replace(/\.template\.json$|\.[^.]+$/, "") || name;
};
