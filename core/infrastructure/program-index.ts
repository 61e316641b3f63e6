import { absent, assumingAlso, type Fact, known, unknown } from "../facts/fact";
import { lazy } from "../facts/lazy";
import type { Declaration, Program } from "../program/declaration";
import { asList, asText, at, referencesIn, showText } from "../program/read";
import { shortName } from "../program/short-name";
import type { Value } from "../program/value";
import { joinedBy } from "./joined";
import { builtNames, namesIn, physicalNames } from "./physical-names";

/** Finds declarations by type, by reference and by the physical name a program gives them. */
export interface ProgramIndex {
  readonly declarations: readonly Declaration[];
  ofType(...types: readonly string[]): readonly Declaration[];
  /**
   * The declaration of one of `types` that a value stands for: by reference first, by name second, and last one that an
   * association it is made from joins. In the `stack` that the value stands in, two names that are not known are the same where
   * they are built alike.
   */
  follow(value: Value, types: readonly string[], stack?: string): Fact<Declaration>;
  /** The same for each member of a list. Unresolvable members are unknown items. */
  followAll(value: Value, types: readonly string[], stack?: string): Fact<readonly Fact<Declaration>[]>;
  /**
   * In Pulumi every unknown item of a list carries the dependencies of the whole list. Each candidate is one of these items,
   * whichever: here each item refers to its own alone, and to none of them where there are more items than candidates.
   */
  settle(items: readonly Value[], types: readonly string[]): readonly Value[];
  /** Every declaration of `types` that a value may stand for. */
  candidates(value: Value, types: readonly string[], stack?: string): readonly Declaration[];
  /** Declarations of `type` grouped by the declaration that their `property` stands for; those in doubt appear under each candidate. */
  attachments(
    type: string,
    property: string,
    targetTypes: readonly string[],
  ): ReadonlyMap<Declaration, readonly Attachment[]>;
  /** What is attached to a declaration, and in doubt what may be: its `property` is not traced to any declaration. */
  mayBeAttached(
    target: Declaration,
    type: string,
    property: string,
    targetTypes: readonly string[],
  ): readonly Attachment[];
}

export interface Attachment {
  readonly declaration: Declaration;
  /** False when the value may stand for another declaration as well. */
  readonly certain: boolean;
}

const NO_ATTACHMENTS: ReadonlyMap<Declaration, readonly Attachment[]> = new Map();

/** Told of names that a diagnosis looked for and that nothing in the program bears, an ARN first. */
export type OnMissing = (names: readonly string[], types: readonly string[]) => void;

