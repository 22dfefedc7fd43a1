// Pain 16: a row that somebody deleted comes back with the next file.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { batchOf, openPainOffice, type BringOptions, type PainClient, type PainOffice } from './pain-bench.ts';
import {
  camt,
  csv,
  CSV_PROFILE,
  mt940,
  ofx,
  qif,
  QIF_PROFILE,
  type PainRow,
  type PainStatement,
} from './statement-texts.ts';

let office: PainOffice;
beforeAll(async () => void (office = await openPainOffice()));
afterAll(() => office.remove());

const gym: PainRow = { date: '2026-03-05', amount: '-29.90', text: 'Beitrag Fitness', name: 'FitPark', id: 'G1' };
const rows: PainRow[] = [
  { date: '2026-03-02', amount: '500.00', text: 'Honorar 4', name: 'Harbour Ltd', id: 'H' },
  gym,
  { ...gym, id: 'G2' },
  { date: '2026-03-09', amount: '-70.00', text: 'Strom', name: 'Nordwind', id: 'N' },
];
const march: PainStatement = { rows, from: '2026-03-01', to: '2026-03-31', opening: '10.00', closing: '380.20' };
const REASON = 'Private, paid from the wrong account';

interface Source {
  readonly write: (statement: PainStatement) => string;
  readonly options?: BringOptions;
}
const SOURCES: Readonly<Record<string, Source>> = {
  OFX: { write: ofx },
  CAMT: { write: camt },
  MT940: { write: mt940 },
  CSV: { write: csv, options: { profile: CSV_PROFILE } },
  QIF: { write: qif, options: { profile: QIF_PROFILE } },
};
const NAMED = ['OFX', 'CAMT', 'MT940'];

async function stage(client: PainClient, name: string) {
  const { write, options } = SOURCES[name] ?? expect.fail(name);
  const [account] = await client.accounts();
  return await client.stage(write(march), { ...options, source: name, accountId: account?.id ?? null });
}

async function gyms(client: PainClient) {
  return (await client.list()).filter(({ amountMinor }) => amountMinor === '-2990');
}

describe.each(NAMED)('16: actualbudget/actual#2289, firefly-iii/firefly-iii#10090: first in %s', (first) => {
  test.each(Object.keys(SOURCES))('excluded, it is known in %s and stays away', async (second) => {
    const client = await office.addClient();
    await client.commit(await stage(client, first));
    expect(await client.balance()).toBe('38020');
    const [one, two] = await gyms(client);
    expect(await client.exclude(one!.id, REASON)).toMatchObject({ state: 'removed', excluded: { reason: REASON } });
    const batch = await stage(client, second);
    expect(batch.counts).toEqual({ new: 0, known: 4, changed: 0, doubtful: 0 });
    expect((await client.diff(batch)).filter(({ reason }) => reason === 'excluded')).toMatchObject([
      { kind: 'known', amountMinor: '-2990', counterpart: { transactionId: one!.id, state: 'removed' } },
    ]);
    await client.commit(batch);
    expect(await client.rows()).toEqual(['2026-03-02 50000', '2026-03-05 -2990', '2026-03-09 -7000']);
    expect((await gyms(client)).map(({ id }) => id)).toEqual([two!.id]);
    expect(await client.rows('removed')).toEqual(['2026-03-05 -2990']);
  });
});

test.each(NAMED)(
  '16: actualbudget/actual#2289: both twins excluded in %s stay away, restored they count again',
  async (name) => {
    const client = await office.addClient();
    const receipt = await client.bring(SOURCES[name]!.write(march));
    const ids = (await gyms(client)).map(({ id }) => id);
    for (const id of ids) await client.exclude(id, REASON);
    expect((await client.bring(SOURCES[name]!.write(march))).counts).toMatchObject({ new: 0, known: 4 });
    expect(await client.rows()).toEqual(['2026-03-02 50000', '2026-03-09 -7000']);
    const [finding] = (await client.proof('2026-03-01', '2026-03-31')).findings.filter(
      ({ kind }) => kind === 'mismatch',
    );
    if (name !== 'OFX') expect(finding).toMatchObject({ differenceMinor: '-5980' });
    await client.restore(ids[0]!);
    for (const id of ids.slice(1)) await client.restore(id);
    expect(await client.balance()).toBe('38020');
    const ledger = await client.rows();
    expect(ledger).toHaveLength(4);
    // The second file counts on the first one's rows.
    await expect(client.undo(batchOf(receipt))).rejects.toMatchObject({ code: 'BATCH_CHANGED_SINCE' });
  },
);

test.each(NAMED)(
  '16: firefly-iii/firefly-iii#10090: undoing %s with an excluded row waits until the row is restored',
  async (name) => {
    const client = await office.addClient();
    const receipt = await client.bring(SOURCES[name]!.write(march));
    const [one] = await gyms(client);
    await client.exclude(one!.id, REASON);
    await expect(client.undo(batchOf(receipt))).rejects.toMatchObject({
      code: 'BATCH_CHANGED_SINCE',
      params: { by: 'exclusion' },
    });
    await client.restore(one!.id);
    await client.undo(batchOf(receipt));
    expect(await client.rows()).toEqual([]);
    expect(await client.accounts()).toEqual([]);
  },
);
