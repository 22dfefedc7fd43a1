// An audit log in a database in memory of SQLite, the key that signs its checkpoints, and its export as lines. Only tests import it.
import Sqlite from 'better-sqlite3-multiple-ciphers';
import { createAuditTableV1 } from '../../electron/adapters/sqlite/audit-table.ts';
import type { Database } from '../../electron/adapters/sqlite/open-database.ts';
import { createStore } from '../../electron/adapters/sqlite/store.ts';
import type { AuditDraft, AuditRecord } from '../../electron/core/ports/audit-log.ts';
import type { Store } from '../../electron/core/ports/vault-store.ts';
import { signCheckpoint, type CheckpointSigner } from '../../electron/core/vault/audit/checkpoints.ts';
import type { ExportHeader } from '../../electron/core/vault/audit/export-format.ts';
import { exportLines } from '../../electron/core/vault/audit/export-lines.ts';
import { publicKeyOf } from '../../electron/core/vault/keys/signing-key.ts';
import { instantOf, type Instant } from '../../shared/model/instant.ts';

export const CHAIN = `office_${'0f'.repeat(10)}`;
export const FIRST_KEY = Uint8Array.from({ length: 32 }, (_, index) => index);
const START = Date.parse('2026-06-01T08:00:00.000Z');

/** A checkpoint key of its own for each number. */
export function aSigner(number = 1, at: Instant = instantOf(START)): CheckpointSigner {
  const seed = new Uint8Array(32).fill(number);
  const checkpointSecret = Buffer.from(seed).toString('base64');
  return { keyring: { checkpointKey: publicKeyOf(seed), checkpointSecret }, at };
}

/** The entry with that number, a minute after the one before. */
export function aDraft(number: number, overrides: Partial<AuditDraft> = {}): AuditDraft {
  return {
    at: instantOf(START + number * 60_000),
    userId: number % 5 === 0 ? 'user_00000000000000000002' : 'user_00000000000000000001',
    userName: number % 5 === 0 ? 'Ben Moor' : 'Ada Keel',
    action: number % 2 === 0 ? 'batches.commit' : 'clients.add',
    subject: number % 3 === 0 ? null : `client_${number}`,
    outcome: number % 7 === 0 ? 'denied' : 'done',
    payload: { number, name: 'Harbour Bakery', more: ['a', 'b'] },
    ...overrides,
  };
}

/** A begun chain with its first entries. */
export function anAuditLog(entries: number): Store & { readonly database: Database } {
  const database = new Sqlite(':memory:');
  createAuditTableV1(database);
  const store = createStore(database, CHAIN);
  store.transaction(() => {
    store.audit.begin({ firstKey: FIRST_KEY, sealedFirstKey: Uint8Array.of(1, 2, 3) });
    for (let number = 1; number <= entries; number += 1) store.audit.append(aDraft(number));
  });
  return { ...store, database };
}

/** As someone with the database's key and a text editor would work: nothing stops her. */
export function withoutTriggers(database: Database): Database {
  const triggers = database.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all();
  for (const name of triggers) database.exec(`DROP TRIGGER ${String(name)}`);
  return database;
}

export function allRecords({ audit }: Pick<Store, 'audit'>): AuditRecord[] {
  return audit.records({ after: 0, limit: 100_000 });
}

/** The bytes of an export, signed. */
export async function exportedText(store: Store, personal = true, signer = aSigner()): Promise<string> {
  signCheckpoint(store, signer);
  const { audit } = store;
  const header: ExportHeader = {
    format: 'strongroom-audit',
    version: 1,
    chain: audit.chain,
    firstKeyCommitment: audit.start().firstKeyCommitment,
    officeName: 'Keel & Partners',
    checkpointKey: signer.keyring.checkpointKey,
    exportedAt: signer.at,
    personal,
  };
  const chunks: Uint8Array[] = [];
  for await (const chunk of exportLines({ audit, header, head: audit.head(), signer })) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** The same as lines without their line feeds. */
export async function exportedLines(store: Store, personal = true, signer = aSigner()): Promise<string[]> {
  return (await exportedText(store, personal, signer)).trimEnd().split('\n');
}
