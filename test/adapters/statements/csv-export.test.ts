// Our own CSV export, read back by our own CSV reader: proposed without a question, the same ledger to the minor unit, proven by its running balance.
import { assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvWriter } from '../../../electron/adapters/statement-writers/csv/writer.ts';
import { surveyStatement } from '../../../electron/adapters/statements/survey.ts';
import type { LedgerRecord } from '../../../electron/core/ports/statement-writer.ts';
import { MinorUnits } from '../../../shared/model/money.ts';
import type { SourceTransaction } from '../../../shared/model/source.ts';
import { CsvProfile } from '../../../shared/model/statement-profile.ts';
import { type WrittenLedger, aLedger, aRecord, ledgers, writtenBytes } from '../../builders/written-ledger.ts';
import { readInChunks, rowsOf } from '../../contracts/statement-reader.ts';

const example = aLedger([aRecord(1), aRecord(2, { amountMinor: MinorUnits.parse('99900') })]);

function proposed(ledger: WrittenLedger): CsvProfile {
  const { proposal } = surveyStatement({ head: writtenBytes(csvWriter, ledger, 3), complete: true });
  expect(proposal?.questions).toEqual([]);
  return CsvProfile.parse(proposal?.profile);
}

/** What a table keeps of a row. */
function kept(row: LedgerRecord | SourceTransaction): unknown {
  const { amountMinor, currency, exponent, bookingDate, valueDate, transactionDate, sourceId } = row;
  return { amountMinor, currency, exponent, bookingDate, valueDate, transactionDate, sourceId };
}

describe('our own CSV export', { timeout: 30_000 }, () => {
  const profile = proposed(example);
  it('is read back as it was', () => {
    const [first] = rowsOf(readInChunks(writtenBytes(csvWriter, example, 3), 100, profile));
    const { description, counterparty, counterpartyAccount, endToEndId } = aRecord(1);
    expect(first).toMatchObject({ description, counterparty, counterpartyAccount, endToEndId });
  });
  it('any ledger comes back with its balances', () => {
    assert(
      property(ledgers({ digits: 13 }), (ledger) => {
        const events = readInChunks(writtenBytes(csvWriter, ledger, 3), 500, profile);
        expect(rowsOf(events).map(kept)).toEqual(ledger.rows.map(kept));
        const end = events.find((event) => event.type === 'statement-end');
        if (ledger.rows.length > 1 && ledger.header.balances) {
          expect(end?.opening?.amountMinor).toBe(ledger.header.balances.opening.amountMinor);
          expect(end?.closing?.amountMinor).toBe(ledger.header.balances.closing.amountMinor);
        }
      }),
      { numRuns: 200 },
    );
  });
});
