// Reads and judges the index of a ZIP archive: what is in it, where, how large. Nothing is unpacked before all of it was found in order.
import iconv from 'iconv-lite';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { quoteSource } from '../failure.ts';
import { MAX_ARCHIVE_ENTRIES, MAX_ENTRY_BYTES, MAX_RATIO, MAX_UNPACKED_BYTES, RATIO_FREE_BYTES } from '../limits.ts';

/** One file of an archive. `start` to `start + packed` are its bytes; `crc32` and `size` are what the index says of the unpacked ones. */
export interface ZipEntry {
  readonly name: string;
  readonly method: 'stored' | 'deflated';
  readonly start: number;
  readonly packed: number;
  readonly size: number;
  readonly crc32: number;
}

/** APPNOTE 6.3.10 §4.3.16, §4.3.12, §4.3.7. */
const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
const MAX_COMMENT = 65_535;

/** Whether a file's first bytes are those of a ZIP archive, be it an empty one. */
export function isZip(head: Uint8Array): boolean {
  const signature = Buffer.from(head.subarray(0, 4)).toString('latin1');
  return signature === 'PK\u0003\u0004' || signature === 'PK\u0005\u0006';
}

/** STATEMENT_MALFORMED about an archive, naming the file in it where there is one. */
export function damagedArchive(what: string, entry?: string): AppError {
  const where = entry === undefined ? `ZIP archive: ${what}` : `ZIP archive, file “${quoteSource(entry)}”: ${what}`;
  return new AppError('STATEMENT_MALFORMED', { where });
}

const unsupported = (what: string): AppError => new AppError('STATEMENT_UNSUPPORTED', { what });

const tooLarge = (what: string, limit: string): AppError => new AppError('STATEMENT_TOO_LARGE', { what, limit });

/**
 * The files of an archive in the order of its index, without folders.
 * @throws {AppError} STATEMENT_MALFORMED, STATEMENT_UNSUPPORTED (encrypted, ZIP64, other methods, names that lead elsewhere, links),
 * STATEMENT_TOO_LARGE
 * @see APPNOTE.TXT 6.3.10
 */
export function readZipIndex(archive: Buffer): ZipEntry[] {
  const { count, offset, end } = readEnd(archive);
  const records: CentralRecord[] = [];
  let at = offset;
  for (let index = 0; index < count; index += 1) {
    const record = readCentral(archive, at, end);
    records.push(record);
    at = record.next;
  }
  if (at !== end) throw damagedArchive('its index is longer than it says');
  const files = records.filter(({ name }) => !name.endsWith('/'));
  const full = records.find(({ name, size }) => name.endsWith('/') && size > 0);
  if (full) throw damagedArchive('it is a folder with content', full.name);
  assertSizes(files);
  if (new Set(files.map(({ name }) => name)).size < files.length) throw damagedArchive('two files have one name');
  return located(archive, files, offset);
}

function readEnd(archive: Buffer): { count: number; offset: number; end: number } {
  const at = findEnd(archive);
  const [disk, startDisk, onDisk, count] = [4, 6, 8, 10].map((field) => archive.readUInt16LE(at + field));
  const [size, offset] = [archive.readUInt32LE(at + 12), archive.readUInt32LE(at + 16)];
  if (count === 0xffff || size === 0xffffffff || offset === 0xffffffff) throw unsupported('a ZIP64 archive');
  if (disk !== 0 || startDisk !== 0 || onDisk !== count) throw unsupported('an archive in several parts');
  if (offset + size !== at) throw damagedArchive('its index is not where it says');
  if (count === undefined || count > MAX_ARCHIVE_ENTRIES)
    throw tooLarge('files in the archive', `${MAX_ARCHIVE_ENTRIES} files`);
  return { count, offset, end: at };
}

/** The end record closes the file, with a comment of the length it states. */
function findEnd(archive: Buffer): number {
  const last = archive.length - END_BYTES;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT); at -= 1) {
    if (archive.readUInt32LE(at) === END && archive.readUInt16LE(at + 20) === last - at) return at;
  }
  throw damagedArchive('it breaks off, or does not end as an archive does');
}

interface CentralRecord extends Omit<ZipEntry, 'start'> {
  readonly rawName: Buffer;
  readonly local: number;
  readonly next: number;
}

