import type { Assessment } from "../../core/assessment/assessment";
import type { DeclarationHead } from "../../core/program/declaration";
import type { Position } from "../../core/program/value";
import type { ConstructPaths, TemplateInput } from "../../core/readers/cloudformation";
import { StackConstructs } from "../stack-constructs";
import { Naming, namesNoOther, saidOfTwins } from "./naming";
import { SELECTS_BY_NAME } from "./written";

/** One of the stacks that differ in nothing but names. */
interface StackTwin {
  readonly file: string;
  readonly stackName: string;
  /** What its construct paths begin with: the id of the stack, or of the stage that it is in. */
  readonly root: string;
  /** The rest of the stack's own path, where the template does not tell it. */
  readonly below: string;
}

interface StackGroup {
  /** What stands in the place of the root in the template that is left. */
  readonly mark: string;
  readonly twins: readonly StackTwin[];
}

export interface FoldedStacks {
  /** One template of each group of twins, with the group's mark in it, and those that have no twin. */
  readonly inputs: readonly TemplateInput[];
  /** By the file of the template that is left, which is that of the first. */
  readonly groups: ReadonlyMap<string, StackGroup>;
}

/**
 * The control character PRIVATE USE ONE, which stands in no template. The engine keeps a text with a character beyond Latin-1 in
 * twice the memory.
 */
const ROOT = "\u0091";

const MARK = new RegExp(`${ROOT}\\d+${ROOT}`, "g");

/**
 * Leaves one of the stacks that differ in nothing but names. An app that deploys one stack many times has them, and what holds
 * for the hosts of one holds for those of all.
 */
export function foldStacks(inputs: readonly TemplateInput[]): FoldedStacks {
  const groups = new Map<string, StackGroup>();
  if (inputs.length < 2) return { inputs, groups };
  const distinct = alikeAmong(inputs);
  if (distinct.some(({ text }) => TAKES_OUTPUTS.test(text))) return { inputs, groups };
  const left = distinct.flatMap(({ text, inputs: alike, twins }): readonly TemplateInput[] => {
    const [first] = alike;
    if (first === undefined || twins.length < 2 || standsApart(text)) return alike;
    const mark = ROOT + groups.size + ROOT;
    groups.set(first.file, { mark, twins });
    const { constructPaths: paths } = first;
    const constructPaths = paths === undefined ? {} : { constructPaths: markedPaths(paths, mark) };
    return [{ ...first, text: text.replaceAll(ROOT, mark), ...constructPaths }];
  });
  return { inputs: left, groups };
}

/** By the name of a stack, which may be any of them. */
const TAKES_OUTPUTS = /Fn::GetStackOutput/;

/** What depends on the name of a stack, is joined with another template, is rewritten at deployment, or counts by itself. */
const BOUND = /AWS::Stack|"Export"|ImportValue|Transform"|TemplateBody|TemplateURL|"ssm-preflight"/;

const standsApart = (text: string): boolean =>
  BOUND.test(text) || SELECTS_BY_NAME.test(text) || countOf(NAME, text) < countOf(ANYTHING, text);

const FIRST_PATH = /"aws:cdk:path": ?"([^"\\/]+)\//;

const ANYTHING = new RegExp(ROOT, "g");

/** Where what begins with the root is no more than part of a name. */
const NAME = new RegExp(`"(?:aws:cdk:path|GroupDescription|Description|Key": ?"Name",\\s*"Value)": ?"${ROOT}/`, "g");

const countOf = (pattern: RegExp, text: string): number => text.match(pattern)?.length ?? 0;

/** Templates that differ in nothing but the root of their stack, which is part of names. */
interface Alike {
  /** With {@link ROOT} where a text begins with the root. */
  readonly text: string;
  readonly place: string;
  readonly inputs: TemplateInput[];
  /** Of each input; none where more than the text tells of the stack. */
  readonly twins: StackTwin[];
}

/** In the order of the first of each. */
function alikeAmong(inputs: readonly TemplateInput[]): readonly Alike[] {
  const found: Alike[] = [];
  for (const input of inputs) {
    const twin = twinOf(input);
    // Only one text of many is kept: the engine copies each that is, again and again.
    const text = twin === undefined ? input.text : input.text.replaceAll(`"${twin.root}/`, `"${ROOT}/`);
    const place = twin === undefined ? input.file : `${input.region} ${input.account} ${twin.below}`;
    const known = found.find((other) => other.text === text && other.place === place);
    const alike = known ?? { text, place, inputs: [], twins: [] };
    if (known === undefined) found.push(alike);
    alike.inputs.push(input);
    if (twin !== undefined) alike.twins.push(twin);
  }
  return found;
}

function twinOf(input: TemplateInput): StackTwin | undefined {
  const { file, stackName, nested, parameters } = input;
  const path = pathOf(input);
  if (path === undefined || stackName === undefined || nested !== undefined || parameters !== undefined)
    return undefined;
  const [root = "", ...below] = path.split("/");
  return root === "" ? undefined : { file, stackName, root, below: below.join("/") };
}

/** Of a stack in the construct tree, or how it begins, where the template has the paths of all. Undefined where something is exempt. */
function pathOf({ text, constructPaths }: TemplateInput): string | undefined {
  if (constructPaths === undefined) return FIRST_PATH.exec(text)?.[1];
  return constructPaths instanceof StackConstructs && !constructPaths.hasExemptions ? constructPaths.path : undefined;
}

/** With a mark in the place of the root. */
const markedPaths = (paths: ConstructPaths, mark: string): ConstructPaths => ({
  get: (logicalId) => {
    const construct = paths.get(logicalId);
    return construct && { ...construct, path: mark + construct.path.slice(construct.path.indexOf("/")) };
  },
});

/**
 * What is said of the templates that are left, said of every twin. Undefined where that would be wrong: where one of them is named
 * in what is said of a resource of another stack.
 *
 * @param assessment without problems, which are not said of the others
 */
export function unfoldStacks(assessment: Assessment, groups: FoldedStacks["groups"]): Assessment | undefined {
  if (groups.size === 0) return assessment;
  const files = [...groups.keys()];
  const staysWithin = ({ file = "" }: DeclarationHead, text: string): boolean =>
    [...text.matchAll(MARK)].every(([mark]) => mark === groups.get(file)?.mark) &&
    files.every((left) => left === file || !text.startsWith(`${left}#`));
  if (!namesNoOther(assessment, staysWithin)) return undefined;
  const namings = new Map(
    [...groups].map(
      ([left, { mark, twins }]) => [left, twins.map((twin) => new StackNaming(twin, left, mark))] as const,
    ),
  );
  return saidOfTwins(assessment, ({ file = "" }) => namings.get(file) ?? []);
}

class StackNaming extends Naming {
  /** @param left file of the template that was judged */
  constructor(
    private readonly twin: StackTwin,
    private readonly left: string,
    private readonly mark: string,
  ) {
    super();
  }

  protected text(text: string): string {
    return text.replaceAll(this.mark, this.twin.root);
  }

  protected position(position: Position): Position {
    return position;
  }

  protected named(head: DeclarationHead): DeclarationHead {
    if (head.file !== this.left) return head;
    const { file, stackName } = this.twin;
    return {
      ...head,
      id: file + head.id.slice(this.left.length),
      file,
      stack: stackName,
      ...(head.constructPath === undefined ? {} : { constructPath: this.text(head.constructPath) }),
    };
  }
}
