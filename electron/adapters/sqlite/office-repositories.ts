// The office, its clients and backup records in their tables. It seals and decides nothing.
import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import { BackupRecord } from '../../../shared/ipc/contract/backups.ts';
import { ClientColour } from '../../../shared/ipc/contract/clients.ts';
import { ClientId, OfficeId } from '../../../shared/model/ids.ts';
import { Instant } from '../../../shared/model/instant.ts';
import type {
  BackupRepository,
  ClientRepository,
  ClientRow,
  OfficeProfile,
  ProfileRepository,
} from '../../core/ports/office-repositories.ts';
import { foldName } from './fold-name.ts';
import type { Database } from './open-database.ts';

const Proof = z.strictObject({ positions: z.tuple([z.int(), z.int()]), key: z.string(), digest: z.string() });

const ProfileRow = z
  .object({
    id: OfficeId,
    name: z.string(),
    created_at: Instant,
    lock_after_minutes: z.int(),
    recovery_proven_at: Instant.nullable(),
    recovery_proof_json: z.string().nullable(),
    recovery_suspect_since: Instant.nullable(),
  })
  .transform((row): OfficeProfile => ({
    id: row.id,
    name: row.name,
    createdAt: row.created_at,
    lockAfterMinutes: row.lock_after_minutes,
    recoveryProvenAt: row.recovery_proven_at,
    recoveryProof: row.recovery_proof_json === null ? null : Proof.parse(JSON.parse(row.recovery_proof_json)),
    recoverySuspectSince: row.recovery_suspect_since,
  }));

/** The one row of `office`. */
export function createProfileRepository(database: Database): ProfileRepository {
  const select = database.prepare('SELECT * FROM office');
  const insert = database.prepare(
    'INSERT INTO office VALUES (1, @id, @name, @createdAt, @lockAfterMinutes, @recoveryProvenAt, @proof, @recoverySuspectSince)',
  );
  const lock = database.prepare('UPDATE office SET lock_after_minutes = ?');
  const proof = database.prepare('UPDATE office SET recovery_proof_json = ?, recovery_proven_at = NULL');
  const suspect = database.prepare('UPDATE office SET recovery_suspect_since = coalesce(recovery_suspect_since, ?)');
  const trusted = database.prepare('UPDATE office SET recovery_suspect_since = NULL');
  const proven = database.prepare('UPDATE office SET recovery_proven_at = ?, recovery_proof_json = NULL');
  return {
    insert: ({ recoveryProof, ...profile }) =>
      void insert.run({ ...profile, proof: recoveryProof && JSON.stringify(recoveryProof) }),
    get: () => ProfileRow.parse(select.get()),
    setLockAfterMinutes: (minutes) => void lock.run(minutes),
    setRecoverySuspect: (since) => void suspect.run(since),
    clearRecoverySuspect: () => void trusted.run(),
    setRecoveryProof: (waiting) => void proof.run(JSON.stringify(waiting)),
    setRecoveryProven: (at) => void proven.run(at),
  };
}

const ClientTableRow = z
  .object({
    id: ClientId,
    name: z.string(),
    colour: ClientColour,
    sealed_key: z.instanceof(Uint8Array),
    pending_sealed_key: z.instanceof(Uint8Array).nullable(),
    key_generation: z.int(),
    key_since: Instant,
    created_at: Instant,
  })
  .transform((row): ClientRow => ({
    id: row.id,
    name: row.name,
    colour: row.colour,
    createdAt: row.created_at,
    sealedKey: row.sealed_key,
    pendingSealedKey: row.pending_sealed_key,
    keyGeneration: row.key_generation,
    keySince: row.key_since,
  }));

export function createClientRepository(database: Database): ClientRepository {
  const insert = database.prepare(
    `INSERT INTO clients VALUES (@id, @name, @folded, @colour, @sealedKey, @pendingSealedKey, @keyGeneration, @keySince, @createdAt)`,
  );
  const taken = database.prepare('SELECT 1 FROM clients WHERE name_folded = ?');
  const one = database.prepare('SELECT * FROM clients WHERE id = ?');
  const all = database.prepare('SELECT * FROM clients');
  const key = database.prepare('UPDATE clients SET sealed_key = ? WHERE id = ?');
  const pending = database.prepare('UPDATE clients SET pending_sealed_key = ? WHERE id = ?');
  const adopt = database.prepare(
    `UPDATE clients SET sealed_key = pending_sealed_key, pending_sealed_key = NULL, key_generation = key_generation + 1, key_since = ?
     WHERE id = ? AND pending_sealed_key IS NOT NULL`,
  );
  return {
    insert: (client) => {
      const folded = foldName(client.name);
      if (taken.get(folded)) throw new AppError('CLIENT_NAME_TAKEN', { name: client.name });
      insert.run({ ...client, folded });
    },
    find: (id) => ClientTableRow.optional().parse(one.get(id)) ?? null,
    list: () =>
      all
        .all()
        .map((row) => ClientTableRow.parse(row))
        .sort((left, right) => left.name.localeCompare(right.name, 'en', { sensitivity: 'base', numeric: true })),
    setSealedKey: (id, sealedKey) => void key.run(sealedKey, id),
    setPendingKey: (id, sealedKey) => void pending.run(sealedKey, id),
    adoptPendingKey: (id, at) => void adopt.run(at, id),
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
