// The ustar format as far as a backup needs it: plain files, short names, in a stream. It takes no links, folders, or other entry types.
import { AppError } from '../../../shared/errors/app-error.ts';

const BLOCK = 512;
/** Eleven octal digits. @see POSIX.1-2017 pax, "ustar Interchange Format" */
export const MAX_TAR_FILE_BYTES = 8 ** 11 - 1;

export interface TarHeader {
  readonly name: string;
  readonly bytes: number;
}

function checksumOf(header: Buffer): number {
  return header.reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 32 : byte), 0);
}

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');
const checksumText = (header: Buffer): string => `${octal(checksumOf(header), 6)}\0 `;

/** The block before an entry's bytes. `mtime` is in seconds since 1970. @throws {TypeError} for a name or size ustar can't hold */
export function tarHeader({ name, bytes }: TarHeader, mtime: number): Buffer {
  if (!/^[\x21-\x7e]{1,100}$/.test(name) || bytes > MAX_TAR_FILE_BYTES) throw new TypeError(`not for ustar: ${name}`);
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 'latin1');
  header.write(`${octal(0o600, 7)}\0${octal(0, 7)}\0${octal(0, 7)}\0`, 100, 'latin1');
  header.write(`${octal(bytes, 11)}\0${octal(mtime, 11)}\0`, 124, 'latin1');
  header.write('0', 156, 'latin1');
  header.write('ustar\u000000', 257, 'latin1');
  header.write(checksumText(header), 148, 'latin1');
  return header;
}

/** Zeros that fill an entry's last block. */
export function tarPadding(bytes: number): Buffer {
  return Buffer.alloc((BLOCK - (bytes % BLOCK)) % BLOCK);
}

/** Ends an archive. */
export const TAR_END = Buffer.alloc(2 * BLOCK);

function textAt(header: Buffer, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.subarray(0, end < 0 ? length : end).toString('latin1');
}

function octalAt(header: Buffer, start: number, length: number): number {
  const text = textAt(header, start, length).trim();
  if (!/^[0-7]+$/.test(text)) throw new AppError('BACKUP_FILE_INVALID', { reason: 'tar' });
  return parseInt(text, 8);
}

/** Null for the end mark. @throws {AppError} BACKUP_FILE_INVALID */
export function parseTarHeader(header: Buffer): TarHeader | null {
  if (header.every((byte) => byte === 0)) return null;
  const plainFile =
    textAt(header, 156, 1) === '0' && textAt(header, 257, 6) === 'ustar' && textAt(header, 345, 155) === '';
  if (!plainFile || header.toString('latin1', 148, 156) !== checksumText(header))
    throw new AppError('BACKUP_FILE_INVALID', { reason: 'tar' });
  return { name: textAt(header, 0, 100), bytes: octalAt(header, 124, 12) };
}

/** Cuts a stream of chunks into pieces of wanted length without holding more than one chunk. */
function createTaker(chunks: AsyncIterator<Uint8Array>): (most: number) => Promise<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  return async (most) => {
    while (rest.length === 0) {
      const next = await chunks.next();
      if (next.done) throw new AppError('BACKUP_INCOMPLETE');
      rest = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    }
    const piece = rest.subarray(0, most);
    rest = rest.subarray(piece.length);
    return piece;
  };
}

/** One entry as it arrives. `content` must be read to its end before the next entry is asked for. */
export interface TarEntry extends TarHeader {
  readonly content: AsyncGenerator<Buffer>;
}

/** Reads an archive's entries in order. @throws {AppError} BACKUP_FILE_INVALID, BACKUP_INCOMPLETE when it ends before its end mark */
export async function* readTar(chunks: AsyncIterator<Uint8Array>): AsyncGenerator<TarEntry> {
  const take = createTaker(chunks);

  async function takeExactly(length: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for (let missing = length; missing > 0; missing -= pieces.at(-1)?.length ?? 0) pieces.push(await take(missing));
    return Buffer.concat(pieces);
  }

  async function* contentOf(bytes: number): AsyncGenerator<Buffer> {
    for (let missing = bytes; missing > 0;) {
      const piece = await take(missing);
      missing -= piece.length;
      yield piece;
    }
    await takeExactly(tarPadding(bytes).length);
  }

  for (
    let header = parseTarHeader(await takeExactly(BLOCK));
    header;
    header = parseTarHeader(await takeExactly(BLOCK))
  ) {
    yield { ...header, content: contentOf(header.bytes) };
  }
  await takeExactly(BLOCK);
}
