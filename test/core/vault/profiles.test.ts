// Import profiles and statements through the vault's own dispatcher on encrypted files: saved by name, audited; coverage over all clients.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CurrencyCode } from '../../../shared/model/currency.ts';
import { ProfileId } from '../../../shared/model/ids.ts';
import { statementEvents, buildLedger } from '../../builders/ledger.ts';
import { auditEntries, createTestVault, openNewOffice } from './vault-bench.ts';

const folder = mkdtempSync(join(tmpdir(), 'strongroom-profiles-'));
const bench = createTestVault();
const vault = bench.client;

beforeAll(async () => void (await openNewOffice(folder, bench)));
afterAll(async () => {
  await vault.vaultOffice.close({});
  rmSync(folder, { recursive: true, force: true });
  expect(bench.failures).toEqual([]);
});

const profile = {
  format: 'qif',
  charset: 'utf-8',
  dateOrder: 'dmy',
  decimalMark: ',',
  currency: CurrencyCode.parse('EUR'),
} as const;

test('a profile is kept under its name, replaced under the same, and removed once', async () => {
  const saved = await vault.profiles.save({ name: ' Harbour Bank ', signature: 'ab'.repeat(32), profile });
  expect(saved).toMatchObject({ name: 'Harbour Bank', profile });
  const again = await vault.profiles.save({ name: 'Harbour Bank', signature: 'cd'.repeat(32), profile });
  expect(again).toMatchObject({ id: saved.id, signature: 'cd'.repeat(32) });
  await vault.profiles.save({ name: 'Alster Bank', signature: 'ab'.repeat(32), profile });
  expect((await vault.profiles.list({})).map(({ name }) => name)).toEqual(['Alster Bank', 'Harbour Bank']);
  await vault.profiles.remove({ profileId: saved.id });
  await expect(vault.profiles.remove({ profileId: saved.id })).rejects.toMatchObject({ code: 'PROFILE_NOT_FOUND' });
  expect((await vault.profiles.list({})).map(({ id }) => id)).not.toContain(ProfileId.parse(saved.id));
  const actions = (await auditEntries(bench, { action: 'profiles' })).map(({ action }) => action);
  expect(actions).toEqual(['profiles.remove', 'profiles.save', 'profiles.save', 'profiles.save']);
});

test('coverage asks all clients the user may open; an export needs a new file', async () => {
  const ids = [(await vault.clients.add({ name: 'Acme' })).id, (await vault.clients.add({ name: 'Bolt' })).id];
  const { rows, openingMinor, closingMinor } = buildLedger({ rows: 60, perDay: 2, from: '2026-01-02' });
  for (const clientId of ids) {
    const source = { kind: 'file', source: 'january.xml', connectionId: null, reader: 'camt' } as const;
    const { batchId } = await vault.staging.open({ clientId, ...source });
    const events = statementEvents({ rows, openingMinor, closingMinor });
    await vault.staging.add({ clientId, batchId, resourceId: null, events });
    const facts = { payloadSha256: 'ab'.repeat(32), payloadBytes: 1, reader: 'camt', tls: null, complete: [] };
    await vault.staging.finish({ clientId, batchId, ...facts });
    await vault.batches.commit({ clientId, batchId });
  }
  const all = await vault.statements.coverage({ clientId: null, from: '2026-01', to: '2026-03' });
  expect(all.map(({ clientId }) => clientId)).toEqual(ids);
  for (const { months } of all) expect(months.map(({ state }) => state)).toEqual(['unproven', 'none', 'none']);
  const [account] = all;
  const period = { from: rows[0]!.bookingDate, to: rows.at(-1)!.bookingDate };
  const { clientId, accountId } = account!;
  const path = join(folder, 'january.csv');
  const exported = { clientId, accountId, ...period, format: 'csv', path } as const;
  expect(await vault.statements.export(exported)).toMatchObject({ rows: 60 });
  await expect(vault.statements.export(exported)).rejects.toMatchObject({ code: 'EXPORT_DESTINATION_EXISTS' });
  const entries = await auditEntries(bench, { clientId, action: 'statements.export' });
  expect(entries.map(({ subject }) => subject)).toEqual([accountId]);
});
