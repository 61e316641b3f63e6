import type { Assessment, Finding, HostVerdict, LinkVerdict } from "../../core/assessment/assessment";
import type { DeclarationHead } from "../../core/program/declaration";
import { declaration } from "../support/model";

const link = (status: LinkVerdict["status"], reason: string): LinkVerdict => ({
  status,
  reason,
  ...(status === "unknown" ? { missing: "what image ami-1 is" } : {}),
  chain: [{ text: reason, status: status === "pass" ? "ok" : status === "fail" ? "broken" : "unknown" }],
});

const GROUP = resource("EndpointGroup", 5);

/** Hosts as a loop in a program makes them: half of them blocked by one closed group and without a profile each, half not known. */
export function manyHosts(count: number): Assessment {
  const hosts = Array.from({ length: count }, (_, index) => verdict(`Host${index}`, 10 + index, index % 2 === 0));
  return {
    hosts,
    findings: hosts.filter(({ session }) => session === "blocked").flatMap(({ declaration: host }) => findingsOf(host)),
    notJudged: [],
    problems: [],
  };
}

function resource(name: string, line: number): DeclarationHead {
  return declaration("AWS::EC2::Instance", name, {
    id: `many.yaml#${name}`,
    file: "many.yaml",
    position: { line, column: 3 },
  });
}

const verdict = (name: string, line: number, isBlocked: boolean): HostVerdict => ({
  declaration: resource(name, line),
  session: isBlocked ? "blocked" : "unknown",
  links: {
    instanceProfile: isBlocked ? link("fail", `instance ${name} has no instance profile`) : link("pass", "it has one"),
    permissions: link("pass", "role Role grants what a session needs"),
    agent: isBlocked
      ? link("pass", "the image carries the agent")
      : link("unknown", `the image of ${name} is not known`),
    network: isBlocked ? link("fail", "security group EndpointGroup is closed") : link("pass", "ssm is reached"),
    preferences: link("pass", "the program sets no session preferences"),
  },
});

const findingsOf = (host: DeclarationHead): readonly Finding[] => [
  finding("endpoint-unreachable", host, GROUP, "security group EndpointGroup is closed"),
  finding("instance-profile-missing", host, host, `instance ${host.name} has no instance profile`),
];

const finding = (rule: string, host: DeclarationHead, place: DeclarationHead, message: string): Finding => ({
  rule,
  level: "error",
  resource: host,
  place,
  message,
  why: "No session opens.",
  fix: "Mend it.",
  docs: `docs/rules/${rule}.md`,
  suppressed: null,
});
