import { partitionOfRegion } from "../../knowledge/partitions";
import { type FlatText, written } from "./flat-text";

/** Domains of the console, by partition. Source: AWS General Reference, "AWS Management Console endpoints" of each partition. */
const DOMAINS: Readonly<Record<string, string>> = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

/** A link to Session Manager, or to "Connect" of EC2, in the console. Regions are written as they stand in the text. */
export interface ConsoleLink {
  /** As written, holes as `${…}`. */
  readonly shown: string;
  /** The text of it, to find what it refers to. */
  readonly piece: string;
  readonly domain: string;
  /** Of the host name, `us-west-2` in `us-west-2.console.aws.amazon.com`; undefined for the global one. */
  readonly endpoint: string | undefined;
  /** Of `region=`. */
  readonly parameter: string | undefined;
}

const URL_TEXT = /https:\/\/[^\s"'<>`\\|^{}]+/gi;
const TRAILING = /[).,;:!?\]]+$/;

export const consoleLinksIn = (text: FlatText): readonly ConsoleLink[] =>
  (text.text.match(URL_TEXT) ?? []).flatMap((piece) => readLink(piece.replace(TRAILING, ""), text) ?? []);

function readLink(piece: string, text: FlatText): ConsoleLink | undefined {
  if (!URL.canParse(piece)) return undefined;
  const url = new URL(piece);
  const domain = Object.values(DOMAINS).find((name) => isWithin(url.hostname, name));
  if (domain === undefined || !leadsToSessions(url)) return undefined;
  const labels = url.hostname
    .slice(0, -domain.length)
    .split(".")
    .filter((label) => label !== "");
  const inWords = (region: string | null | undefined): string | undefined =>
    region ? written(region, text) : undefined;
  return {
    shown: written(piece, text),
    piece,
    domain,
    endpoint: inWords(labels.at(-1)),
    parameter: inWords(url.searchParams.get("region")),
  };
}

const isWithin = (hostname: string, domain: string): boolean => hostname === domain || hostname.endsWith(`.${domain}`);

const leadsToSessions = ({ pathname, hash }: URL): boolean =>
  pathname.startsWith("/systems-manager/") || (pathname.startsWith("/ec2/") && hash.startsWith("#ConnectToInstance"));

/** The console's domain for a region; undefined where that is not known. */
export const consoleDomainOf = (region: string): string | undefined => {
  const partition = partitionOfRegion(region);
  return partition === undefined ? undefined : DOMAINS[partition.name];
};
