// All migrations of a client's database, in order.
import type { Migration } from '../migrate.ts';
import { client0001 } from './0001-ledger.ts';
import { client0002 } from './0002-decisions.ts';
import { client0003 } from './0003-signs-and-names.ts';

export const clientMigrations: readonly Migration[] = [client0001, client0002, client0003];