function readCentral(archive: Buffer, at: number, end: number): CentralRecord {
  if (at + CENTRAL_BYTES > end || archive.readUInt32LE(at) !== CENTRAL) throw damagedArchive('its index is damaged');
  const flags = archive.readUInt16LE(at + 8);
  const [nameLength = 0, extra = 0, comment = 0] = [28, 30, 32].map((field) => archive.readUInt16LE(at + field));
  const next = at + CENTRAL_BYTES + nameLength + extra + comment;
  if (next > end) throw damagedArchive('its index is damaged');
  const rawName = archive.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameLength);
  const name = nameOf(rawName, flags);
  assertPlain({ name, flags, madeBy: archive[at + 5] ?? 0, attributes: archive.readUInt32LE(at + 38) });
  return {
    name,
    rawName,
    method: methodOf(archive.readUInt16LE(at + 10)),
    crc32: archive.readUInt32LE(at + 16),
    packed: archive.readUInt32LE(at + 20),
    size: archive.readUInt32LE(at + 24),
    local: archive.readUInt32LE(at + 42),
    next,
  };
}

/** UTF-8 where flag 11 says so, else IBM 437 (appendix D). Windows tools write backslashes between folders. */
function nameOf(raw: Buffer, flags: number): string {
  return iconv.decode(raw, (flags & 0x800) === 0 ? 'cp437' : 'utf-8').replaceAll('\\', '/');
}

function methodOf(method: number): ZipEntry['method'] {
  if (method === 0) return 'stored';
  if (method === 8) return 'deflated';
  throw unsupported(`compression method ${method} in the archive`);
}

interface Attributes {
  readonly name: string;
  readonly flags: number;
  readonly madeBy: number;
  readonly attributes: number;
}

/** Flags 0, 6 and 13 mean encryption. Names are never used as paths; one that leads elsewhere is refused all the same. */
function assertPlain({ name, flags, madeBy, attributes }: Attributes): void {
  if ((flags & 0x2041) !== 0) throw unsupported('an encrypted archive');
  const leadsElsewhere = /^\/|^[A-Za-z]:|(?:^|\/)\.\.(?:\/|$)|\p{Cc}/u.test(name) || name === '';
  if (leadsElsewhere) throw unsupported(`the file name “${quoteSource(name)}” in the archive`);
  const isLink = (madeBy === 3 || madeBy === 19) && ((attributes >>> 16) & 0xf000) === 0xa000;
  if (isLink) throw unsupported('a link in the archive');
}

function assertSizes(files: readonly CentralRecord[]): void {
  let total = 0;
  for (const { packed, size } of files) {
    total += size;
    if (size > MAX_ENTRY_BYTES) throw tooLarge('a file in the archive', '1 GiB');
    if (size > RATIO_FREE_BYTES && size > packed * MAX_RATIO)
      throw tooLarge('a file in the archive', `${MAX_RATIO} times its packed size`);
  }
  if (total > MAX_UNPACKED_BYTES) throw tooLarge('the files in the archive', '2 GiB');
}

/** The place of each file's bytes by its own header, which must agree with the index; no two may share bytes. */
function located(archive: Buffer, files: readonly CentralRecord[], indexStart: number): ZipEntry[] {
  const entries = files.map((file) => locate(archive, file, indexStart));
  let free = 0;
  for (const { local, start, packed } of entries.toSorted((a, b) => a.local - b.local)) {
    if (local < free) throw damagedArchive('two files share bytes');
    free = start + packed;
  }
  return entries.map(({ name, method, start, packed, size, crc32 }) => ({ name, method, start, packed, size, crc32 }));
}

function locate(archive: Buffer, file: CentralRecord, indexStart: number): ZipEntry & { local: number } {
  const { local, rawName, name, packed } = file;
  if (local + LOCAL_BYTES > indexStart || archive.readUInt32LE(local) !== LOCAL)
    throw damagedArchive('there is no file where the index says', name);
  const [nameLength = 0, extra = 0] = [26, 28].map((field) => archive.readUInt16LE(local + field));
  const nameStart = local + LOCAL_BYTES;
  const start = nameStart + nameLength + extra;
  if (start + packed > indexStart) throw damagedArchive('it is longer than the archive', name);
  if (!archive.subarray(nameStart, nameStart + nameLength).equals(rawName))
    throw damagedArchive('its own header has another name', name);
  if (methodOf(archive.readUInt16LE(local + 8)) !== file.method)
    throw damagedArchive('its own header has another method', name);
  return { ...file, start };
}
