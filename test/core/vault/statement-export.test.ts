// The ledger of an account and period as a file: read again it is the same ledger; nothing is written over a file, and nothing without its audit entry.
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { StatementStream } from '../../../electron/adapters/statements/read-statement.ts';
import type { OutputOf } from '../../../shared/ipc/call.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { ExportFormat } from '../../../shared/ipc/contract/statements.ts';
import { parseCalendarDate } from '../../../shared/model/calendar-date.ts';
import { CLIENT, createClientVault, type ClientVault } from '../../builders/client-vault.ts';
import { aSourceAccount, aSourceRow, buildLedger, statementEvents } from '../../builders/ledger.ts';

const folder = mkdtempSync(join(tmpdir(), 'strongroom-export-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ledger = buildLedger({ rows: 1200, perDay: 40, from: '2026-01-01' });

const IBAN = 'GB29NWBK60161331926819';

function aVault(balances = true): ClientVault {
  const vault = createClientVault();
  const pending = aSourceRow({ state: 'pending', bookingDate: '2026-01-05' });
  const { rows, openingMinor, closingMinor } = ledger;
  const stated = balances ? { openingMinor, closingMinor } : {};
  vault.bring(
    statementEvents({ account: aSourceAccount({ id: IBAN, iban: IBAN }), rows: [...rows, pending], ...stated }),
    { source: 'year.xml', reader: 'camt' },
  );
  return vault;
}

type Exported = OutputOf<AppContract['statements']['export']>;

async function exported(
  vault: ClientVault,
  format: ExportFormat,
  path = join(folder, `${format}.out`),
): Promise<Exported> {
  const accountId = vault.store.accounts.list()[0]!.id;
  const period = { from: parseCalendarDate('2026-01-03'), to: parseCalendarDate('2026-01-20') };
  return await vault.handlers.statements.export(
    { clientId: CLIENT, accountId, ...period, format, path },
    vault.context,
  );
}

const expected = ledger.rows.filter(({ bookingDate }) => bookingDate >= '2026-01-03' && bookingDate <= '2026-01-20');
const sum = expected.reduce((total, { amountMinor }) => total + BigInt(amountMinor), 0n);

test.each(['ofx', 'camt053', 'mt940'] as const)('%s: the same days, amounts and balances', async (format) => {
  const vault = aVault();
  const result = await exported(vault, format);
  const bytes = readFileSync(result.path);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(result).toEqual({
    path: result.path,
    bytes: bytes.length,
    sha256,
    rows: expected.length,
    sumMinor: sum.toString(),
  });
  const stream = new StatementStream();
  const events = [...stream.write(bytes), ...stream.end()];
  const rows = events.flatMap((event) => (event.type === 'transactions' ? event.items : []));
  const keyOf = (row: { bookingDate: string; amountMinor: string }): string => `${row.bookingDate} ${row.amountMinor}`;
  expect(rows.map(keyOf)).toEqual(expected.map(keyOf));
  const before = ledger.rows.filter(({ bookingDate }) => bookingDate < '2026-01-03');
  const opening = before.reduce((total, { amountMinor }) => total + BigInt(amountMinor), ledger.openingMinor);
  const end = events.find((event) => event.type === 'statement-end');
  expect(end?.closing?.amountMinor).toBe((opening + sum).toString());
  const [entry] = vault.store.audit.list({
    filter: { userId: null, action: null, outcome: null, from: null, until: null },
    offset: 0,
    limit: 1,
  }).entries;
  expect(entry?.payload).toMatchObject({ format, rows: expected.length, sumMinor: sum.toString(), sha256 });
});

test.each(['csv', 'xlsx'] as const)('%s: without stated balances too', async (format) => {
  expect(await exported(aVault(false), format, join(folder, `plain.${format}`))).toMatchObject({
    rows: expected.length,
  });
});

test('a format that needs balances refuses where none are known, and leaves no file', async () => {
  const path = join(folder, 'refused.xml');
  await expect(exported(aVault(false), 'camt053', path)).rejects.toMatchObject({ code: 'EXPORT_NOT_EXPRESSIBLE' });
  expect(existsSync(path)).toBe(false);
});

test('an existing file is kept, a missing folder is named', async () => {
  const path = join(folder, 'mine.csv');
  writeFileSync(path, 'mine');
  const vault = aVault();
  const head = vault.store.audit.head().sequence;
  await expect(exported(vault, 'csv', path)).rejects.toMatchObject({ code: 'EXPORT_DESTINATION_EXISTS' });
  expect(readFileSync(path, 'utf8')).toBe('mine');
  await expect(exported(vault, 'csv', join(folder, 'none', 'a.csv'))).rejects.toMatchObject({
    code: 'EXPORT_FOLDER_NOT_FOUND',
  });
  expect(vault.store.audit.head().sequence).toBe(head);
  expect(readdirSync(folder).filter((name) => name.includes('mine'))).toEqual(['mine.csv']);
});

test('proof and coverage of the account name a row that was taken away', async () => {
  const vault = aVault();
  const accountId = vault.store.accounts.list()[0]!.id;
  const period = { from: parseCalendarDate('2026-01-01'), to: parseCalendarDate('2026-12-31') };
  const ask = async () =>
    await vault.handlers.statements.proof({ clientId: CLIENT, accountId, ...period }, vault.context);
  expect((await ask()).findings).toEqual([]);
  vault.database.exec(`UPDATE transactions SET state = 'removed' WHERE number = 7`);
  vault.database.exec(`INSERT INTO tombstones VALUES (7, 'booked', 'a test', '2026-06-01T00:00:00.000Z', 'u', 'u')`);
  vault.store.accounts.recount(accountId);
  const { statements, findings } = await ask();
  expect(statements).toMatchObject([{ source: 'year.xml', link: 'first', proof: 'pass' }]);
  const { amountMinor, description, bookingDate } = ledger.rows[6]!;
  expect(findings).toMatchObject([
    { kind: 'mismatch', differenceMinor: amountMinor, firstBrokenDay: ledger.rows.at(-1)!.bookingDate },
  ]);
  expect(findings[0]!.candidates[0]).toMatchObject({ kind: 'excluded', amountMinor, description, bookingDate });
  const months = { clientId: CLIENT, from: '2026-01', to: '2026-02' };
  const [coverage] = await vault.handlers.statements.coverage(months, vault.context);
  expect(coverage?.months.map(({ state }) => state)).toEqual(['mismatch', 'none']);
});
