import type { AccessStatus } from "../diagnosis/access/start-session";
import { isCalled } from "../infrastructure/called";
import type { Reading } from "../program/declaration";
import { type AccessAnswer, accessAnswer } from "./access-answer";
import { type AssessmentOptions, assess } from "./assess";
import type { Finding, HostVerdict } from "./assessment";
import { type NotFound, notFound } from "./not-found";

/** "Does a session reach this host, and may this person start one?" */
export interface Question {
  /** Logical id, URN or the name at its end, construct path, or instance id. */
  readonly host: string;
  /** Name or ARN of a user, role, group, permission set or policy of the program. */
  readonly user?: string;
  /** The session document, where it is not the default one. */
  readonly document?: string;
}

export type Answer = HostAnswer | NotFound;

export interface HostAnswer {
  readonly kind: "answer";
  readonly host: HostVerdict;
  /** Those on the host. */
  readonly findings: readonly Finding[];
  /** Set where the question names a user. */
  readonly access?: AccessAnswer;
  /** Both together. */
  readonly session: "yes" | "no" | "unknown";
}

/** The whole chain for one host, and for one person where the question names one. Pure; programs are judged anew. */
export function answer(reading: Reading, question: Question, options: AssessmentOptions): Answer {
  const { hosts, findings } = assess(reading, options);
  const found = hosts.filter(({ declaration }) => isCalled(declaration, question.host));
  const [host, ...others] = found;
  if (host === undefined || others.length > 0) {
    const declared = hosts.map(({ declaration }) => declaration);
    return notFound("host", question.host, found, declared);
  }
  const own = findings.filter(({ resource }) => resource.id === host.declaration.id);
  const chain = { kind: "answer", host, findings: own } as const;
  if (question.user === undefined) return { ...chain, session: together(SESSIONS[host.session]) };
  const access = accessAnswer(reading, host.declaration, question.user, question.document);
  if (access.kind === "not-found") return access;
  return { ...chain, access: access.answer, session: together(SESSIONS[host.session], access.answer.status) };
}

const SESSIONS: Readonly<Record<HostVerdict["session"], AccessStatus>> = {
  ready: "pass",
  blocked: "fail",
  unknown: "unknown",
};

function together(...statuses: readonly AccessStatus[]): HostAnswer["session"] {
  if (statuses.includes("fail")) return "no";
  return statuses.includes("unknown") ? "unknown" : "yes";
}
