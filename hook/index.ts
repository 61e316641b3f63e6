/** A CloudFormation Lambda Hook that judges the template of a stack or change set before AWS runs it. */
import { type HookEvent, readEvent, templateIn } from "./event";
import { judgeTemplate, type TemplateVerdict } from "./judge-template";
import { type HookOptions, optionsFrom } from "./options";
import { fetchPayload, isFromAws, PayloadError } from "./payload";

export type { HookOptions } from "./options";

/** Source: CloudFormation Hooks user guide, "Create Lambda functions to evaluate resources for Lambda Hooks". */
export interface HookResponse {
  readonly hookStatus: "SUCCESS" | "FAILED";
  readonly errorCode?: "NonCompliant" | "InternalFailure";
  readonly message: string;
  readonly clientRequestToken: string;
}

type Handler = (event: unknown) => Promise<HookResponse>;

const DEFAULT_MINIMUM_AGENT = "2.3.68.0";

/** CloudFormation cuts longer messages off. */
const MOST_CHARACTERS = 4096;

/** A handler that answers whatever it is asked and never throws. */
export const createHandler =
  (options: HookOptions = {}): Handler =>
  async (event) => {
    const request = readEvent(event);
    const { clientRequestToken } = request;
    const { status, message } = await verdictOn(request, options);
    const text = { message: shortened(message), clientRequestToken };
    if (status === "pass") return { hookStatus: "SUCCESS", ...text };
    if (status === "fail") return { hookStatus: "FAILED", errorCode: "NonCompliant", ...text };
    const said = { clientRequestToken, message: shortened(`Nothing was judged: ${message}.`) };
    if (options.whenUnreadable === "pass") return { hookStatus: "SUCCESS", ...said };
    return { hookStatus: "FAILED", errorCode: "InternalFailure", ...said };
  };

/** The entry of the Lambda function; environment variables hold its options. */
export const handler: Handler = async (event) => {
  const options = optionsFrom(process.env);
  if (!("wrong" in options)) return createHandler(options)(event);
  const { clientRequestToken } = readEvent(event);
  return { hookStatus: "FAILED", errorCode: "InternalFailure", message: options.wrong, clientRequestToken };
};

async function verdictOn(request: HookEvent, options: HookOptions): Promise<TemplateVerdict> {
  if (request.invocationPoint === "DELETE_PRE_PROVISION") {
    return { status: "pass", message: "What is deleted needs no session." };
  }
  if (request.target !== "STACK" && request.target !== "CHANGE_SET") {
    return {
      status: "pass",
      message: "A resource alone does not tell whether a session reaches it: judged are stacks.",
    };
  }
  try {
    const template = templateIn(await fetchPayload(request.payload, options.mayFetch ?? isFromAws));
    if (template === undefined) return { status: "unreadable", message: "its payload holds no template" };
    return judgeTemplate(template, request, {
      failOn: options.failOn ?? "error",
      today: options.today ?? new Date().toISOString().slice(0, 10),
      minimumAgentVersion: options.minimumAgentVersion ?? DEFAULT_MINIMUM_AGENT,
    });
  } catch (error) {
    // What the error says may hold parts of the template.
    const message = error instanceof PayloadError ? error.message : "ssm-preflight broke down, please report it";
    return { status: "unreadable", message };
  }
}

const shortened = (text: string): string =>
  text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - 1)}…`;
