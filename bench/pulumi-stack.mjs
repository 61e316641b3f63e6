// Stacks as the engine sends them to a policy pack at preview: networks of private subnets, in each ten systems, and in each system four
// hosts with their identity among a hundred resources.
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const region = "us-east-1";
const image = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
const registrationOnly = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: ["ssm:*", "s3:GetObject"], Resource: "*" }],
});

export const root = "urn:pulumi:dev::bench::pulumi:pulumi:Stack::bench-dev";
export const provider = {
  type: "pulumi:providers:aws",
  urn: "urn:pulumi:dev::bench::pulumi:providers:aws::default_7_48_0",
  name: "default_7_48_0",
  properties: { region, skipCredentialsValidation: "false", skipRegionValidation: "true", version: "7.48.0" },
};

/** Resources of one system, and systems that share a network. */
const systemSize = 100;
const systemsOfNetwork = 10;

/**
 * @typedef {object} Resource
 * @property {string} type
 * @property {string} name
 * @property {string} urn
 * @property {Record<string, unknown>} inputs
 * @property {Record<string, unknown>} outputs
 * @property {Record<string, string[]>} dependencies URNs by property
 */

/**
 * @param {number} count
 * @param {boolean} broken whether a third of the systems lacks instance profiles, a third permissions, and a third of the networks
 * endpoints
 * @returns {Resource[]}
 */
export function stackOf(count, broken) {
  const resources = [];
  let network;
  for (let system = 0; resources.length < count; system++) {
    const added = resourcesOf(`system${system}`);
    if (system % systemsOfNetwork === 0) {
      network = networkOf(added, !broken || (system / systemsOfNetwork) % 3 !== 2);
    }
    fillSystem(added, network, broken ? system % 3 : undefined);
    resources.push(...added.resources);
  }
  return resources.slice(0, count);
}

function resourcesOf(name) {
  const resources = [];
  const tags = { Environment: "production", Project: name, Owner: "platform@example.com" };
  const add = (type, part, inputs, dependencies = {}, computed = []) => {
    const urn = `urn:pulumi:dev::bench::${type}::${name}-${part}`;
    const all = { region, ...inputs };
    const outputs = { ...all, ...Object.fromEntries(["id", "arn", ...computed].map((key) => [key, unknown])) };
    resources.push({ type, name: `${name}-${part}`, urn, inputs: all, outputs, dependencies });
    return urn;
  };
  const addGroup = (part, vpcId, direction) => {
    const rules = [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }];
    const inputs = { vpcId: unknown, name: `${name}-${part}`, description: "Managed by Pulumi", [direction]: rules };
    return add("aws:ec2/securityGroup:SecurityGroup", part, { ...inputs, tags, tagsAll: tags }, { vpcId: [vpcId] }, [
      "ownerId",
    ]);
  };
  return { name, tags, resources, add, addGroup };
}

function networkOf({ tags, add, addGroup }, withEndpoints) {
  const vpcInputs = { cidrBlock: "10.0.0.0/16", enableDnsSupport: true, enableDnsHostnames: true, tags, tagsAll: tags };
  const vpc = add("aws:ec2/vpc:Vpc", "vpc", vpcInputs, {}, ["mainRouteTableId", "defaultSecurityGroupId", "ownerId"]);
  const inVpc = { vpcId: [vpc] };
  const endpointGroup = addGroup("endpoints", vpc, "ingress");
  const subnets = ["a", "b", "c"].map((zone, index) => {
    const inputs = { vpcId: unknown, cidrBlock: `10.0.${index}.0/24`, availabilityZone: `${region}${zone}`, tags };
    const subnet = add("aws:ec2/subnet:Subnet", zone, inputs, inVpc, ["ownerId", "availabilityZoneId"]);
    const table = add("aws:ec2/routeTable:RouteTable", zone, { vpcId: unknown, routes: [], tags }, inVpc, ["ownerId"]);
    const association = { subnetId: unknown, routeTableId: unknown };
    add("aws:ec2/routeTableAssociation:RouteTableAssociation", zone, association, {
      subnetId: [subnet],
      routeTableId: [table],
    });
    return { subnet, table };
  });
  const addEndpoint = (service, vpcEndpointType, inputs, dependencies) =>
    add(
      "aws:ec2/vpcEndpoint:VpcEndpoint",
      service,
      { vpcId: unknown, serviceName: `com.amazonaws.${region}.${service}`, vpcEndpointType, tags, ...inputs },
      { ...inVpc, ...dependencies },
      ["policy", "dnsEntries", "state"],
    );
  for (const service of withEndpoints ? ["ssm", "ssmmessages"] : []) {
    const inputs = { privateDnsEnabled: true, subnetIds: subnets.map(() => unknown), securityGroupIds: [unknown] };
    const subnetIds = subnets.map(({ subnet }) => subnet);
    addEndpoint(service, "Interface", inputs, { subnetIds, securityGroupIds: [endpointGroup] });
  }
  const routeTableIds = subnets.map(({ table }) => table);
  addEndpoint("s3", "Gateway", { routeTableIds: subnets.map(() => unknown) }, { routeTableIds });
  return { vpc, subnets };
}

