import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What happens to a call instead of an answer of moto. */
export type Trouble = "denied" | "throttled" | "cut" | "held";

/** A server in front of moto that notes every call, and troubles some of them in the form in which AWS would. */
export interface Front {
  readonly url: string;
  /** `ec2:DescribeSubnets`, in the order in which they came; troubled calls too. */
  readonly calls: readonly string[];
  /** The next `times` calls of an action are in trouble. */
  readonly trouble: (action: string, trouble: Trouble, times?: number) => void;
  /** Calls of an action are never answered; resolves when the first of them comes. */
  readonly hold: (action: string) => Promise<void>;
  /** Value of the service setting for Default Host Management Configuration, which moto has not. */
  readonly setHostManagement: (value: string) => void;
  /** Forgets troubles and calls. */
  readonly calm: () => void;
  readonly stop: () => Promise<void>;
}

interface Troubled {
  readonly trouble: Trouble;
  left: number;
  readonly onCall: () => void;
}

export async function startFront(moto: string): Promise<Front> {
  const calls: string[] = [];
  const troubles = new Map<string, Troubled>();
  let hostManagement = "$None";

  const server = createServer(async (incoming, outgoing) => {
    const body = await bodyOf(incoming);
    const action = actionOf(incoming, body);
    calls.push(action);
    const trouble = troubles.get(action);
    if (trouble !== undefined && trouble.left > 0) {
      trouble.left -= 1;
      trouble.onCall();
      answerTrouble(trouble.trouble, action, outgoing);
    } else if (action === "ssm:GetServiceSetting") {
      const { SettingId }: { readonly SettingId: string } = JSON.parse(body);
      send(
        outgoing,
        200,
        "application/x-amz-json-1.1",
        JSON.stringify({ ServiceSetting: { SettingId, SettingValue: hostManagement } }),
      );
    } else {
      pass(moto, incoming, body, outgoing);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    calls,
    trouble: (action, trouble, times = Number.POSITIVE_INFINITY) =>
      troubles.set(action, { trouble, left: times, onCall: () => undefined }),
    hold: (action) =>
      new Promise((resolve) => {
        troubles.set(action, { trouble: "held", left: Number.POSITIVE_INFINITY, onCall: resolve });
      }),
    setHostManagement: (value) => {
      hostManagement = value;
    },
    calm: () => {
      troubles.clear();
      calls.length = 0;
      hostManagement = "$None";
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

/** The service stands in the signature, the action in the body or, for Systems Manager, in a header. */
function actionOf({ headers }: IncomingMessage, body: string): string {
  const service = /Credential=[^/]*\/\d+\/[^/]*\/([^/]+)\//.exec(headers.authorization ?? "")?.[1] ?? "";
  const target = headers["x-amz-target"];
  const action = typeof target === "string" ? target.split(".")[1] : new URLSearchParams(body).get("Action");
  return `${service}:${action}`;
}

function pass(moto: string, incoming: IncomingMessage, body: string, outgoing: ServerResponse): void {
  const { method, url = "/", headers } = incoming;
  const onward = request(new URL(url, moto), { method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on("error", () => outgoing.destroy());
  onward.end(body);
}

function send(outgoing: ServerResponse, status: number, type: string, text: string): void {
  outgoing.writeHead(status, { "content-type": type });
  outgoing.end(text);
}

/** Error codes by service. Sources: EC2 API, "Error codes"; IAM API and Systems Manager API, "Common Errors". */
const CODES: Readonly<Record<"denied" | "throttled", Readonly<Record<string, string>>>> = {
  denied: { ec2: "UnauthorizedOperation", iam: "AccessDenied", ssm: "AccessDeniedException", sts: "AccessDenied" },
  throttled: { ec2: "RequestLimitExceeded", iam: "Throttling", ssm: "ThrottlingException", sts: "Throttling" },
};

function answerTrouble(trouble: Trouble, action: string, outgoing: ServerResponse): void {
  if (trouble === "held") return;
  if (trouble === "cut") {
    outgoing.destroy();
    return;
  }
  const [service = ""] = action.split(":");
  const code = CODES[trouble][service] ?? "AccessDenied";
  const message = `${action} cannot be had`;
  const status = trouble === "denied" ? 403 : service === "ec2" ? 503 : 400;
  if (service === "ssm") {
    send(outgoing, 400, "application/x-amz-json-1.1", JSON.stringify({ __type: code, message }));
    return;
  }
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  const text =
    service === "ec2"
      ? `<Response><Errors>${error}</Errors><RequestID>1</RequestID></Response>`
      : `<ErrorResponse>${error}<RequestId>1</RequestId></ErrorResponse>`;
  send(outgoing, status, "text/xml", text);
}
