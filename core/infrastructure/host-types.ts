import type { HostKind } from "./model";

/**
 * CloudFormation types that are machines, or what machines are launched from, in every service.
 * Source: CloudFormation template reference; the services' user guides say that they launch EC2 instances.
 */
export const HOST_TYPES: ReadonlyMap<string, HostKind> = new Map([
  ["AWS::EC2::Instance", "instance"],
  ["AWS::EC2::LaunchTemplate", "launchTemplate"],
  ["AWS::AutoScaling::LaunchConfiguration", "launchConfiguration"],
  ["AWS::AutoScaling::AutoScalingGroup", "autoScalingGroup"],
  ["AWS::EC2::SpotFleet", "spotFleet"],
  ["AWS::EC2::EC2Fleet", "fleet"],
  ["AWS::EKS::Nodegroup", "nodeGroup"],
  ["AWS::PCS::ComputeNodeGroup", "nodeGroup"],
  ["AWS::Batch::ComputeEnvironment", "computeEnvironment"],
  ["AWS::Cloud9::EnvironmentEC2", "managedService"],
  ["AWS::EMR::Cluster", "managedService"],
  ["AWS::EMR::InstanceGroupConfig", "managedService"],
  ["AWS::EMR::InstanceFleetConfig", "managedService"],
  ["AWS::ElasticBeanstalk::Environment", "managedService"],
  ["AWS::ElasticBeanstalk::ConfigurationTemplate", "managedService"],
  ["AWS::ImageBuilder::InfrastructureConfiguration", "managedService"],
]);
