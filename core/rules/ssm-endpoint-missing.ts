import { endpointMissing } from "./endpoint-missing";

export const ssmEndpointMissing = endpointMissing({
  id: "ssm-endpoint-missing",
  service: "ssm",
  title: "VPC lacks the ssm endpoint that its host depends on",
  why: "The SSM Agent registers over the ssm endpoint. In a subnet without another way out the host never registers when that endpoint is missing.",
  construct: "SSM",
});
