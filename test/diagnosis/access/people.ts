import { accessProblems } from "../../../core/diagnosis/access/access";
import { mayStartSession } from "../../../core/diagnosis/access/start-session";
import { hostTarget } from "../../../core/diagnosis/access/target";
import { buildInfrastructure } from "../../../core/infrastructure/build";
import type { Infrastructure, Principal } from "../../../core/infrastructure/model";
import { readTemplates } from "../../../core/readers/cloudformation";

export interface Deployment {
  readonly region?: string;
  readonly account?: string;
}

/** The program of `resources`, a YAML text for each logical id. */
export function program(resources: Readonly<Record<string, string>>, deployment: Deployment = {}): Infrastructure {
  const lines = Object.entries(resources).map(([id, resource]) => `  ${id}: ${resource.replaceAll("\n", "\n    ")}`);
  const text = `Resources:\n${lines.join("\n")}\n`;
  const reading = readTemplates([{ file: "people.yaml", text, required: true, ...deployment }]);
  const scenario = reading.units[0]?.[0];
  if (scenario === undefined || reading.problems.length > 0)
    throw new Error(`${reading.problems.map(({ message }) => message).join("; ")}\n${text}`);
  return buildInfrastructure(scenario.program);
}

export interface StatementOf {
  readonly Sid?: string;
  readonly Effect?: "Allow" | "Deny";
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: unknown;
}

export const policyText = (statements: readonly StatementOf[], version: string | undefined = "2012-10-17"): string =>
  JSON.stringify({
    Version: version,
    Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })),
  });

export const resource = (type: string, properties: string): string => `{ Type: ${type}, Properties: ${properties} }`;

export const HOST = resource("AWS::EC2::Instance", "{ Tags: [{ Key: Team, Value: web }] }");

/** A user with one inline policy. */
export const userWith = (statements: readonly StatementOf[]): string =>
  resource(
    "AWS::IAM::User",
    `{ UserName: alice, Policies: [{ PolicyName: sessions, PolicyDocument: ${policyText(statements)} }] }`,
  );

export const INSTANCES = "arn:aws:ec2:*:*:instance/*";
export const SHELL = "arn:aws:ssm:*:*:document/SSM-SessionManagerRunShell";
export const OWN_SESSIONS = "arn:aws:ssm:*:*:session/${aws:userid}-*";
export const DOCUMENT_CHECK = { BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } };

/** What people need beside `ssm:StartSession`, so that nothing but that is judged. */
export const OWN: StatementOf = {
  Action: ["ssmmessages:OpenDataChannel", "ssm:ResumeSession", "ssm:TerminateSession"],
  Resource: OWN_SESSIONS,
};

/** `warning: …` or `note: …` for each problem of a kind. */
export const problemsIn = (
  infrastructure: Infrastructure,
  kind: "start-session-permission-missing" | "preferences-permission-missing" = "start-session-permission-missing",
): readonly string[] =>
  accessProblems(infrastructure)
    .filter((problem) => problem.kind === kind)
    .map(({ why, minor }) => `${minor ? "note" : "warning"}: ${why}`);

export function principalOf(infrastructure: Infrastructure, name: string): Principal {
  const principal = infrastructure.principals.find(({ declaration }) => declaration.name === name);
  if (principal === undefined) throw new Error(`no principal ${name}`);
  return principal;
}

/** Whether a principal may start a session on host `Host`. */
export function decision(infrastructure: Infrastructure, name: string, document?: string) {
  const host = infrastructure.hosts.find(({ declaration }) => declaration.name === "Host");
  if (host === undefined) throw new Error("no host");
  return mayStartSession(principalOf(infrastructure, name), hostTarget(host), infrastructure.documents, document);
}
