/** What shows how far a run has come. */
export interface Progress {
  /** More things are to be asked for. */
  grow(things: number): void;
  advance(things: number): void;
  stop(): void;
}

export const NO_PROGRESS: Progress = { grow: () => undefined, advance: () => undefined, stop: () => undefined };

/** A bar on a terminal, nothing elsewhere. */
export async function progressOn(stream: NodeJS.WriteStream): Promise<Progress> {
  if (!stream.isTTY) return NO_PROGRESS;
  const { SingleBar, Presets } = await import("cli-progress");
  const bar = new SingleBar(
    { stream, format: "asking AWS {bar} {value} of {total}", clearOnComplete: true },
    Presets.shades_classic,
  );
  let total = 0;
  return {
    grow: (things) => {
      if (total === 0) bar.start(things, 0);
      total += things;
      bar.setTotal(total);
    },
    advance: (things) => bar.increment(things),
    stop: () => {
      if (total > 0) bar.stop();
    },
  };
}
