// The client database's migrations, one test each, and the plans of the queries that must stay fast.
import Sqlite from 'better-sqlite3-multiple-ciphers';
import { describe, expect, test } from 'vitest';
import { clientMigrations } from '../../../electron/adapters/sqlite/client-migrations/index.ts';
import { createClientStore } from '../../../electron/adapters/sqlite/client-store.ts';
import { PAGE_ROWS } from '../../../electron/adapters/sqlite/client-transactions.ts';
import { migrate } from '../../../electron/adapters/sqlite/migrate.ts';
import type { Database } from '../../../electron/adapters/sqlite/open-database.ts';
import { CLIENT, createClientVault, openPlainClientDatabase } from '../../builders/client-vault.ts';
import { buildLedger, statementEvents } from '../../builders/ledger.ts';

function tablesOf(database: Database): string[] {
  return database
    .prepare<[], string>(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'transaction_search_%' ORDER BY name`,
    )
    .pluck()
    .all();
}

describe('0001-ledger', () => {
  test('makes every table of the domain, all strict', () => {
    const database = new Sqlite(':memory:');
    expect(migrate(database, clientMigrations.slice(0, 1))).toBe(1);
    expect(database.pragma('user_version', { simple: true })).toBe(1);
    expect(tablesOf(database)).toEqual([
      'account_days',
      'account_sources',
      'accounts',
      'audit',
      'audit_checkpoint',
      'audit_state',
      'balances',
      'batch_reliance',
      'batches',
      'edits',
      'fingerprint_aliases',
      'ledger_state',
      'pending_links',
      'raw_blocks',
      'receipts',
      'staged_rows',
      'statements',
      'tombstones',
      'transaction_children',
      'transaction_search',
      'transactions',
    ]);
    const loose = database.prepare<[], string>(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
    );
    expect(loose.pluck().all()).toEqual([]);
  });

  test('a state, an amount or an exponent outside the domain is refused by the table itself', () => {
    const vault = createClientVault();
    vault.bring(statementEvents({ rows: buildLedger({ rows: 1 }).rows }));
    for (const wrong of [`state = 'open'`, 'exponent = 5', `amount_minor = 'much'`, `amount_minor = 1.5`]) {
      expect(() => vault.database.exec(`UPDATE transactions SET ${wrong}`)).toThrow(/constraint|cannot store/);
    }
  });

  test('two otherwise identical rows need two occurrences', () => {
    const vault = createClientVault();
    const [row] = buildLedger({ rows: 1 }).rows;
    vault.bring(statementEvents({ rows: [row!, row!] }));
    expect(() => vault.database.exec('UPDATE transactions SET occurrence = 1')).toThrow(/UNIQUE/);
  });

  test('receipts only grow', () => {
    const vault = createClientVault();
    vault.bring(statementEvents({ rows: buildLedger({ rows: 1 }).rows }));
    expect(() => vault.database.exec('DELETE FROM receipts')).toThrow(/only grow/);
    expect(() => vault.database.exec(`UPDATE receipts SET hash = ''`)).toThrow(/only grow/);
  });
});

describe('0002-decisions', () => {
  test('numbers the rows of batches that are there already: new rows first, then the doubtful ones left', () => {
    const database = new Sqlite(':memory:');
    migrate(database, clientMigrations.slice(0, 1));
    const common = `source_state, description, exponent, raw_amount, children, fingerprint, fingerprint_version, raw_block, raw_position`;
    const values = `'booked', 'x', 2, '1', 0, x'00', 1, 1, 0`;
    database.exec(`
      INSERT INTO batches (number, id, state, kind, source, reader, created_at) VALUES
        (1, 'batch_a', 'committed', 'file', 'a', 'camt', ''), (2, 'batch_b', 'staged', 'file', 'b', 'camt', '');
      INSERT INTO accounts (number, id, source_number, number_mask, currency, kind, name, created_at, created_by)
        VALUES (1, 'account_a', '1', '1', 'EUR', 'current', 'A', '', 1);
      INSERT INTO transactions (number, account, booking_date, amount_minor, currency, state, batch, statement, occurrence, ${common})
        VALUES (5, 1, '2026-01-01', 1, 'EUR', 'booked', 1, 1, 1, ${values}), (6, 1, '2026-01-02', 1, 'EUR', 'booked', 1, 1, 1, ${values});
      INSERT INTO staged_rows (number, batch, statement, kind, booking_date, amount_minor, currency, ${common})
        VALUES (40, 1, 1, 'doubtful', '2026-01-03', 1, 'EUR', ${values}), (41, 2, 2, 'new', '2026-01-03', 1, 'EUR', ${values});
    `);
    expect(migrate(database, clientMigrations.slice(0, 2))).toBe(1);
    expect(database.prepare('SELECT first_placed, first_staged FROM batches ORDER BY number').raw().all()).toEqual([
      [5, 38],
      [null, 41],
    ]);
    expect(() => database.exec(`UPDATE staged_rows SET decision = 'perhaps'`)).toThrow(/constraint/);
    expect(tablesOf(database)).toContain('row_decisions');
  });
});

describe('0003-signs-and-names', () => {
  test('statements and accounts that are there already stand as the source wrote them; an account without a name may learn one', () => {
    const database = new Sqlite(':memory:');
    migrate(database, clientMigrations.slice(0, 2));
    database.exec(`
      INSERT INTO batches (number, id, state, kind, source, reader, created_at) VALUES (1, 'batch_a', 'committed', 'file', 'a', 'csv', '');
      INSERT INTO accounts (number, id, iban, source_number, number_mask, currency, kind, name, created_at, created_by) VALUES
        (1, 'account_a', NULL, 'unnamed', '', 'EUR', 'current', 'March', '', 1), (2, 'account_b', NULL, '55001', '', 'EUR', 'current', 'B', '', 1);
      INSERT INTO statements (batch, position, source_account_json, account) VALUES (1, 0, '{}', 1);
    `);
    expect(migrate(database, clientMigrations.slice(0, 3))).toBe(1);
    expect(database.prepare('SELECT inverted, signs_chosen_in, declared_empty FROM statements').raw().all()).toEqual([
      [0, null, 0],
    ]);
    expect(database.prepare('SELECT made_unnamed FROM accounts ORDER BY number').pluck().all()).toEqual([1, 0]);
    expect(() => database.exec('UPDATE statements SET inverted = 2')).toThrow(/constraint/);
  });
});

function planOf(database: Database, sql: string): string[] {
  const count = (sql.match(/\?/g) ?? []).length;
  const rows = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...Array.from({ length: count }, () => '1')) as {
    detail: string;
  }[];
  return rows.map(({ detail }) => detail);
}

describe('query plans', () => {
  const database = openPlainClientDatabase();

  test.each([
    [
      'a page by primary key',
      PAGE_ROWS,
      [
        'SCAN p VIRTUAL TABLE INDEX 1:',
        'SEARCH t USING INTEGER PRIMARY KEY (rowid=?)',
        'SEARCH a USING INTEGER PRIMARY KEY (rowid=?)',
        'USE TEMP B-TREE FOR ORDER BY',
      ],
    ],
    [
      'the ledger around a slice',
      'SELECT amount_minor FROM transactions WHERE account = ? AND booking_date BETWEEN ? AND ?',
      ['SEARCH transactions USING INDEX transactions_identity (account=? AND booking_date>? AND booking_date<?)'],
    ],
    [
      'the highest occurrence',
      `SELECT max(occurrence) FROM transactions WHERE account = ? AND booking_date = ? AND fingerprint = ? AND source_state = ?`,
      [
        'SEARCH transactions USING COVERING INDEX transactions_identity (account=? AND booking_date=? AND fingerprint=? AND source_state=?)',
      ],
    ],
    [
      'open pending rows',
      `SELECT number FROM transactions WHERE account = ? AND state = 'pending'`,
      ['SEARCH transactions USING COVERING INDEX transactions_pending (account=?)'],
    ],
    [
      'what a batch brought',
      'SELECT number FROM transactions WHERE batch = ?',
      ['SEARCH transactions USING COVERING INDEX transactions_batch (batch=?)'],
    ],
    [
      'decided staged rows',
      `SELECT match FROM staged_rows WHERE batch = ? AND (kind <> 'new' OR match IS NOT NULL)`,
      ['SEARCH staged_rows USING INDEX staged_rows_decided (batch=?)'],
    ],
  ])('%s', (_name, sql, plan) => {
    expect(planOf(database, sql)).toEqual(plan);
  });
});

test('opening drops what a crash left half staged, and only that', () => {
  const database = openPlainClientDatabase();
  const vault = createClientVault(database);
  const staged = vault.stage(statementEvents({ rows: buildLedger({ rows: 3 }).rows }));
  const { staging } = vault.handlers;
  const opened = staging.open(
    { clientId: CLIENT, kind: 'file', source: 'x', connectionId: null, reader: 'ofx 1.02' },
    vault.context,
  ) as { batchId: typeof staged.id };
  void staging.add(
    {
      clientId: CLIENT,
      batchId: opened.batchId,
      resourceId: null,
      events: statementEvents({ rows: buildLedger({ rows: 5, seed: 2 }).rows }),
    },
    vault.context,
  );
  const count = (table: string) => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  expect([count('staged_rows'), count('batches')]).toEqual([8, 2]);
  const reopened = createClientStore(database, CLIENT);
  expect([count('staged_rows'), count('batches'), count('raw_blocks'), count('statements')]).toEqual([3, 1, 1, 1]);
  expect(reopened.batches.list().map(({ id }) => id)).toEqual([staged.id]);
});
