import { is } from "../../facts/fact";
import type { Host, Infrastructure } from "../../infrastructure/model";
import type { Declaration } from "../../program/declaration";
import { asList, asString, at, referencesIn } from "../../program/read";
import type { Value } from "../../program/value";
import type { Remark } from "../problems";

/** GiB from which a root volume is taken to have room; the images of AWS come with 8 (Linux) or 30 (Windows). */
export const ROOMY = 20;

/** Metrics of the CloudWatch agent and of CloudWatch itself that tell how full a disk is. */
const DISK_METRICS: ReadonlySet<string> = new Set([
  "disk_used_percent",
  "disk_free",
  "disk_used",
  "disk_inodes_free",
  "LogicalDisk % Free Space",
  "FreeStorageSpace",
  "DiskSpaceUtilization",
]);

/** A full root volume leaves sessions blank. Source: Systems Manager user guide, "Blank screen displays after starting a session". */
export function rootVolumeRemarks(
  infrastructure: Infrastructure,
  minimumSize: number,
): (host: Host) => readonly Remark[] {
  const alarms = infrastructure.declarations.filter(({ type }) => type === "AWS::CloudWatch::Alarm");
  const watched = alarms.filter(watchesDisk).map(watchedBy);
  const all = watched.includes(undefined);
  const named = new Set(watched.flatMap((ids) => ids ?? []));
  return (host) => {
    if (all || named.has(host.declaration.id) || host.rootVolume.state !== "known") return [];
    const { size, declaration } = host.rootVolume.value;
    if (size.state === "unknown" || (size.state === "known" && size.value >= minimumSize)) return [];
    const volume = size.state === "known" ? `a root volume of ${size.value} GiB` : "the root volume of its image";
    return [
      {
        kind: "root-volume-unwatched",
        place: { declaration, property: "BlockDeviceMappings" },
        why: `it has ${volume}, and no CloudWatch alarm of the program watches how full a disk is`,
      },
    ];
  };
}

function watchesDisk({ properties }: Declaration): boolean {
  const queries = asList(at(properties, "Metrics"));
  const names =
    queries.state === "known" ? queries.value.map((query) => at(query, "MetricStat", "Metric", "MetricName")) : [];
  return [at(properties, "MetricName"), ...names].some(isDiskMetric);
}

// A metric whose name is not known may be of a disk.
function isDiskMetric(value: Value): boolean {
  const name = asString(value);
  return name.state === "unknown" || (name.state === "known" && DISK_METRICS.has(name.value));
}

/** Ids of the instances that an alarm names; undefined where it may watch any host. */
function watchedBy({ properties }: Declaration): readonly string[] | undefined {
  const dimensions = asList(at(properties, "Dimensions"));
  if (dimensions.state !== "known") return undefined;
  const instance = dimensions.value.find((dimension) => is(asString(at(dimension, "Name")), "InstanceId"));
  if (instance === undefined) return undefined;
  const references = referencesIn(at(instance, "Value"));
  return references.length === 0 ? undefined : references.map(({ id }) => id);
}
