/** A field of an encoded protocol buffer message, by positions in the bytes that hold it. */
export interface Field {
  readonly number: number;
  /** Where its tag begins. */
  readonly start: number;
  /** Where its content begins. */
  readonly content: number;
  readonly end: number;
}

const VARINT = 0;
const EIGHT_BYTES = 1;
const LENGTH_DELIMITED = 2;
const FOUR_BYTES = 5;

/**
 * The fields of the message between two positions.
 * Source: Protocol Buffers documentation, "Encoding".
 * @throws {RangeError} when the bytes are no such message.
 */
export function fieldsOf(bytes: Buffer, start = 0, end = bytes.length): readonly Field[] {
  const fields: Field[] = [];
  let position = start;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[position];
      if (byte === undefined || position >= end) throw new RangeError("the message is cut short");
      position += 1;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (position < end) {
    const from = position;
    const tag = varint();
    const wireType = tag % 8;
    const length = wireType === LENGTH_DELIMITED ? varint() : undefined;
    const content = position;
    if (wireType === VARINT) varint();
    else position += length ?? fixedLength(wireType);
    if (position > end) throw new RangeError("the message is cut short");
    fields.push({ number: Math.floor(tag / 8), start: from, content, end: position });
  }
  return fields;
}

function fixedLength(wireType: number): number {
  if (wireType === EIGHT_BYTES) return 8;
  if (wireType === FOUR_BYTES) return 4;
  throw new RangeError(`there is no wire type ${wireType}`);
}

/** A field that holds a message or a text, of the parts of its content. */
export function encoded(number: number, content: readonly Buffer[]): readonly Buffer[] {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  return [Buffer.from([...varintOf(number * 8 + LENGTH_DELIMITED), ...varintOf(length)]), ...content];
}

function varintOf(value: number): readonly number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varintOf(Math.floor(value / 128))];
}
