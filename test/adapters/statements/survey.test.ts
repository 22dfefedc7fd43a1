// The first look at a file: its format and why, what must be decided, what is wrong with it.
import { describe, expect, it } from 'vitest';
import { surveyStatement } from '../../../electron/adapters/statements/survey.ts';
import { StatementSurvey } from '../../../shared/model/statement-survey.ts';
import { camtText, ledgerRows, ofxText } from '../../builders/statement-files.ts';

const survey = (text: string | Buffer, complete = true): StatementSurvey => {
  const found = surveyStatement({ head: Buffer.from(text), complete });
  expect(StatementSurvey.parse(found)).toEqual(found);
  return found;
};

describe('survey', () => {
  const rows = ledgerRows(2);
  it('formats of fixed meaning have nothing to decide', () => {
    expect(survey(ofxText({ rows }))).toMatchObject({ format: 'ofx', version: '1.02', proposal: null, error: null });
    expect(survey(camtText({ rows }))).toMatchObject({ format: 'camt', version: '053.001.08', proposal: null });
    expect(survey(camtText({ rows })).reason).toContain('camt');
  });
  it('a table has a proposal, its columns and its first rows', () => {
    const found = survey('Date;Text;Amount\n2026-01-13;"a;b";-1,50 EUR\n');
    expect(found).toMatchObject({
      format: 'csv',
      version: 'semicolon',
      charset: 'us-ascii',
      entries: null,
      error: null,
    });
    expect(found.reason).toContain('semicolon');
    expect(found.proposal).toMatchObject({
      columns: ['Date', 'Text', 'Amount'],
      sample: [['2026-01-13', 'a;b', '-1,50 EUR']],
    });
  });
  it('a beginning that ends within a row is proposed from the whole ones', () => {
    const found = survey('Date;Text;Amount\n2026-01-13;a;-1,50 EUR\n2026-01-14;b;-1.2', false);
    expect(found.proposal?.sample).toHaveLength(1);
    expect(found.proposal?.questions).toEqual([]);
  });
  it.each([
    ['', 'STATEMENT_EMPTY'],
    [' \r\n\0', 'STATEMENT_EMPTY'],
    ['%PDF-1.7', 'STATEMENT_FORMAT_UNKNOWN'],
    ['hello', 'STATEMENT_FORMAT_UNKNOWN'],
    ['[{"date":"2026-01-01","amount":"1.00"}]', 'STATEMENT_FORMAT_UNKNOWN'],
    ['<html><body>2026-01-01;1,00</body></html>', 'STATEMENT_FORMAT_UNKNOWN'],
  ])('%j is %s', (text, code) => {
    const found = survey(text);
    expect([found.format, found.error?.code]).toEqual([null, code]);
    expect(found.reason).not.toBe('');
  });
  it('says what an unknown file looks like', () => expect(survey('%PDF-1.7').reason).toContain('PDF'));
});
