import { App, Stack, Validations } from "aws-cdk-lib";
import { Instance, InstanceType, MachineImage, SubnetType, Vpc } from "aws-cdk-lib/aws-ec2";
import { SessionManagerNagPack } from "ssm-preflight/cdk-nag";

// npx cdk synth -a "node ../cdk-typescript/run.mjs fixed.ts"
const app = new App();
Validations.of(app).addPlugins(new SessionManagerNagPack(app));

const stack = new Stack(app, "Hosts");
new Instance(stack, "Web", {
  vpc: new Vpc(stack, "Vpc", { maxAzs: 2, natGateways: 1 }),
  vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
  instanceType: new InstanceType("t3.small"),
  machineImage: MachineImage.latestAmazonLinux2023(),
  ssmSessionPermissions: true,
});
