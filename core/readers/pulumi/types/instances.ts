import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../../../program/normal-form";
import { at } from "../../../program/read";
import { literal, type RecordValue, record, type Value } from "../../../program/value";
import { asListOfOne, decodedOnce, decodedText, itemsOf, ownId, tagList } from "../converters";
import { type Convert, type Fragment, joined, plain, type Self, shape, type TypeMappings, without } from "../mapping";
import { BLOCK_DEVICES, LAUNCH_TEMPLATE, METADATA_OPTIONS, ROOT_DEVICE } from "./shapes";

const atIndexZero: Convert = (value) =>
  value.kind === "record" ? { ...value, entries: new Map([["DeviceIndex", literal(0)], ...value.entries]) } : value;

const INSTANCE = shape(
  ["ami", "ImageId"],
  "instanceType",
  "iamInstanceProfile",
  "subnetId",
  ["vpcSecurityGroupIds", "SecurityGroupIds"],
  "securityGroups",
  "associatePublicIpAddress",
  "ipv6AddressCount",
  "ipv6Addresses",
  "availabilityZone",
  ["userData", "UserData", decodedOnce],
  ["userDataBase64", "UserData", decodedText],
  ["metadataOptions", "MetadataOptions", METADATA_OPTIONS],
  ["rootBlockDevice", "RootBlockDevice", ROOT_DEVICE],
  ["ebsBlockDevices", "BlockDeviceMappings", BLOCK_DEVICES],
  ["launchTemplate", "LaunchTemplate", LAUNCH_TEMPLATE],
  ["networkInterfaces", "NetworkInterfaces", shape("networkInterfaceId", "deviceIndex")],
  "keyName",
  ["tags", "Tags", tagList],
);

const PRIMARY_INTERFACE = shape([
  "primaryNetworkInterface",
  "NetworkInterfaces",
  shape("networkInterfaceId"),
  atIndexZero,
  asListOfOne,
]);

/** An address bound to an interface: CloudFormation has an association for that. */
function splitAddress(properties: RecordValue, self: Self): readonly Fragment[] {
  const itself = { type: "AWS::EC2::EIP", properties: without(properties, "NetworkInterfaceId") };
  const interfaceId = at(properties, "NetworkInterfaceId");
  if (interfaceId.kind === "absent") return [itself];
  const association = record({ AllocationId: ownId(self), NetworkInterfaceId: interfaceId });
  return [itself, { type: "AWS::EC2::EIPAssociation", properties: association, part: "association" }];
}

/** An interface and what it is attached to. */
function splitInterface(properties: RecordValue, self: Self): readonly Fragment[] {
  const attachments = itemsOf(at(properties, "Attachments")).map((attachment, index) => ({
    type: "AWS::EC2::NetworkInterfaceAttachment",
    properties: attachmentOf(attachment, ownId(self)),
    part: `attachment-${index + 1}`,
  }));
  return [{ type: "AWS::EC2::NetworkInterface", properties: without(properties, "Attachments") }, ...attachments];
}

const attachmentOf = (attachment: Value, interfaceId: Value): RecordValue =>
  record({
    NetworkInterfaceId: interfaceId,
    InstanceId: at(attachment, "InstanceId"),
    DeviceIndex: at(attachment, "DeviceIndex"),
  });

export const INSTANCES: TypeMappings = {
  "aws:ec2/instance:Instance": {
    type: "AWS::EC2::Instance",
    inputs: joined(INSTANCE, PRIMARY_INTERFACE),
    // An instance keeps the profile that it was given, by an earlier program or by others, where the program says nothing.
    outputs: shape("iamInstanceProfile"),
  },
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": { type: "AWS::EC2::Instance", inputs: INSTANCE },
  "aws:ec2/eip:Eip": {
    type: "AWS::EC2::EIP",
    inputs: shape(["instance", "InstanceId"], ["networkInterface", "NetworkInterfaceId"], "domain"),
    split: splitAddress,
  },
  "aws:ec2/eipAssociation:EipAssociation": plain(
    "AWS::EC2::EIPAssociation",
    "instanceId",
    "networkInterfaceId",
    "allocationId",
    ["publicIp", "EIP"],
  ),
  "aws:ec2/networkInterface:NetworkInterface": {
    type: "AWS::EC2::NetworkInterface",
    inputs: shape(
      "subnetId",
      ["securityGroups", "GroupSet"],
      "sourceDestCheck",
      "ipv6AddressCount",
      ["attachments", "Attachments", shape(["instance", "InstanceId"], "deviceIndex")],
      ["tags", "Tags", tagList],
    ),
    split: splitInterface,
  },
  "aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment": plain(
    "AWS::EC2::NetworkInterfaceAttachment",
    "instanceId",
    "networkInterfaceId",
    "deviceIndex",
  ),
  "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment": plain(
    EXTRA.networkInterfaceSecurityGroupAttachment,
    "networkInterfaceId",
    "securityGroupId",
  ),
  "aws:ec2/tag:Tag": plain(EXTRA.resourceTag, "resourceId", "key", "value"),
};
