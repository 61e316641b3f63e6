import * as v from "valibot";
import { described, list, numeric, object, oneOf, optional, record, text, wrong } from "../configuration/schema-parts";
import { ACCOUNT_FORM } from "../knowledge/partitions";
import { FACTS_VERSION, RESOURCE_TYPES } from "./facts-file";

const IDS = "a list of one or more ids";
const DATE = "a date of the form YYYY-MM-DD";

/** The shape of a facts file, from which the JSON Schema for editors is made too. */
export function factsSchema() {
  return object("a map with the keys version and snapshots", {
    $schema: optional(text("the address of a JSON Schema"), "For editors only"),
    version: described(version(), "Of the shape of this file"),
    snapshots: described(list(snapshot()), "What AWS said, by account, region and day"),
  });
}

function version() {
  const known = String(FACTS_VERSION);
  return v.pipe(
    numeric(/^\d+$/, "a number"),
    v.check((given) => given === known, `this version of ssm-preflight reads version ${known} of facts files`),
  );
}

function snapshot() {
  return object("a map with the keys account, region, taken and resources", {
    account: numeric(ACCOUNT_FORM, "an account id of 12 digits"),
    region: described(text("a region such as eu-west-1, or global"), "global for IAM"),
    taken: described(v.pipe(v.string(wrong(DATE)), v.isoDate(wrong(DATE))), "The day on which it was so"),
    resources: list(resource()),
  });
}

function resource() {
  const id = text("an id");
  return object("a map with the keys type, ids and properties", {
    type: described(
      oneOf(RESOURCE_TYPES, "a type that snapshot writes"),
      "As in CloudFormation, where it has the type",
    ),
    ids: described(v.tupleWithRest([id], id, wrong(IDS)), "What programs call it by"),
    properties: described(record("a map of properties", v.unknown()), "As in CloudFormation, with real ids"),
  });
}
