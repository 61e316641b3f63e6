/** How sure it is that what a script does at a place is done. */
export class Certainty {
  private doubts: readonly string[] = [];
  /** How many branches and loops are around here that not all states come to, or come to once. */
  private asides = 0;

  /** It is done in every state that is possible, and just once. */
  get isSure(): boolean {
    return this.asides === 0;
  }

  /** The innermost condition around here of which it is not known whether it holds. */
  get doubt(): string | undefined {
    return this.doubts.at(-1);
  }

  /** Runs what stands behind a condition that may hold or not; without a doubt, just runs it. */
  unsure<T>(doubt: string | undefined, run: () => T): T {
    if (doubt === undefined) return run();
    const doubts = this.doubts;
    this.doubts = [...doubts, doubt];
    const result = this.aside(run);
    this.doubts = doubts;
    return result;
  }

  /** Runs what does not come to pass in every state, or more than once. */
  aside<T>(run: () => T): T {
    this.asides += 1;
    const result = run();
    this.asides -= 1;
    return result;
  }
}
