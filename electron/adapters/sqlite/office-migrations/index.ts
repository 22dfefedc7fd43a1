// All migrations of the office database, in order.
import type { Migration } from '../migrate.ts';
import { office0001 } from './0001-office.ts';
import { office0002 } from './0002-profiles.ts';

export const officeMigrations: readonly Migration[] = [office0001, office0002];
