/** Names as makers of packages write them; `several` is a universal binary of macOS. */
export type Architecture = "x86_64" | "arm64" | "x86" | "arm" | "several" | "script";

const ELF: Readonly<Record<number, Architecture>> = { 3: "x86", 40: "arm", 62: "x86_64", 183: "arm64" };
const MACH: Readonly<Record<number, Architecture>> = { 16777223: "x86_64", 16777228: "arm64", 7: "x86" };
const PE: Readonly<Record<number, Architecture>> = { 332: "x86", 34404: "x86_64", 43620: "arm64" };

/** How much of a program {@link architectureOf} wants to see. */
export const HEADER_BYTES = 4096;

/** What a program was built for, from the header of its file (ELF, Mach-O or PE); undefined where that is not told. */
export function architectureOf(start: Uint8Array): Architecture | undefined {
  if (start.length < 4) return undefined;
  const bytes = new DataView(start.buffer, start.byteOffset, start.byteLength);
  if (bytes.getUint16(0) === 0x2321) return "script";
  if (bytes.getUint32(0) === 0x7f454c46)
    return start.length < 20 ? undefined : ELF[bytes.getUint16(18, bytes.getUint8(5) !== 2)];
  if (bytes.getUint32(0) === 0xcffaedfe) return start.length < 8 ? undefined : MACH[bytes.getUint32(4, true)];
  if (bytes.getUint32(0) === 0xcafebabe) return "several";
  return bytes.getUint16(0) === 0x4d5a ? portableExecutable(bytes) : undefined;
}

function portableExecutable(bytes: DataView): Architecture | undefined {
  if (bytes.byteLength < 0x40) return undefined;
  const header = bytes.getUint32(0x3c, true);
  return header + 6 > bytes.byteLength ? undefined : PE[bytes.getUint16(header + 4, true)];
}

const KERNEL_NAMES: Readonly<Record<string, Architecture>> = {
  x86_64: "x86_64",
  amd64: "x86_64",
  x64: "x86_64",
  aarch64: "arm64",
  arm64: "arm64",
  i386: "x86",
  i686: "x86",
  armv7l: "arm",
};

/** The machine's own, from the name that its kernel gives it. */
export const architectureOfMachine = (machine: string): Architecture | undefined => KERNEL_NAMES[machine.toLowerCase()];
