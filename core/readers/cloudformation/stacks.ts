import type { ReadingProblem } from "../../program/declaration";
import type { TemplateOptions } from "./inputs";
import { at, type LoadedTemplate } from "./load";
import { type NestedFile, Nesting } from "./nesting";
import { child, type Node } from "./parse/node";
import { literalIn, plainStack } from "./plain-stack";
import { NO_CHOICES } from "./resolve/decision";
import { Evaluation, NO_LINKS } from "./resolve/evaluation";
import { declarationId, type ParentStack, type Stack } from "./resolve/stack";
import { inlineTemplate, STACK_SET, stackSetParameters, stackSetPlace } from "./stack-set";
import { hasLoops, unrollLoops } from "./template/loops";
import { type Resource, readTemplate, type Template } from "./template/template";

export interface StackFamily {
  /** Stacks that are deployed by themselves. Nested ones hang below them. */
  readonly roots: readonly Stack[];
  readonly problems: readonly ReadingProblem[];
}

/** Stacks below one that is deployed by itself, itself included. Templates that nest the next one twice could make billions. */
const MAX_STACKS = 5_000;

/** Makes a stack of each template, nested ones below their parents: a template that another one nests is not a stack of its own. */
export function makeStacks(templates: readonly LoadedTemplate[], options: TemplateOptions): StackFamily {
  const maker = new StackMaker(templates, options);
  const children = new Set(templates.flatMap((loaded) => maker.childrenOf(loaded)));
  const roots = templates.filter((loaded) => !children.has(loaded)).map((loaded) => maker.makeRoot(loaded));
  // Of templates that nest each other in a circle none is a root, and the first is judged by itself.
  for (const loaded of templates) if (!maker.reached.has(loaded)) roots.push(maker.makeRoot(loaded));
  return { roots, problems: maker.problems };
}

class StackMaker {
  readonly problems: ReadingProblem[] = [];
  /** Templates that are a stack, or were left out below one. */
  readonly reached = new Set<LoadedTemplate>();
  private readonly nesting: Nesting<LoadedTemplate>;
  private readonly keys = new Set<string>();
  private readonly nested = new Map<LoadedTemplate, ReadonlyMap<string, NestedFile<LoadedTemplate>>>();
  private stacksOfRoot = 0;

  constructor(
    templates: readonly LoadedTemplate[],
    private readonly options: TemplateOptions,
  ) {
    const files = templates.map((loaded) => [loaded.input.file, loaded] as const);
    this.nesting = new Nesting(files, options);
  }

  childrenOf(loaded: LoadedTemplate): readonly LoadedTemplate[] {
    return [...this.nestedIn(loaded).values()].map(({ file }) => file);
  }

  makeRoot(loaded: LoadedTemplate): Stack {
    this.stacksOfRoot = 0;
    return this.make(loaded, undefined, []);
  }

  private make(loaded: LoadedTemplate, parent: ParentStack | undefined, ancestors: readonly LoadedTemplate[]): Stack {
    this.stacksOfRoot += 1;
    this.reached.add(loaded);
    const stack = this.unrolled(this.bare(loaded, parent), loaded);
    const nested = new Map<string, Stack>();
    const made = { ...stack, nested };
    for (const [logicalId, { file: used, isUploaded }] of this.nestedIn(loaded)) {
      const resource = stack.template.resources.get(logicalId);
      if (resource === undefined) continue;
      if (used === loaded || ancestors.includes(used)) {
        const message = `nested stack ${logicalId} leads back to ${used.input.file}, which it is itself nested in`;
        this.report(stack.template, resource.offset, message, declarationId(stack, logicalId));
        continue;
      }
      if (this.stacksOfRoot >= MAX_STACKS) {
        this.reached.add(used);
        this.report(stack.template, resource.offset, `there are more than ${MAX_STACKS} stacks; this one is left out`);
        continue;
      }
      const assuming = isUploaded ? [`nested stack ${logicalId} uses ${used.input.file}`] : [];
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
      const textOf = literalIn(loaded, this.options);
      return { parameters: stackSetParameters(resource), place: stackSetPlace(resource, textOf) };
    }
    // A nested stack is deployed where its parent is, under a name that CloudFormation makes.
    const { stackName: _, ...place } = parent.place;
    return { parameters: passedParameters(resource), place };
  }

  /** Templates at hand that a template nests, by logical id. */
  private nestedIn(loaded: LoadedTemplate): ReadonlyMap<string, NestedFile<LoadedTemplate>> {
    const existing = this.nested.get(loaded);
    if (existing !== undefined) return existing;
    const found = new Map<string, NestedFile<LoadedTemplate>>();
    for (const resource of loaded.template.resources.values()) {
      const used = this.inlineTemplate(resource, loaded) ?? this.nesting.usedBy(resource, loaded);
      if (used !== undefined) found.set(resource.logicalId, used);
    }
    this.nested.set(loaded, found);
    return found;
  }

  private inlineTemplate(resource: Resource, loaded: LoadedTemplate): NestedFile<LoadedTemplate> | undefined {
    const inline = inlineTemplate(resource, loaded, literalIn(loaded, this.options));
    if (inline === undefined) return undefined;
    this.problems.push(...inline.problems);
    return inline.template === undefined ? undefined : { file: inline.template, isUploaded: false };
  }

  private bare(loaded: LoadedTemplate, parent: ParentStack | undefined): Stack {
    const { file } = loaded.input;
    const key = this.uniqueKey(file, parent);
    const stack = { ...plainStack(loaded, this.options), key };
    if (parent === undefined) return stack;
    return {
      ...stack,
      parent,
      place: parent.place,
      name: key === file ? stack.name : `${parent.stack.name}-${parent.logicalId}`,
      assuming: [...parent.stack.assuming, ...parent.assuming, ...stack.assuming],
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
