import { diagnoseNetwork } from "../../core/diagnosis/network/network";
import type { NetworkProblem } from "../../core/diagnosis/problems";
import { problemsOf, type Verdict } from "../../core/diagnosis/verdict";
import type { Host } from "../../core/infrastructure/model";
import { World } from "./network";

/** One line of a table: a situation, what is to be said of the host it ends in, and how to build it. */
export type HostRow = readonly [
  title: string,
  status: Verdict<NetworkProblem>["status"],
  build: (world: World) => Host,
  /** Kinds of the problems of a failure, in order; words of the reason of any other verdict. */
  ...details: readonly string[],
];

export function testVerdicts(rows: readonly HostRow[]): void {
  const cases = rows.map(([title, status, build, ...details]) => ({ title, status, build, details }));
  test.each(cases)("$title: $status", ({ status, build, details }) => {
    const world = new World();
    const verdict = diagnoseNetwork(build(world), world.infrastructure);
    expect({ status: verdict.status, reason: verdict.reason }).toEqual({ status, reason: expect.any(String) });
    if (verdict.status === "fail") expect(problemsOf(verdict).map(({ kind }) => kind)).toEqual(details);
    else for (const words of details) expect(verdict.reason).toContain(words);
  });
}
