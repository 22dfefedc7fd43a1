// The open databases as core sees them: repositories and one audit chain each. SQL lives in adapters/sqlite and nowhere else.
import type { AuditLog } from './audit-log.ts';
import type { ConnectionRepository } from './connection-repository.ts';
import type { Ledger } from './ledger-store.ts';
import type {
  AnchorRepository,
  BackupRepository,
  ClientRepository,
  FactorRepository,
  KeyringRepository,
  ProfileRepository,
  StatementProfileRepository,
  UserRepository,
} from './office-repositories.ts';
import type { StatementHistoryStore } from './statement-history.ts';

/** One open database. Everything under one store shares its transaction. */
export interface Store {
  readonly audit: AuditLog;
  /** Runs `work` in one write transaction: all of it is durable when this returns, nothing of it when it throws. `work` is synchronous. */
  transaction<T>(work: () => T): T;
}

/** The office's own database. A repository a table group, put together in adapters/sqlite/office-store.ts. */
export interface OfficeStore extends Store {
  readonly profile: ProfileRepository;
  readonly keyring: KeyringRepository;
  readonly users: UserRepository;
  readonly factors: FactorRepository;
  readonly anchors: AnchorRepository;
  readonly clients: ClientRepository;
  readonly backups: BackupRepository;
  readonly connections: ConnectionRepository;
  readonly statementProfiles: StatementProfileRepository;
}

/** One client's database. A repository a table group, put together in adapters/sqlite/client-store.ts. */
export interface ClientStore extends Store, Ledger {
  readonly history: StatementHistoryStore;
  /** Rows of the ledger, pending ones included. */
  transactionCount(): number;
}
