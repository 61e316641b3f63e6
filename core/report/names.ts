import type { Finding, HostVerdict } from "../assessment/assessment";
import type { DeclarationHead } from "../program/declaration";
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
export const resourcesOf = (findings: readonly Finding[]): readonly DeclarationHead[] => [
  ...new Map(findings.map(({ resource }) => [resource.id, resource])).values(),
];

const declarationNames = (declarations: readonly DeclarationHead[], most: number): string =>
  namesText(declarations.map(shortName), most);

/** Names that tell hosts apart: where several have the same, with the stack, or else the file, in brackets. */
export function hostLabels(hosts: readonly HostVerdict[]): (host: HostVerdict) => string {
  const counts = new Map<string, number>();
  for (const label of hosts.flatMap(labelForms)) counts.set(label, (counts.get(label) ?? 0) + 1);
  return (host) => {
    const forms = labelForms(host);
    return forms.find((label) => counts.get(label) === 1) ?? forms.at(-1) ?? "";
  };
}

function labelForms({ declaration }: HostVerdict): readonly string[] {
  const name = shortName(declaration);
  const { stack, file = stack } = declaration;
  return [...new Set([name, `${name} (${stack})`, `${name} (${file})`])];
}
