import { chain, type Fact, is, known, unknown } from "../../facts/fact";
import type { Endpoint, Host, Role } from "../../infrastructure/model";
import type { Pattern } from "../../infrastructure/policy-document";
import type { Declaration } from "../../program/declaration";
import type { RequiredService } from "../problems";
import { text } from "./place";

/** The endpoint over which a host calls a service: absent where it surely goes over the internet. */
export type EndpointOf = (host: Host, service: RequiredService) => Fact<Endpoint>;

type Value = Fact<readonly Pattern[]>;

/**
 * What a host's requests carry that those of another host with the same role may not, by condition key in lower case.
 * Sources: IAM user guide, "AWS global condition context keys"; EC2 user guide, "Require that role credentials are
 * retrieved using IMDSv2" for `ec2:RoleDelivery`.
 */
export const hostKeys = (
  host: Host,
  role: Role,
  service: RequiredService,
  endpointOf: EndpointOf,
): ReadonlyMap<string, () => Value> =>
  new Map<string, () => Value>([
    ["ec2:roledelivery", () => roleDelivery(host)],
    ["aws:sourcevpce", () => idSeenFrom(role.declaration, endpointOf(host, service))],
    [
      "aws:sourcevpc",
      () =>
        idSeenFrom(
          role.declaration,
          chain(endpointOf(host, service), ({ vpc }) => vpc),
        ),
    ],
  ]);

/** Where IMDSv1 is on too, the agent's version decides which of them it uses. */
const roleDelivery = ({ metadataOptions: { httpTokens } }: Host): Value =>
  is(httpTokens, "required")
    ? text("2.0")
    : unknown("which version of the metadata service the agent uses is not known");

/** An id is not known before deployment; a `Ref` in the same stack as `viewer` stands for it. */
export const idSeenFrom = (viewer: Declaration, fact: Fact<{ readonly declaration: Declaration }>): Value =>
  chain(fact, ({ declaration: { name, stack, language } }) =>
    language === "pulumi" || stack !== viewer.stack
      ? unknown("its id is not known before deployment")
      : known([[{ hole: name, reason: "its id is not known before deployment" }]]),
  );
