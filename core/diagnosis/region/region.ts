import type { Endpoint, Host, Infrastructure } from "../../infrastructure/model";
import { hasHole, parseEndpointServiceName } from "../../knowledge/endpoint-service-name";
import type { Declaration } from "../../program/declaration";
import { hostName, shortName } from "../../program/names";
import { at } from "../../program/read";
import { listed } from "../wording";
import { type ConsoleLink, consoleDomainOf, consoleLinksIn } from "./console-links";
import { type FlatText, flatten, referencesOf } from "./flat-text";
import { sessionCommandsIn } from "./session-commands";
import { type ProgramText, textsOf } from "./texts";

/** Two regions that should be one: in a link or command that people follow, or in an endpoint. */
export interface RegionMismatch {
  readonly place: { readonly declaration: Declaration; readonly property: string };
  /** A clause without a full stop. */
  readonly why: string;
  /** It also depends on what the program does not have, so that nothing follows from a part of the program. */
  readonly needsWholeProgram?: boolean;
}

type Mismatch = Omit<RegionMismatch, "place">;

/** Source: Systems Manager user guide, "Troubleshooting Session Manager", "Blank screen …" and "TargetNotConnected". */
export function regionMismatches(infrastructure: Infrastructure): readonly RegionMismatch[] {
  const { declarations, outputs, endpoints } = infrastructure;
  return [
    ...textsOf([...declarations, ...outputs], /\.?console\.a|start-session/).flatMap((text) =>
      inText(text, infrastructure),
    ),
    ...endpoints.flatMap(inEndpoint),
  ];
}

function inText({ declaration, property, parts }: ProgramText, program: Infrastructure): readonly RegionMismatch[] {
  const text = flatten(parts);
  const region = (words: string | undefined) => regionWritten(words, declaration);
  const against = ({ shown, piece }: { readonly shown: string; readonly piece: string }, words: string | undefined) =>
    elsewhere(shown, region(words), hostsIn(piece, text, program), program);
  const found = [
    ...consoleLinksIn(text).map((link) => inItself(link, region) ?? against(link, link.parameter ?? link.endpoint)),
    ...sessionCommandsIn(text).map((command) => against(command, command.region)),
  ];
  const distinct = new Map(found.flatMap((mismatch) => (mismatch === undefined ? [] : [[mismatch.why, mismatch]])));
  return [...distinct.values()].map((mismatch) => ({ place: { declaration, property }, ...mismatch }));
}

/** The region that stands in a text; undefined where a part of it is not known. */
function regionWritten(words: string | undefined, { region }: Declaration): string | undefined {
  if (words === "${AWS::Region}" && region.state === "known") return region.value;
  return words === undefined || hasHole(words) ? undefined : words;
}

/** A console whose endpoint and `region=` differ shows a blank screen. */
function inItself(
  { shown, domain, endpoint, parameter }: ConsoleLink,
  region: (words: string | undefined) => string | undefined,
): Mismatch | undefined {
  const [here, there] = [region(endpoint), region(parameter)];
  if (here !== undefined && there !== undefined && here !== there) {
    return { why: `${shown} leads to the console of ${here} and asks it for ${there}` };
  }
  const named = there ?? here;
  const right = named === undefined ? undefined : consoleDomainOf(named);
  if (right === undefined || right === domain) return undefined;
  return { why: `${shown} leads to ${domain}, and the console of ${named} is ${right}` };
}

/** The hosts that a piece of text names, by reference or by the id of a machine that exists. */
function hostsIn(piece: string, text: FlatText, { hosts }: Infrastructure): readonly Host[] {
  const ids = referencesOf(piece, text).map(({ id }) => id);
  const words = piece.split(/[^\w-]+/);
  return hosts.filter(
    ({ declaration }) => ids.includes(declaration.id) || declaration.physicalIds.some((id) => words.includes(id)),
  );
}

/** A link to a region in which the host, or any host where none is named, surely is not. */
function elsewhere(
  shown: string,
  region: string | undefined,
  named: readonly Host[],
  { hosts }: Infrastructure,
): Mismatch | undefined {
  if (region === undefined) return undefined;
  const concerned = named.length > 0 ? named : hosts.filter(({ outOfScope }) => outOfScope === undefined);
  const regions = concerned.map(({ declaration }) => declaration.region);
  const known = regions.flatMap((own) => (own.state === "known" ? [own.value] : []));
  if (known.length === 0 || known.length < regions.length || known.includes(region)) return undefined;
  const [first] = named;
  const who = first === undefined ? "every host of the program" : hostName(first);
  const why = `${shown} leads to ${region}, and ${who} is in ${listed([...new Set(known)], "or")}`;
  return first === undefined ? { why, needsWholeProgram: true } : { why };
}

/** Services that AWS offers within a region only. Source: AWS PrivateLink guide, "Cross-region enabled AWS services". */
const WITHIN_REGION: ReadonlySet<string> = new Set(["ssm", "ssmmessages", "ec2messages", "logs"]);

function inEndpoint({ declaration, serviceName }: Endpoint): readonly RegionMismatch[] {
  const { region } = declaration;
  if (serviceName.state !== "known" || region.state !== "known") return [];
  const name = parseEndpointServiceName(serviceName.value);
  if (name === undefined || !WITHIN_REGION.has(name.service) || hasHole(name.region)) return [];
  if (name.region === region.value || at(declaration.properties, "ServiceRegion").kind !== "absent") return [];
  const why = `endpoint ${shortName(declaration)} is for ${name.service} of ${name.region}, and its VPC and hosts are in ${region.value}`;
  return [{ place: { declaration, property: "ServiceName" }, why }];
}
