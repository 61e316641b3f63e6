import * as v from "valibot";
import { described, flag, list, object, oneOf, optional, pattern, text, wrong } from "./schema-parts";

/** Services that hosts call for what rules judge, by the last part of their endpoints' names. */
const ENDPOINT_SERVICES = ["ssm", "ssmmessages", "ec2messages", "ec2", "s3", "kms", "logs"] as const;

const CIDR = pattern(/^\d+\.\d+\.\d+\.\d+\/\d+$/, "an address range such as 10.0.1.0/24");
const VPC = pattern(/^vpc-\w+$/, "a VPC id such as vpc-0abc");
const NAME = text("a name or an ARN");
const PROXY = pattern(/^([a-z]+:\/\/)?[\w.-]+(:\d+)?\/?$/, "the address of a proxy such as proxy.example.com:3128");

/** What is so in the accounts, and no program says. */
export function facts() {
  return object("a map of facts", {
    vpcs: optional(list(vpc()), "VPCs that the program names and does not declare"),
    subnets: optional(list(subnet()), "Subnets that the program names and does not declare"),
    roles: optional(list(role()), "Roles that the program names and does not declare; EC2 may assume them"),
    instanceProfiles: optional(
      list(instanceProfile()),
      "Instance profiles that the program names and does not declare",
    ),
    proxies: optional(list(PROXY), "Proxies that let the SSM Agent through to AWS services"),
    defaultHostManagement: optional(flag(), "Default Host Management Configuration is on wherever the hosts run"),
  });
}

function vpc() {
  return object("a map with the key id", {
    id: VPC,
    cidr: v.exactOptional(CIDR),
    endpoints: optional(
      list(oneOf(ENDPOINT_SERVICES)),
      "Services with an endpoint in it, all of them, interface endpoints with private DNS; left out: not known",
    ),
  });
}

function subnet() {
  return object("a map with the keys id and kind", {
    id: pattern(/^subnet-\w+$/, "a subnet id such as subnet-0abc"),
    vpc: v.exactOptional(VPC),
    kind: described(
      oneOf(["public", "private", "isolated"]),
      "How its hosts get out: internet gateway, NAT gateway, not at all",
    ),
    cidr: v.exactOptional(CIDR),
    publicAddresses: optional(flag(), "Whether hosts get a public address where they do not say it themselves"),
  });
}

function role() {
  return object("a map with the key name", {
    name: described(NAME, "Name or ARN"),
    managedPolicies: optional(list(NAME), "All policies it has: names of AWS managed policies, or ARNs"),
    sessionManager: optional(
      v.literal(true, wrong("true, or nothing at all")),
      "It grants what a session needs, whatever its policies are called",
    ),
  });
}

function instanceProfile() {
  return object("a map with the keys name and role", {
    name: described(NAME, "Name or ARN"),
    role: described(NAME, "Name or ARN of its role"),
  });
}
