/** Characters of Unicode's private use, which stand in no template. */
const [OPEN, CLOSE] = ["\uE000", "\uE001"];

const SLOT = new RegExp(`${OPEN}(\\d+)\\.(\\d+)${CLOSE}`, "g");

/** The names of one host and of what is its own, each with the slot that stands for it where its twins have other names. */
export class Slots {
  private readonly slots = new Map<string, string>();

  /** @param group number of the group of twins */
  constructor(private readonly group: number) {}

  /** The slot of a name; the same for the same name. */
  of(name: string): string {
    const slot = this.slots.get(name) ?? `${OPEN}${this.group}.${this.slots.size}${CLOSE}`;
    this.slots.set(name, slot);
    return slot;
  }

  /** In the order of their slots. */
  names(): readonly string[] {
    return [...this.slots.keys()];
  }
}

/** The groups whose slots a text has. */
export const groupsIn = (text: string): ReadonlySet<number> =>
  new Set(text.includes(OPEN) ? [...text.matchAll(SLOT)].map(([, group]) => Number(group)) : []);

/** A text with the names of one of the twins in the place of their slots. */
export const filled = (text: string, names: readonly string[]): string =>
  text.includes(OPEN) ? text.replaceAll(SLOT, (slot, _, index: string) => names[Number(index)] ?? slot) : text;
