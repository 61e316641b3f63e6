import type { Declaration } from "../../program/declaration";
import { outsideVpc } from "../../program/outside";
import type { Value } from "../../program/value";

/**
 * VPCs that the program names and does not declare: one for each id, and one for each parameter or import of a stack. Subnets and endpoints
 * that the same name puts into it stand in the same VPC, whichever it is.
 */
export function outsideVpcs(): (value: Value, stack: string) => Declaration | undefined {
  const made = new Map<string, Declaration>();
  return (value, stack) => {
    const name = value.kind === "literal" ? String(value.value) : value.kind === "unknown" ? value.name : undefined;
    if (name === undefined || value.refersTo !== undefined) return undefined;
    const key = value.kind === "literal" ? name : `${stack} ${name}`;
    const existing = made.get(key);
    if (existing !== undefined) return existing;
    const declaration = outsideVpc({ id: name, source: "this program" });
    made.set(key, declaration);
    return declaration;
  };
}
