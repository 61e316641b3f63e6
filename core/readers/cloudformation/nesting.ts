import { lastSegment } from "../../program/last-segment";
import { asText, showText } from "../../program/read";
import { groupBy } from "./group";
import type { TemplateOptions } from "./inputs";
import type { LoadedTemplate } from "./load";
import { child, scalarText } from "./parse/node";
import { baseName, folderOf, normalPath } from "./paths";
import { plainValue } from "./plain-stack";
import { STACK_SET } from "./stack-set";
import type { Resource } from "./template/template";

/** Where a resource that stands for a stack says which template it uses. */
const LOCATIONS: Readonly<Record<string, string>> = {
  "AWS::CloudFormation::Stack": "TemplateURL",
  "AWS::Serverless::Application": "Location",
  [STACK_SET]: "TemplateURL",
};

/** A template without one of these nests no other. */
export const mayNest = (text: string): boolean => Object.keys(LOCATIONS).some((type) => text.includes(type));

/** A file that a nested stack uses. */
export interface NestedFile<F> {
  readonly file: F;
  /** Whether it is taken for the one behind a URL because it is the only one of that name. */
  readonly isUploaded: boolean;
}

/** Finds which of some files a template nests. */
export class Nesting<F> {
  private readonly byPath: ReadonlyMap<string, F>;
  private readonly byName: ReadonlyMap<string, readonly (readonly [path: string, file: F])[]>;

  constructor(
    files: readonly (readonly [path: string, file: F])[],
    private readonly options: TemplateOptions,
  ) {
    this.byPath = new Map(files.map(([path, file]) => [normalPath(path), file]));
    this.byName = groupBy(this.byPath, ([path]) => baseName(path));
  }

  /** Every file that a resource of a template would use if others were no templates. */
  mayUse(resource: Resource, loaded: LoadedTemplate): readonly F[] {
    return this.locations(resource, loaded).flatMap((location) => {
      const file = this.at(location, loaded);
      return [...(file === undefined ? [] : [file]), ...this.uploaded(location, loaded)];
    });
  }

  /** The file that a resource of a template stands for a stack of. */
  usedBy(resource: Resource, loaded: LoadedTemplate): NestedFile<F> | undefined {
    for (const location of this.locations(resource, loaded)) {
      const file = this.at(location, loaded);
      if (file !== undefined) return { file, isUploaded: false };
      const [uploaded, ...others] = this.uploaded(location, loaded);
      if (uploaded !== undefined && others.length === 0) return { file: uploaded, isUploaded: true };
    }
    return undefined;
  }

  private locations(resource: Resource, loaded: LoadedTemplate): readonly string[] {
    const property = LOCATIONS[resource.type];
    if (property === undefined) return [];
    const assetPath = scalarText(child(resource.metadata, "aws:asset:path"));
    const node = child(resource.properties, property);
    const url = node && asText(plainValue(loaded, this.options, node));
    const text = url?.state === "known" ? showText(url.value) : undefined;
    return [assetPath, text].filter((location) => location !== undefined);
  }

  private at(location: string, { input: { file, nested } }: LoadedTemplate): F | undefined {
    const path = nested?.(location) ?? (location.startsWith("/") ? location : `${folderOf(file)}${location}`);
    return this.byPath.get(normalPath(path));
  }

  /** The files below the parent's folder that are called what the last part of a URL is. */
  private uploaded(location: string, { input }: LoadedTemplate): readonly F[] {
    if (!location.includes("://")) return [];
    const folder = normalPath(folderOf(input.file));
    const called = this.byName.get(lastSegment(location)) ?? [];
    return called.flatMap(([path, file]) => (path.startsWith(folder) ? [file] : []));
  }
}
