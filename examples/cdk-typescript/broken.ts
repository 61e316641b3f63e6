import { App, Stack, Validations } from "aws-cdk-lib";
import { Instance, InstanceType, IpAddresses, MachineImage, SubnetType, Vpc } from "aws-cdk-lib/aws-ec2";
import { SessionManagerChecks } from "ssm-preflight/cdk";

// npx cdk synth                  prints warnings at the lines below and goes on
// FAIL_ON=error npx cdk synth    stops
const app = new App();
const failOn = process.env.FAIL_ON === "error" ? "error" : "never";
Validations.of(app).addPlugins(new SessionManagerChecks({ failOn }));

const network = new Stack(app, "Network");
const vpc = new Vpc(network, "Vpc", {
  ipAddresses: IpAddresses.cidr("10.20.0.0/16"),
  maxAzs: 2,
  natGateways: 0,
  subnetConfiguration: [{ name: "app", subnetType: SubnetType.PRIVATE_ISOLATED }],
});

const hosts = new Stack(app, "Hosts");
// Its role may do nothing, and its subnet has no way to Session Manager.
new Instance(hosts, "Web", {
  vpc,
  vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
  instanceType: new InstanceType("t3.small"),
  machineImage: MachineImage.latestAmazonLinux2023(),
});
