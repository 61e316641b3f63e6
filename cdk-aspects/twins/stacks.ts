import type { Assessment } from "../../core/assessment/assessment";
import type { DeclarationHead } from "../../core/program/declaration";
import type { Position } from "../../core/program/value";
import type { TemplateInput } from "../../core/readers/cloudformation";
import { Naming, saidOfTwins } from "./naming";
import { SELECTS_BY_NAME } from "./written";

/** One of the stacks that differ in nothing but names. */
interface StackTwin {
  readonly file: string;
  readonly stackName: string;
  /** What its construct paths begin with: the id of the stack, or of the stage that it is in. */
  readonly root: string;
}

export interface FoldedStacks {
  /** One template of each group of twins, with {@link ROOT} in the place of its root, and those that have no twin. */
  readonly inputs: readonly TemplateInput[];
  /** By the file of the template that is left, which is that of the first. */
  readonly groups: ReadonlyMap<string, readonly StackTwin[]>;
}

/**
 * The control character PRIVATE USE ONE, which stands in no template. The engine keeps a text with a character beyond Latin-1 in
 * twice the memory.
 */
const ROOT = "\u0091";

/**
 * Leaves one of the stacks that differ in nothing but names. An app that deploys one stack many times has them, and what holds
 * for the hosts of one holds for those of all.
 */
export function foldStacks(inputs: readonly TemplateInput[]): FoldedStacks {
  const groups = new Map<string, readonly StackTwin[]>();
  if (inputs.length < 2) return { inputs, groups };
  const distinct = alikeAmong(inputs);
  if (distinct.some(({ text }) => TAKES_OUTPUTS.test(text))) return { inputs, groups };
  const left = distinct.flatMap(({ text, inputs: alike, twins }): readonly TemplateInput[] => {
    const [first] = alike;
    if (first === undefined || twins.length < 2 || standsApart(text)) return alike;
    groups.set(first.file, twins);
    return [{ ...first, text }];
  });
  return { inputs: left, groups };
}

/** By the name of a stack, which may be any of them. */
const TAKES_OUTPUTS = /Fn::GetStackOutput/;

/** What depends on the name of a stack, is joined with another template, is rewritten at deployment, or counts by itself. */
const BOUND = /AWS::Stack|"Export"|ImportValue|Transform"|TemplateBody|TemplateURL|"ssm-preflight"/;

const standsApart = (text: string): boolean =>
  BOUND.test(text) || SELECTS_BY_NAME.test(text) || countOf(NAME, text) < countOf(MARK, text);

const FIRST_PATH = /"aws:cdk:path": ?"([^"\\/]+)\//;

const MARK = new RegExp(ROOT, "g");

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
    const place = twin === undefined ? input.file : `${input.region} ${input.account}`;
    const known = found.find((other) => other.text === text && other.place === place);
    const alike = known ?? { text, place, inputs: [], twins: [] };
    if (known === undefined) found.push(alike);
    alike.inputs.push(input);
    if (twin !== undefined) alike.twins.push(twin);
  }
  return found;
}

function twinOf({ file, stackName, text, constructPaths, nested, parameters }: TemplateInput): StackTwin | undefined {
  const [, root] = FIRST_PATH.exec(text) ?? [];
  const isPlain = constructPaths === undefined && nested === undefined && parameters === undefined;
  return root === undefined || stackName === undefined || !isPlain ? undefined : { file, stackName, root };
}

/**
 * What is said of the templates that are left, said of every twin.
 *
 * @param assessment without problems, which are not said of the others
 */
export function unfoldStacks(assessment: Assessment, groups: FoldedStacks["groups"]): Assessment {
  const namings = new Map(
    [...groups].map(([file, twins]) => [file, twins.map((twin) => new StackNaming(twin, file))] as const),
  );
  return saidOfTwins(assessment, ({ file = "" }) => namings.get(file) ?? []);
}

class StackNaming extends Naming {
  /** @param left file of the template that was judged */
  constructor(
    private readonly twin: StackTwin,
    private readonly left: string,
  ) {
    super();
  }

  protected text(text: string): string {
    return text.replaceAll(ROOT, this.twin.root);
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
