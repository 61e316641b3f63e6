import type { Finding, HostVerdict } from "../assessment/assessment";
import type { Declaration } from "../program/declaration";
import { shortName } from "../program/names";
import { namesText } from "./text";

/** The resources of findings by name, each once; the first `most` of them and how many more. */
export const resourceNames = (findings: readonly Finding[], most: number): string =>
  declarationNames(resourcesOf(findings), most);

export const hostNames = (hosts: readonly HostVerdict[], most: number): string =>
  declarationNames(
    hosts.map(({ declaration }) => declaration),
    most,
  );

/** Each resource once, however many findings it has. */
export const resourcesOf = (findings: readonly Finding[]): readonly Declaration[] => [
  ...new Map(findings.map(({ resource }) => [resource.id, resource])).values(),
];

const declarationNames = (declarations: readonly Declaration[], most: number): string =>
  namesText(declarations.map(shortName), most);
