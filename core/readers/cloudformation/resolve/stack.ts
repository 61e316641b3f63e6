import type { Exemption, Language } from "../../../program/declaration";
import { isRunWide } from "../../../program/run-wide-name";
import type { Node } from "../parse/node";
import type { Template } from "../template/template";
import type { Place } from "./pseudo-parameters";

/** A template put to use: one stack of the run, by itself or nested in another. */
export interface Stack {
  /** Unique in the run; declaration ids begin with it. */
  readonly key: string;
  /** What the report calls the stack. */
  readonly name: string;
  readonly template: Template;
  readonly language: Language;
  readonly place: Place;
  /** Parameter values that the caller gave. */
  readonly given: Readonly<Record<string, string>>;
  /** Whether other values than the defaults of parameters may be given. */
  readonly defaultsAreOpen: boolean;
  readonly constructPaths: ConstructPaths;
  readonly parent?: ParentStack;
  /** Stacks nested in this one, by logical id; those whose template is not at hand are left out. */
  readonly nested: ReadonlyMap<string, Stack>;
  /** What had to be taken for granted for it to be this template. */
  readonly assuming: readonly string[];
  /** Why resources of it may be missing from what was read. */
  readonly incomplete: readonly string[];
}

/** Where a stack is nested, and what its parent passes. A stack set counts as a parent of its template. */
export interface ParentStack {
  readonly stack: Stack;
  readonly logicalId: string;
  /** Where the nested stack is deployed. */
  readonly place: Place;
  readonly parameters: ReadonlyMap<string, Node>;
  /** What had to be taken for granted to find the nested template. */
  readonly assuming: readonly string[];
}

/** Where the user's own CDK code makes each resource. */
export interface ConstructPaths {
  get(logicalId: string): ConstructPath | undefined;
}

/** Where the user's own CDK code makes a resource. */
export interface ConstructPath {
  readonly path: string;
  /** `file:line:column`. */
  readonly sourceLocation?: string;
  /** What the app acknowledges on the construct or on one around it. */
  readonly exemptions?: readonly Exemption[];
}

export const declarationId = (stack: Stack, logicalId: string): string => `${stack.key}#${logicalId}`;

/** A name that is unique in the run for what is called `name` in a stack. Names that are so already stay as they are. */
export const qualified = (stack: Stack, name: string): string =>
  isRunWide(name) ? name : `${name} of ${stack.key.replaceAll(/\s/g, "_")}`;
