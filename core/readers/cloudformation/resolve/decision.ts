import { union } from "../../../facts/fact";

/** What a condition comes to. `open` names what would have to be settled for it to be decided. */
export interface Decision {
  /** Undefined where the template leaves it open. */
  readonly truth: boolean | undefined;
  /** What had to be taken for granted to decide it. */
  readonly assuming: readonly string[];
  readonly open: readonly Atom[];
}

/** A question that decides conditions: what a variable is, or whether a statement about unknown values holds. */
export type Atom = VariableAtom | StatementAtom;

export interface VariableAtom {
  readonly kind: "variable";
  /** A parameter or another unknown value, by its name and stack. */
  readonly variable: string;
  /** The text it is compared with. */
  readonly text: string;
}

export interface StatementAtom {
  readonly kind: "statement";
  readonly statement: string;
}

/** Answers to atoms that a scenario is made of. */
export interface Choices {
  readonly variables: ReadonlyMap<string, Choice>;
  readonly statements: ReadonlyMap<string, boolean>;
}

/** A variable that is one text, or something other than the texts named. */
export type Choice = { readonly is: string } | { readonly isNot: ReadonlySet<string> };

export const NO_CHOICES: Choices = { variables: new Map(), statements: new Map() };

export const decided = (truth: boolean, assuming: readonly string[] = []): Decision => ({ truth, assuming, open: [] });

export const open = (...atoms: readonly Atom[]): Decision => ({ truth: undefined, assuming: [], open: atoms });

export function not(decision: Decision): Decision {
  return decision.truth === undefined ? decision : { ...decision, truth: !decision.truth };
}

export const every = (decisions: readonly Decision[]): Decision => combine(decisions, false);

export const some = (decisions: readonly Decision[]): Decision => combine(decisions, true);

/** Some open questions are enough: when they are answered, the next ones show. Conditions made of conditions may repeat them without end. */
const MAX_ATOMS = 50;

function distinctAtoms(decisions: readonly Decision[]): readonly Atom[] {
  const atoms = new Map<string, Atom>();
  for (const atom of decisions.flatMap((decision) => decision.open)) {
    atoms.set(atom.kind === "variable" ? `${atom.variable}\n${atom.text}` : atom.statement, atom);
    if (atoms.size === MAX_ATOMS) break;
  }
  return [...atoms.values()];
}

/** One part equal to `decisive` settles the whole, the better the less it takes for granted. */
function combine(decisions: readonly Decision[], decisive: boolean): Decision {
  const settling = decisions
    .filter((decision) => decision.truth === decisive)
    .sort((left, right) => left.assuming.length - right.assuming.length);
  const [best] = settling;
  if (best !== undefined) return best;
  const undecided = decisions.filter((decision) => decision.truth === undefined);
  if (undecided.length > 0) return open(...distinctAtoms(undecided));
  return decided(!decisive, decisions.map((decision) => decision.assuming).reduce(union, []));
}
