import { type CfnElement, Stack } from "aws-cdk-lib";
import { lazy } from "../core/facts/lazy";
import type { Exemption } from "../core/program/declaration";
import type { ConstructPath, ConstructPaths } from "../core/readers/cloudformation";

/** The constructs behind the resources of a stack. The CDK takes long to tell logical ids, so it is asked once one is wanted. */
export class StackConstructs implements ConstructPaths {
  /** Whether anything is acknowledged on one of them or around it. */
  hasExemptions = false;

  readonly #noted: (readonly [element: CfnElement, exemptions: readonly Exemption[]])[] = [];

  readonly #byLogicalId = lazy(() => new Map(this.#noted.flatMap(describe)));

  /** @param path of the stack in the construct tree */
  constructor(readonly path: string) {}

  note(element: CfnElement, exemptions: readonly Exemption[]): void {
    this.#noted.push([element, exemptions]);
    this.hasExemptions ||= exemptions.length > 0;
  }

  get(logicalId: string): ConstructPath | undefined {
    return this.#byLogicalId().get(logicalId);
  }
}

function describe([element, exemptions]: readonly [CfnElement, readonly Exemption[]]): readonly [
  string,
  ConstructPath,
][] {
  const logicalId: unknown = Stack.of(element).resolve(element.logicalId);
  return typeof logicalId === "string" ? [[logicalId, { path: element.node.path, exemptions }]] : [];
}
