// All migrations of a client's database, in order.
import type { Migration } from '../migrate.ts';
import { client0001 } from './0001-ledger.ts';

export const clientMigrations: readonly Migration[] = [client0001];
