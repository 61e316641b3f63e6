import { App, Stack, Validations } from "aws-cdk-lib";
import {
  GatewayVpcEndpointAwsService,
  Instance,
  InstanceType,
  InterfaceVpcEndpointAwsService,
  IpAddresses,
  MachineImage,
  SubnetType,
  Vpc,
} from "aws-cdk-lib/aws-ec2";
import { SessionManagerChecks } from "ssm-preflight/cdk";

// npx cdk synth -a "node run.mjs fixed.ts"
const app = new App();
Validations.of(app).addPlugins(new SessionManagerChecks({ failOn: "error" }));

const network = new Stack(app, "Network");
const vpc = new Vpc(network, "Vpc", {
  ipAddresses: IpAddresses.cidr("10.20.0.0/16"),
  maxAzs: 2,
  natGateways: 0,
  subnetConfiguration: [{ name: "app", subnetType: SubnetType.PRIVATE_ISOLATED }],
});
vpc.addInterfaceEndpoint("Ssm", { service: InterfaceVpcEndpointAwsService.SSM });
vpc.addInterfaceEndpoint("SsmMessages", { service: InterfaceVpcEndpointAwsService.SSM_MESSAGES });
vpc.addGatewayEndpoint("S3", { service: GatewayVpcEndpointAwsService.S3 });

const hosts = new Stack(app, "Hosts");
new Instance(hosts, "Web", {
  vpc,
  vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
  instanceType: new InstanceType("t3.small"),
  machineImage: MachineImage.latestAmazonLinux2023(),
  ssmSessionPermissions: true,
});
