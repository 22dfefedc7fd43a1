// The office's header on disk: canonical JSON with SHA-256 against damage and a MAC against tampering, and the generation before it. It holds no key.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import { canonicalJson } from '../../../shared/model/canonical-json.ts';
import { HEADER_VERSION, VaultHeader, type HeaderFiles, type ReadHeader } from '../../core/ports/vault-header.ts';
import { withFileErrors, type FileSystem } from './file-system.ts';
import { replaceFile } from './replace-file.ts';

export const HEADER_FILE = 'header.json';
export const PREVIOUS_HEADER_FILE = 'header.previous.json';
/** A header holds a few kilobytes; anything above this is not one. */
const MAX_HEADER_BYTES = 1024 * 1024;

const HeaderFile = z.strictObject({
  header: VaultHeader,
  mac: z.string().regex(/^[0-9a-f]{64}$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
const VersionOnly = z.object({ header: z.object({ version: z.int() }) });

function macOf(header: VaultHeader, macKey: Uint8Array): Buffer {
  return createHmac('sha256', macKey).update(canonicalJson(header)).digest();
}

function sha256Of(header: VaultHeader, mac: string): string {
  return createHash('sha256').update(canonicalJson({ header, mac })).digest('hex');
}

function encode(header: VaultHeader, macKey: Uint8Array): Buffer {
  const mac = macOf(header, macKey).toString('hex');
  return Buffer.from(`${canonicalJson({ header, mac, sha256: sha256Of(header, mac) })}\n`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

type Parsed = z.infer<typeof HeaderFile>;

/** Null for anything but a whole header, byte for byte as it was written. @throws {AppError} VAULT_SCHEMA_NEWER */
function decode(bytes: Buffer): Parsed | null {
  if (bytes.length > MAX_HEADER_BYTES) return null;
  const json = parseJson(bytes.toString('utf8'));
  const parsed = HeaderFile.safeParse(json);
  if (parsed.success) {
    const { header, mac, sha256 } = parsed.data;
    const whole = bytes.equals(Buffer.from(`${canonicalJson(parsed.data)}\n`)) && sha256 === sha256Of(header, mac);
    return whole ? parsed.data : null;
  }
  const version = VersionOnly.safeParse(json);
  if (version.success && version.data.header.version > HEADER_VERSION) {
    throw new AppError('VAULT_SCHEMA_NEWER', {
      found: String(version.data.header.version),
      known: String(HEADER_VERSION),
    });
  }
  return null;
}

function toRead({ header, mac }: Parsed, source: ReadHeader['source']): ReadHeader {
  const stated = Buffer.from(mac, 'hex');
  return { header, source, tampered: (macKey) => !timingSafeEqual(macOf(header, macKey), stated) };
}

/** Headers through a file system. @see security.md rows 2, 6, 7 */
export function createHeaderFiles(files: FileSystem): HeaderFiles {
  function load(path: string): Parsed | null {
    return files.exists(path) ? decode(files.read(path)) : null;
  }

  function keepDamaged(directory: string, path: string): void {
    const damaged = files.read(path);
    const name = createHash('sha256').update(damaged).digest('hex').slice(0, 8);
    files.rename(path, join(directory, `header.damaged-${name}.json`));
  }

  function retireCurrent(directory: string): void {
    const current = join(directory, HEADER_FILE);
    if (!files.exists(current)) return;
    if (load(current)) replaceFile(files, join(directory, PREVIOUS_HEADER_FILE), files.read(current));
    else keepDamaged(directory, current);
  }

  return {
    exists: (directory) => [HEADER_FILE, PREVIOUS_HEADER_FILE].some((name) => files.exists(join(directory, name))),
    read: (directory) =>
      withFileErrors(() => {
        const current = load(join(directory, HEADER_FILE));
        if (current) return toRead(current, 'current');
        const previous = load(join(directory, PREVIOUS_HEADER_FILE));
        if (previous) return toRead(previous, 'previous');
        const present =
          files.exists(join(directory, HEADER_FILE)) || files.exists(join(directory, PREVIOUS_HEADER_FILE));
        throw new AppError(present ? 'VAULT_HEADER_CORRUPT' : 'OFFICE_NOT_FOUND');
      }),
    write: (directory, header, macKey) =>
      withFileErrors(() => {
        retireCurrent(directory);
        replaceFile(files, join(directory, HEADER_FILE), encode(VaultHeader.parse(header), macKey));
      }),
  };
}
