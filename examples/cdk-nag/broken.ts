import { App, Stack, Validations } from "aws-cdk-lib";
import { Instance, InstanceType, MachineImage, SubnetType, Vpc } from "aws-cdk-lib/aws-ec2";
import { SessionManagerNagPack } from "ssm-preflight/cdk-nag";

// npx cdk synth
const app = new App();
Validations.of(app).addPlugins(new SessionManagerNagPack(app));

const stack = new Stack(app, "Hosts");
const vpc = new Vpc(stack, "Vpc", { maxAzs: 2, natGateways: 1 });
const placed = {
  vpc,
  vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
  instanceType: new InstanceType("t3.small"),
  machineImage: MachineImage.latestAmazonLinux2023(),
};

// Its role may do nothing.
new Instance(stack, "Web", placed);

// The same, and somebody knows about it.
const batch = new Instance(stack, "Batch", placed);
Validations.of(batch).acknowledge({
  id: "SessionManager-ssm-permissions-missing",
  reason: "reached over the serial console only",
});
