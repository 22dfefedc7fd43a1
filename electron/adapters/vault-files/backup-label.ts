// What a backup says without a key: a stanza of its own in the age header, which other age tools skip. It holds the recovery identity under the paper key.
import { open } from 'node:fs/promises';
import { Decrypter, Stanza, type Recipient } from 'age-encryption';
import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import { canonicalJson } from '../../../shared/model/canonical-json.ts';
import type { ArchiveLabel } from '../../core/ports/backup-archive.ts';
import { RecoverySlot } from '../../core/ports/vault-header.ts';
import { translatePathError } from './file-system.ts';

/** The stanza's type. @see https://age-encryption.org/v1, "Recipient stanza": unknown types are ignored */
const STANZA_TYPE = 'strongroom/recovery-v1';
/** An age header of ours has about two kilobytes. */
const MAX_HEADER_BYTES = 64 * 1024;

const Label = z.strictObject({ officeId: z.string().max(100), recovery: RecoverySlot.omit({ forOwner: true }) });

/** A recipient that receives nothing and leaves the label in the header, under the header's MAC. */
export function labelRecipient({ officeId, recovery }: ArchiveLabel): Recipient {
  const body = new TextEncoder().encode(canonicalJson({ officeId, recovery }));
  return { wrapFileKey: () => [new Stanza([STANZA_TYPE], body)] };
}

async function readHead(path: string): Promise<Buffer> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_HEADER_BYTES), 0, MAX_HEADER_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw translatePathError(error, 'BACKUP_FILE_UNREADABLE');
  }
}

/** The age header with its MAC line. @throws {AppError} BACKUP_FILE_UNREADABLE; BACKUP_FILE_INVALID when the file doesn't begin with one of sensible size */
export async function readAgeHeader(path: string): Promise<Buffer> {
  const head = await readHead(path);
  const mac = head.indexOf('\n--- ');
  const end = mac < 0 ? -1 : head.indexOf('\n', mac + 1);
  if (!head.toString('latin1', 0, 22).startsWith('age-encryption.org/v1\n') || end < 0)
    throw new AppError('BACKUP_FILE_INVALID', { reason: 'age' });
  return head.subarray(0, end + 1);
}

/** Collects the header's stanzas; the decrypter then finds no identity, which is expected here. */
async function stanzasOf(header: Buffer): Promise<Stanza[]> {
  const found: Stanza[] = [];
  const decrypter = new Decrypter();
  decrypter.addIdentity({
    unwrapFileKey: (stanzas: Stanza[]) => {
      found.push(...stanzas);
      return null;
    },
  });
  try {
    await decrypter.decryptHeader(header);
  } catch (cause) {
    if (found.length === 0) throw new AppError('BACKUP_FILE_INVALID', { reason: 'age' }, { cause });
  }
  return found;
}

function parseLabel(body: Uint8Array): ArchiveLabel | null {
  try {
    return Label.safeParse(JSON.parse(Buffer.from(body).toString('utf8'))).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** @throws {AppError} BACKUP_FILE_INVALID, BACKUP_FILE_UNREADABLE */
export async function readLabel(path: string): Promise<ArchiveLabel> {
  const stanzas = await stanzasOf(await readAgeHeader(path));
  const stanza = stanzas.find(({ args }) => args[0] === STANZA_TYPE);
  const label = stanza && parseLabel(stanza.body);
  if (!label) throw new AppError('BACKUP_FILE_INVALID', { reason: 'label' });
  return label;
}
