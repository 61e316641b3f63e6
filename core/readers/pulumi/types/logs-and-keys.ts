import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../../../program/normal-form";
import { asListOfOne, dimensionList, firstOf, tagList } from "../converters";
import { plain, shape, type TypeMapping, type TypeMappings } from "../mapping";

const ENCRYPTION_DEFAULT = shape(["sseAlgorithm", "SSEAlgorithm"], ["kmsMasterKeyId", "KMSMasterKeyID"]);

const ENCRYPTION_RULE = shape(
  ["applyServerSideEncryptionByDefault", "ServerSideEncryptionByDefault", ENCRYPTION_DEFAULT],
  "bucketKeyEnabled",
);

const ENCRYPTION_RULES = "BucketEncryption.ServerSideEncryptionConfiguration";

const bucketEncryption: TypeMapping = plain(EXTRA.bucketEncryption, "bucket", [
  "rules",
  "ServerSideEncryptionConfiguration",
  ENCRYPTION_RULE,
]);

/** Where session logs go, what encrypts them, and what watches over hosts. */
export const LOGS_AND_KEYS: TypeMappings = {
  "aws:s3/bucket:Bucket": plain(
    "AWS::S3::Bucket",
    ["bucket", "BucketName"],
    ["serverSideEncryptionConfiguration.rule", ENCRYPTION_RULES, ENCRYPTION_RULE, asListOfOne],
    ["tags", "Tags", tagList],
  ),
  "aws:s3/bucketV2:BucketV2": plain(
    "AWS::S3::Bucket",
    ["bucket", "BucketName"],
    [
      "serverSideEncryptionConfigurations",
      "BucketEncryption",
      shape([
        "rules",
        "ServerSideEncryptionConfiguration",
        shape(
          ["applyServerSideEncryptionByDefaults", "ServerSideEncryptionByDefault", ENCRYPTION_DEFAULT, firstOf],
          "bucketKeyEnabled",
        ),
      ]),
      firstOf,
    ],
    ["tags", "Tags", tagList],
  ),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": bucketEncryption,
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2": bucketEncryption,
  "aws:s3/bucketPolicy:BucketPolicy": plain("AWS::S3::BucketPolicy", "bucket", ["policy", "PolicyDocument"]),
  "aws:kms/key:Key": plain(
    "AWS::KMS::Key",
    "description",
    ["policy", "KeyPolicy"],
    "keyUsage",
    ["customerMasterKeySpec", "KeySpec"],
    ["isEnabled", "Enabled"],
    ["tags", "Tags", tagList],
  ),
  "aws:kms/keyPolicy:KeyPolicy": plain(EXTRA.keyPolicy, "keyId", ["policy", "KeyPolicy"]),
  "aws:kms/grant:Grant": plain(EXTRA.keyGrant, "keyId", "granteePrincipal", "operations"),
  "aws:kms/alias:Alias": plain("AWS::KMS::Alias", ["name", "AliasName"], "targetKeyId"),
  "aws:cloudwatch/logGroup:LogGroup": plain(
    "AWS::Logs::LogGroup",
    ["name", "LogGroupName"],
    "kmsKeyId",
    "retentionInDays",
    ["tags", "Tags", tagList],
  ),
  "aws:cloudwatch/metricAlarm:MetricAlarm": plain(
    "AWS::CloudWatch::Alarm",
    ["name", "AlarmName"],
    "namespace",
    "metricName",
    ["dimensions", "Dimensions", dimensionList],
    "comparisonOperator",
    "threshold",
    "alarmActions",
    [
      "metricQueries",
      "Metrics",
      shape(
        "id",
        "expression",
        ["metric.namespace", "MetricStat.Metric.Namespace"],
        ["metric.metricName", "MetricStat.Metric.MetricName"],
        ["metric.dimensions", "MetricStat.Metric.Dimensions", dimensionList],
      ),
    ],
  ),
};
