import { PolicyPack } from "@pulumi/policy";
import { sessionManagerPolicies } from "./policies";

// The constructor starts the pack's server, so nothing imports this file but Pulumi. `PULUMI_DRY_RUN` is how the engine
// tells a pack whether it previews or updates.
new PolicyPack("session-manager", {
  displayName: "Session Manager readiness",
  description: "Will AWS Session Manager reach every EC2 host of the stack?",
  provider: "aws",
  tags: ["aws", "ec2", "ssm", "session-manager"],
  enforcementLevel: "advisory",
  policies: sessionManagerPolicies({
    preview: process.env.PULUMI_DRY_RUN !== "false",
    today: new Date().toISOString().slice(0, 10),
  }),
});