export function indexProgram(program: Program, onMissing?: OnMissing): ProgramIndex {
  const byId = new Map(program.declarations.map((declaration) => [declaration.id, declaration]));
  const byType = group(program.declarations);
  const byName = lazy(() => indexNames(program.declarations));

  const ofType = (...types: readonly string[]) => types.flatMap((type) => byType.get(type) ?? []);

  const referred = (value: Value, types: readonly string[]): readonly Declaration[] => {
    const found = new Set<Declaration>();
    for (const reference of referencesIn(value)) {
      const declaration = byId.get(reference.id);
      if (declaration !== undefined && types.includes(declaration.type)) found.add(declaration);
    }
    return [...found];
  };

  const named = (value: Value, types: readonly string[], stack: string | undefined): readonly Declaration[] => {
    const names = stack === undefined ? namesIn(value) : [...namesIn(value), ...builtNames(value, stack)];
    for (const name of names) {
      const found = (byName().get(name) ?? []).filter(
        (declaration) => types.includes(declaration.type) && !isOfAnotherAccount(value, declaration),
      );
      if (found.length > 0) return found;
    }
    return [];
  };

  const passedOn = (value: Value, types: readonly string[]): readonly Declaration[] => [
    ...new Set(joinedBy(value, byId).flatMap((joined) => referred(joined, types))),
  ];

  const candidates = (value: Value, types: readonly string[], stack?: string): readonly Declaration[] => {
    const byReference = referred(value, types);
    if (byReference.length === 1) return byReference;
    const byTheName = named(value, types, stack);
    if (byReference.length > 1 && byTheName.length === 1) return byTheName;
    if (byReference.length > 0) return byReference;
    return byTheName.length > 0 ? byTheName : passedOn(value, types);
  };

  const resolve = (value: Value, types: readonly string[], stack?: string): Fact<Declaration> => {
    if (value.kind === "absent") return absent(value.assuming);
    const [first, ...others] = candidates(value, types, stack);
    if (first === undefined) return unknown(outsideReason(value));
    if (others.length === 0) return assumingAlso(known(first, value.assuming), first.assuming);
    return unknown(`it may be ${[first, ...others].map(shortName).join(" or ")}`);
  };

  const follow = (value: Value, types: readonly string[], stack?: string): Fact<Declaration> => {
    const found = resolve(value, types, stack);
    if (onMissing !== undefined && found.state === "unknown") {
      const names = namesIn(value);
      if (names.length > 0 && candidates(value, types).length === 0) onMissing(names, types);
    }
    return found;
  };

  type Follow = ProgramIndex["follow"];

  const followEach = (
    value: Value,
    types: readonly string[],
    stack: string | undefined,
    one: Follow,
  ): Fact<readonly Fact<Declaration>[]> => {
    const items = asList(value);
    if (items.state === "absent") return items;
    if (items.state === "unknown") return followWholeList(value, types, stack);
    return known(
      settle(items.value, types).map((item) => one(item, types, stack)),
      items.assuming,
    );
  };

  const followAll: ProgramIndex["followAll"] = (value, types, stack) => followEach(value, types, stack, follow);

  // A list that is unknown as a whole can still be the one resource it is made from.
  const followWholeList = (
    value: Value,
    types: readonly string[],
    stack: string | undefined,
  ): Fact<readonly Fact<Declaration>[]> => {
    const single = resolve(value, types, stack);
    return single.state === "known" ? known([single], single.assuming) : single.state === "absent" ? absent() : single;
  };

  const settle: ProgramIndex["settle"] = (items, types) => {
    const isLoose = (item: Value) => isInterchangeable(item) && candidates(item, types).length > 0;
    const loose = items.filter(isLoose);
    if (loose.length === 0) return items;
    const taken = items.flatMap((item) => {
      const fixed = isLoose(item) ? absent() : resolve(item, types);
      return fixed.state === "known" ? [fixed.value] : [];
    });
    // Engines list dependencies in whatever order resources were registered; which item is which must not depend on it.
    const pool = [...new Set(loose.flatMap((item) => candidates(item, types)))]
      .filter((found) => !taken.includes(found))
      .sort((left, right) => (left.id < right.id ? -1 : 1));
    if (pool.length > loose.length) return items;
    const left = pool.map(({ id }) => [{ id }]).values();
    const elsewhere = (item: Value) => item.refersTo?.filter(({ id }) => !pool.some((found) => found.id === id)) ?? [];
    return items.map((item) => (isLoose(item) ? { ...item, refersTo: left.next().value ?? elsewhere(item) } : item));
  };

  const attachmentsByKey = new Map<string, ReadonlyMap<Declaration, readonly Attachment[]>>();
  const attachments = (type: string, property: string, targetTypes: readonly string[]) => {
    const attaching = byType.get(type);
    if (attaching === undefined) return NO_ATTACHMENTS;
    const key = `${type} ${property} ${targetTypes.length === 1 ? targetTypes[0] : targetTypes.join()}`;
    const existing = attachmentsByKey.get(key);
    if (existing !== undefined) return existing;
    const made = groupAttachments(attaching, property, (value, stack) => attachmentTargets(value, targetTypes, stack));
    attachmentsByKey.set(key, made);
    return made;
  };

  // What is attached to something outside of the program is of no interest to what is inside.
  const attachmentTargets = (
    value: Value,
    types: readonly string[],
    stack: string,
  ): readonly [Declaration, boolean][] => {
    const items = followEach(value, types, stack, resolve);
    const certain =
      items.state === "known" ? items.value.flatMap((item) => (item.state === "known" ? [item.value] : [])) : [];
    const possible = candidates(value, types, stack).filter((candidate) => !certain.includes(candidate));
    return [
      ...certain.map((target): [Declaration, boolean] => [target, true]),
      ...possible.map((target): [Declaration, boolean] => [target, false]),
    ];
  };

  const untracedByKey = new Map<string, readonly Attachment[]>();
  const untraced = (type: string, property: string): readonly Attachment[] => {
    const key = `${type} ${property}`;
    const existing = untracedByKey.get(key);
    if (existing !== undefined) return existing;
    const found = ofType(type).filter(({ properties }) => isUntraced(at(properties, property)));
    const made = found.map((declaration) => ({ declaration, certain: false }));
    untracedByKey.set(key, made);
    return made;
  };

  const mayBeAttached: ProgramIndex["mayBeAttached"] = (target, type, property, targetTypes) => [
    ...(attachments(type, property, targetTypes).get(target) ?? []),
    ...untraced(type, property),
  ];

  return {
    declarations: program.declarations,
    ofType,
    follow,
    followAll,
    candidates,
    attachments,
    mayBeAttached,
    settle,
  };
}

function group(declarations: readonly Declaration[]): ReadonlyMap<string, readonly Declaration[]> {
  const groups = new Map<string, Declaration[]>();
  for (const declaration of declarations) push(groups, declaration.type, declaration);
  return groups;
}

function indexNames(declarations: readonly Declaration[]): ReadonlyMap<string, readonly Declaration[]> {
  const names = new Map<string, Declaration[]>();
  for (const declaration of declarations) {
    for (const name of physicalNames(declaration)) push(names, name, declaration);
  }
  return names;
}

/** An ARN names the account, and the same name in another account is another thing. */
function isOfAnotherAccount(value: Value, { account }: Declaration): boolean {
  const text = asText(value);
  if (account.state !== "known" || text.state !== "known") return false;
  const named = /^arn:[^:]*:iam::(\d{12}):/.exec(showText(text.value))?.[1];
  return named !== undefined && named !== account.value;
}

function outsideReason(value: Value): string {
  if (value.kind === "unknown") return value.reason;
  const text = asText(value);
  if (text.state !== "known") return `it is a ${value.kind}`;
  const shown = showText(text.value);
  return shown === "" ? "it is an empty text" : `${shown} is not declared in this program`;
}

/** Where the language does not tell which of several references an item stands for. */
const isInterchangeable = (item: Value): boolean =>
  item.kind === "unknown" && (item.refersTo ?? []).some(({ attribute }) => attribute === undefined);

const isUntraced = (value: Value): boolean =>
  value.kind === "list" ? value.items.some(isUntraced) : value.kind === "unknown" && value.isUntraced === true;

function groupAttachments(
  declarations: readonly Declaration[],
  property: string,
  targets: (value: Value, stack: string) => readonly [Declaration, boolean][],
): ReadonlyMap<Declaration, readonly Attachment[]> {
  const groups = new Map<Declaration, Attachment[]>();
  for (const declaration of declarations) {
    for (const [target, certain] of targets(at(declaration.properties, property), declaration.stack)) {
      push(groups, target, { declaration, certain });
    }
  }
  return groups;
}

export function push<K, V>(groups: Map<K, V[]>, key: K, item: V): void {
  const items = groups.get(key);
  if (items === undefined) groups.set(key, [item]);
  else items.push(item);
}
