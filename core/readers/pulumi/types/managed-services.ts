import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../../../program/normal-form";
import { tagList } from "../converters";
import { below, joined, plain, shape, type TypeMappings } from "../mapping";
import { LAUNCH_TEMPLATE_SPECIFICATION } from "./shapes";

const COMPUTE_RESOURCES = shape(
  "type",
  "instanceRole",
  "instanceTypes",
  "subnets",
  "securityGroupIds",
  "imageId",
  ["ec2Configurations", "Ec2Configuration", shape("imageType", "imageIdOverride", "imageKubernetesVersion")],
  ["launchTemplate", "LaunchTemplate", LAUNCH_TEMPLATE_SPECIFICATION],
  ["tags", "Tags", tagList],
);

const BEANSTALK_SETTING = shape("namespace", ["name", "OptionName"], "value");

const EMR_INSTANCES = shape(
  ["ec2Attributes.subnetId", "Ec2SubnetId"],
  ["ec2Attributes.subnetIds", "Ec2SubnetIds"],
  ["ec2Attributes.emrManagedMasterSecurityGroup", "EmrManagedMasterSecurityGroup"],
  ["ec2Attributes.emrManagedSlaveSecurityGroup", "EmrManagedSlaveSecurityGroup"],
  ["ec2Attributes.serviceAccessSecurityGroup", "ServiceAccessSecurityGroup"],
);

/** Services that start EC2 hosts of their own. */
export const MANAGED_SERVICES: TypeMappings = {
  "aws:eks/nodeGroup:NodeGroup": plain(
    "AWS::EKS::Nodegroup",
    "clusterName",
    ["nodeGroupName", "NodegroupName"],
    ["nodeRoleArn", "NodeRole"],
    ["subnetIds", "Subnets"],
    "amiType",
    "releaseVersion",
    "version",
    "instanceTypes",
    "diskSize",
    ["launchTemplate", "LaunchTemplate", shape("id", "name", "version")],
    ["remoteAccess", "RemoteAccess", shape("ec2SshKey", ["sourceSecurityGroupIds", "SourceSecurityGroups"])],
    ["tags", "Tags", tagList],
  ),
  "aws:eks/fargateProfile:FargateProfile": plain("AWS::EKS::FargateProfile", "clusterName", [
    "fargateProfileName",
    "FargateProfileName",
  ]),
  "aws:eks/cluster:Cluster": plain(
    "AWS::EKS::Cluster",
    "name",
    ["computeConfig", "ComputeConfig", shape("enabled")],
    ["vpcConfig.securityGroupIds", "ResourcesVpcConfig.SecurityGroupIds"],
  ),
  "aws:cloudformation/stack:Stack": plain(EXTRA.templateStack, "name"),
  "aws:cloudformation/stackSet:StackSet": plain(EXTRA.templateStack, "name"),
  "aws:emr/instanceFleet:InstanceFleet": plain("AWS::EMR::InstanceFleetConfig", "name", "clusterId"),
  "aws:emr/instanceGroup:InstanceGroup": plain("AWS::EMR::InstanceGroupConfig", "name", ["clusterId", "JobFlowId"]),
  "aws:ecs/service:Service": plain("AWS::ECS::Service", ["name", "ServiceName"], "enableExecuteCommand"),
  "aws:batch/computeEnvironment:ComputeEnvironment": plain(
    "AWS::Batch::ComputeEnvironment",
    ["name", "ComputeEnvironmentName"],
    "type",
    ["computeResources", "ComputeResources", COMPUTE_RESOURCES],
    ["tags", "Tags", tagList],
  ),
  "aws:cloud9/environmentEC2:EnvironmentEC2": plain(
    "AWS::Cloud9::EnvironmentEC2",
    "name",
    "connectionType",
    "imageId",
    "instanceType",
    "subnetId",
    ["tags", "Tags", tagList],
  ),
  "aws:elasticbeanstalk/environment:Environment": plain(
    "AWS::ElasticBeanstalk::Environment",
    ["name", "EnvironmentName"],
    ["application", "ApplicationName"],
    "solutionStackName",
    "platformArn",
    "templateName",
    ["settings", "OptionSettings", BEANSTALK_SETTING],
    ["tags", "Tags", tagList],
  ),
  "aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate": plain(
    "AWS::ElasticBeanstalk::ConfigurationTemplate",
    ["application", "ApplicationName"],
    "solutionStackName",
    ["settings", "OptionSettings", BEANSTALK_SETTING],
  ),
  "aws:emr/cluster:Cluster": {
    type: "AWS::EMR::Cluster",
    inputs: joined(
      shape(
        "name",
        "releaseLabel",
        "customAmiId",
        "serviceRole",
        ["ec2Attributes.instanceProfile", "JobFlowRole"],
        ["tags", "Tags", tagList],
      ),
      below("Instances", EMR_INSTANCES),
    ),
  },
  "aws:imagebuilder/imageRecipe:ImageRecipe": plain(
    "AWS::ImageBuilder::ImageRecipe",
    "name",
    "version",
    "parentImage",
    ["components", "Components", shape("componentArn")],
    [
      "systemsManagerAgent.uninstallAfterBuild",
      "AdditionalInstanceConfiguration.SystemsManagerAgent.UninstallAfterBuild",
    ],
  ),
  "aws:imagebuilder/image:Image": plain("AWS::ImageBuilder::Image", "imageRecipeArn", "infrastructureConfigurationArn"),
  "aws:imagebuilder/imagePipeline:ImagePipeline": plain(
    "AWS::ImageBuilder::ImagePipeline",
    "name",
    "imageRecipeArn",
    "infrastructureConfigurationArn",
  ),
  "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration": plain(
    "AWS::ImageBuilder::InfrastructureConfiguration",
    "name",
    "instanceProfileName",
    "instanceTypes",
    "subnetId",
    "securityGroupIds",
  ),
};
