// What a format can't hold is refused with the row named, or left out as the writers' README says; never cut, never rounded.
import { describe, expect, it } from 'vitest';
import { STATEMENT_WRITERS } from '../../../electron/adapters/statement-writers/writers.ts';
import type { LedgerRecord } from '../../../electron/core/ports/statement-writer.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../../shared/ipc/contract/statements.ts';
import { addDays, parseCalendarDate } from '../../../shared/model/calendar-date.ts';
import { CurrencyCode } from '../../../shared/model/currency.ts';
import { MinorUnits } from '../../../shared/model/money.ts';
import { type WrittenLedger, aLedger, aRecord, anAccount, writtenBytes } from '../../builders/written-ledger.ts';

function refusal(format: ExportFormat, ledger: WrittenLedger): AppError | null {
  try {
    writtenBytes(STATEMENT_WRITERS[format], ledger);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

function expectRefused(formats: readonly ExportFormat[], ledger: WrittenLedger, what: RegExp): void {
  for (const format of EXPORT_FORMATS) {
    const error = refusal(format, ledger);
    expect(error?.code ?? 'written', format).toBe(formats.includes(format) ? 'EXPORT_NOT_EXPRESSIBLE' : 'written');
    if (error) expect(error.params['what'], format).toMatch(what);
  }
}

/** One row that matters, between balances that every format can hold. */
function one(overrides: Partial<LedgerRecord>): WrittenLedger {
  const { balances } = aLedger([aRecord(1)]).header;
  return aLedger([aRecord(7, overrides)], { balances });
}

describe('every writer', () => {
  for (const format of EXPORT_FORMATS) {
    it(`${format}: fails where the rows are not those announced`, () => {
      const { header, rows } = aLedger([aRecord(1), aRecord(2)]);
      const others = { ...aRecord(2), amountMinor: MinorUnits.parse('-1251') };
      for (const given of [rows.slice(1), [...rows, aRecord(3)], [rows[0]!, others]]) {
        expect(() => writtenBytes(STATEMENT_WRITERS[format], { header, rows: given })).toThrow(/announced/);
      }
    });

    it(`${format}: writes texts with anything in them`, () => {
      const text = 'a\0b\u0001\u0085\u2028\ufffe\ud800 ]]> &amp; <!--\r\n:61:\n-\t"';
      const row = aRecord(1, {
        description: text,
        counterparty: text,
        bankCode: text,
        endToEndId: text,
        sourceId: text,
      });
      const bytes = writtenBytes(STATEMENT_WRITERS[format], aLedger([row]));
      expect(bytes.length).toBeGreaterThan(200);
      if (format !== 'xlsx') expect(bytes.toString('utf8').replace(/[\r\n]/g, '')).not.toMatch(/[\p{Cc}\ufffe]/u);
    });
  }
});

describe('refused', () => {
  it('MT940: an amount of more than 15 characters', () => {
    expectRefused(
      ['mt940'],
      one({ amountMinor: MinorUnits.parse('1234567890123456') }),
      /2025-11-20 over 12345678901234\.56 EUR/,
    );
    expect(refusal('mt940', one({ amountMinor: MinorUnits.parse('-12345678901234') }))).toBeNull();
  });

  it('MT940: a value date whose year a reader would guess wrongly', () => {
    const bookingDate = parseCalendarDate('2026-03-01');
    expectRefused(['mt940'], one({ bookingDate, valueDate: addDays(bookingDate, -200) }), /years MT940 cannot say/);
  });

  it('MT940: a year outside its century', () => {
    const bookingDate = parseCalendarDate('1975-03-01');
    expectRefused(['mt940'], one({ bookingDate, valueDate: null }), /1975-03-01/);
  });

  it('MT940, OFX without rate: a row in another currency', () => {
    const row = one({ currency: CurrencyCode.parse('USD') });
    expectRefused(['mt940', 'ofx'], row, /another currency than the account/);
  });

  it('an account number with more characters than the format has, which is masked in the message', () => {
    const number = 'A'.repeat(31) + '98765';
    const ledger = aLedger([aRecord(1)], { account: anAccount({ iban: null, number }) });
    expectRefused(['ofx', 'camt053', 'mt940'], ledger, /•••• 8765/);
  });

  it('balances that are not known, where the format states them', () => {
    const { header, rows } = aLedger([aRecord(1)]);
    expectRefused(['ofx', 'camt053', 'mt940'], { header: { ...header, balances: null }, rows }, /none are known/);
  });
});

describe('held in full', () => {
  it('18 digits, except in MT940', () => {
    const ledger = one({ amountMinor: MinorUnits.parse('-999999999999990000') });
    for (const format of ['ofx', 'camt053', 'csv'] as const)
      expect(writtenBytes(STATEMENT_WRITERS[format], ledger).toString()).toContain('9999999999999900.00');
  });

  it('identifiers that do not fit are left out, not cut', () => {
    const long = 'X'.repeat(100);
    const ledger = one({ sourceId: long, endToEndId: long, counterpartyAccount: long, bankCode: long });
    for (const format of ['ofx', 'camt053', 'mt940'] as const)
      expect(writtenBytes(STATEMENT_WRITERS[format], ledger).toString()).not.toContain('XXX');
    expect(writtenBytes(STATEMENT_WRITERS.csv, ledger).toString()).toContain(long);
  });
});
