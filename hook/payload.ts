/** Why a payload could not be had, as a clause. It never holds the URL, whose signature is a secret. */
export class PayloadError extends Error {}

/** CloudFormation waits 30 seconds for the function; what is left is for judging. */
const MOST_TIME = 15_000;

const AWS_HOST = /\.amazonaws\.com(?:\.cn)?$/;

/** S3 over HTTPS, so that no event makes the function fetch from anywhere else. */
export const isFromAws = ({ protocol, hostname }: URL): boolean => protocol === "https:" && AWS_HOST.test(hostname);

/** @throws {PayloadError} where there is no JSON to be had. */
export async function fetchPayload(text: string | undefined, isAllowed: (url: URL) => boolean): Promise<unknown> {
  if (text === undefined) throw new PayloadError("the event names no payload");
  if (!URL.canParse(text)) throw new PayloadError("the payload of the event is no URL");
  const url = new URL(text);
  if (!isAllowed(url)) throw new PayloadError(`the payload lies on ${url.hostname}, which is not AWS`);
  const response = await request(url);
  if (!response.ok) throw new PayloadError(`its payload could not be fetched: status ${response.status}`);
  try {
    return await response.json();
  } catch {
    throw new PayloadError("its payload is no JSON");
  }
}

async function request(url: URL): Promise<Response> {
  try {
    return await fetch(url, { redirect: "error", signal: AbortSignal.timeout(MOST_TIME) });
  } catch (error) {
    const isLate = error instanceof Error && error.name === "TimeoutError";
    throw new PayloadError(`its payload could not be fetched${isLate ? " in time" : ""}`);
  }
}
