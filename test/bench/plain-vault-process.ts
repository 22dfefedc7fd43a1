// Entry of a vault process whose client databases are not encrypted at all, to compare with. Everything above the files is the program's own.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { serveProcess } from '../../electron/adapters/process/serve-process.ts';
import { clientMigrations } from '../../electron/adapters/sqlite/client-migrations/index.ts';
import { createClientStore } from '../../electron/adapters/sqlite/client-store.ts';
import { freezeFile } from '../../electron/adapters/sqlite/freeze-file.ts';
import { migrate } from '../../electron/adapters/sqlite/migrate.ts';
import { clientDatabaseName } from '../../electron/adapters/sqlite/office-databases.ts';
import { INSECURE_PLAINTEXT, openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
import type { VaultDatabases } from '../../electron/core/ports/vault-databases.ts';
import { createVaultDispatch } from '../../electron/core/vault/vault-dispatch.ts';
import { officeServices } from '../builders/office-on-disk.ts';

const openClient: VaultDatabases['openClient'] = ({ directory, clientId, create }) => {
  const path = join(directory, clientDatabaseName(clientId));
  mkdirSync(dirname(path), { recursive: true });
  const file = { path, key: INSECURE_PLAINTEXT, mode: create ? 'create' : 'open' } as const;
  const database = openDatabase(file);
  migrate(database, clientMigrations);
  return {
    store: createClientStore(database, clientId),
    problems: () => [],
    freeze: () => freezeFile(database, file),
    close: () => void database.close(),
  };
};

const services = officeServices();
const databases = { ...services.databases, openClient };
serveProcess({ dispatch: createVaultDispatch({ ...services, databases }, () => null) });
