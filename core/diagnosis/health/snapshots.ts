import { assumptionsOf, type Fact, is, isNot, known, union, unknown } from "../../facts/fact";
import type { Association, Host, Infrastructure } from "../../infrastructure/model";
import { lastSegment } from "../../program/last-segment";
import { shortName } from "../../program/names";
import { recogniseHostImage } from "../agent/host-image";
import { customResourceDoubts } from "../custom-resources";
import { snapshotPermissions } from "../identity/host-permissions";
import type { NetworkDiagnosis } from "../network/network";
import type { Use } from "../network/use";
import type { Remark } from "../problems";
import { problemsOf, type Verdict } from "../verdict";
import { withAssumptions } from "../wording";

/**
 * Documents that make snapshots with VSS and have the host call EC2 for it. With `AWSEC2-ManageVssIO` whoever runs the
 * command calls EC2.
 * Sources: EC2 user guide, "Use Systems Manager command documents to create VSS based snapshots" and "Create a VSS
 * application-consistent snapshot".
 */
const SNAPSHOT_DOCUMENTS: readonly string[] = ["AWSEC2-VssInstallAndSnapshot", "AWSEC2-CreateVssSnapshot"];

const SNAPSHOTS: Use = {
  service: "ec2",
  on: () => "",
  permissions: (place) => ({ required: snapshotPermissions(place), otherwise: [] }),
  owner: "caller",
};

/**
 * Snapshots with VSS that fail because the host has no way to EC2, or may. That commands do not reach a host at all is
 * told of its network.
 * Source: Systems Manager user guide, "Creating VPC endpoints for Systems Manager".
 */
export function snapshotRemarks(
  infrastructure: Infrastructure,
  network: NetworkDiagnosis,
): (host: Host) => readonly Remark[] {
  const associations = infrastructure.associations.filter(makesSnapshots);
  if (associations.length === 0) return () => [];
  const unlessMended = customResourceDoubts(infrastructure);
  return (host) => {
    const order = orderFor(host, associations);
    if (order === undefined) return [];
    const windows = runsWindows(host);
    if (isNot(windows, true)) return [];
    if (unlessMended(host, "network", network.host(host)).status === "fail") return [];
    const reached = unlessMended(host, "network", network.reaches(host, SNAPSHOTS));
    return judge({ ...order, windows, host, reached });
  };
}

const makesSnapshots = ({ documentName }: Association): boolean =>
  documentName.state === "known" && SNAPSHOT_DOCUMENTS.includes(lastSegment(documentName.value));

/** What makes snapshots of a host, or may. */
interface Order {
  readonly association: Association;
  readonly covers: Fact<boolean>;
}

/** One that surely covers the host comes before one that may. */
function orderFor(host: Host, associations: readonly Association[]): Order | undefined {
  const orders = associations.map((association) => ({ association, covers: association.covers(host) }));
  return orders.find(({ covers }) => is(covers, true)) ?? orders.find(({ covers }) => covers.state === "unknown");
}

/** Families with images of more than one system. */
const MIXED_FAMILIES: readonly string[] = [
  "AWS Marketplace product",
  "Deep Learning AMI",
  "Elastic Beanstalk platform",
];

function runsWindows({ image }: Host): Fact<boolean> {
  if (image.state !== "known") return unknown(image.state === "unknown" ? image.reason : "the program names no image");
  const { family, name } = recogniseHostImage(image.value);
  return family === "unrecognised" || MIXED_FAMILIES.includes(family)
    ? unknown(`${name} does not tell`)
    : known(family.startsWith("Windows"), image.assuming);
}

interface Case extends Order {
  readonly windows: Fact<boolean>;
  readonly host: Host;
  readonly reached: Verdict<Remark["place"]>;
}

function judge({ association, covers, windows, host, reached }: Case): readonly Remark[] {
  // What may concern the host and may work is not worth a word.
  if (reached.status === "pass" || (reached.status === "unknown" && covers.state === "unknown")) return [];
  const name = shortName(association.declaration);
  const way = reached.status === "fail" ? "it has no way there" : "whether it has a way there is not known";
  const grounds = [association.declaration.assuming, assumptionsOf(covers), assumptionsOf(windows)];
  const assuming = grounds.reduce(union, reached.status === "fail" ? reached.assuming : []);
  const why = `${name} has the host make snapshots with VSS, for which it calls EC2, and ${way}: ${reached.reason}`;
  const doubts = [
    ...(covers.state === "unknown" ? [`whether ${name} covers the host is not known: ${covers.reason}`] : []),
    ...(windows.state === "unknown" ? [`whether the host runs Windows is not known: ${windows.reason}`] : []),
  ];
  const isCertain = reached.status === "fail" && doubts.length === 0;
  const [place = { declaration: host.declaration }] = problemsOf(reached);
  return [
    {
      kind: isCertain ? "ec2-endpoint-missing" : "ec2-endpoint-maybe-missing",
      place,
      why: [withAssumptions(why, assuming), ...doubts].join("; "),
    },
  ];
}
