import { closestWord } from "../assessment/closest-word";

export interface Topic {
  readonly id: string;
  readonly title: string;
  /** Further words by which it is found. */
  readonly texts: readonly string[];
}

const MOST_TOPICS = 3;

/** Words that nearly every error has tell none apart. */
const COMMON = new Set(
  "a an and are as at but by can cannot could error errors failed for from has have in into is it its no not occurred of on or session sessions manager the this to was were when with you your aws ssm".split(
    " ",
  ),
);

/** The topic that a typing error was meant for, else those that share the most telling words with a text that is none. */
export function nearestTopics(text: string, topics: readonly Topic[]): readonly Topic[] {
  const ids = topics.map(({ id }) => id);
  const meant = closestWord(text.trim(), ids);
  if (meant !== undefined) return topics.filter(({ id }) => id === meant);
  const words = telling(text);
  return topics
    .map((topic) => ({ topic, score: shared(words, topic) }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score)
    .slice(0, MOST_TOPICS)
    .map(({ topic }) => topic);
}

/** The share of a topic's own words counts, so that long texts do not win by length. */
function shared(words: ReadonlySet<string>, { id, title, texts }: Topic): number {
  return Math.max(...[id, title, ...texts].map((text) => overlap(words, telling(text))));
}

function overlap(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const both = [...left].filter((word) => right.has(word)).length;
  return both === 0 ? 0 : both / Math.sqrt(left.size * right.size);
}

const telling = (text: string): ReadonlySet<string> =>
  new Set((text.toLowerCase().match(/[a-z][a-z0-9]+/g) ?? []).filter((word) => !COMMON.has(word)));
