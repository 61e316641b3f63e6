import { endpointMissing } from "./endpoint-missing";

export const ssmmessagesEndpointMissing = endpointMissing({
  id: "ssmmessages-endpoint-missing",
  service: "ssmmessages",
  title: "VPC lacks the ssmmessages endpoint that its host depends on",
  why: "The session itself runs over the ssmmessages endpoint. In a subnet without another way out the host registers, and every session to it fails.",
  construct: "SSM_MESSAGES",
});
