// One record of the bank, in all the shapes it may have: what becomes a row, what does not, and what is refused.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapTransaction } from '../../../../electron/adapters/banks/uk-open-banking/transaction.ts';
import { parseJsonBody } from '../../../../electron/adapters/banks/uk-open-banking/response-body.ts';
import { SourceTransaction } from '../../../../shared/model/source.ts';
import { CurrencyCode } from '../../../../shared/model/currency.ts';
import { aResponse } from '../responses.ts';

const BASE = {
  AccountId: 'a1',
  TransactionId: 't1',
  CreditDebitIndicator: 'Debit',
  Status: 'BOOK',
  BookingDateTime: '2026-03-05T23:30:00+00:00',
  Amount: { Amount: '12.30', Currency: 'GBP' },
};

const gbp = { resourceId: 'a1', currency: CurrencyCode.parse('GBP') };

/** The record as the adapter sees it: numbers keep their digits. */
const parsed = (record: unknown): unknown => parseJsonBody(aResponse({ body: record }));

function row(change: Record<string, unknown> = {}, expected: Parameters<typeof mapTransaction>[1] = gbp) {
  const mapped = mapTransaction(parsed({ ...BASE, ...change }), expected, 'r');
  if (!mapped.row) throw new Error(`skipped ${mapped.skipped}`);
  return SourceTransaction.parse(mapped.row);
}

describe('amount and sign', () => {
  it.each([
    ['Debit', '12.30', '-1230'],
    ['Credit', '12.30', '1230'],
    ['Credit', '0', '0'],
    ['Debit', '0.00', '0'],
    ['Debit', '160.1999'.slice(0, 6), '-16019'],
    ['Credit', '9999999999999.99', '999999999999999'],
    ['Debit', '12.30000', '-1230'],
  ])('%s %s is %s', (CreditDebitIndicator, Amount, amountMinor) => {
    const made = row({ CreditDebitIndicator, Amount: { Amount, Currency: 'GBP' } });
    expect(made).toMatchObject({
      amountMinor,
      currency: 'GBP',
      exponent: 2,
      rawAmount: Amount,
      rawSign: CreditDebitIndicator,
    });
  });

  it.each([
    ['JPY', '1200', '-1200', 0],
    ['KWD', '1.234', '-1234', 3],
  ])('%s has its own exponent', (currency, Amount, amountMinor, exponent) => {
    const expected = { resourceId: 'a1', currency: CurrencyCode.parse(currency) };
    expect(row({ Amount: { Amount, Currency: currency } }, expected)).toMatchObject({ amountMinor, exponent });
  });

  it('keeps every digit of any amount', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 999_999_999_999_999n), fc.boolean(), (minor, debit) => {
        const text = minor.toString().padStart(3, '0');
        const Amount = `${text.slice(0, -2)}.${text.slice(-2)}`;
        const { amountMinor } = row({
          CreditDebitIndicator: debit ? 'Debit' : 'Credit',
          Amount: { Amount, Currency: 'GBP' },
        });
        expect(BigInt(amountMinor)).toBe(debit ? -minor : minor);
      }),
    );
  });
});

describe('dates are the bank’s own digits', () => {
  it.each([
    ['2026-03-05T23:30:00+00:00', '2026-03-05'],
    ['2026-03-29T00:30:00+01:00', '2026-03-29'],
    ['2026-10-25T23:59:59-11:00', '2026-10-25'],
    ['2026-01-01T00:00:00Z', '2026-01-01'],
    ['2024-02-29T12:00:00.123+14:00', '2024-02-29'],
    ['2026-07-01', '2026-07-01'],
  ])('%s is %s', (BookingDateTime, date) => {
    expect(row({ BookingDateTime, ValueDateTime: BookingDateTime })).toMatchObject({
      bookingDate: date,
      valueDate: date,
    });
  });
});

