import { App, Stack, Validations } from "aws-cdk-lib";
import { Instance, InstanceType, IpAddresses, MachineImage, SubnetType, Vpc } from "aws-cdk-lib/aws-ec2";
import { SessionManagerChecks } from "ssm-preflight/cdk";

const app = new App();
// Findings are warnings. With FAIL_ON=error those that keep a session from opening stop the synthesis.
Validations.of(app).addPlugins(new SessionManagerChecks({ failOn: process.env.FAIL_ON === "error" ? "error" : "never" }));

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
