import {
  endpointsPerMonth,
  natGatewayPerMonth,
  perGigabyte,
  pricesOf,
  zonesBelowNatGateway,
} from "../knowledge/network-prices";

const REQUIRED = 2;
const ZONES = [1, 2, 3, 4];

const dollars = (amount: number): string => `$${amount.toFixed(2)}`;

const row = (zones: number): string =>
  `| ${[zones, ...[endpointsPerMonth(REQUIRED, zones), natGatewayPerMonth, zones * natGatewayPerMonth].map(dollars)].join(" | ")} |`;

/** The Markdown page of what the ways to Session Manager cost, from which the fixes take their order. */
export const networkCostsPage = (): string => `# What a way to Session Manager costs

A host in a private subnet reaches Session Manager over interface endpoints for \`ssm\` and \`ssmmessages\`, or over a NAT
gateway. Per month in ${pricesOf.region}, as of ${pricesOf.asOf}, without traffic:

| zones | both endpoints | one NAT gateway | a NAT gateway in each zone |
| --- | --- | --- | --- |
${ZONES.map(row).join("\n")}

An endpoint is paid for in each zone that it is in, a NAT gateway with its public address. Both endpoints cost less than one
NAT gateway in up to ${zonesBelowNatGateway(REQUIRED)} zones, one endpoint in up to ${zonesBelowNatGateway(1)}. A GB costs $${perGigabyte.endpoint} over an endpoint and $${perGigabyte.natGateway} through a NAT
gateway. The gateway endpoint for S3 costs nothing.

Other regions have other prices. Source: ${pricesOf.source}.
`;
