// Unpacks one file of a ZIP archive piece by piece, and checks length and checksum. It keeps no more than one piece.
import { crc32 } from 'node:zlib';
import { Inflate } from 'fflate';
import { damagedArchive, type ZipEntry } from './zip-index.ts';

/** Packed bytes taken at once: at the format's highest ratio, 1032, a piece stays below 17 MB. */
const PACKED_BYTES = 16_384;
const STORED_BYTES = 1_048_576;

/** The unpacked bytes, never more than the index says. @throws {AppError} STATEMENT_MALFORMED */
export function* unpack(archive: Buffer, entry: ZipEntry): Generator<Uint8Array> {
  let [size, checksum] = [0, 0];
  for (const piece of piecesOf(archive.subarray(entry.start, entry.start + entry.packed), entry)) {
    size += piece.length;
    if (size > entry.size) throw damagedArchive('it is larger than the index says', entry.name);
    checksum = crc32(piece, checksum);
    yield piece;
  }
  if (size !== entry.size) throw damagedArchive('it is smaller than the index says', entry.name);
  if (checksum !== entry.crc32) throw damagedArchive('its checksum is wrong', entry.name);
}

function* piecesOf(packed: Buffer, { method, name }: ZipEntry): Generator<Uint8Array> {
  if (method === 'stored') {
    for (let at = 0; at < packed.length; at += STORED_BYTES) yield packed.subarray(at, at + STORED_BYTES);
    return;
  }
  let pieces: Uint8Array[] = [];
  const inflate = new Inflate((piece) => void pieces.push(piece));
  for (let at = 0; at < packed.length; at += PACKED_BYTES) {
    const end = at + PACKED_BYTES;
    translated(name, () => inflate.push(packed.subarray(at, end), end >= packed.length));
    yield* pieces;
    pieces = [];
  }
}

/** fflate's errors have a number, see its FlateErrorCode. */
function translated(name: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'number') throw error;
    throw damagedArchive('its packed bytes are damaged', name);
  }
}
