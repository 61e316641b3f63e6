const VARINT = 0;
const EIGHT_BYTES = 1;
const LENGTH_DELIMITED = 2;
const FOUR_BYTES = 5;

/**
 * Goes through the fields of an encoded protocol buffer message.
 * Source: Protocol Buffers documentation, "Encoding".
 */
export class FieldReader {
  readonly #bytes: Buffer;
  readonly #end: number;
  #position: number;
  /** Number of the current field. */
  number = 0;
  /** Where the current field begins, its length stands, its content begins, and both end. */
  start = 0;
  length = 0;
  content = 0;
  end = 0;

  constructor(bytes: Buffer, start: number, end: number) {
    this.#bytes = bytes;
    this.#position = start;
    this.#end = end;
  }

  /**
   * Moves to the next field, if there is one.
   * @throws {RangeError} when the bytes are no such message.
   */
  next(): boolean {
    if (this.#position >= this.#end) return false;
    this.start = this.#position;
    const tag = this.#varint();
    this.number = Math.floor(tag / 8);
    this.length = this.#position;
    const length = this.#lengthOf(tag % 8);
    this.content = this.#position;
    this.end = this.#position + length;
    this.#position = this.end;
    if (this.end > this.#end) throw new RangeError("the message is cut short");
    return true;
  }

  #lengthOf(wireType: number): number {
    if (wireType === LENGTH_DELIMITED) return this.#varint();
    if (wireType === EIGHT_BYTES) return 8;
    if (wireType === FOUR_BYTES) return 4;
    if (wireType !== VARINT) throw new RangeError(`there is no wire type ${wireType}`);
    this.#varint();
    return 0;
  }

  #varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#bytes[this.#position];
      if (byte === undefined) throw new RangeError("the message is cut short");
      this.#position += 1;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }
}

/** The text of the first field with a number, a character for each byte; empty where there is none. */
export function textIn(bytes: Buffer, start: number, end: number, number: number): string {
  const field = new FieldReader(bytes, start, end);
  while (field.next()) if (field.number === number) return bytes.toString("latin1", field.content, field.end);
  return "";
}

/** What becomes of a field in a copy: all of it, nothing, or as much of its content as a function copies. */
export type Treatment = "copied" | "left out" | ((content: number, end: number) => void);

/** Makes a copy of an encoded message that leaves parts out. */
export class LighterCopy {
  readonly #source: Buffer;
  readonly #target: Buffer;
  #position = 0;

  constructor(source: Buffer) {
    this.#source = source;
    this.#target = Buffer.allocUnsafe(source.length);
  }

  /** What has been copied. */
  get copy(): Buffer {
    return this.#target.subarray(0, this.#position);
  }

  /** Copies the message between two positions, field by field. */
  fields(start: number, end: number, treat: (field: FieldReader) => Treatment): void {
    const field = new FieldReader(this.#source, start, end);
    let pending = start;
    while (field.next()) {
      const treatment = treat(field);
      if (treatment === "copied") continue;
      this.#bytes(pending, field.start);
      pending = field.end;
      if (treatment !== "left out") this.#lighter(field, treatment);
    }
    this.#bytes(pending, end);
  }

  #lighter({ start, length, content, end }: FieldReader, copyContent: (content: number, end: number) => void): void {
    const width = content - length;
    this.#bytes(start, length);
    const lengthAt = this.#position;
    this.#position += width;
    copyContent(content, end);
    this.#writeLength(lengthAt, width, this.#position - lengthAt - width);
  }

  /** In as many bytes as the length took before, so that nothing has to move: a number may be written with zeros in front. */
  #writeLength(at: number, width: number, length: number): void {
    let rest = length;
    for (let index = 0; index < width; index++) {
      const isLast = index === width - 1;
      this.#target[at + index] = (rest % 128) + (isLast ? 0 : 128);
      rest = Math.floor(rest / 128);
    }
  }

  #bytes(start: number, end: number): void {
    this.#source.copy(this.#target, this.#position, start, end);
    this.#position += end - start;
  }
}
