import type { Value } from "../../../program/value";
import type { Parameter } from "../template/parameter";
import type { Choices } from "./decision";
import type { Stack } from "./stack";
import { StackResolver } from "./stack-resolver";

/** An output of another stack that is at hand. */
export interface LinkedOutput {
  readonly stack: Stack;
  readonly output: string;
  /** What had to be taken for granted to find it. */
  readonly assuming: readonly string[];
}

/** Finds what one stack takes from others by name. */
export interface Links {
  imported(importer: Stack, exportName: Value): LinkedOutput | undefined;
  output(importer: Stack, stackName: Value, output: Value): LinkedOutput | undefined;
}

export const NO_LINKS: Links = { imported: () => undefined, output: () => undefined };

/** All stacks of a run under one set of choices. */
export class Evaluation {
  private readonly resolvers = new Map<Stack, StackResolver>();
  /** Equalities settled so far: what conditions cost to evaluate. */
  work = 0;
  private readonly openParameters = new Map<string, Parameter>();

  constructor(
    readonly choices: Choices,
    readonly links: Links,
  ) {}

  of(stack: Stack): StackResolver {
    const existing = this.resolvers.get(stack);
    if (existing !== undefined) return existing;
    const made = new StackResolver(stack, this);
    this.resolvers.set(stack, made);
    return made;
  }

  /** Notes that a variable of {@link Choices} is a parameter, which limits what it may be. */
  noteOpen(variable: string, parameter: Parameter): void {
    this.openParameters.set(variable, parameter);
  }

  openParameter(variable: string): Parameter | undefined {
    return this.openParameters.get(variable);
  }
}
