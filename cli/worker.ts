import { workerData } from "node:worker_threads";
import { type JudgedShare, judgeShare } from "./judge-share";
import type { Share } from "./read-files";

/** What a worker thread of a run on many files does with each share. The settings came with the thread. */
export default (share: Share): JudgedShare => judgeShare(share, workerData);
