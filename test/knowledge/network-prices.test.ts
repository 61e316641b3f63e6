import {
  endpointsPerMonth,
  natGatewayPerMonth,
  pricesOf,
  zonesBelowNatGateway,
} from "../../core/knowledge/network-prices";
import { noRouteToSessionManager } from "../../core/rules/no-route-to-session-manager";
import { ssmEndpointMissing } from "../../core/rules/ssm-endpoint-missing";
import { ssmmessagesEndpointMissing } from "../../core/rules/ssmmessages-endpoint-missing";

test("a month of the reference region costs what the price list says", () => {
  expect(pricesOf.region).toBe("us-east-1");
  expect(endpointsPerMonth(2, 3)).toBeCloseTo(43.8);
  expect(natGatewayPerMonth).toBeCloseTo(36.5);
});

test.each([1, 2, 3, 4])(
  "%i endpoints cost less than a NAT gateway in the zones told, and no longer in one more",
  (endpoints) => {
    const zones = zonesBelowNatGateway(endpoints);
    expect(zones).toBeGreaterThan(0);
    expect(endpointsPerMonth(endpoints, zones)).toBeLessThan(natGatewayPerMonth);
    expect(endpointsPerMonth(endpoints, zones + 1)).toBeGreaterThanOrEqual(natGatewayPerMonth);
  },
);

test.each([
  [noRouteToSessionManager, "cheaper in up to 2 zones"],
  [ssmEndpointMissing, "cheaper in up to 4 zones"],
  [ssmmessagesEndpointMissing, "cheaper in up to 4 zones"],
])("the fix of $id names both ways out, what they cost and where", ({ fix }, order) => {
  for (const text of Object.values(fix)) {
    expect(text).toMatch(/endpoint.*NAT ?gateway/i);
    expect(text).toContain(order);
    expect(text).toContain(`(${pricesOf.region})`);
    expect(text).toContain(`$${Math.round(natGatewayPerMonth)}`);
  }
});
