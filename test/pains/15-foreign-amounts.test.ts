// Pain 15: a purchase of a hundred dollars is booked as a hundred euros.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPainOffice, type PainClient, type PainOffice } from './pain-bench.ts';
import {
  camtAround,
  camtBalance,
  camtEntry,
  IBAN,
  mt940,
  ofx,
  swiftRow,
  type PainRow,
  type PainStatement,
} from './statement-texts.ts';

let office: PainOffice;
beforeAll(async () => void (office = await openPainOffice()));
afterAll(() => office.remove());

const salary: PainRow = { date: '2026-03-02', amount: '2000.00', text: 'Salary', name: 'Nordwind', id: 'S' };
const hotel: PainRow = { date: '2026-03-05', amount: '-92.50', text: 'Hotel in Boston', name: 'Copley', id: 'H' };
const refund: PainRow = { date: '2026-03-09', amount: '13.75', text: 'Refund in yen', name: 'Muji', id: 'R' };
const rows = [salary, hotel, refund];
const march: PainStatement = { rows, from: '2026-03-01', to: '2026-03-31', opening: '100.00', closing: '2021.25' };
const balances = (closing = '2021.25'): string =>
  camtBalance('OPBD', '100.00', { date: '2026-03-01', currency: 'EUR' }) +
  camtBalance('CLBD', closing, { date: '2026-03-31', currency: 'EUR' });

const instructed = (amount: string, currency: string, rate: string): string =>
  `<AmtDtls><InstdAmt><Amt Ccy="${currency}">${amount}</Amt><CcyXchg><SrcCcy>${currency}</SrcCcy><TrgtCcy>EUR</TrgtCcy><UnitCcy>EUR</UnitCcy><XchgRate>${rate}</XchgRate></CcyXchg></InstdAmt></AmtDtls>`;
const camtText = camtAround(
  march,
  [
    balances(),
    camtEntry(salary),
    camtEntry(hotel, 'EUR', instructed('100.00', 'USD', '1.0811')),
    camtEntry(refund, 'EUR', instructed('2200', 'JPY', '160.0')),
  ].join('\n'),
);
const swiftText = mt940(march, [
  ...swiftRow(salary),
  ...swiftRow(hotel, '/OCMT/USD100,00//EXCH/1,0811/'),
  ...swiftRow(refund, '/OCMT/JPY2200,//EXCH/160,0/'),
]);

const exchange = (Amount: string, Currency: string, ExchangeRate: string) => ({
  CurrencyExchange: { SourceCurrency: Currency, ExchangeRate, InstructedAmount: { Amount, Currency } },
});
const foreign: Readonly<Record<string, object>> = {
  H: exchange('100.00', 'USD', '1.0811'),
  R: exchange('2200', 'JPY', '160.0'),
};
const answer = {
  account: { id: IBAN, iban: IBAN, currency: 'EUR', name: 'Current', institution: 'Bank', kind: 'current' },
  resourceId: 'r',
  records: rows.map(({ date, amount, text, id = '' }) => ({
    TransactionId: id,
    CreditDebitIndicator: amount.startsWith('-') ? 'Debit' : 'Credit',
    Status: 'BOOK',
    BookingDateTime: `${date}T00:00:00Z`,
    TransactionInformation: text,
    Amount: { Amount: amount.replace('-', ''), Currency: 'EUR' },
    ...foreign[id],
  })),
};

describe('15: actualbudget/actual#5666, odoo/odoo#69107: both amounts are kept, the account’s counts', () => {
  test.each<[string, (client: PainClient) => Promise<unknown>, string]>([
    ['CAMT', (client) => client.bring(camtText), '202125'],
    ['MT940', (client) => client.bring(swiftText), '202125'],
    ['a bank', (client) => client.bringAnswer(answer), '192125'],
  ])('%s', async (_name, bring, balance) => {
    const client = await office.addClient();
    await bring(client);
    expect(await client.rows()).toEqual(['2026-03-02 200000', '2026-03-05 -9250', '2026-03-09 1375']);
    const kept = [];
    for (const { id } of await client.list()) kept.push((await client.get(id)).foreign);
    expect(kept).toMatchObject([
      null,
      { amountMinor: '-10000', currency: 'USD', exponent: 2 },
      { amountMinor: '2200', currency: 'JPY', exponent: 0 },
    ]);
    expect(kept[1]?.rate?.replace(',', '.')).toBe('1.0811');
    expect(await client.balance()).toBe(balance);
  });

  test.each([
    ['CAMT', camtText, swiftText],
    ['MT940', swiftText, camtText],
  ])('%s and the other format after it: nothing new', async (_name, first, second) => {
    const client = await office.addClient();
    await client.bring(first);
    expect((await client.bring(second)).counts).toEqual({ new: 0, known: 3, changed: 0, doubtful: 0 });
    expect(await client.balance()).toBe('202125');
  });
});

describe('15: an amount in another currency never counts as the account’s', () => {
  const dollars: PainRow = { ...hotel, amount: '-100.00' };
  const inDollars = camtAround(
    march,
    [balances(), camtEntry(salary), camtEntry(dollars, 'USD'), camtEntry(refund)].join('\n'),
  );
  const under = ofx({ ...march, rows: [salary, dollars, refund] }).replace(
    '<MEMO>Hotel in Boston',
    '<MEMO>Hotel in Boston<CURRENCY><CURRATE>0.925<CURSYM>USD</CURRENCY>',
  );

  test('OFX that states a row in dollars: the row is in dollars, the balance is the bank’s', async () => {
    const client = await office.addClient();
    const batch = await client.stage(under);
    expect(batch.warnings.map(({ code }) => code)).toContain('ROW_IN_OTHER_CURRENCY');
    await client.commit(batch);
    expect((await client.list()).map(({ amountMinor, currency }) => `${amountMinor} ${currency}`)).toEqual([
      '200000 EUR',
      '-10000 USD',
      '1375 EUR',
    ]);
    expect(await client.balance()).toBe('202125');
  });

  test('CAMT that does: the proof says by how much the account is short and on which day', async () => {
    const client = await office.addClient();
    await client.bring(inDollars);
    const { findings } = await client.proof('2026-03-01', '2026-03-31');
    expect(findings).toMatchObject([{ kind: 'mismatch', differenceMinor: '-9250' }]);
    expect(await client.balance()).toBe('202125');
  });

  test('the foreign amount written as the account’s own is caught by the proof', async () => {
    for (const text of [
      camtAround(march, [balances(), ...[salary, dollars, refund].map((row) => camtEntry(row))].join('\n')),
      mt940({ ...march, rows: [salary, dollars, refund] }),
    ]) {
      const client = await office.addClient();
      const batch = await client.stage(text);
      expect(batch.statements[0]?.proof).toBe('fail');
      await client.commit(batch);
      const { findings } = await client.proof('2026-03-01', '2026-03-31');
      expect(findings).toMatchObject([{ kind: 'mismatch', differenceMinor: '750' }]);
    }
  });
});
