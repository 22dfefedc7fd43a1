// Client databases for benches: encrypted as the vault keeps them, and plain ones to compare with. Same schema, same settings, same code above.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientMigrations } from '../../electron/adapters/sqlite/client-migrations/index.ts';
import { migrate } from '../../electron/adapters/sqlite/migrate.ts';
import { INSECURE_PLAINTEXT, openDatabase, type Database } from '../../electron/adapters/sqlite/open-database.ts';
import type { SourceEvent } from '../../shared/model/source.ts';
import { createClientVault, type ClientVault } from '../builders/client-vault.ts';
import { buildLedger, statementEvents } from '../builders/ledger.ts';

export const KEY = new Uint8Array(32).fill(42);

/** A folder of databases that goes away with `remove`. */
export function benchFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'strongroom-bench-'));
  let count = 0;
  return {
    open(kind: 'encrypted' | 'plain'): { vault: ClientVault; database: Database } {
      count += 1;
      const path = join(folder, `${kind}-${count}.db`);
      const database = openDatabase({ path, key: kind === 'encrypted' ? KEY : INSECURE_PLAINTEXT, mode: 'create' });
      migrate(database, clientMigrations);
      return { vault: createClientVault(database), database };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A statement of that many rows in slices as a reader sends them. */
export function statementOf(rows: number): SourceEvent[] {
  return statementEvents({ ...buildLedger({ rows, perDay: 90, ids: true }), slice: 5000 });
}
