import type { Position } from "../../program/value";
import { type Loaded, type LoadedTemplate, load } from "./load";
import { child, entry, type Node, type ScalarNode, scalarText } from "./parse/node";
import type { Place } from "./resolve/pseudo-parameters";
import type { Resource } from "./template/template";

export const STACK_SET = "AWS::CloudFormation::StackSet";

type TextOf = (node: Node) => string | undefined;

/**
 * The template that a stack set carries as a text; undefined where it carries none that is known.
 * Source: CloudFormation template reference, "AWS::CloudFormation::StackSet".
 */
export function inlineTemplate(
  { type, properties }: Resource,
  { input, template }: LoadedTemplate,
  textOf: TextOf,
): Loaded | undefined {
  if (type !== STACK_SET) return undefined;
  const body = entry(properties, "TemplateBody");
  const text = body === undefined ? undefined : (scalarText(body.value) ?? textOf(body.value));
  if (body === undefined || text === undefined) return undefined;
  const { file, language } = input;
  const { source } = template;
  const whole = source.position(body.keyOffset);
  const first = body.value.kind === "scalar" ? blockStart(body.value, source.text) : undefined;
  const place = first === undefined ? () => whole : shifted(source.position(first));
  return load({ file, text, required: true, ...(language === undefined ? {} : { language }) }, place);
}

/** Where the text of a literal block begins; undefined where its lines do not stand one by one in the file. */
function blockStart({ offset }: ScalarNode, text: string): number | undefined {
  const header = /^\|[+-]?[ \t]*(?:#.*)?\n/.exec(text.slice(offset, offset + 200));
  if (header === null) return undefined;
  const first = offset + header[0].length;
  return first + (/^ */.exec(text.slice(first, first + 200))?.[0].length ?? 0);
}

const shifted =
  (first: Position) =>
  ({ line, column }: Position): Position => ({ line: first.line + line - 1, column: first.column + column - 1 });

/** `Parameters: [{ ParameterKey, ParameterValue }]` of a stack set. */
export function stackSetParameters({ properties }: Resource): ReadonlyMap<string, Node> {
  const listed = child(properties, "Parameters");
  const items = listed?.kind === "list" ? listed.items : [];
  return new Map(
    items.flatMap((item): readonly [string, Node][] => {
      const [key, value] = [scalarText(child(item, "ParameterKey")), child(item, "ParameterValue")];
      return key === undefined || value === undefined ? [] : [[key, value]];
    }),
  );
}

/** Where its stacks are deployed, as far as there is one region and one account. */
export function stackSetPlace({ properties }: Resource, textOf: TextOf): Place {
  const groups = child(properties, "StackInstancesGroup");
  const all = groups?.kind === "list" ? groups.items : [];
  const [region, account] = [
    onlyText(
      all.map((group) => child(group, "Regions")),
      textOf,
    ),
    onlyText(
      all.map((group) => child(child(group, "DeploymentTargets"), "Accounts")),
      textOf,
    ),
  ];
  return { ...(region === undefined ? {} : { region }), ...(account === undefined ? {} : { account }) };
}

/** The only text that lists hold, which are all written out. */
function onlyText(lists: readonly (Node | undefined)[], textOf: TextOf): string | undefined {
  const items = lists.map((list) => (list?.kind === "list" ? list.items.map(textOf) : [undefined]));
  const [only, ...others] = new Set(items.flat());
  return others.length === 0 ? only : undefined;
}
