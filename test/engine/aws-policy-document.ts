import { isPropertyMap, type PropertyMap, type PropertyValue } from "./property-value";

interface Statement {
  readonly Sid?: string;
  readonly [element: string]: PropertyValue | undefined;
}

interface PolicyDocument {
  Version: string;
  Id?: string;
  Statement: Statement[];
}

/**
 * Computes what the data source `aws_iam_policy_document` returns: lists of one become a string, longer lists are sorted in
 * reverse, `&{` becomes `${`, and statements of equal Sid replace each other when documents are merged.
 */
export function policyDocument(args: PropertyMap): PropertyMap {
  const version = text(args.version) ?? "2012-10-17";
  const own: PolicyDocument = {
    Version: version,
    Statement: list(args.statements).filter(isPropertyMap).map(statement),
  };
  const policyId = text(args.policyId);
  if (policyId !== undefined) {
    own.Id = policyId;
  }
  const merged: PolicyDocument = { Version: "", Statement: [] };
  for (const source of [...documents(args.sourcePolicyDocuments), own, ...documents(args.overridePolicyDocuments)]) {
    merge(merged, source);
  }
  const document = ordered(merged);
  return { version, json: JSON.stringify(document, null, 2), minifiedJson: JSON.stringify(document) };
}

function statement(source: PropertyMap): Statement {
  const elements: [string, PropertyValue | undefined][] = [
    ["Sid", text(source.sid)],
    ["Effect", text(source.effect) ?? "Allow"],
    ["Action", oneOrMany(source.actions)],
    ["NotAction", oneOrMany(source.notActions)],
    ["Resource", oneOrMany(source.resources, withVariables)],
    ["NotResource", oneOrMany(source.notResources, withVariables)],
    ["Principal", principals(source.principals)],
    ["NotPrincipal", principals(source.notPrincipals)],
    ["Condition", conditions(source.conditions)],
  ];
  return Object.fromEntries(elements.filter(([, value]) => value !== undefined));
}

function principals(value: PropertyValue | undefined): PropertyValue | undefined {
  const entries = list(value).filter(isPropertyMap);
  if (entries.length === 0) {
    return undefined;
  }
  const byType = new Map<string, string[]>();
  for (const entry of entries) {
    const type = text(entry.type) ?? "";
    byType.set(type, [...(byType.get(type) ?? []), ...reverseSorted(texts(entry.identifiers).map(withVariables))]);
  }
  const everyone = byType.get("*");
  if (entries.length === 1 && everyone?.length === 1 && everyone[0] === "*") {
    return "*";
  }
  const sorted = [...byType].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([type, identifiers]) => [type, single(identifiers)]));
}

function conditions(value: PropertyValue | undefined): PropertyValue | undefined {
  const entries = list(value).filter(isPropertyMap);
  if (entries.length === 0) {
    return undefined;
  }
  const byTest: PropertyMap = {};
  for (const entry of entries) {
    const test = text(entry.test) ?? "";
    const variable = text(entry.variable) ?? "";
    const variables = byTest[test];
    const known = isPropertyMap(variables) ? variables : {};
    const values = [...texts(known[variable] ?? []), ...texts(entry.values).map(withVariables)];
    byTest[test] = { ...known, [variable]: single(values) };
  }
  return byTest;
}

function documents(value: PropertyValue | undefined): PolicyDocument[] {
  return texts(value).map((source) => {
    const parsed: PropertyValue = JSON.parse(source);
    const document = isPropertyMap(parsed) ? parsed : {};
    const id = text(document.Id);
    return {
      Version: text(document.Version) ?? "",
      ...(id === undefined ? {} : { Id: id }),
      Statement: list(document.Statement).filter(isPropertyMap).map(sourceStatement),
    };
  });
}

function sourceStatement(source: PropertyMap): Statement {
  const sid = text(source.Sid);
  const { Sid: _, ...elements } = source;
  return sid === undefined ? elements : { Sid: sid, ...elements };
}

function merge(target: PolicyDocument, source: PolicyDocument): void {
  if (source.Id !== undefined) {
    target.Id = source.Id;
  }
  if (source.Version > target.Version) {
    target.Version = source.Version;
  }
  for (const next of source.Statement) {
    const index = next.Sid === undefined ? -1 : target.Statement.findIndex(({ Sid }) => Sid === next.Sid);
    target.Statement.splice(index < 0 ? target.Statement.length : index, index < 0 ? 0 : 1, next);
  }
}

function ordered({ Version, Id, Statement }: PolicyDocument): object {
  return {
    ...(Version === "" ? {} : { Version }),
    ...(Id === undefined ? {} : { Id }),
    ...(Statement.length === 0 ? {} : { Statement }),
  };
}

function oneOrMany(value: PropertyValue | undefined, change = (item: string) => item): PropertyValue | undefined {
  const items = texts(value);
  return items.length === 0 ? undefined : single(reverseSorted(items).map(change));
}

function single(items: string[]): PropertyValue {
  return items.length === 1 && items[0] !== undefined ? items[0] : items;
}

function reverseSorted(items: readonly string[]): string[] {
  return [...new Set(items)].sort().reverse();
}

function withVariables(item: string): string {
  return item.replaceAll("&{", "${");
}

function texts(value: PropertyValue | undefined): string[] {
  return (typeof value === "string" ? [value] : list(value)).filter((item) => typeof item === "string");
}

function list(value: PropertyValue | undefined): PropertyValue[] {
  if (value === undefined || value === null) {
    return [];
  }
  return Array.isArray(value) ? value : [value];
}

function text(value: PropertyValue | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