describe('state', () => {
  it.each([
    ['BOOK', 'booked'],
    ['PDNG', 'pending'],
  ])('%s is %s', (Status, state) => expect(row({ Status }).state).toBe(state));

  it.each(['RJCT', 'INFO', 'FUTR'])('%s is no row, and named', (Status) => {
    expect(mapTransaction(parsed({ ...BASE, Status }), gbp, 'r')).toEqual({ row: null, skipped: Status });
  });
});

describe('the other side', () => {
  const party = { SchemeName: 'UK.OBIE.IBAN', Identification: 'GB82WEST12345698765432', Name: 'Paper Ltd' };
  const found = { counterparty: 'Paper Ltd', counterpartyAccount: 'GB82WEST12345698765432' };

  it('is the creditor of money out and the debtor of money in', () => {
    expect(row({ CreditorAccount: party, DebtorAccount: { Name: 'Us' } })).toMatchObject(found);
    expect(
      row({ CreditDebitIndicator: 'Credit', DebtorAccount: party, CreditorAccount: { Name: 'Us' } }),
    ).toMatchObject(found);
  });

  it('is the ultimate one, else the merchant, where no account is named', () => {
    expect(row({ UltimateCreditor: { Name: 'Last' }, MerchantDetails: { MerchantName: 'Shop' } }).counterparty).toBe(
      'Last',
    );
    expect(row({ MerchantDetails: { MerchantName: 'Shop' } })).toMatchObject({
      counterparty: 'Shop',
      description: 'Shop',
    });
    expect(row()).toMatchObject({ counterparty: null, counterpartyAccount: null, description: '' });
  });

  it('keeps no card number', () => {
    const card = { SchemeName: 'UK.OBIE.PAN', Identification: '5555555555554444', Name: 'Card' };
    expect(row({ CreditorAccount: card })).toMatchObject({ counterparty: 'Card', counterpartyAccount: null });
  });
});

describe('foreign amounts', () => {
  const InstructedAmount = { Amount: '100.00', Currency: 'EUR' };

  it('lie beside the account amount with the bank’s own rate, digit by digit', () => {
    const raw = JSON.stringify({ ...BASE, CurrencyExchange: { SourceCurrency: 'EUR', InstructedAmount } });
    const text = raw.replace('"SourceCurrency"', '"ExchangeRate":1.08500,"SourceCurrency"');
    const mapped = mapTransaction(parseJsonBody(aResponse({ body: text })), gbp, 'r');
    expect(mapped.row?.foreign).toEqual({ amountMinor: '-10000', currency: 'EUR', exponent: 2, rate: '1.08500' });
    expect(mapped.row?.raw).toContain('"ExchangeRate":1.08500');
    expect(mapped.row?.amountMinor).toBe('-1230');
  });

  it('are none without an instructed amount, or in the account’s own currency', () => {
    expect(row({ CurrencyExchange: { SourceCurrency: 'EUR', ExchangeRate: 1.1 } }).foreign).toBeNull();
    expect(row({ CurrencyExchange: { InstructedAmount: { Amount: '1', Currency: 'GBP' } } }).foreign).toBeNull();
  });
});

