// Pain 14: 160.20 becomes 160.1999999, a comma is read as a point, and a currency without cents gets two.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCsvProfile } from '../builders/csv-profiles.ts';
import { openPainOffice, type PainClient, type PainOffice } from './pain-bench.ts';
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

/** Amounts that a float of 64 bits does not hold, and the largest one a source may state. */
const AMOUNTS = ['160.20', '-0.10', '0.70', '4.35', '-1.15', '1111111.11', '-0.01', '9007199254740993.01'];
const rows: PainRow[] = AMOUNTS.map((amount, at) => ({
  date: '2026-03-02',
  amount,
  text: `Amount ${at}`,
  id: `A${at}`,
}));
const cents = AMOUNTS.map((amount) => BigInt(amount.replace('.', '')));
const sum = cents.reduce((total, amount) => total + amount, 0n);
const decimal = (minor: bigint): string => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`;
const march: PainStatement = { rows, from: '2026-03-01', to: '2026-03-31', opening: '0.00', closing: decimal(sum) };
/** MT940 holds fifteen digits and marks in an amount. */
const small: PainStatement = {
  ...march,
  rows: rows.slice(0, -1),
  closing: decimal(sum - (cents.at(-1) ?? 0n)),
};

async function bringTable(client: PainClient, text: string, profile: typeof CSV_PROFILE | typeof QIF_PROFILE) {
  await client.commit(await client.assign(await client.stage(text, { profile }), 0, null));
}

describe('14: podkrepi-bg/api PR#385', () => {
  test.each<[string, PainStatement, (client: PainClient, statement: PainStatement) => Promise<unknown>]>([
    ['OFX', march, (client, statement) => client.bring(ofx(statement))],
    ['CAMT', march, (client, statement) => client.bring(camt(statement))],
    ['MT940', small, (client, statement) => client.bring(mt940(statement))],
    ['CSV', march, (client, statement) => bringTable(client, csv(statement), CSV_PROFILE)],
    ['QIF', march, (client, statement) => bringTable(client, qif(statement), QIF_PROFILE)],
  ])('%s keeps every cent', async (_name, statement, bring) => {
    const client = await office.addClient();
    await bring(client, statement);
    const own = statement.rows.map(({ amount }) => amount.replace('.', '').replace(/^(-?)0+(?=\d)/, '$1'));
    expect((await client.list()).map(({ amountMinor }) => amountMinor).toSorted()).toEqual(own.toSorted());
    expect(await client.balance()).toBe((statement.closing ?? '').replace('.', ''));
  });

  test.each([
    ['OFX', ofx],
    ['CAMT', camt],
  ])('a thousand dimes in %s are a hundred euros', async (_name, write) => {
    const client = await office.addClient();
    const dimes = Array.from({ length: 1_000 }, (_, at) => ({
      date: '2026-03-02',
      amount: '0.10',
      text: `Dime ${at}`,
    }));
    await client.bring(
      write({ rows: dimes, from: '2026-03-01', to: '2026-03-31', opening: '0.00', closing: '100.00' }),
    );
    expect(await client.balance()).toBe('10000');
  });

  test.each([
    ['JPY', 0, '12345', '12345'],
    ['KWD', 3, '12.345', '12345'],
    ['CLF', 4, '1.2345', '12345'],
  ])('%s has %i decimals', async (currency, exponent, amount, minor) => {
    for (const write of [ofx, camt, mt940]) {
      const client = await office.addClient();
      const one = { rows: [{ date: '2026-03-02', amount, text: 'One' }], from: '2026-03-01', to: '2026-03-31' };
      const dot = exponent === 0 ? '' : `.${'0'.repeat(exponent)}`;
      await client.bring(write({ ...one, currency, opening: `0${dot}`, closing: amount }));
      expect(await client.list()).toMatchObject([{ amountMinor: minor, currency, exponent }]);
      expect(await client.balance()).toBe(minor);
    }
  });
});

describe('14: what could mean two amounts is refused, with its place, and nothing comes in', () => {
  const wrong = (amount: string): PainStatement => ({
    ...march,
    rows: [{ date: '2026-03-02', amount, text: 'x' }],
    closing: '0.00',
  });
  const comma = (text: string) => csv({ ...march, rows: [] }) + `02.03.2026;Acme;Text;${text};gebucht\r\n`;
  const point = aCsvProfile({ decimalMark: '.' });
  test.each<[string, string, typeof CSV_PROFILE | null, string]>([
    ['half a cent in OFX', ofx(wrong('160.205')), null, 'STATEMENT_MALFORMED'],
    ['half a cent in CAMT', camt(wrong('160.205')), null, 'STATEMENT_MALFORMED'],
    ['half a cent in MT940', mt940(wrong('160.205')), null, 'STATEMENT_MALFORMED'],
    ['a float’s tail in CAMT', camt(wrong('160.1999999')), null, 'STATEMENT_MALFORMED'],
    ['a point where the profile says comma', comma('160.20'), CSV_PROFILE, 'STATEMENT_PROFILE_UNFIT'],
    ['both marks the other way round', comma('1,234.56'), CSV_PROFILE, 'STATEMENT_PROFILE_UNFIT'],
    ['a group that is none', comma('1.23.456,00'), CSV_PROFILE, 'STATEMENT_MALFORMED'],
    [
      'a comma where the profile says point',
      'Date,Text,Amount\n2026-03-02,x,"160,20"\n',
      point,
      'STATEMENT_PROFILE_UNFIT',
    ],
  ])('%s', async (_name, text, profile, code) => {
    const client = await office.addClient();
    await expect(client.stage(text, { profile })).rejects.toMatchObject({
      code,
      params: { line: expect.stringMatching(/^\d+$/) as unknown },
    });
    expect(await client.accounts()).toEqual([]);
  });
});
