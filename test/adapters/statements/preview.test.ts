// What a profile makes of a file's beginning: rows, sum, the first row it cannot read.
import { describe, expect, it } from 'vitest';
import { previewStatement } from '../../../electron/adapters/statements/preview.ts';
import type { CsvProfile } from '../../../shared/model/statement-profile.ts';
import { ProfilePreview } from '../../../shared/model/statement-survey.ts';
import { aCsvProfile, named } from '../../builders/csv-profiles.ts';

function preview(text: string, complete: boolean, profile: CsvProfile = aCsvProfile()): ProfilePreview {
  const found = previewStatement({ head: Buffer.from(text), complete, profile });
  expect(ProfilePreview.parse(found)).toEqual(found);
  return found;
}

const line = (day: number, amount: string): string => `2026-01-${String(day).padStart(2, '0')},x,${amount}\n`;
const HEADER = 'Date,Text,Amount\n';

describe('preview', () => {
  it('shows rows, their number and their sum', () => {
    const found = preview(HEADER + line(1, '1.00') + line(2, '-0.25'), true);
    expect(found).toMatchObject({ count: 2, sumMinor: '75', error: null, warnings: [] });
    expect(found.rows[0]).toMatchObject({ bookingDate: '2026-01-01', amountMinor: '100', currency: 'EUR' });
  });
  it('shows at most fifty rows and counts all', () => {
    const found = preview(HEADER + line(1, '1.00').repeat(1200), true);
    expect([found.rows.length, found.count, found.sumMinor]).toEqual([50, 1200, '120000']);
  });
  it('names the first row it cannot read, with the rows before it', () => {
    const found = preview(HEADER + line(1, '1.00') + line(2, '"1,50"') + line(3, '1.00'), true);
    expect(found).toMatchObject({ count: 1, sumMinor: '100', error: { code: 'STATEMENT_PROFILE_UNFIT' } });
    expect(found.error?.params['what']).toContain('line 3');
  });
  it('a last line cut by the beginning’s end is no error and no row', () => {
    const text = HEADER + line(1, '1.00') + line(2, '2.00');
    for (let end = text.length - 1; end > HEADER.length + 20; end -= 1)
      expect(preview(text.slice(0, end), false)).toMatchObject({ count: 1, sumMinor: '100', error: null });
    expect(preview(`${HEADER}${line(1, '1.00')}2026-01-02,"open`, false)).toMatchObject({ count: 1, error: null });
  });
  it('the same cut in a whole file is one', () =>
    expect(preview(`${HEADER}${line(1, '1.00')}2026-01-02,"open`, true).error?.code).toBe('STATEMENT_MALFORMED'));
  it('several currencies have no sum', () => {
    const profile = aCsvProfile({ currencyColumn: named('Currency', 3), currency: null });
    const text = 'Date,Text,Amount,Currency\n2026-01-01,x,1.00,EUR\n2026-01-01,x,1.00,USD\n';
    expect(preview(text, false, profile)).toMatchObject({ count: 2, sumMinor: null });
  });
  it('a file of another kind is an error, not a crash', () =>
    expect(preview('%PDF', true).error?.code).toBe('STATEMENT_FORMAT_UNKNOWN'));
});
