import { absent, type Fact, known, orDefault, unknown } from "../../facts/fact";
import { lazy } from "../../facts/lazy";
import type { Declaration } from "../../program/declaration";
import { asList, asNumber, asString, at } from "../../program/read";
import { NOTHING, type Value } from "../../program/value";
import { HOST_TYPES } from "../host-types";
import type { IdentityModel } from "../identity";
import type { Host, HostIdentity, Image, RootVolume } from "../model";
import type { NetworkModel } from "../network/network";
import { type ProgramIndex, push } from "../program-index";
import { readImage } from "./image";
import { instanceTags } from "./instance-tags";
import { deciding, type LaunchLayer, type LaunchLayers, pick } from "./launch-layer";
import { type Launch, launchesOf } from "./launches";
import { managedService } from "./managed-services";
import { allPlacements, placementsOf } from "./placements";
import { readUserData } from "./user-data";

export interface HostModel {
  readonly hosts: () => readonly Host[];
  host(declaration: Declaration): Host | undefined;
}

/** `network` comes as a function: routes may lead through hosts, so the two models refer to each other. */
export function hostModel(index: ProgramIndex, identity: IdentityModel, network: () => NetworkModel): HostModel {
  const hosts = lazy(() => {
    const declarations = index.ofType(...HOST_TYPES.keys());
    return new Map(declarations.map((declaration) => [declaration, buildHost(declaration)]));
  });

  const buildHost = (declaration: Declaration, launches = launchesOf(declaration, index)): Host => {
    const service = managedService(declaration, { identity, network, index });
    const every = <T>(read: (layers: LaunchLayers) => Fact<T>): Fact<T> =>
      agree(launches.map(({ layers }) => read(layers)));
    const field = (select: (layer: LaunchLayer) => Value) => (layers: LaunchLayers) => pick(layers, select);
    const userData = field((layer) => layer.userData);
    const metadata = field((layer) => layer.metadataOptions);
    const image = lazy(() =>
      imageOf(
        every((layers) => readImage(field((layer) => layer.image)(layers), index)),
        service?.image,
      ),
    );
    const tags = lazy(() => instanceTags(declaration, launches, index));
    const placements = lazy(
      () =>
        service?.placements ??
        allPlacements(launches.map((launch) => placementsOf(declaration, launch, network(), index))),
    );
    const ownIdentity = lazy(() => service?.identity ?? launchIdentity(declaration, launches, identity));
    const ownUserData = lazy(() => every((layers) => readUserData(userData(layers))));
    const variants = lazy(() =>
      launches.length < 2 ? [] : launches.map((launch) => buildHost(declaration, [launch])),
    );
    return {
      declaration,
      kind: HOST_TYPES.get(declaration.type) ?? "managedService",
      get identity() {
        return ownIdentity();
      },
      get image() {
        return image();
      },
      get userData() {
        return ownUserData();
      },
      get init() {
        return initOf(declaration, launches);
      },
      metadataOptions: {
        httpEndpoint: orDefault(
          every((layers) => asString(at(metadata(layers), "HttpEndpoint"))),
          "enabled",
        ),
        httpTokens: every((layers) => asString(at(metadata(layers), "HttpTokens"))),
      },
      get placements() {
        return placements();
      },
      get instanceTypes() {
        return instanceTypes(launches);
      },
      get rootVolume() {
        return rootVolume(declaration, launches);
      },
      get tags() {
        return tags();
      },
      get launchedFrom() {
        return launchedFrom(declaration, launches, (other) => hosts().get(other));
      },
      get launches() {
        return launchers().get(declaration) ?? [];
      },
      get variants() {
        return variants();
      },
      ...(service?.outOfScope === undefined ? {} : { outOfScope: service.outOfScope }),
    };
  };

  const launchers = lazy(() => {
    const byTemplate = new Map<Declaration, Host[]>();
    for (const host of hosts().values()) {
      const launches = launchesOf(host.declaration, index);
      // Of a host that launches in several ways only those that use the template tell of it.
      for (const [position, { layers }] of launches.entries()) {
        const launched = host.variants[position] ?? host;
        for (const source of new Set(layers.flatMap(declarationOf))) {
          if (source !== host.declaration) push(byTemplate, source, launched);
        }
      }
    }
    return byTemplate;
  });

  return { hosts: () => [...hosts().values()], host: (declaration) => hosts().get(declaration) };
}

