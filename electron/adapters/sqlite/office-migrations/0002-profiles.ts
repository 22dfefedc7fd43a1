// Schema 2 of the office database: import profiles of statement files. Once shipped it never changes.
import type { Migration } from '../migrate.ts';

const PROFILES = `
  -- How a bank writes its CSV or QIF files; nothing in it names a client. The signature is of the files it fits.
  CREATE TABLE statement_profiles (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    signature TEXT NOT NULL,
    profile_json TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    saved_by TEXT NOT NULL
  ) STRICT;
`;

export const office0002: Migration = {
  version: 2,
  name: '0002-profiles',
  up: (database) => void database.exec(PROFILES),
};
