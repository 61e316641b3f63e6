import { connected } from "./group";
import type { TemplateInput, TemplateOptions } from "./inputs";
import { type LoadedTemplate, load } from "./load";
import { mayNest, Nesting } from "./nesting";
import { literalIn } from "./plain-stack";
import { inlineTemplate } from "./stack-set";
import { mayImport } from "./units";

const MAY_EXPORT = /Export/;

/**
 * Finds files that have to be read together, as one may take values from the other or nest it. It looks for words in texts, so
 * that nothing but the templates that nest others is parsed. What is found is too much rather than too little.
 */
export class Kinship<F> {
  private readonly nesting: Nesting<F>;
  private readonly pairs: (readonly [F, F])[] = [];
  private readonly importers: F[] = [];
  private readonly exporters: F[] = [];

  constructor(
    files: readonly (readonly [path: string, file: F])[],
    private readonly options: TemplateOptions,
  ) {
    this.nesting = new Nesting(files, options);
  }

  /** Takes in what a file holds. */
  meet(file: F, input: TemplateInput): void {
    if (mayImport(input.text)) this.importers.push(file);
    if (MAY_EXPORT.test(input.text)) this.exporters.push(file);
    if (!mayNest(input.text)) return;
    const { template } = load(input);
    if (template !== undefined) this.meetNested(file, template);
  }

  private meetNested(file: F, loaded: LoadedTemplate): void {
    for (const resource of loaded.template.resources.values()) {
      for (const nested of this.nesting.mayUse(resource, loaded)) this.pairs.push([file, nested]);
      const inline = inlineTemplate(resource, loaded, literalIn(loaded, this.options));
      if (inline?.template !== undefined) this.meetNested(file, inline.template);
    }
  }

  /** Says that something imports and exports whatever it likes. */
  meetUnread(file: F): void {
    this.importers.push(file);
    this.exporters.push(file);
  }

  groupsOf(files: readonly F[]): readonly (readonly F[])[] {
    const [first] = this.importers;
    // Which of several exports of one name is meant takes all of them to tell.
    const linked = first === undefined ? [] : [...this.importers, ...this.exporters];
    return connected(files, [...this.pairs, ...linked.map((file) => [first ?? file, file] as const)]);
  }
}
