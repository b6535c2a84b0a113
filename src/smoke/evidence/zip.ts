import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

/** A file in a zip archive. */
export interface ZipEntry {
  readonly name: string;
  readonly data: Buffer;
}

// PKWARE's APPNOTE.TXT, 4.3: signatures and the places of what is used here; everything is little-endian.
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
const VERSION = 20;
const UTF8_NAMES = 0x800;
const DEFLATED = 8;
/** 1 January 1980: an archive of the same files is the same archive. */
const DATE = 0x21;

/** The files of an archive, in memory. RangeError on what is no archive, or one with more than zip's first edition has room for. */
export function unzip(archive: Buffer): ZipEntry[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0) throw new RangeError('no zip archive');
  const entries: ZipEntry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(at) !== CENTRAL) throw new RangeError('a zip archive without its index');
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map(place =>
      archive.readUInt16LE(at + place),
    ) as [number, number, number];
    const name = archive.toString('utf8', at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameLength);
    entries.push({ name, data: readData(archive, at) });
    at += CENTRAL_BYTES + nameLength + extraLength + commentLength;
  }
  return entries;
}

function readData(archive: Buffer, central: number): Buffer {
  const local = archive.readUInt32LE(central + 42);
  const start = local + LOCAL_BYTES + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const packed = archive.subarray(start, start + archive.readUInt32LE(central + 20));
  return archive.readUInt16LE(central + 10) === DEFLATED ? inflateRawSync(packed) : packed;
}

export function zip(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const index: Buffer[] = [];
  let offset = 0;
  for (const { name, data } of entries) {
    const title = Buffer.from(name);
    const packed = deflateRawSync(data);
    const fields = describe(title, data, packed);
    const local = Buffer.concat([words(LOCAL), fields, title]);
    index.push(Buffer.concat([words(CENTRAL), shorts(VERSION), fields, centralTail(offset), title]));
    parts.push(local, packed);
    offset += local.length + packed.length;
  }
  const central = Buffer.concat(index);
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

/** What the file's own header and the index have in common. */
function describe(title: Buffer, data: Buffer, packed: Buffer): Buffer {
  return Buffer.concat([
    shorts(VERSION, UTF8_NAMES, DEFLATED, 0, DATE),
    words(crc32(data), packed.length, data.length),
    shorts(title.length, 0),
  ]);
}

function centralTail(offset: number): Buffer {
  return Buffer.concat([shorts(0, 0, 0), words(0, offset)]);
}

function shorts(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => {
    buffer.writeUInt16LE(value, index * 2);
  });
  return buffer;
}

function words(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    buffer.writeUInt32LE(value, index * 4);
  });
  return buffer;
}
