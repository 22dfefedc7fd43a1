// Schema 1 of the office database: the office, its people, clients, connections, backups and audit log. Once shipped it never changes.
import { createAuditTableV1 } from '../audit-table.ts';
import type { Migration } from '../migrate.ts';

const OFFICE = `
  CREATE TABLE office (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    lock_after_minutes INTEGER NOT NULL CHECK (lock_after_minutes BETWEEN 1 AND 15),
    recovery_proven_at TEXT,
    -- Until the owner typed two groups of the kit back: which two, and what they hash to.
    recovery_proof_json TEXT,
    -- Since when somebody who is no owner may know the recovery identity; null again once its kit is made anew.
    recovery_suspect_since TEXT
  ) STRICT;

  -- Keys of the office as a whole, public or sealed, and the owners' signature over its people.
  CREATE TABLE keyring (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    owner_key TEXT NOT NULL,
    owner_secret TEXT NOT NULL,
    recovery_recipient TEXT NOT NULL,
    roster_signature TEXT NOT NULL,
    roster_version INTEGER NOT NULL CHECK (roster_version >= 0),
    succession_json TEXT NOT NULL,
    checkpoint_key TEXT NOT NULL,
    checkpoint_secret TEXT NOT NULL,
    office_key_generation INTEGER NOT NULL CHECK (office_key_generation > 0),
    office_key_since TEXT NOT NULL
  ) STRICT;

  CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    -- Folded for comparison; null once removed, so that the name is free again.
    name_folded TEXT UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('owner', 'accountant', 'reviewer', 'auditor')),
    recipient TEXT NOT NULL,
    all_clients INTEGER NOT NULL CHECK (all_clients IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('active', 'invited', 'unreachable')),
    password_stands_alone INTEGER NOT NULL CHECK (password_stands_alone IN (0, 1)),
    created_at TEXT NOT NULL,
    last_sign_in_at TEXT,
    invitation_expires_at TEXT,
    removed_at TEXT,
    CHECK (role <> 'owner' OR all_clients = 1)
  ) STRICT;

  CREATE TABLE user_code (
    user_id TEXT PRIMARY KEY REFERENCES users (id),
    secret BLOB NOT NULL,
    enrolled_at TEXT NOT NULL,
    last_step INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE user_recovery_code (
    id INTEGER PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    salt BLOB NOT NULL,
    digest TEXT NOT NULL,
    used_at TEXT
  ) STRICT;

  -- The key of a client's database, sealed (age v1) to the users who may open it and to the recovery identity.
  CREATE TABLE clients (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL UNIQUE,
    colour TEXT NOT NULL,
    sealed_key BLOB NOT NULL,
    pending_sealed_key BLOB,
    key_generation INTEGER NOT NULL CHECK (key_generation > 0),
    key_since TEXT NOT NULL,
    created_at TEXT NOT NULL
  ) STRICT;

  -- Clients given to a user one by one.
  CREATE TABLE user_client (
    user_id TEXT NOT NULL REFERENCES users (id),
    client_id TEXT NOT NULL REFERENCES clients (id),
    PRIMARY KEY (user_id, client_id)
  ) STRICT, WITHOUT ROWID;

  -- What a client's database was when it was last seen: an older file shows.
  CREATE TABLE anchors (
    client_id TEXT PRIMARY KEY REFERENCES clients (id),
    sequence INTEGER NOT NULL,
    head TEXT NOT NULL,
    file_sha256 TEXT,
    at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE backups (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    created_at TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    clients INTEGER NOT NULL,
    transactions INTEGER NOT NULL,
    passphrase INTEGER NOT NULL CHECK (passphrase IN (0, 1)),
    verified_at TEXT
  ) STRICT;
`;

const CONNECTIONS = `
  -- No credential is here: tokens and client keys live in the OS keychain under the connection's id.
  CREATE TABLE connections (
    id TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    institution TEXT NOT NULL,
    issuer TEXT NOT NULL,
    resource_base TEXT NOT NULL,
    bank_client_id TEXT NOT NULL,
    authority_pem TEXT,
    practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
    stage TEXT NOT NULL CHECK (stage IN ('created', 'authorised', 'ready')),
    created_at TEXT NOT NULL,
    removed_at TEXT,
    paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
    -- True after a restore: the credentials stayed behind.
    needs_sign_in INTEGER NOT NULL DEFAULT 0 CHECK (needs_sign_in IN (0, 1)),
    permissions_json TEXT NOT NULL,
    start_date_asked TEXT NOT NULL,
    start_date_granted TEXT,
    consent_id TEXT,
    consent_granted_at TEXT,
    consent_expires_at TEXT,
    tls_json TEXT,
    last_try_at TEXT,
    last_good_sync_at TEXT,
    next_allowed_at TEXT,
    cause TEXT,
    cause_params_json TEXT NOT NULL DEFAULT '{}'
  ) STRICT;

  CREATE TABLE connection_pins (
    connection_id TEXT NOT NULL REFERENCES connections (id),
    spki_sha256 TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('current', 'backup')),
    pinned_at TEXT NOT NULL,
    PRIMARY KEY (connection_id, spki_sha256)
  ) STRICT, WITHOUT ROWID;

  -- An account a consent exposes. The identity (IBAN or source id and currency) outlives the resource id, which a new consent changes.
  CREATE TABLE connection_account (
    connection_id TEXT NOT NULL REFERENCES connections (id),
    resource_id TEXT NOT NULL,
    identity TEXT NOT NULL,
    account_json TEXT NOT NULL,
    position INTEGER NOT NULL,
    client_id TEXT REFERENCES clients (id),
    assigned_at TEXT,
    -- False when the latest consent no longer exposes the account.
    exposed INTEGER NOT NULL DEFAULT 1 CHECK (exposed IN (0, 1)),
    PRIMARY KEY (connection_id, resource_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX connection_account_identity ON connection_account (connection_id, identity);

  CREATE TABLE connection_try (
    id INTEGER PRIMARY KEY,
    connection_id TEXT NOT NULL REFERENCES connections (id),
    at TEXT NOT NULL,
    ok INTEGER NOT NULL CHECK (ok IN (0, 1)),
    cause TEXT,
    new_rows INTEGER NOT NULL,
    calls INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX connection_try_at ON connection_try (connection_id, at);

  -- Calls made, to keep within a bank's quota. endpoint '' counts calls that are not broken down; resource_id '' the connection's own.
  CREATE TABLE call_ledger (
    connection_id TEXT NOT NULL REFERENCES connections (id),
    day TEXT NOT NULL,
    endpoint TEXT NOT NULL DEFAULT '',
    resource_id TEXT NOT NULL DEFAULT '',
    calls INTEGER NOT NULL,
    PRIMARY KEY (connection_id, day, endpoint, resource_id)
  ) STRICT, WITHOUT ROWID;
`;

export const office0001: Migration = {
  version: 1,
  name: '0001-office',
  up: (database) => {
    database.exec(OFFICE);
    database.exec(CONNECTIONS);
    createAuditTableV1(database);
  },
};
