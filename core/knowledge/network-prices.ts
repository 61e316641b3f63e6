import data from "./network-prices.json";

const { prices } = data;

/** Where and when the prices hold. They differ by region, and their order hardly does. */
export const pricesOf = { region: data.region, asOf: data.asOf, source: data.source };

/** AWS's own calculators take this for a month. */
const HOURS = 730;

/** US dollars a month for interface endpoints, each in that many zones. Traffic comes on top. */
export const endpointsPerMonth = (endpoints: number, zones: number): number =>
  endpoints * zones * HOURS * prices["USE1-VpcEndpoint-Hours"];

/** US dollars a month for one public NAT gateway with its address. Traffic comes on top. */
export const natGatewayPerMonth = HOURS * (prices["NatGateway-Hours"] + prices["USE1-PublicIPv4:InUseAddress"]);

/** US dollars for one GB: over an endpoint, of the first PB of a month, and through a NAT gateway. */
export const perGigabyte = {
  endpoint: prices["USE1-VpcEndpoint-Bytes"],
  natGateway: prices["NatGateway-Bytes"],
};

/** The most zones in which interface endpoints cost less a month than one NAT gateway for all of them. */
export const zonesBelowNatGateway = (endpoints: number): number =>
  Math.ceil(natGatewayPerMonth / endpointsPerMonth(endpoints, 1)) - 1;
