import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../../../program/normal-form";
import { decodedOnce, decodedText, eachUnder, firstOf, forInstances, tagList } from "../converters";
import { below, joined, plain, shape, type TypeMappings } from "../mapping";
import {
  BLOCK_DEVICES,
  INSTANCE_REQUIREMENTS,
  LAUNCH_TEMPLATE,
  LAUNCH_TEMPLATE_SPECIFICATION,
  METADATA_OPTIONS,
  ROOT_DEVICE,
  TAG_SPECIFICATIONS,
} from "./shapes";

const TEMPLATE_INTERFACE = shape(
  "deviceIndex",
  "networkInterfaceId",
  "subnetId",
  ["securityGroups", "Groups"],
  "associatePublicIpAddress",
  "ipv6AddressCount",
  "ipv6Addresses",
);

const TEMPLATE_DATA = shape(
  "imageId",
  "instanceType",
  ["instanceRequirements", "InstanceRequirements", INSTANCE_REQUIREMENTS],
  ["iamInstanceProfile", "IamInstanceProfile", shape("arn", "name")],
  ["vpcSecurityGroupIds", "SecurityGroupIds"],
  ["securityGroupNames", "SecurityGroups"],
  ["networkInterfaces", "NetworkInterfaces", TEMPLATE_INTERFACE],
  ["userData", "UserData", decodedText],
  ["metadataOptions", "MetadataOptions", METADATA_OPTIONS],
  [
    "blockDeviceMappings",
    "BlockDeviceMappings",
    shape("deviceName", ["ebs", "Ebs", shape("volumeSize", "volumeType", "snapshotId")]),
  ],
  ["tagSpecifications", "TagSpecifications", TAG_SPECIFICATIONS],
  "keyName",
);

const OVERRIDE = shape(
  "instanceType",
  ["instanceRequirements", "InstanceRequirements", INSTANCE_REQUIREMENTS],
  ["launchTemplateSpecification", "LaunchTemplateSpecification", LAUNCH_TEMPLATE_SPECIFICATION],
);

const FLEET_OVERRIDE = shape("instanceType", "subnetId", "availabilityZone", [
  "instanceRequirements",
  "InstanceRequirements",
  INSTANCE_REQUIREMENTS,
]);

/** A launch specification of a spot fleet: an instance of its own, without a launch template. */
const LAUNCH_SPECIFICATION = shape(
  ["ami", "ImageId"],
  "instanceType",
  ["iamInstanceProfile", "IamInstanceProfile.Name"],
  ["iamInstanceProfileArn", "IamInstanceProfile.Arn"],
  "subnetId",
  ["vpcSecurityGroupIds", "SecurityGroups", eachUnder("GroupId")],
  "associatePublicIpAddress",
  ["userData", "UserData", decodedOnce],
  ["rootBlockDevices", "RootBlockDevice", ROOT_DEVICE, firstOf],
  ["ebsBlockDevices", "BlockDeviceMappings", BLOCK_DEVICES],
  ["tags", "TagSpecifications", tagList, forInstances],
);

export const LAUNCHING: TypeMappings = {
  "aws:ec2/launchTemplate:LaunchTemplate": {
    type: "AWS::EC2::LaunchTemplate",
    inputs: joined(shape(["name", "LaunchTemplateName"]), below("LaunchTemplateData", TEMPLATE_DATA)),
  },
  "aws:ec2/launchConfiguration:LaunchConfiguration": plain(
    "AWS::AutoScaling::LaunchConfiguration",
    ["name", "LaunchConfigurationName"],
    "imageId",
    "instanceType",
    "iamInstanceProfile",
    "securityGroups",
    "associatePublicIpAddress",
    ["userData", "UserData", decodedOnce],
    ["userDataBase64", "UserData", decodedText],
    ["metadataOptions", "MetadataOptions", METADATA_OPTIONS],
    ["rootBlockDevice", "RootBlockDevice", ROOT_DEVICE],
    ["ebsBlockDevices", "BlockDeviceMappings", BLOCK_DEVICES],
    "keyName",
  ),
  "aws:autoscaling/group:Group": plain(
    "AWS::AutoScaling::AutoScalingGroup",
    ["name", "AutoScalingGroupName"],
    "minSize",
    "maxSize",
    "desiredCapacity",
    ["launchConfiguration", "LaunchConfigurationName"],
    ["launchTemplate", "LaunchTemplate", LAUNCH_TEMPLATE],
    [
      "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification",
      "MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification",
      LAUNCH_TEMPLATE_SPECIFICATION,
    ],
    ["mixedInstancesPolicy.launchTemplate.overrides", "MixedInstancesPolicy.LaunchTemplate.Overrides", OVERRIDE],
    ["vpcZoneIdentifiers", "VPCZoneIdentifier"],
    "availabilityZones",
    ["tags", "Tags", shape("key", "value", "propagateAtLaunch")],
  ),
  "aws:autoscaling/tag:Tag": plain(
    EXTRA.resourceTag,
    ["autoscalingGroupName", "ResourceId"],
    ["tag.key", "Key"],
    ["tag.value", "Value"],
  ),
  "aws:ec2/spotFleetRequest:SpotFleetRequest": {
    type: "AWS::EC2::SpotFleet",
    inputs: below(
      "SpotFleetRequestConfigData",
      shape(
        "iamFleetRole",
        ["launchSpecifications", "LaunchSpecifications", LAUNCH_SPECIFICATION],
        [
          "launchTemplateConfigs",
          "LaunchTemplateConfigs",
          shape(
            ["launchTemplateSpecification", "LaunchTemplateSpecification", LAUNCH_TEMPLATE],
            ["overrides", "Overrides", FLEET_OVERRIDE],
          ),
        ],
      ),
    ),
  },
  "aws:ec2/fleet:Fleet": plain(
    "AWS::EC2::EC2Fleet",
    [
      "launchTemplateConfigs",
      "LaunchTemplateConfigs",
      shape(
        ["launchTemplateSpecification", "LaunchTemplateSpecification", LAUNCH_TEMPLATE_SPECIFICATION],
        ["overrides", "Overrides", FLEET_OVERRIDE],
      ),
    ],
    "type",
  ),
};
