import { preferencesToCreate } from "../diagnosis/preferences/existing-document";
import type { Rule } from "./rule";

export const preferencesExistAlready: Rule = {
  id: "preferences-exist-already",
  title: "Session preferences may exist already, so that creating them fails",
  level: "note",
  link: "preferences",
  why: "Saving preferences in the Session Manager console creates the document SSM-SessionManagerRunShell in that region. Its name is fixed, and AWS refuses to create it a second time.",
  reference:
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-getting-started-configure-preferences.html",
  fix: {
    cloudformation:
      "Import the existing document into the stack with a change set of type IMPORT, or delete it with aws ssm delete-document before the first deployment, and set UpdateMethod: NewVersion, since a resource with a fixed name cannot be replaced.",
    cdk: "Bring the existing document into the stack with cdk import, or delete it with aws ssm delete-document before the first deployment, and set updateMethod: 'NewVersion', since a resource with a fixed name cannot be replaced.",
    pulumi:
      "Adopt the existing document with the resource option import: 'SSM-SessionManagerRunShell', or delete it with aws ssm delete-document before the first deployment.",
  },
  whenNotToUse: "In accounts where nobody has saved preferences in the console.",
  errorTexts: ["DocumentAlreadyExists: Document with same name SSM-SessionManagerRunShell already exists"],
  check: ({ infrastructure }) =>
    preferencesToCreate(infrastructure).map(({ declaration, why }) => ({
      place: { declaration, property: "Name" },
      message: why,
    })),
};
