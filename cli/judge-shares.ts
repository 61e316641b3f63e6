import type { Crew } from "./judge-inputs";
import { type JudgedShare, type JudgingSettings, judgeShare } from "./judge-share";
import type { Share } from "./read-files";

type Judge = (share: Share) => JudgedShare | Promise<JudgedShare>;

/** Judges shares one after the other, or side by side on worker threads. */
export async function judgeShares(
  shares: readonly Share[],
  settings: JudgingSettings,
  { cores, worker, showsProgress }: Crew,
): Promise<readonly JudgedShare[]> {
  const threads = Math.min(cores, shares.length);
  const progress = showsProgress ? await startProgress(shares) : undefined;
  const advancing = (judge: Judge) => async (share: Share) => {
    const judged = await judge(share);
    progress?.advance(share);
    return judged;
  };
  try {
    return threads > 1
      ? await onThreads(threads, worker, settings, (judge) => Promise.all(shares.map(advancing(judge))))
      : await oneByOne(
          shares,
          advancing((share) => judgeShare(share, settings)),
        );
  } finally {
    progress?.stop();
  }
}

async function oneByOne<T, R>(items: readonly T[], use: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await use(item));
  return results;
}

async function onThreads<R>(
  threads: number,
  worker: string,
  settings: JudgingSettings,
  use: (judge: Judge) => Promise<R>,
): Promise<R> {
  const { Piscina } = await import("piscina");
  const pool = new Piscina<Share, JudgedShare>({
    filename: worker,
    minThreads: threads,
    maxThreads: threads,
    workerData: settings,
  });
  try {
    return await use((share) => pool.run(share));
  } finally {
    await pool.destroy();
  }
}

interface Progress {
  readonly advance: (share: Share) => void;
  readonly stop: () => void;
}

async function startProgress(shares: readonly Share[]): Promise<Progress> {
  const { SingleBar } = await import("cli-progress");
  const bar = new SingleBar({
    format: "ssm-preflight: {bar} {value}/{total} files",
    barCompleteChar: "#",
    barIncompleteChar: "-",
    clearOnComplete: true,
  });
  bar.start(
    shares.reduce((sum, { files }) => sum + files.length, 0),
    0,
  );
  return { advance: ({ files }) => bar.increment(files.length), stop: () => bar.stop() };
}
