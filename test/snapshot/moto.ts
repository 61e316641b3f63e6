import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The first installation of moto takes a minute or two. */
export const SETUP_TIMEOUT = 600_000;

const SCRIPT = path.resolve(__dirname, "../../scripts/moto-server.mjs");

export interface Moto {
  /** `http://127.0.0.1:40123` */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** AWS's APIs on a port of this machine, with an account that is empty but for its default VPC. */
export async function startMoto(): Promise<Moto> {
  const { stdout } = await run(process.execPath, [SCRIPT]);
  const server = spawn(stdout.trim(), ["-m", "moto.server", "--host", "127.0.0.1", "--port", "0"], {
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: "true" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  server.stderr.setEncoding("utf8");
  const url = await new Promise<string>((resolve, reject) => {
    let said = "";
    server.on("error", reject);
    server.on("exit", () => reject(new Error(`moto did not start: ${said}`)));
    server.stderr.on("data", (text: string) => {
      said += text;
      const found = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  return {
    url,
    stop: async () => {
      server.kill();
      await once(server, "exit");
    },
  };
}
