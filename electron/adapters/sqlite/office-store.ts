// The office database's store: its repositories around one connection.
import type { OfficeStore } from '../../core/ports/vault-store.ts';
import { createConnectionRepository } from './office-connections.ts';
import {
  createAnchorRepository,
  createFactorRepository,
  createKeyringRepository,
  createUserRepository,
} from './office-people.ts';
import { createBackupRepository, createClientRepository, createProfileRepository } from './office-repositories.ts';
import { createStatementProfileRepository } from './office-statement-profiles.ts';
import type { Database } from './open-database.ts';
import { translatingErrors } from './sqlite-errors.ts';
import { createStore } from './store.ts';

export function createOfficeStore(database: Database, officeId: string): OfficeStore {
  return {
    ...createStore(database, officeId),
    profile: translatingErrors(createProfileRepository(database)),
    keyring: translatingErrors(createKeyringRepository(database)),
    users: translatingErrors(createUserRepository(database)),
    factors: translatingErrors(createFactorRepository(database)),
    anchors: translatingErrors(createAnchorRepository(database)),
    clients: translatingErrors(createClientRepository(database)),
    backups: translatingErrors(createBackupRepository(database)),
    connections: translatingErrors(createConnectionRepository(database)),
    statementProfiles: translatingErrors(createStatementProfileRepository(database)),
  };
}
