// Pain 1: a pending row and the booked one that settles it both stay, and the balance doubles.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anAnswer, openPainOffice, type PainOffice } from './pain-bench.ts';
import { bankRecords, camt, IBAN, mt940, mt942, ofx, type PainRow, type PainStatement } from './statement-texts.ts';

let office: PainOffice;
beforeAll(async () => void (office = await openPainOffice()));
afterAll(() => office.remove());

const waiting: PainRow[] = [
  { date: '2026-03-02', amount: '-42.50', text: 'Kartenzahlung 8812', name: 'Rewe Markt', id: 'V1', pending: true },
  { date: '2026-03-03', amount: '-80.00', text: 'Abend Luigi', name: 'Ristorante Luigi', id: 'V2', pending: true },
];
/** Booked two days later under other ids; the dinner with a tip of nine euros, the shop in other words. */
const booked: PainRow[] = [
  { date: '2026-03-01', amount: '250.00', text: 'Rechnung 17', name: 'Nordwind GmbH', id: 'B0' },
  { date: '2026-03-04', amount: '-42.50', text: 'REWE SAGT DANKE 8812', name: 'Rewe Markt', id: 'B1' },
  { date: '2026-03-05', amount: '-89.00', text: 'Abend Luigi', name: 'Ristorante Luigi', id: 'B2' },
];
const march = { from: '2026-03-01', to: '2026-03-06', opening: '1000.00', closing: '1118.50' };

type Write = (statement: PainStatement) => string;
const BANKS: [string, Write, Write][] = [
  ['CAMT, then CAMT', camt, camt],
  ['MT942, then MT940', mt942, mt940],
  ['OFX pending, then OFX', ofx, ofx],
  ['MT942, then CAMT of the same account', mt942, camt],
];

describe.each(BANKS)('1: actualbudget/actual#8932, firefly-iii/firefly-iii#9335: %s', (_name, report, statement) => {
  test('counts the booked row once; the pending one is linked, not lost', async () => {
    const client = await office.addClient();
    await client.bring(report({ rows: waiting, from: '2026-03-02', to: '2026-03-03' }));
    expect(await client.rows('pending')).toEqual(['2026-03-02 -4250', '2026-03-03 -8000']);
    expect((await client.accounts())[0]).toMatchObject({ bookedMinor: '0', pendingMinor: '-12250' });
    const staged = await client.stage(statement({ rows: booked, ...march }));
    expect((await client.diff(staged)).map(({ kind, reason }) => `${kind} ${reason}`)).toEqual([
      'new no-match',
      'new settles-pending',
      'new settles-pending',
    ]);
    await client.commit(staged);
    expect(await client.rows()).toEqual(['2026-03-01 25000', '2026-03-04 -4250', '2026-03-05 -8900']);
    expect((await client.accounts())[0]).toMatchObject({
      bookedMinor: '111850',
      pendingMinor: '0',
      transactions: 3,
    });
    const removed = await client.list('removed');
    expect(removed.map(({ amountMinor }) => amountMinor)).toEqual(['-4250', '-8000']);
    const [first] = removed;
    expect((await client.get(first!.id)).linked).toMatchObject({ state: 'booked', bookingDate: '2026-03-04' });
  });

  test('the same report again does not bring the settled rows back', async () => {
    const client = await office.addClient();
    await client.bring(report({ rows: waiting, from: '2026-03-02', to: '2026-03-03' }));
    await client.bring(statement({ rows: booked, ...march }));
    const again = await client.bring(report({ rows: waiting, from: '2026-03-02', to: '2026-03-03' }));
    expect(again.counts).toEqual({ new: 0, known: 2, changed: 0, doubtful: 0 });
    expect(await client.rows('pending')).toEqual([]);
    expect(await client.balance()).toBe('111850');
  });

  test('a row that nothing settles is flagged once the data reach more than eight days past it, and never counts', async () => {
    const client = await office.addClient();
    await client.bring(report({ rows: waiting, from: '2026-03-02', to: '2026-03-03' }));
    const overdue = async () =>
      (await client.list('pending')).filter((row) => row.overdue).map(({ amountMinor }) => amountMinor);
    const only = (date: string): PainStatement => ({
      rows: [{ date, amount: '1.00', text: `Zinsen ${date}`, id: `Z${date}` }],
      from: '2026-03-04',
      to: date,
      opening: '1000.00',
      closing: '1001.00',
    });
    await client.bring(statement(only('2026-03-10')));
    expect(await overdue()).toEqual([]);
    await client.bring(
      statement({ ...only('2026-03-11'), from: '2026-03-11', opening: '1001.00', closing: '1002.00' }),
    );
    expect(await overdue()).toEqual(['-4250']);
    expect(await client.balance()).toBe('100200');
  });
});

test('1: actualbudget/actual#8932: a bank: pending settles under the same id, on another day and with a tip', async () => {
  const client = await office.addClient();
  const records = (rows: readonly PainRow[]) => anAnswer(IBAN, bankRecords(rows));
  await client.bringAnswer(records(waiting));
  const settled = booked.map((row, at) => ({ ...row, id: `V${at}` }));
  const receipt = await client.bringAnswer(records(settled));
  expect(receipt.counts).toEqual({ new: 3, known: 0, changed: 0, doubtful: 0 });
  expect(await client.rows()).toEqual(['2026-03-01 25000', '2026-03-04 -4250', '2026-03-05 -8900']);
  expect((await client.bringAnswer(records(waiting))).counts).toMatchObject({ new: 0, known: 2 });
  expect(await client.balance()).toBe('11850');
});
