import { namesOf } from "../infrastructure/called";
import type { Declaration } from "../program/declaration";
import { closestWord } from "./closest-word";

/** Nothing of the name that was asked for, or several things. */
export interface NotFound {
  readonly kind: "not-found";
  readonly what: "host" | "user";
  readonly asked: string;
  /** Everything that the name fits; empty where nothing does. */
  readonly several: readonly string[];
  /** The names there are. */
  readonly known: readonly string[];
  readonly closest?: string;
}

export function notFound(
  what: NotFound["what"],
  asked: string,
  several: readonly { readonly declaration: Declaration }[],
  all: readonly Declaration[],
): NotFound {
  const known = [...new Set(all.map((declaration) => namesOf(declaration)[0] ?? declaration.name))].sort();
  const closest = several.length === 0 ? closestWord(asked, known) : undefined;
  return {
    kind: "not-found",
    what,
    asked,
    several: several.map(({ declaration }) => declaration.name),
    known,
    ...(closest === undefined ? {} : { closest }),
  };
}
