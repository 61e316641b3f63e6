/**
 * What AWS and the SSM Agent say when a host is not reached, with `<…>` for what differs each time. As seen in the Systems
 * Manager user guide ("Troubleshooting Session Manager"), the console, and logs in the issues of github.com/aws/amazon-ssm-agent.
 */
export const TARGET_NOT_CONNECTED =
  "An error occurred (TargetNotConnected) when calling the StartSession operation: <instance id> is not connected.";

export const AGENT_NOT_ONLINE =
  "SSM Agent is not online. The SSM Agent was unable to connect to a Systems Manager endpoint to register itself with the service.";

export const STREAM_PLUGIN_NOT_FOUND = "Plugin with name Standard_Stream not found. Step name: Standard_Stream";

export const serviceTimeout = (service: string): string =>
  `RequestError: send request failed caused by: Post "https://${service}.<region>.amazonaws.com/": dial tcp <address>:443: i/o timeout`;
