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

/** The topics that come closest to a text that is none: a typing error first, else those that share the most telling words. */
export function nearestTopics(text: string, topics: readonly Topic[]): readonly Topic[] {
  const meant = closestWord(
    text.trim(),
    topics.map(({ id }) => id),
  );
  const words = telling(text);
  const scored = topics
    .map((topic) => ({ topic, score: topic.id === meant ? Number.POSITIVE_INFINITY : shared(words, topic) }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score);
  return scored.slice(0, MOST_TOPICS).map(({ topic }) => topic);
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
