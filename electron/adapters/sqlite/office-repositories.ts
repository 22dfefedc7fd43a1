// The office, its users, clients and backup records in their tables. It seals and decides nothing.
import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import { BackupRecord } from '../../../shared/ipc/contract/backups.ts';
import { ClientColour } from '../../../shared/ipc/contract/clients.ts';
import { ClientId, OfficeId, UserId } from '../../../shared/model/ids.ts';
import { Instant } from '../../../shared/model/instant.ts';
import { Role } from '../../../shared/model/roles.ts';
import type {
  BackupRepository,
  ClientRepository,
  ClientRow,
  OfficeProfile,
  OfficeUser,
  ProfileRepository,
  UserRepository,
} from '../../core/ports/office-repositories.ts';
import type { Database } from './open-database.ts';

const Proof = z.strictObject({ positions: z.tuple([z.int(), z.int()]), digest: z.string() });

const ProfileRow = z
  .object({
    id: OfficeId,
    name: z.string(),
    created_at: Instant,
    lock_after_minutes: z.int(),
    recovery_proven_at: Instant.nullable(),
    recovery_proof_json: z.string().nullable(),
  })
  .transform((row): OfficeProfile => ({
    id: row.id,
    name: row.name,
    createdAt: row.created_at,
    lockAfterMinutes: row.lock_after_minutes,
    recoveryProvenAt: row.recovery_proven_at,
    recoveryProof: row.recovery_proof_json === null ? null : Proof.parse(JSON.parse(row.recovery_proof_json)),
  }));

/** The one row of `office`. */
export function createProfileRepository(database: Database): ProfileRepository {
  const select = database.prepare('SELECT * FROM office');
  const insert = database.prepare(
    'INSERT INTO office VALUES (1, @id, @name, @createdAt, @lockAfterMinutes, @recoveryProvenAt, @proof)',
  );
  const lock = database.prepare('UPDATE office SET lock_after_minutes = ?');
  const proof = database.prepare('UPDATE office SET recovery_proof_json = ?, recovery_proven_at = NULL');
  const proven = database.prepare('UPDATE office SET recovery_proven_at = ?, recovery_proof_json = NULL');
  return {
    insert: ({ recoveryProof, ...profile }) =>
      void insert.run({ ...profile, proof: recoveryProof && JSON.stringify(recoveryProof) }),
    get: () => ProfileRow.parse(select.get()),
    setLockAfterMinutes: (minutes) => void lock.run(minutes),
    setRecoveryProof: (waiting) => void proof.run(JSON.stringify(waiting)),
    setRecoveryProven: (at) => void proven.run(at),
  };
}

const UserRow = z
  .object({ id: UserId, name: z.string(), role: Role, recipient: z.string(), created_at: Instant })
  .transform(({ created_at, ...row }): OfficeUser => ({ ...row, createdAt: created_at }));

export function createUserRepository(database: Database): UserRepository {
  const insert = database.prepare('INSERT INTO users VALUES (?, ?, ?, ?, ?, NULL)');
  const one = database.prepare('SELECT * FROM users WHERE id = ? AND removed_at IS NULL');
  const all = database.prepare('SELECT * FROM users WHERE removed_at IS NULL ORDER BY created_at, id');
  const recipient = database.prepare('UPDATE users SET recipient = ? WHERE id = ?');
  return {
    insert: (user) => void insert.run(user.id, user.name, user.role, user.recipient, user.createdAt),
    find: (id) => UserRow.optional().parse(one.get(id)) ?? null,
    list: () => all.all().map((row) => UserRow.parse(row)),
    setRecipient: (id, value) => void recipient.run(value, id),
  };
}

const ClientTableRow = z
  .object({
    id: ClientId,
    name: z.string(),
    colour: ClientColour,
    sealed_key: z.instanceof(Uint8Array),
    created_at: Instant,
  })
  .transform(({ sealed_key, created_at, ...row }): ClientRow => ({
    ...row,
    createdAt: created_at,
    sealedKey: sealed_key,
  }));

/** Names that differ only in case, width or blanks are one name. */
function foldName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
}

export function createClientRepository(database: Database): ClientRepository {
  const insert = database.prepare('INSERT INTO clients VALUES (?, ?, ?, ?, ?, ?)');
  const taken = database.prepare('SELECT 1 FROM clients WHERE name_folded = ?');
  const one = database.prepare('SELECT * FROM clients WHERE id = ?');
  const all = database.prepare('SELECT * FROM clients');
  const key = database.prepare('UPDATE clients SET sealed_key = ? WHERE id = ?');
  return {
    insert: ({ id, name, colour, sealedKey, createdAt }) => {
      if (taken.get(foldName(name))) throw new AppError('CLIENT_NAME_TAKEN', { name });
      insert.run(id, name, foldName(name), colour, sealedKey, createdAt);
    },
    find: (id) => ClientTableRow.optional().parse(one.get(id)) ?? null,
    list: () =>
      all
        .all()
        .map((row) => ClientTableRow.parse(row))
        .sort((left, right) => left.name.localeCompare(right.name, 'en', { sensitivity: 'base', numeric: true })),
    setSealedKey: (id, sealedKey) => void key.run(sealedKey, id),
  };
}

export function createBackupRepository(database: Database): BackupRepository {
  const insert = database.prepare(
    `INSERT INTO backups (path, created_at, bytes, sha256, clients, transactions, passphrase, verified_at)
     VALUES (@path, @createdAt, @bytes, @sha256, @clients, @transactions, @passphrase, @verifiedAt)`,
  );
  const all = database.prepare(
    `SELECT path, created_at AS createdAt, bytes, sha256, clients, transactions, passphrase, verified_at AS verifiedAt
     FROM backups ORDER BY id DESC`,
  );
  const signIn = database.prepare('UPDATE connections SET needs_sign_in = 1 WHERE removed_at IS NULL');
  const verified = database.prepare('UPDATE backups SET verified_at = ? WHERE sha256 = ?');
  const Row = BackupRecord.extend({ passphrase: z.int().transform((value) => value === 1) });
  return {
    insert: (record) => void insert.run({ ...record, passphrase: record.passphrase ? 1 : 0 }),
    list: () => all.all().map((row) => Row.parse(row)),
    setVerified: (sha256, at) => void verified.run(at, sha256),
    requireSignInEverywhere: () => signIn.run().changes,
  };
}
