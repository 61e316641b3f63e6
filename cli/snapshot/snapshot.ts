import { assess } from "../../core/assessment/assess";
import type { Assessment } from "../../core/assessment/assessment";
import { lackingIn } from "../../core/assessment/lacking";
import { configuredOptions } from "../../core/configuration/apply";
import { withFacts } from "../../core/facts-file/declare-facts";
import type { DeclarationHead } from "../../core/program/declaration";
import { withOutside } from "../../core/program/outside";
import { problemLine } from "../../core/report/text";
import { RULES } from "../../core/rules";
import type { FoundSettings } from "../check";
import { readInputs } from "../read-inputs";
import type { SnapshotArguments } from "./arguments";
import type { Aws } from "./aws";
import { factsStore } from "./facts-store";
import { interview } from "./interview";
import type { Progress } from "./progress";
import { reportOf } from "./report";

export interface SnapshotResult {
  /** For stdout. */
  readonly report: string;
  /** For stderr. */
  readonly messages: readonly string[];
  readonly status: 0 | 2;
}

export interface Surroundings {
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly progress: Progress;
}

/** Asks AWS for what verdicts lack, judges again with the answers, and so on until nothing is lacking that AWS could tell. */
export async function snapshot(
  options: SnapshotArguments,
  aws: Aws,
  found: FoundSettings,
  { today, progress }: Surroundings,
): Promise<SnapshotResult> {
  // Facts that cannot be read must not be written over, and settings may say what is lacking.
  if (found.problems.length > 0) return { report: "", messages: found.problems.map(problemLine), status: 2 };
  const inputs = await readInputs({ ...options, region: undefined }, found.configuration);
  const { file, facts } = found.facts;
  const { account } = aws.caller;
  const store = factsStore(facts, { file, account, region: aws.region, today, trusting: !options.refresh });
  const assessing = { ...configuredOptions(found.configuration), rules: RULES, today };
  const isHere = (host: DeclarationHead): boolean => isIn(host, "region", aws.region) && isIn(host, "account", account);
  const questions = interview(aws, store, progress);
  // Facts by hand or from a look-up decide who is asked for; what AWS says then is more, and takes their place.
  const program = () => withFacts(inputs.program, store.known(), file);
  const judge = (): Assessment => assess(withOutside(program(), inputs.outside), assessing);
  const first = judge();
  let assessment = first;
  while (await questions.ask(lackingIn(program(), assessment, assessing, isHere))) assessment = judge();
  progress.stop();
  const failures = [...inputs.problems.map(problemLine), ...questions.failures()];
  if (options.refresh && failures.length === 0) store.dropOthers();
  const undecided = [first, assessment].map(({ hosts }) =>
    hosts.filter(({ session, declaration }) => session === "unknown" && isHere(declaration)),
  );
  return {
    report: reportOf({
      place: `account ${account}, ${aws.region}`,
      counts: questions.counts(),
      undecided: undecided.map(({ length }) => length),
      file,
      hasChanged: store.hasChanged(),
    }),
    messages: [...failures, ...questions.notes().map((note) => `note: ${note}`)],
    status: failures.length > 0 ? 2 : 0,
  };
}

/** A host of which the place is not known may be in any. */
const isIn = (host: DeclarationHead, what: "region" | "account", name: string): boolean =>
  host[what].state !== "known" || host[what].value === name;
