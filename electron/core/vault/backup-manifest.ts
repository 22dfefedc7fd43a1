// What lies in a backup and how it is checked: manifest, keys, and the names a backup may hold. It opens no file.
import { Buffer } from 'node:buffer';
import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { BackupContents } from '../../../shared/ipc/contract/backups.ts';
import { ClientId, OfficeId } from '../../../shared/model/ids.ts';
import { Instant } from '../../../shared/model/instant.ts';
import type { ArchiveEntry, ReadEntry } from '../ports/backup-archive.ts';

export const MANIFEST_NAME = 'manifest.json';
export const KEYS_NAME = 'keys.json';
const OFFICE_NAME = 'office.db';
const CLIENT_NAME = /^clients\/(client_[0-9a-f]{20})\.db$/;

/** An entry's name for a database: `office.db`, or one a client. */
export const databaseEntryName = (clientId: ClientId | null): string =>
  clientId === null ? OFFICE_NAME : `clients/${clientId}.db`;

/** True for the names of databases. Anything else but manifest and keys doesn't belong into a backup. */
export const isDatabaseEntry = (name: string): boolean => name === OFFICE_NAME || CLIENT_NAME.test(name);

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const BackupManifest = z.strictObject({
  format: z.literal('strongroom-backup'),
  version: z.literal(1),
  officeId: OfficeId,
  officeName: z.string(),
  createdAt: Instant,
  clients: z.int(),
  transactions: z.int(),
  files: z.array(z.strictObject({ name: z.string(), bytes: z.int(), sha256: Sha256 })),
  /** Where each audit chain ended: an anchor outside the office. */
  auditHeads: z.array(z.strictObject({ chain: z.string(), sequence: z.int(), hash: z.string() })),
});
export type BackupManifest = z.infer<typeof BackupManifest>;

const Key = z.base64().length(44);

export const BackupKeys = z.strictObject({
  officeKey: Key,
  clients: z.array(z.strictObject({ id: ClientId, key: Key })),
});
export type BackupKeys = z.infer<typeof BackupKeys>;

export const encodeJson = (value: BackupManifest | BackupKeys): Uint8Array =>
  Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

function parseEntry<T>(entries: readonly ReadEntry[], name: string, schema: z.ZodType<T>): T {
  const found = entries.filter((entry) => entry.name === name);
  const content = found[0]?.content;
  if (!content || found.length > 1) throw new AppError('BACKUP_INCOMPLETE', { missing: name });
  try {
    return schema.parse(JSON.parse(Buffer.from(content).toString('utf8')));
  } catch (cause) {
    throw new AppError('BACKUP_FILE_INVALID', { reason: name }, { cause });
  }
}

/** A backup as it was read: its own statement about itself, and what is really there. */
export interface CheckedBackup {
  readonly manifest: BackupManifest;
  readonly keys: BackupKeys;
  readonly contents: BackupContents;
}

function sameSet(stated: readonly ArchiveEntry[], found: readonly ArchiveEntry[]): boolean {
  const names = (entries: readonly ArchiveEntry[]): string => JSON.stringify(entries.map((entry) => entry.name).sort());
  return names(stated) === names(found) && new Set(stated.map((entry) => entry.name)).size === stated.length;
}

/** @throws {AppError} BACKUP_FILE_INVALID, BACKUP_INCOMPLETE */
export function checkBackup(entries: readonly ReadEntry[]): CheckedBackup {
  const manifest = parseEntry(entries, MANIFEST_NAME, BackupManifest);
  const keys = parseEntry(entries, KEYS_NAME, BackupKeys);
  const others = entries.filter((entry) => entry.name !== MANIFEST_NAME);
  const databases = ['office.db', ...keys.clients.map(({ id }) => databaseEntryName(id)), KEYS_NAME];
  const expected = databases.map((name) => ({ name, bytes: 0, sha256: '' }));
  if (!sameSet(manifest.files, others) || !sameSet(expected, others))
    throw new AppError('BACKUP_INCOMPLETE', { missing: 'entry' });
  const found = new Map(others.map((entry) => [entry.name, entry]));
  const files = manifest.files.map((stated) => {
    const entry = found.get(stated.name);
    return { ...stated, ok: entry?.bytes === stated.bytes && entry.sha256 === stated.sha256 };
  });
  const { officeId, officeName, createdAt, clients, transactions } = manifest;
  const ok = files.every((file) => file.ok) && clients === keys.clients.length;
  return { manifest, keys, contents: { officeId, officeName, createdAt, files, clients, transactions, ok } };
}
