import { diagnose, type LinkName } from "../diagnosis/diagnose";
import type { DiagnosisOptions } from "../diagnosis/problems";
import { buildInfrastructure } from "../infrastructure/build";
import type { Host } from "../infrastructure/model";
import type { OnMissing } from "../infrastructure/program-index";
import type { DeclarationHead, Reading, Scenario } from "../program/declaration";
import { HOST_MANAGEMENT_SETTING } from "../program/normal-form";
import type { Assessment, LinkVerdict } from "./assessment";

/** Something outside of a program that a verdict looked for by its name and did not find. */
export interface Lacking {
  /** In the normal form: `AWS::EC2::Subnet`. */
  readonly type: string;
  /** What it is called: an id, or a name behind its ARN where that is known. */
  readonly names: readonly string[];
}

/** What is looked for on behalf of which links. */
const LOOKED_FOR: readonly { readonly links: readonly LinkName[]; readonly types: readonly string[] }[] = [
  { links: ["agent"], types: ["SsmPreflight::OutsideImage"] },
  {
    links: ["network", "preferences"],
    types: [
      "AWS::EC2::Subnet",
      "AWS::EC2::VPC",
      "AWS::EC2::SecurityGroup",
      "AWS::EC2::RouteTable",
      "AWS::EC2::NatGateway",
    ],
  },
  {
    links: ["instanceProfile", "permissions", "preferences"],
    types: ["AWS::IAM::InstanceProfile", "AWS::IAM::Role", "AWS::IAM::ManagedPolicy"],
  },
];

/**
 * What the verdicts of an assessment lacked. `reading` is what was assessed, without facts that are to be asked for again:
 * the same hosts are judged once more for the links that were not known, and what they look for in vain is noted.
 */
export function lackingIn(
  reading: Reading,
  { hosts }: Assessment,
  options: DiagnosisOptions,
  isHere: (host: DeclarationHead) => boolean,
): readonly Lacking[] {
  const found = new Map<string, Lacking>();
  const note = (type: string, names: readonly string[]) => found.set(`${type} ${names.join(" ")}`, { type, names });
  for (const { links, types } of LOOKED_FOR) {
    const open = hosts.filter((host) => links.some((link) => host.links[link].status === "unknown"));
    const ids = new Set(
      open
        .map(({ declaration }) => declaration)
        .filter(isHere)
        .map(({ id }) => id),
    );
    if (ids.size === 0) continue;
    const onMissing: OnMissing = (names, [type = ""]) => {
      if (types.includes(type)) note(type, names);
    };
    for (const scenario of reading.units.flat()) look(scenario, options, ids, onMissing);
  }
  // Systems Manager manages a host without a profile, or with one that may not register, where the account lets it.
  const refused = hosts.filter(({ links }) => [links.instanceProfile, links.permissions].some(isFailure));
  if (refused.some(({ declaration }) => isHere(declaration))) {
    note("SsmPreflight::ServiceSetting", [HOST_MANAGEMENT_SETTING]);
  }
  return [...found.values()];
}

const isFailure = ({ status }: LinkVerdict): boolean => status === "fail";

function look({ program, hosts }: Scenario, options: DiagnosisOptions, ids: ReadonlySet<string>, onMissing: OnMissing) {
  const judges = ({ declaration: { id } }: Host) => ids.has(id) && (hosts?.has(id) ?? true);
  diagnose(buildInfrastructure(program, onMissing), options, judges);
}
