import fc from 'fast-check';

/** Pure noise finds little in a format with a magic number: most cases begin with a good message and spoil it. */
export function spoiltBytes(samples: readonly Buffer[], maxBytes = 1500): fc.Arbitrary<Buffer> {
  const noise = fc.uint8Array({ maxLength: maxBytes }).map(bytes => Buffer.from(bytes));
  const spoilt = fc
    .tuple(fc.constantFrom(...samples), fc.array(BYTE_EDIT, { maxLength: 6 }))
    .map(([sample, edits]) => edits.reduce(applyToBytes, Buffer.from(sample)).subarray(0, maxBytes));
  return fc.oneof({ weight: 1, arbitrary: noise }, { weight: 4, arbitrary: spoilt });
}

/** The same for text: markup cut, doubled, and mixed with what its readers treat specially. */
export function spoiltText(
  samples: readonly string[],
  tokens: readonly string[],
  maxLength = 4000,
): fc.Arbitrary<string> {
  const piece = fc.oneof(fc.constantFrom(...tokens), fc.string({ unit: 'binary', maxLength: 20 }));
  const edit = fc.record({ at: POSITION, length: fc.nat({ max: 40 }), piece, times: fc.nat({ max: 3 }) });
  const noise = fc.array(piece, { maxLength: 40 }).map(pieces => pieces.join(''));
  const spoilt = fc
    .tuple(fc.constantFrom(...samples), fc.array(edit, { maxLength: 6 }))
    .map(([sample, edits]) => edits.reduce(applyToText, sample).slice(0, maxLength));
  return fc.oneof({ weight: 1, arbitrary: noise }, { weight: 4, arbitrary: spoilt });
}

const POSITION = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
/** Values at the edges of length and count fields, and any other. */
const BYTE = fc.oneof(fc.constantFrom(0x00, 0x01, 0x7f, 0x80, 0xff), fc.nat({ max: 255 }));

type ByteEdit = {
  readonly kind: 'set' | 'cut' | 'insert' | 'repeat';
  readonly at: number;
  readonly byte: number;
  readonly length: number;
};

const BYTE_EDIT: fc.Arbitrary<ByteEdit> = fc.record({
  kind: fc.constantFrom('set', 'set', 'set', 'cut', 'insert', 'repeat'),
  at: POSITION,
  byte: BYTE,
  length: fc.integer({ min: 1, max: 64 }),
});

function applyToBytes(bytes: Buffer, { kind, at, byte, length }: ByteEdit): Buffer {
  const offset = Math.floor(at * bytes.length);
  if (kind === 'cut') return bytes.subarray(0, offset);
  if (kind === 'insert')
    return Buffer.concat([bytes.subarray(0, offset), Buffer.alloc(length, byte), bytes.subarray(offset)]);
  if (kind === 'repeat') return Buffer.concat([bytes, bytes.subarray(offset, offset + length)]);
  if (offset < bytes.length) bytes[offset] = byte;
  return bytes;
}

function applyToText(
  text: string,
  { at, length, piece, times }: { at: number; length: number; piece: string; times: number },
): string {
  const offset = Math.floor(at * text.length);
  return text.slice(0, offset) + piece.repeat(times) + text.slice(offset + length);
}