const declarationOf = (layer: Fact<LaunchLayer>): readonly Declaration[] =>
  layer.state === "known" ? [layer.value.declaration] : [];

const INIT = "AWS::CloudFormation::Init";

/** `AWS::CloudFormation::Init` of the host, else of what it is launched from: cfn-init reads it from either. */
function initOf(declaration: Declaration, launches: readonly Launch[]): Value {
  const layers = launches.flatMap(({ layers: all }) => all.flatMap(declarationOf));
  const found = [declaration, ...layers].map((owner) => at(owner.metadata ?? NOTHING, INIT));
  return found.find((value) => value.kind !== "absent") ?? NOTHING;
}

function launchIdentity(declaration: Declaration, launches: readonly Launch[], identity: IdentityModel): HostIdentity {
  const [first] = launches;
  const layer = first === undefined ? undefined : deciding(first.layers, ({ instanceProfile }) => instanceProfile);
  const named = launches.map(({ layers }) => pick(layers, (found) => found.instanceProfile));
  const [roleInPlace, ...others] = new Set(named.map(identity.roleInPlace));
  return {
    instanceProfile: agree(named.map((value) => identity.profile(value, declaration))),
    decidedBy: layer?.declaration ?? declaration,
    property: layer?.profileProperty ?? "IamInstanceProfile",
    ...(roleInPlace === undefined || others.length > 0 ? {} : { roleInPlace }),
  };
}

/** The image the user chose, else the one that the service chooses. */
function imageOf(chosen: Fact<Image>, ofService: Fact<Image> | undefined): Fact<Image> {
  return chosen.state === "absent" && ofService !== undefined ? ofService : chosen;
}

/** Several launches agree on a fact when all say the same thing; else the fact depends on which one is used. */
function agree<T>(facts: readonly Fact<T>[]): Fact<T> {
  const [first, ...others] = facts;
  if (first === undefined) return absent();
  return others.every((other) => same(first, other))
    ? first
    : unknown("its launch templates or specifications differ in it");
}

function same<T>(left: Fact<T>, right: Fact<T>): boolean {
  if (left.state !== right.state) return false;
  if (left.state !== "known" || right.state !== "known") return true;
  return (
    left.value === right.value || (isPlain(left.value) && JSON.stringify(left.value) === JSON.stringify(right.value))
  );
}

// Entities refer to each other in circles and are compared by identity alone.
const isPlain = (value: unknown): boolean => typeof value !== "object" || value === null || !("declaration" in value);

function instanceTypes(launches: readonly Launch[]): Fact<readonly Fact<string>[]> {
  const types = launches.map(({ layers }) => asString(pick(layers, (layer) => layer.instanceType)));
  return known(types.filter((type) => type.state !== "absent"));
}

/** The volume that a `RootBlockDevice` describes, else that of the first block device mapping; the image decides where neither gives a size. */
function rootVolume(declaration: Declaration, launches: readonly Launch[]): Fact<RootVolume> {
  const [first] = launches;
  if (first === undefined) return absent();
  const decidedBy = deciding(first.layers, (layer) => layer.blockDevices)?.declaration ?? declaration;
  const named = pick(first.layers, (layer) => layer.rootBlockDevice);
  if (named.kind !== "absent") return known({ size: asNumber(at(named, "VolumeSize")), declaration: decidedBy });
  const mappings = asList(pick(first.layers, (layer) => layer.blockDevices));
  if (mappings.state === "unknown") return mappings;
  const root = mappings.state === "known" ? mappings.value[0] : undefined;
  return known({
    size: root === undefined ? absent() : asNumber(at(root, "Ebs", "VolumeSize")),
    declaration: decidedBy,
  });
}

function launchedFrom(
  declaration: Declaration,
  launches: readonly Launch[],
  hostOf: (declaration: Declaration) => Host | undefined,
): Fact<Host> {
  const sources = launches.flatMap(({ layers }) => layers).filter((layer) => layer.state !== "absent");
  for (const source of sources) {
    if (source.state === "unknown") return source;
    if (source.state !== "known" || source.value.declaration === declaration) continue;
    const host = hostOf(source.value.declaration);
    if (host !== undefined) return known(host);
  }
  return absent();
}
