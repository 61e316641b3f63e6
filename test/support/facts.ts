import { FACTS_FILE, GLOBAL, NO_FACTS } from "../../core/facts-file/facts-file";
import { addFacts, factsText } from "../../core/facts-file/merge";

export { FACTS_FILE };

export const CORE_POLICY = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";

const ACCOUNT = "111111111111";

/** What a snapshot says of an instance profile that an account has, with its role and the policies of that. */
export const factsOnProfile = (name: string, ...policies: readonly string[]): string =>
  factsText(
    addFacts(NO_FACTS, { account: ACCOUNT, region: GLOBAL }, "2026-11-24", [
      {
        type: "AWS::IAM::InstanceProfile",
        ids: [name, `arn:aws:iam::${ACCOUNT}:instance-profile/${name}`],
        properties: { Roles: ["reader"] },
      },
      {
        type: "AWS::IAM::Role",
        ids: ["reader", `arn:aws:iam::${ACCOUNT}:role/reader`],
        properties: {
          AssumeRolePolicyDocument: {
            Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
          },
          ManagedPolicyArns: policies,
          Policies: [],
        },
      },
    ]),
  );
