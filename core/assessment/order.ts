import type { DeclarationHead, ReadingProblem } from "../program/declaration";
import { type Finding, type HostVerdict, LEVELS } from "./assessment";

const text = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** By file, stack, line and id, which no two resources share. */
export function comparePlaces(left: DeclarationHead, right: DeclarationHead): number {
  return (
    text(left.file ?? "", right.file ?? "") ||
    text(left.stack, right.stack) ||
    (left.position?.line ?? 0) - (right.position?.line ?? 0) ||
    text(left.id, right.id)
  );
}

export const compareHosts = (left: HostVerdict, right: HostVerdict): number =>
  comparePlaces(left.declaration, right.declaration);

/** By resource, worst first, so that what belongs together stands together whatever order rules ran in. */
export const compareFindings = (left: Finding, right: Finding): number =>
  comparePlaces(left.resource, right.resource) ||
  LEVELS.indexOf(right.level) - LEVELS.indexOf(left.level) ||
  text(left.rule, right.rule) ||
  text(left.message, right.message);

export const compareProblems = (left: ReadingProblem, right: ReadingProblem): number =>
  text(left.file ?? "", right.file ?? "") ||
  (left.position?.line ?? 0) - (right.position?.line ?? 0) ||
  (left.position?.column ?? 0) - (right.position?.column ?? 0) ||
  text(left.message, right.message);
