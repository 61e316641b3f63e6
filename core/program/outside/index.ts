import type { Declaration, Program, Reading } from "../declaration";
import { declare, isOutside } from "./declare";
import type { OutsideFacts } from "./facts";
import { outsideHostManagement, outsideInstanceProfile, outsideRole } from "./identity";
import { outsideImage } from "./image";
import { allowedProxy, outsideSubnet, outsideVpc, outsideVpcs, SURROUNDINGS } from "./network";

export type {
  OutsideFacts,
  OutsideImage,
  OutsideInstanceProfile,
  OutsideProxy,
  OutsideRole,
  OutsideSubnet,
  OutsideVpc,
} from "./facts";
export { declare, isOutside, outsideVpc };

export const NOTHING_OUTSIDE: OutsideFacts = { subnets: [], images: [] };

export const joinOutside = (facts: readonly OutsideFacts[]): OutsideFacts => ({
  subnets: facts.flatMap(({ subnets }) => subnets),
  images: facts.flatMap(({ images }) => images),
  vpcs: facts.flatMap(({ vpcs = [] }) => vpcs),
  roles: facts.flatMap(({ roles = [] }) => roles),
  instanceProfiles: facts.flatMap(({ instanceProfiles = [] }) => instanceProfiles),
  proxies: facts.flatMap(({ proxies = [] }) => proxies),
  ...facts.map(({ hostManagement }) => (hostManagement === undefined ? {} : { hostManagement })).find(isStated),
});

const isStated = (fact: Pick<OutsideFacts, "hostManagement">): boolean => fact.hostManagement !== undefined;

/** The same reading, every program of which also sees what is known of the world outside. */
export function withOutside(reading: Reading, facts: OutsideFacts): Reading {
  const outside = declareOutside(facts);
  return outside.length === 0 ? reading : withDeclarations(reading, () => outside);
}

/** The same reading with further declarations for each of its programs. What a program says of an id already holds. */
export function withDeclarations(reading: Reading, further: (program: Program) => readonly Declaration[]): Reading {
  const extended = (program: Program): Program => {
    const known = new Set(program.declarations.filter(isOutside).map(({ id }) => id));
    const added = further(program).filter(({ id }) => !known.has(id));
    return { ...program, declarations: [...program.declarations, ...added] };
  };
  return {
    ...reading,
    units: reading.units.map((unit) => unit.map((scenario) => ({ ...scenario, program: extended(scenario.program) }))),
  };
}

/** Facts as declarations in the normal form, which programs find by their physical ids. What is said first about an id holds. */
export function declareOutside(facts: OutsideFacts): readonly Declaration[] {
  const { subnets, images, vpcs = [], roles = [], instanceProfiles = [], proxies = [], hostManagement } = facts;
  const declarations = [
    ...(subnets.length + vpcs.length > 0 ? SURROUNDINGS : []),
    ...outsideVpcs(vpcs, subnets),
    ...subnets.flatMap(outsideSubnet),
    ...images.map(outsideImage),
    ...roles.map(outsideRole),
    ...instanceProfiles.map(outsideInstanceProfile),
    ...proxies.map(allowedProxy),
    ...(hostManagement === undefined ? [] : [outsideHostManagement(hostManagement)]),
  ];
  const byId = new Map<string, Declaration>();
  for (const declaration of declarations) if (!byId.has(declaration.id)) byId.set(declaration.id, declaration);
  return [...byId.values()];
}
