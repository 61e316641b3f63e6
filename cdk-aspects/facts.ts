/** Built as a file of its own, which is loaded only where there are facts. */
export { readFactsFile } from "../input/facts-file";