describe('what else a record says', () => {
  it('is kept: id, reference, code, balance after the row', () => {
    const Balance = { Type: 'ITBD', CreditDebitIndicator: 'Debit', Amount: { Amount: '5.00', Currency: 'GBP' } };
    const made = row({ TransactionReference: 'E2E', BankTransactionCode: { Code: 'ICDT', SubCode: 'ESCT' }, Balance });
    expect(made).toMatchObject({ sourceId: 't1', endToEndId: 'E2E', bankCode: 'ICDT-ESCT', balanceAfterMinor: '-500' });
  });

  it.each(['ITAV', 'CLAV', 'XPCD', 'toString', ''])('a balance of type %j is not what the account held', (Type) => {
    const Balance = { Type, CreditDebitIndicator: 'Credit', Amount: { Amount: '5.00', Currency: 'GBP' } };
    expect(row({ Balance }).balanceAfterMinor).toBeNull();
  });

  it('a balance in another currency is not either', () => {
    const Balance = { Type: 'ITBD', CreditDebitIndicator: 'Credit', Amount: { Amount: '5.00', Currency: 'EUR' } };
    expect(row({ Balance }).balanceAfterMinor).toBeNull();
  });

  it('has no id where the bank gives none, and no reference where it is a filler', () => {
    const { TransactionId: _id, ...rest } = BASE;
    const mapped = mapTransaction(parsed({ ...rest, TransactionReference: 'NOTPROVIDED' }), gbp, 'r');
    expect(mapped.row).toMatchObject({ sourceId: null, endToEndId: null });
  });

  it('lists the payments of a batch as children', () => {
    const detail = {
      Amount: { Amount: '2.00', Currency: 'GBP' },
      CreditDebitIndicator: 'Debit',
      Name: 'Ann',
      Reference: 'May',
    };
    const made = row({ SupplementaryData: { BatchDetails: [detail, 'nonsense'] } });
    expect(made.children).toEqual([
      {
        amount: { amountMinor: '-200', currency: 'GBP', exponent: 2 },
        description: 'May',
        counterparty: 'Ann',
        counterpartyAccount: null,
        endToEndId: null,
        sourceId: null,
      },
    ]);
  });

  it('stays in the raw record, unknown fields and hostile names too', () => {
    const text = JSON.stringify({ ...BASE, Extra: { deep: [1, 2] } }).replace('{', '{"__proto__":{"polluted":true},');
    const mapped = mapTransaction(parseJsonBody(aResponse({ body: text })), gbp, 'r');
    expect(mapped.row?.raw).toContain('"Extra":{"deep":[1,2]}');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('a record is refused', () => {
  it.each([
    ['of another account', { AccountId: 'a2' }, 'r.AccountId'],
    ['in another currency than the account', { Amount: { Amount: '1', Currency: 'EUR' } }, 'r.Amount.Currency'],
    ['with a status nobody defined', { Status: 'MAYBE' }, 'r.Status'],
    ['with a status out of the prototype', { Status: 'valueOf' }, 'r.Status'],
    ['with a signed amount', { Amount: { Amount: '-1.00', Currency: 'GBP' } }, 'r.Amount.Amount'],
    ['with a decimal comma', { Amount: { Amount: '1,00', Currency: 'GBP' } }, 'r.Amount.Amount'],
    ['with an exponent', { Amount: { Amount: '1e3', Currency: 'GBP' } }, 'r.Amount.Amount'],
    ['with half a penny', { Amount: { Amount: '1.005', Currency: 'GBP' } }, 'r.Amount.Amount'],
    ['with a number for an amount', { Amount: { Amount: 1.5, Currency: 'GBP' } }, 'r.Amount.Amount'],
    ['without a currency', { Amount: { Amount: '1' } }, 'r.Amount.Currency'],
    ['with a URL for a currency', { Amount: { Amount: '1', Currency: 'https://x' } }, 'r.Amount.Currency'],
    ['without an indicator', { CreditDebitIndicator: undefined }, 'r.CreditDebitIndicator'],
    ['with another standard’s indicator', { CreditDebitIndicator: 'DBIT' }, 'r.CreditDebitIndicator'],
    ['without a date', { BookingDateTime: undefined }, 'r.BookingDateTime'],
    ['with a day that does not exist', { BookingDateTime: '2026-02-30T00:00:00Z' }, 'r.BookingDateTime'],
    ['with a date in another order', { BookingDateTime: '05/03/2026' }, 'r.BookingDateTime'],
    ['with a timestamp for a date', { BookingDateTime: 1_772_000_000 }, 'r.BookingDateTime'],
    ['with an empty id', { TransactionId: '' }, 'r.TransactionId'],
  ])('%s', (_name, change, where) => {
    expect(() => mapTransaction(parsed({ ...BASE, ...change }), gbp, 'r')).toThrow(
      expect.objectContaining({ code: 'BANK_RESPONSE_INVALID', params: { where } }),
    );
  });

  it.each([null, 'text', [], true])('that is %j', (record) => {
    expect(() => mapTransaction(parsed(record), gbp, 'r')).toThrow(
      expect.objectContaining({ code: 'BANK_RESPONSE_INVALID' }),
    );
  });
});
