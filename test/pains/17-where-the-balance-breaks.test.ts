// Pain 17: the balance is off, and nothing says since when and why. Daily statements of a week, each spoilt in one way.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPainOffice, type PainClient, type PainOffice } from './pain-bench.ts';
import { camt, mt940, mt942, type PainRow, type PainStatement } from './statement-texts.ts';

let office: PainOffice;
beforeAll(async () => void (office = await openPainOffice()));
afterAll(() => office.remove());

const DAYS = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06'];
const BROKEN = '2026-03-04';
const shop = (date: string): PainRow => ({
  date,
  amount: '-12.50',
  text: `Einkauf ${date}`,
  name: 'Rewe',
  id: `S${date}`,
});
const coffee = (date: string): PainRow => ({ date, amount: '-3.20', text: 'Espresso', name: 'Café', id: `C${date}` });
const rent: PainRow = { date: BROKEN, amount: '-800.00', text: 'Miete', name: 'Ott', id: 'M' };
const right = (date: string): PainRow[] =>
  date === BROKEN ? [shop(date), coffee(date), rent] : [shop(date), coffee(date)];

const minor = ({ amount }: PainRow): bigint => BigInt(amount.replace('.', ''));
const decimal = (amount: bigint): string => {
  const digits = String(amount < 0n ? -amount : amount).padStart(3, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** The bank's balances are those of the right rows, whatever the file shows. */
function week(shown: Readonly<Record<string, readonly PainRow[]>>): PainStatement[] {
  let balance = 200_000n;
  return DAYS.map((date) => {
    const opening = decimal(balance);
    for (const row of right(date)) balance += minor(row);
    return { rows: shown[date] ?? right(date), from: date, to: date, opening, closing: decimal(balance) };
  });
}

const FORMATS: [string, (statement: PainStatement) => string][] = [
  ['CAMT', camt],
  ['MT940', mt940],
];
/** What the whole week comes to when nothing is wrong. */
const CLOSING = '112150';

describe.each(FORMATS)('17: actualbudget/actual#7589: %s', (_name, write) => {
  async function bringWeek(client: PainClient, shown: Readonly<Record<string, readonly PainRow[]>> = {}) {
    for (const statement of week(shown)) await client.bring(write(statement), { source: statement.from });
  }
  const findingsOf = async (client: PainClient) => (await client.proof('2026-03-01', '2026-03-31')).findings;

  test('a right week proves', async () => {
    const client = await office.addClient();
    await bringWeek(client);
    expect(await findingsOf(client)).toEqual([]);
    expect((await client.accounts())[0]).toMatchObject({ bookedMinor: CLOSING, proof: { result: 'pass' } });
    expect((await client.proof('2026-03-01', '2026-03-31')).statements.map(({ link }) => link)).toEqual([
      'first',
      'continues',
      'continues',
      'continues',
      'continues',
    ]);
  });

  test.each<[string, readonly PainRow[], string, object]>([
    [
      'a missing row: the amount that never came',
      [shop(BROKEN), coffee(BROKEN)],
      '-80000',
      { kind: 'missing', transactionId: null, amountMinor: '-80000' },
    ],
    [
      'a twin: one of the two equal rows',
      [shop(BROKEN), coffee(BROKEN), coffee(BROKEN), rent],
      '320',
      { kind: 'twin', bookingDate: BROKEN, amountMinor: '-320', description: 'Espresso' },
    ],
    [
      'a sign: the row that should be money out',
      [shop(BROKEN), coffee(BROKEN), { ...rent, amount: '800.00' }],
      '-160000',
      { kind: 'sign', bookingDate: BROKEN, amountMinor: '80000', description: 'Miete' },
    ],
  ])('names the first broken day and %s', async (_what, rows, differenceMinor, candidate) => {
    const client = await office.addClient();
    await bringWeek(client, { [BROKEN]: rows });
    const findings = await findingsOf(client);
    expect(findings).toMatchObject([
      { kind: 'mismatch', from: BROKEN, to: BROKEN, firstBrokenDay: BROKEN, differenceMinor },
    ]);
    expect(findings[0]?.candidates[0]).toMatchObject(candidate);
    expect((await client.accounts())[0]?.proof).toMatchObject({
      result: 'fail',
      firstBrokenDay: BROKEN,
      differenceMinor,
    });
    // What the bank stated last still is the balance.
    expect(await client.balance()).toBe(CLOSING);
  });

  test('a row that came a day late heals both days at once', async () => {
    const client = await office.addClient();
    const next = '2026-03-05';
    await bringWeek(client, {
      [BROKEN]: [shop(BROKEN), coffee(BROKEN)],
      [next]: [...right(next), { ...rent, date: next }],
    });
    const findings = await findingsOf(client);
    expect(findings).toMatchObject([
      {
        from: BROKEN,
        differenceMinor: '-80000',
        candidates: [{ kind: 'late', bookingDate: next, description: 'Miete' }, {}],
      },
      { from: next, differenceMinor: '80000', candidates: [{ kind: 'late', bookingDate: next }, {}] },
    ]);
    expect(await client.balance()).toBe(CLOSING);
  });

  test('a row that somebody excluded, and one that still waits', async () => {
    const client = await office.addClient();
    await client.bring(mt942({ rows: [rent], from: BROKEN, to: BROKEN }));
    await bringWeek(client, { [BROKEN]: [shop(BROKEN), coffee(BROKEN)] });
    const [waiting] = await client.list('pending');
    // The report is of a day that a statement covers too, which is no fault.
    const broken = async () => (await findingsOf(client)).filter(({ kind }) => kind === 'mismatch');
    expect((await broken())[0]?.candidates[0]).toMatchObject({ kind: 'pending', transactionId: waiting?.id });
    const booked = (await client.list('booked')).find(({ description }) => description.includes('2026-03-05'));
    await client.exclude(booked!.id, 'Looks odd');
    const [, second] = await broken();
    expect(second).toMatchObject({ from: '2026-03-05', differenceMinor: '-1250' });
    expect(second?.candidates[0]).toMatchObject({ kind: 'excluded', transactionId: booked!.id, amountMinor: '-1250' });
    await client.restore(booked!.id);
    expect(await broken()).toHaveLength(1);
  });

  test('a day whose file never came is a gap with the amount that is missing', async () => {
    const client = await office.addClient();
    for (const statement of week({})) if (statement.from !== BROKEN) await client.bring(write(statement));
    expect(await findingsOf(client)).toMatchObject([
      { kind: 'gap', from: BROKEN, to: BROKEN, differenceMinor: '-81570', firstBrokenDay: '2026-03-05' },
    ]);
    const [, , after] = (await client.proof('2026-03-01', '2026-03-31')).statements;
    expect(after).toMatchObject({ from: '2026-03-05', link: 'gap' });
    expect(await client.balance()).toBe(CLOSING);
  });
});
