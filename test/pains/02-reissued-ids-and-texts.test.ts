// Pain 2: the bank hands out new ids for old rows, or changes their words, and an import takes them for new ones.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anAnswer, batchOf, openPainOffice, type PainClient, type PainOffice } from './pain-bench.ts';
import { bankRecords, camt, IBAN, mt940, ofx, type PainRow, type PainStatement } from './statement-texts.ts';

let office: PainOffice;
beforeAll(async () => void (office = await openPainOffice()));
afterAll(() => office.remove());

const days: PainRow[] = [
  { date: '2026-03-02', amount: '1200.00', text: 'Invoice 881', name: 'Harbour Ltd', id: 'A1' },
  { date: '2026-03-04', amount: '-19.99', text: 'SEPA-BASISLASTSCHRIFT DSL 0304', name: 'Telekom', id: 'A2' },
  { date: '2026-03-09', amount: '-640.00', text: 'Miete März', name: 'Hausverwaltung Ott', id: 'A3' },
  { date: '2026-03-11', amount: '-7.80', text: 'Porto', name: 'Post', id: 'A4' },
];
const march = { from: '2026-03-01', to: '2026-03-31', opening: '100.00', closing: '632.21' };
const reissued = days.map((row) => ({ ...row, id: `NEW-${row.id ?? ''}` }));
const reworded = days.map((row, at) => (at === 1 ? { ...row, text: 'DSL-Anschluss 0304 SEPA-BASISLASTSCHRIFT' } : row));

type Bring = (client: PainClient, rows: readonly PainRow[]) => ReturnType<PainClient['bring']>;
const file =
  (write: (statement: PainStatement) => string): Bring =>
  (client, rows) =>
    client.bring(write({ rows, ...march }));
const SOURCES: [string, Bring][] = [
  ['OFX', file(ofx)],
  ['CAMT', file(camt)],
  ['MT940', file(mt940)],
  ['a bank', (client, rows) => client.bringAnswer(anAnswer(IBAN, bankRecords(rows)))],
];
const LEDGER = ['2026-03-02 120000', '2026-03-04 -1999', '2026-03-09 -64000', '2026-03-11 -780'];
/** A bank's answer states no balance here, so the sum of its rows is all there is. */
const balanceOf = (name: string): string => (name === 'a bank' ? '53221' : '63221');

describe.each(SOURCES)('2: actualbudget/actual#8830, firefly-iii/firefly-iii#11095: %s', (name, bring) => {
  test('reissues every id: nothing is new', async () => {
    const client = await office.addClient();
    await bring(client, days);
    expect((await bring(client, reissued)).counts).toEqual({ new: 0, known: 4, changed: 0, doubtful: 0 });
    expect(await client.rows()).toEqual(LEDGER);
    expect(await client.balance()).toBe(balanceOf(name));
  });

  test('changes the words of a row: it is changed, not doubled, and the old file stays known', async () => {
    const client = await office.addClient();
    await bring(client, days);
    const changed = await bring(client, reworded);
    expect(changed.counts).toEqual({ new: 0, known: 3, changed: 1, doubtful: 0 });
    expect((await client.list()).map(({ description }) => description)[1]).toContain('DSL-Anschluss');
    expect((await bring(client, days)).counts).toMatchObject({ new: 0, doubtful: 0 });
    expect(await client.rows()).toEqual(LEDGER);
    expect(await client.balance()).toBe(balanceOf(name));
  });

  test('changes ids and words at once; undone, the row has its old words', async () => {
    const client = await office.addClient();
    await bring(client, days);
    const before = await client.list();
    const receipt = await bring(
      client,
      reworded.map((row) => ({ ...row, id: `NEW-${row.id ?? ''}` })),
    );
    expect(receipt.counts).toMatchObject({ new: 0, doubtful: 0 });
    expect(await client.rows()).toEqual(LEDGER);
    await client.undo(batchOf(receipt));
    expect(await client.list()).toEqual(before);
    expect(await client.balance()).toBe(balanceOf(name));
  });
});

test.each([
  ['OFX', (client: PainClient, row: PainRow) => client.stage(ofx({ rows: [row], from: row.date, to: row.date }))],
  ['a bank', (client: PainClient, row: PainRow) => client.stageAnswer(anAnswer(IBAN, bankRecords([row])))],
])(
  '2: actualbudget/actual#8830: %s shows one row at the edge under another id: asked, not doubled and not dropped',
  async (_name, stage) => {
    const client = await office.addClient();
    const [row] = days;
    await client.commit(await stage(client, row!));
    const batch = await stage(client, { ...row!, id: 'Y1' });
    expect(batch.counts).toEqual({ new: 0, known: 0, changed: 0, doubtful: 1 });
    await client.commit(batch);
    expect(await client.rows()).toEqual(['2026-03-02 120000']);
    expect((await client.diff(batch)).map(({ kind }) => kind)).toEqual(['doubtful']);
  },
);