function fillSystem({ name, tags, resources, add, addGroup }, { vpc, subnets }, flaw) {
  const hostGroup = addGroup("hosts", vpc, "egress");
  const [web, batch] = ["web", "batch"].map((use) => {
    const role = { name: `${name}-${use}-1a2b3c4`, assumeRolePolicy: trust, path: "/", maxSessionDuration: 3600, tags };
    const roleUrn = add("aws:iam/role:Role", use, role, {}, ["uniqueId", "createDate", "managedPolicyArns"]);
    const ofRole = { role: [roleUrn] };
    add("aws:iam/rolePolicy:RolePolicy", use, { role: role.name, policy: registrationOnly }, ofRole);
    if (flaw !== 1) {
      const attachment = { role: role.name, policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" };
      add("aws:iam/rolePolicyAttachment:RolePolicyAttachment", use, attachment, ofRole);
    }
    const profile = { name: `${name}-${use}-5d6e7f8`, role: role.name, path: "/" };
    return { urn: add("aws:iam/instanceProfile:InstanceProfile", use, profile, ofRole, ["uniqueId"]), ...profile };
  });
  const hasProfile = flaw !== 0;
  const launch = {
    name: `${name}-batch`,
    imageId: image,
    instanceType: "m7i.large",
    vpcSecurityGroupIds: [unknown],
    metadataOptions: { httpTokens: "required" },
  };
  const template = add(
    "aws:ec2/launchTemplate:LaunchTemplate",
    "batch",
    { ...launch, ...(hasProfile ? { iamInstanceProfile: { arn: unknown } } : {}) },
    { vpcSecurityGroupIds: [hostGroup], ...(hasProfile ? { iamInstanceProfile: [batch.urn] } : {}) },
    ["latestVersion", "defaultVersion"],
  );
  const group = { minSize: 1, maxSize: 4, launchTemplate: { id: unknown, version: "$Latest" } };
  add(
    "aws:autoscaling/group:Group",
    "batch",
    { ...group, vpcZoneIdentifiers: subnets.map(() => unknown) },
    { vpcZoneIdentifiers: subnets.map(({ subnet }) => subnet), launchTemplate: [template] },
    ["availabilityZones", "desiredCapacity", "serviceLinkedRoleArn"],
  );
  for (let host = 0; host < 2; host++) {
    const inputs = {
      ami: image,
      instanceType: "t3.medium",
      subnetId: unknown,
      vpcSecurityGroupIds: [unknown],
      sourceDestCheck: true,
      userData: "#!/bin/bash\ndnf install -y nginx\nsystemctl enable --now nginx\n",
      rootBlockDevice: { volumeSize: 100, volumeType: "gp3", encrypted: true, deleteOnTermination: true },
      ...(hasProfile ? { iamInstanceProfile: web.name } : {}),
      tags: { ...tags, Name: `${name}-${host}` },
    };
    const dependencies = {
      subnetId: [subnets[host].subnet],
      vpcSecurityGroupIds: [hostGroup],
      ...(hasProfile ? { iamInstanceProfile: [web.urn] } : {}),
    };
    add("aws:ec2/instance:Instance", `host${host}`, inputs, dependencies, instanceComputed);
  }
  for (let other = 0; resources.length < systemSize; other++) {
    const [type, inputs, computed] = others[other % others.length];
    add(type, `other${other}`, { ...inputs, tags, tagsAll: tags }, {}, computed);
  }
}

const instanceComputed =
  "associatePublicIpAddress availabilityZone capacityReservationSpecification cpuOptions disableApiStop disableApiTermination ebsOptimized enclaveOptions hostId instanceInitiatedShutdownBehavior instanceLifecycle instanceState ipv6AddressCount ipv6Addresses keyName maintenanceOptions metadataOptions monitoring networkInterfaces outpostArn passwordData placementGroup privateDns privateDnsNameOptions privateIp publicDns publicIp secondaryPrivateIps securityGroups spotInstanceRequestId tenancy userDataBase64".split(
    " ",
  );

const policyText = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::bucket/*" },
    { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::bucket/*" },
  ],
});

const others = [
  ["aws:s3/bucket:Bucket", { bucket: "bucket", forceDestroy: false }, ["bucketDomainName", "hostedZoneId", "policy"]],
  ["aws:s3/bucketPolicy:BucketPolicy", { bucket: "bucket", policy: policyText }, []],
  [
    "aws:lambda/function:Function",
    {
      name: "function",
      runtime: "nodejs20.x",
      handler: "index.handler",
      memorySize: 512,
      timeout: 30,
      environment: { variables: { TABLE: "table", STAGE: "production", LOG_LEVEL: "info" } },
    },
    ["invokeArn", "lastModified", "qualifiedArn", "sourceCodeHash", "version"],
  ],
  ["aws:cloudwatch/logGroup:LogGroup", { name: "/aws/lambda/function", retentionInDays: 30 }, []],
  ["aws:sqs/queue:Queue", { name: "queue", visibilityTimeoutSeconds: 60, delaySeconds: 0 }, ["url", "policy"]],
  ["aws:sns/topic:Topic", { name: "topic" }, ["owner", "policy"]],
  [
    "aws:route53/record:Record",
    { name: "www", type: "A", ttl: 300, records: ["192.0.2.1"], zoneId: unknown },
    ["fqdn"],
  ],
  [
    "aws:dynamodb/table:Table",
    { name: "table", billingMode: "PAY_PER_REQUEST", hashKey: "id", attributes: [{ name: "id", type: "S" }] },
    ["streamArn", "streamLabel", "ttl"],
  ],
  ["aws:lb/listenerRule:ListenerRule", { priority: 10, actions: [{ type: "forward" }], listenerArn: unknown }, []],
  ["aws:cloudwatch/metricAlarm:MetricAlarm", { name: "alarm", metricName: "Errors", namespace: "AWS/Lambda" }, []],
];
