import type { Assessment } from "../../core/assessment/assessment";
import type { DeclarationHead } from "../../core/program/declaration";
import type { Position } from "../../core/program/value";
import type { TemplateInput } from "../../core/readers/cloudformation";
import { groupBy } from "../../core/readers/cloudformation/group";
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
  if (inputs.length < 2 || inputs.some(({ text }) => TAKES_OUTPUTS.test(text))) return { inputs, groups };
  const left = alikeAmong(inputs).flatMap((alike): readonly TemplateInput[] => {
    const [first] = alike;
    const twins = alike.flatMap(({ twin }) => twin ?? []);
    if (first === undefined || twins.length < 2 || standsApart(first.text)) return alike.map(({ input }) => input);
    groups.set(first.input.file, twins);
    return [{ ...first.input, text: first.text }];
  });
  return { inputs: left, groups };
}

/** By the name of a stack, which may be any of them. */
const TAKES_OUTPUTS = /Fn::GetStackOutput/;

/** What depends on the name of a stack, is joined with another template, is rewritten at deployment, or counts by itself. */
const BOUND = /AWS::Stack|"Export"|ImportValue|Transform"|TemplateBody|TemplateURL|"ssm-preflight"/;

const standsApart = (text: string): boolean => BOUND.test(text) || SELECTS_BY_NAME.test(text);

interface Marked {
  readonly input: TemplateInput;
  /** With {@link ROOT} where its root is no more than part of a name. */
  readonly text: string;
  /** Left out where more than the text tells of the stack. */
  readonly twin?: StackTwin;
}

const FIRST_PATH = /"aws:cdk:path": ?"([^"\\/]+)\//;

const NAMES = /"(?:aws:cdk:path|GroupDescription|Description|Key": ?"Name",\s*"Value)": ?"([^"\\/]+)(?=\/)/g;

function marked(input: TemplateInput): Marked {
  const { file, stackName, text, constructPaths, nested, parameters } = input;
  const [, root] = FIRST_PATH.exec(text) ?? [];
  const isPlain = constructPaths === undefined && nested === undefined && parameters === undefined;
  if (root === undefined || stackName === undefined || !isPlain) return { input, text };
  const withoutRoot = text.replaceAll(NAMES, (all, begin: string) =>
    begin === root ? all.slice(0, -root.length) + ROOT : all,
  );
  return { input, text: withoutRoot, twin: { file, stackName, root } };
}

/** Those with the same text in the same place, in the order of the first of each. */
const alikeAmong = (inputs: readonly TemplateInput[]): readonly (readonly Marked[])[] =>
  [...groupBy(inputs.map(marked), ({ text }) => text).values()].flatMap((alike) => [
    ...groupBy(alike, placeOf).values(),
  ]);

const placeOf = ({ input, twin }: Marked): string =>
  twin === undefined ? input.file : `${input.region} ${input.account}`;

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
