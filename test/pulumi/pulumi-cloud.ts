import { createServer, type IncomingMessage } from "node:http";

export interface PublishedPolicy {
  readonly name: string;
  readonly displayName: string;
  readonly enforcementLevel: string;
  readonly severity?: string;
  readonly url?: string;
  readonly remediationSteps?: string;
}

/** What `pulumi policy publish` announces of a pack. */
export interface PublishedPack {
  readonly name: string;
  readonly displayName: string;
  readonly versionTag: string;
  readonly policies: readonly PublishedPolicy[];
}

export interface PulumiCloud {
  readonly url: string;
  /** Bodies by the request that brought them, such as `PUT /upload`. */
  readonly received: ReadonlyMap<string, Buffer>;
  stop(): void;
}

/** As much of the service's interface as publishing a policy pack takes. */
export async function startPulumiCloud(): Promise<PulumiCloud> {
  const received = new Map<string, Buffer>();
  const server = createServer(async (request, response) => {
    const call = `${request.method} ${request.url}`;
    received.set(call, await bodyOf(request));
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answer(call, `http://${request.headers.host}/upload`)));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { url: `http://127.0.0.1:${address.port}`, received, stop: () => server.close() };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function answer(call: string, uploadURI: string): object {
  if (call === "GET /api/user") return { githubLogin: "publisher", organizations: [{ githubLogin: "acme" }] };
  if (call.startsWith("GET /api/capabilities")) return { capabilities: [] };
  return call === "POST /api/orgs/acme/policypacks" ? { version: 1, uploadURI } : {};
}
