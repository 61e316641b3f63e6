import {
  endpointsPerMonth,
  natGatewayPerMonth,
  perGigabyte,
  pricesOf,
  zonesBelowNatGateway,
} from "../knowledge/network-prices";

const dollars = (amount: number): string => `$${Math.round(amount)}`;

/** Which way out costs less, for as many interface endpoints as it takes: `The endpoint costs about $7 a month …`. */
export function costOrder(endpoints: 1 | 2): string {
  const [subject, cheaper] =
    endpoints === 1 ? ["The endpoint costs", "the endpoint is"] : ["The two endpoints cost", "the endpoints are"];
  const zones = zonesBelowNatGateway(endpoints);
  const perMonth = `${subject} about ${dollars(endpointsPerMonth(endpoints, 1))} a month in each zone, one NAT gateway about ${dollars(natGatewayPerMonth)} (${pricesOf.region})`;
  const perGB = `a GB costs $${perGigabyte.endpoint} over an endpoint and $${perGigabyte.natGateway} through a NAT gateway`;
  return `${perMonth}: ${cheaper} cheaper in up to ${zones} zones, and ${perGB}.`;
}
