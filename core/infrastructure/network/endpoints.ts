import { chain, type Fact, known, map, orDefault, unknown } from "../../facts/fact";
import { lazy, memoize } from "../../facts/lazy";
import type { Declaration } from "../../program/declaration";
import { asBoolean, asString, asText, at, showText } from "../../program/read";
import { shortName } from "../../program/short-name";
import type { Value } from "../../program/value";
import type { Endpoint, RouteTable, SecurityGroup, Subnet, Vpc } from "../model";
import { readPolicyDocument } from "../policy-document";
import type { ProgramIndex } from "../program-index";
import { ENDPOINT } from "./types";

/** What endpoints stand in and between. */
export interface EndpointNeighbours {
  vpc(value: Value, stack: string): Fact<Vpc>;
  subnet(value: Value): Fact<Subnet>;
  subnets(value: Value): Fact<readonly Fact<Subnet>[]>;
  candidateSubnets(value: Value): readonly Subnet[];
  securityGroups(value: Value): Fact<readonly Fact<SecurityGroup>[]>;
  routeTable(value: Value): Fact<RouteTable>;
  routeTables(value: Value): Fact<readonly Fact<RouteTable>[]>;
}

/** Endpoints with what resources of their own add to them. */
export function endpointModel(
  index: ProgramIndex,
  neighbours: EndpointNeighbours,
): (declaration: Declaration) => Endpoint {
  const build = (declaration: Declaration): Endpoint => {
    const { properties } = declaration;
    const owner = lazy(() => neighbours.vpc(at(properties, "VpcId"), declaration.stack));
    const subnets = lazy(() =>
      withAssociations(
        endpointSubnets(at(properties, "SubnetIds")),
        associated(declaration, "SsmPreflight::VpcEndpointSubnetAssociation", "SubnetId", neighbours.subnet),
      ),
    );
    const securityGroups = lazy(() =>
      withAssociations(
        neighbours.securityGroups(at(properties, "SecurityGroupIds")),
        associated(declaration, "SsmPreflight::VpcEndpointSecurityGroupAssociation", "SecurityGroupId", (value) =>
          chain(neighbours.securityGroups(value), (items) => items[0] ?? unknown("it names no security group")),
        ),
      ),
    );
    const routeTables = lazy(() =>
      withAssociations(
        neighbours.routeTables(at(properties, "RouteTableIds")),
        associated(
          declaration,
          "SsmPreflight::VpcEndpointRouteTableAssociation",
          "RouteTableId",
          neighbours.routeTable,
        ),
      ),
    );
    return {
      declaration,
      type: endpointType(asString(at(properties, "VpcEndpointType"))),
      serviceName: map(asText(at(properties, "ServiceName")), showText),
      get vpc() {
        return owner();
      },
      get subnets() {
        return subnets();
      },
      get securityGroups() {
        return securityGroups();
      },
      get routeTables() {
        return routeTables();
      },
      privateDnsEnabled: orDefault(
        asBoolean(separateProperty(declaration, "SsmPreflight::VpcEndpointPrivateDns", "PrivateDnsEnabled")),
        false,
      ),
      policy: readPolicyDocument(separateProperty(declaration, "SsmPreflight::VpcEndpointPolicy", "PolicyDocument")),
    };
  };

  /** Where some are not known, all that they may be: an endpoint's subnets are asked only for what they have in common. */
  const endpointSubnets = (value: Value): Fact<readonly Fact<Subnet>[]> => {
    const written = neighbours.subnets(value);
    const isOpen = written.state === "unknown" || (written.state === "known" && written.value.some(isUnknown));
    const possible = isOpen ? neighbours.candidateSubnets(value) : [];
    return possible.length > 0 ? known(possible.map((one) => known(one))) : written;
  };

  const associated = <T>(
    declaration: Declaration,
    type: string,
    property: string,
    follow: (value: Value) => Fact<T>,
  ): readonly Fact<T>[] =>
    (index.attachments(type, "VpcEndpointId", ENDPOINT).get(declaration) ?? []).map((association) =>
      association.certain
        ? follow(at(association.declaration.properties, property))
        : unknown(`${shortName(association.declaration)} may belong to another endpoint`),
    );

  /** A property that a resource of its own can set for an endpoint. */
  const separateProperty = (declaration: Declaration, type: string, property: string): Value => {
    const [separate] = index.attachments(type, "VpcEndpointId", ENDPOINT).get(declaration) ?? [];
    return at(separate?.declaration.properties ?? declaration.properties, property);
  };

  return memoize(build);
}

const isUnknown = ({ state }: Fact<Subnet>): boolean => state === "unknown";

function endpointType(type: Fact<string>): Endpoint["type"] {
  return chain(orDefault(type, "Gateway"), (text) =>
    text === "Interface" || text === "Gateway" || text === "GatewayLoadBalancer"
      ? known(text)
      : unknown(`an endpoint of type ${text}`),
  );
}

function withAssociations<T>(
  written: Fact<readonly Fact<T>[]>,
  separate: readonly Fact<T>[],
): Fact<readonly Fact<T>[]> {
  if (separate.length === 0) return written;
  return known([...(written.state === "known" ? written.value : []), ...separate]);
}
