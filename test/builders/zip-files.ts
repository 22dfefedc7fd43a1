// Writes ZIP archives byte by byte, so that a test can make any field of them lie.
import { crc32, deflateRawSync } from 'node:zlib';

/** One file. What is left out is as it should be; `size`, `crc32`, `localName` and the like are written as they are given. */
export interface ZipFile {
  readonly name: string;
  readonly content: Buffer | string;
  readonly stored?: boolean;
  readonly method?: number;
  readonly flags?: number;
  readonly size?: number;
  readonly crc32?: number;
  readonly localName?: string;
  /** Unix mode, 0o120777 for a link. */
  readonly mode?: number;
  /** Bytes instead of the packed content. */
  readonly packed?: Buffer;
  /** Offset written into the index instead of the true one. */
  readonly offset?: number;
}

export interface ZipOptions {
  readonly comment?: string;
  /** Number of files written into the end record. */
  readonly count?: number;
}

interface Written {
  readonly local: Buffer;
  readonly central: (offset: number) => Buffer;
}

function fieldsOf({ content, stored = false, method, flags = 0x800, ...file }: ZipFile) {
  const bytes = Buffer.from(content);
  const packed = file.packed ?? (stored ? bytes : deflateRawSync(bytes));
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(flags, 2);
  fields.writeUInt16LE(method ?? (stored ? 0 : 8), 4);
  fields.writeUInt32LE(file.crc32 ?? crc32(bytes), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(file.size ?? bytes.length, 18);
  return { fields, packed };
}

function write(file: ZipFile): Written {
  const { fields, packed } = fieldsOf(file);
  const name = Buffer.from(file.name);
  const localName = Buffer.from(file.localName ?? file.name);
  const localFields = Buffer.from(fields);
  localFields.writeUInt16LE(localName.length, 22);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), localFields, localName, packed]);
  const central = (offset: number): Buffer => {
    const head = Buffer.alloc(46);
    head.write('PK\u0001\u0002', 'latin1');
    head.writeUInt16LE(file.mode === undefined ? 20 : 0x0314, 4);
    fields.copy(head, 6, 0, 22);
    head.writeUInt16LE(name.length, 28);
    head.writeUInt32LE(((file.mode ?? 0) << 16) >>> 0, 38);
    head.writeUInt32LE(file.offset ?? offset, 42);
    return Buffer.concat([head, name]);
  };
  return { local, central };
}

/** The bytes of an archive. */
export function zipOf(files: readonly ZipFile[], { comment = '', count = files.length }: ZipOptions = {}): Buffer {
  const locals: Buffer[] = [];
  const index: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const { local, central } = write(file);
    index.push(central(offset));
    locals.push(local);
    offset += local.length;
  }
  const indexBytes = Buffer.concat(index);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(indexBytes.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(Buffer.byteLength(comment), 20);
  return Buffer.concat([...locals, indexBytes, end, Buffer.from(comment)]);
}
