/** A file that a script has written or fetched before. */
export interface KnownFile {
  readonly content?: string;
  /** Where it was fetched from: a URL, `s3://…`, or a repository. */
  readonly fetchedFrom?: string;
}

/** The files a script has made so far. Where the folder differs (after `cd`), the same file name counts as the same file. */
export class KnownFiles {
  private readonly byPath = new Map<string, KnownFile>();
  private readonly there = new Set<string>();

  /** `isSure` tells whether what is done now is done in any case. */
  constructor(private readonly isSure: () => boolean) {}

  add(path: string, file: KnownFile): void {
    const name = fileName(path);
    if (name === "" || path.startsWith("/dev/")) return;
    this.byPath.set(path, file);
    this.byPath.set(name, file);
    if (this.isSure()) this.there.add(path);
  }

  /** The script has made the file in any case and not taken it away. */
  isThere(path: string): boolean {
    return this.there.has(path);
  }

  remove(path: string): void {
    this.there.delete(path);
  }

  append(path: string, content: string): void {
    const existing = this.byPath.get(path);
    this.add(path, existing?.content === undefined ? { content } : { content: `${existing.content}\n${content}` });
  }

  copy(from: string, to: string): void {
    const file = this.find(from);
    if (file === undefined) return;
    this.add(/[/\\]$/.test(to) || !fileName(to).includes(".") ? `${to}/${fileName(from)}` : to, file);
    this.add(to, file);
  }

  find(path: string): KnownFile | undefined {
    const exact = this.byPath.get(path) ?? this.byPath.get(fileName(path));
    if (exact !== undefined || !path.includes("*")) return exact;
    const pattern = globPattern(fileName(path));
    for (const [name, file] of this.byPath) if (pattern.test(name)) return file;
    return undefined;
  }
}

export const fileName = (path: string): string => {
  const trimmed = path.replace(/[/\\]+$/, "");
  return trimmed.slice(Math.max(trimmed.lastIndexOf("/"), trimmed.lastIndexOf("\\")) + 1);
};

export const globPattern = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .split("*")
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
  );
