// Checks the MAC of every page of a closed SQLCipher 4 file without opening it: tells damage from an older state. It decrypts nothing.
import { createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import type { DatabaseFiles } from './database-files.ts';

const PAGE = 4096;
const SALT = 16;
const MAC = 64;
/** Pages read at a time. */
const BATCH = 256;

/** PBKDF2 over the raw key, two rounds, with the file's salt masked. @see https://www.zetetic.net/sqlcipher/design/ */
function macKey(key: Uint8Array, salt: Uint8Array): Buffer {
  return pbkdf2Sync(
    key,
    salt.map((byte) => byte ^ 0x3a),
    2,
    32,
    'sha512',
  );
}

/** The salt at the start of the first page is not part of what its MAC covers. */
function holds(page: Buffer, number: number, key: Buffer): boolean {
  const counter = Buffer.alloc(4);
  counter.writeUInt32LE(number);
  const start = number === 1 ? SALT : 0;
  const mac = createHmac('sha512', key)
    .update(page.subarray(start, PAGE - MAC))
    .update(counter)
    .digest();
  return timingSafeEqual(mac, page.subarray(PAGE - MAC));
}

/** True where the file is whole pages and each carries the key's MAC of its content and place. @throws what `files` throws */
export function pagesAuthentic(files: DatabaseFiles, path: string, key: Uint8Array): boolean {
  const size = files.size(path);
  if (size === 0 || size % PAGE !== 0) return false;
  const pageKey = macKey(key, files.readPart(path, 0, SALT));
  for (let start = 0; start < size; start += BATCH * PAGE) {
    const batch = files.readPart(path, start, Math.min(BATCH * PAGE, size - start));
    for (let offset = 0; offset < batch.length; offset += PAGE) {
      const page = batch.subarray(offset, offset + PAGE);
      if (page.length < PAGE || !holds(page, (start + offset) / PAGE + 1, pageKey)) return false;
    }
  }
  return true;
}
