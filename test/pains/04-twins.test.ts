// Pain 4: two real twins of one day become one row, and one id in two accounts makes two rows one.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anAnswer, openPainOffice, type PainClient, type PainOffice } from './pain-bench.ts';
import { aCsvProfile, named } from '../builders/csv-profiles.ts';
import {
  bankRecords,
  camt,
  csv,
  CSV_PROFILE,
  IBAN,
  mt940,
  ofx,
  OTHER_IBAN,
  type PainRow,
  type PainStatement,
} from './statement-texts.ts';

let office: PainOffice;
beforeAll(async () => void (office = await openPainOffice()));
afterAll(() => office.remove());

const coffee: PainRow = { date: '2026-03-03', amount: '-3.20', text: 'Espresso', name: 'Café Zürich' };
const rows = (...ids: string[]): PainRow[] => [
  { date: '2026-03-02', amount: '50.00', text: 'Refund', name: 'Harbour', id: 'X' },
  ...ids.map((id) => ({ ...coffee, id })),
  { date: '2026-03-05', amount: '-10.00', text: 'Lunch', name: 'Luigi', id: 'Y' },
];
const march = { from: '2026-03-01', to: '2026-03-31', opening: '20.00' };
const closing = (coffees: number): string => ((6_000 - coffees * 320) / 100).toFixed(2);

type Write = (statement: PainStatement) => string;
const FORMATS: [string, Write][] = [
  ['OFX', ofx],
  ['CAMT', camt],
  ['MT940', mt940],
];

describe.each(FORMATS)('4: firefly-iii/firefly-iii#2952, #7840: %s', (name, write) => {
  const file = (...ids: string[]) => write({ rows: rows(...ids), ...march, closing: closing(ids.length) });

  test('twins under ids of their own are two rows, however often the file comes', async () => {
    const client = await office.addClient();
    expect((await client.bring(file('C1', 'C2'))).counts.new).toBe(4);
    expect((await client.bring(file('C1', 'C2'))).counts).toEqual({ new: 0, known: 4, changed: 0, doubtful: 0 });
    expect(await client.rows()).toEqual(['2026-03-02 5000', '2026-03-03 -320', '2026-03-03 -320', '2026-03-05 -1000']);
    expect(await client.balance()).toBe('5360');
    // OFX states no balance before its rows.
    expect((await client.accounts())[0]?.proof.result).toBe(name === 'OFX' ? 'absent' : 'pass');
  });

  test('twins that share an id are two rows too', async () => {
    const client = await office.addClient();
    expect((await client.bring(file('C', 'C'))).counts.new).toBe(4);
    expect((await client.bring(file('C', 'C'))).counts.new).toBe(0);
    expect(await client.balance()).toBe('5360');
  });

  test('one id in two accounts is a row in each', async () => {
    const client = await office.addClient();
    await client.bring(file('C1'));
    await client.bring(write({ rows: rows('C1'), ...march, closing: closing(1), iban: OTHER_IBAN }));
    expect((await client.accounts()).map(({ bookedMinor, transactions }) => [bookedMinor, transactions])).toEqual([
      ['5680', 3],
      ['5680', 3],
    ]);
  });
});

describe('4: firefly-iii/firefly-iii#2952: across formats', () => {
  test.each([
    ['OFX', ofx, 'CAMT', camt],
    ['CAMT', camt, 'MT940', mt940],
    ['MT940', mt940, 'OFX', ofx],
  ] as const)('twins of %s are the twins of %s', async (_first, first, _second, second) => {
    const client = await office.addClient();
    const twice = { rows: rows('C1', 'C2'), ...march, closing: closing(2) };
    await client.bring(first(twice));
    expect((await client.bring(second(twice))).counts).toEqual({ new: 0, known: 4, changed: 0, doubtful: 0 });
    expect(await client.balance()).toBe('5360');
  });

  test('a table that shows one twin more brings exactly that one', async () => {
    const client = await office.addClient();
    await client.bring(camt({ rows: rows('C1', 'C2'), ...march, closing: closing(2) }));
    const [account] = await client.accounts();
    const table = csv({ rows: rows('C1', 'C2', 'C3'), ...march });
    const receipt = await client.bring(table, { profile: CSV_PROFILE, accountId: account!.id });
    expect(receipt.counts).toEqual({ new: 1, known: 4, changed: 0, doubtful: 0 });
    expect((await client.rows()).filter((row) => row.endsWith(' -320'))).toHaveLength(3);
  });
});

describe('4: the running balance decides between twins that come one by one', () => {
  const profile = aCsvProfile({ balanceAfter: named('Balance', 3), currency: 'EUR' });
  const table = (...lines: string[]) => ['Date,Text,Amount,Balance', ...lines, ''].join('\n');
  const [one, two] = ['2026-03-03,Espresso,-3.20,16.80', '2026-03-03,Espresso,-3.20,13.60'];

  test('another balance is another row; both again are known', async () => {
    const client = await office.addClient();
    const first = await client.stage(table(one), { profile });
    await client.commit(await client.assign(first, 0, null));
    const [account] = await client.accounts();
    const how = { profile, accountId: account!.id };
    expect((await client.bring(table(two), how)).counts).toMatchObject({ new: 1, known: 0 });
    expect((await client.bring(table(one, two), how)).counts).toMatchObject({ new: 0, known: 2 });
    expect(await client.rows()).toEqual(['2026-03-03 -320', '2026-03-03 -320']);
    expect(await client.balance()).toBe('1360');
  });
});

describe('4: firefly-iii/firefly-iii#7840: an id is believed where the source keeps its ids', () => {
  const bank = (client: PainClient, own: readonly PainRow[]) => client.bringAnswer(anAnswer(IBAN, bankRecords(own)));
  const file = (client: PainClient, own: readonly PainRow[]) =>
    client.bring(ofx({ rows: own, from: '2026-03-01', to: '2026-03-31' }));

  test.each([
    ['a bank', bank],
    ['OFX', file],
  ])('%s: a twin under an id of its own, while others keep theirs, is a row of its own', async (_name, bring) => {
    const client = await office.addClient();
    const other = { ...coffee, text: 'Lunch', id: 'L' };
    await bring(client, [{ ...coffee, id: 'C1' }, other]);
    const receipt = await bring(client, [other, { ...coffee, id: 'C2' }]);
    expect(receipt.counts).toEqual({ new: 1, known: 1, changed: 0, doubtful: 0 });
    expect(await client.rows()).toEqual(['2026-03-03 -320', '2026-03-03 -320', '2026-03-03 -320']);
    expect(await client.balance()).toBe('-960');
  });

  test('a page that a bank delivers twice is one page', async () => {
    const client = await office.addClient();
    const page = [{ ...coffee, id: 'C1' }];
    expect((await bank(client, [...page, ...page])).counts).toMatchObject({ new: 1, known: 1 });
    expect(await client.balance()).toBe('-320');
  });
});
