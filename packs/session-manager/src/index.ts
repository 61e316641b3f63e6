import { PolicyPack } from "@pulumi/policy";
import { listenToEngine } from "./engine-messages";
import { sessionManagerPolicies } from "./policies";

// The constructor starts the pack's server, so nothing imports this file but Pulumi.
new PolicyPack("session-manager", {
  displayName: "Session Manager readiness",
  description: "Will AWS Session Manager reach every EC2 host of the stack?",
  provider: "aws",
  tags: ["aws", "ec2", "ssm", "session-manager"],
  enforcementLevel: "advisory",
  policies: sessionManagerPolicies({
    engine: listenToEngine(process.env),
    folder: process.cwd(),
    today: new Date().toISOString().slice(0, 10),
  }),
});
