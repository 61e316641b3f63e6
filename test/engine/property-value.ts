import { runtime } from "@pulumi/pulumi";

/** A resource property as it travels between engine and provider. */
export type PropertyValue = null | boolean | number | string | PropertyValue[] | PropertyMap;

export interface PropertyMap {
  [name: string]: PropertyValue;
}

/** The sentinel that stands for a value known only after `up`. */
export const unknown: string = runtime.unknownValue;

export function isPropertyMap(value: unknown): value is PropertyMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function containsUnknown(value: PropertyValue): boolean {
  if (value === unknown) {
    return true;
  }
  if (Array.isArray(value)) {
    return value.some(containsUnknown);
  }
  return isPropertyMap(value) && Object.values(value).some(containsUnknown);
}

/** Text of a property, or undefined when it is absent, unknown or of another type. */
export function knownText(value: PropertyValue | undefined): string | undefined {
  return typeof value === "string" && value !== "" && value !== unknown ? value : undefined;
}
