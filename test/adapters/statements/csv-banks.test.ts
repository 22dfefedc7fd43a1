// CSV as banks write it: the proposal is right or asks exactly what is open, and under it rows, sums and proofs are right.
import { describe, expect, it } from 'vitest';
import { surveyStatement } from '../../../electron/adapters/statements/survey.ts';
import type { SourceEvent } from '../../../shared/model/source.ts';
import { CsvProfile } from '../../../shared/model/statement-profile.ts';
import { StatementProof } from '../../../shared/model/statement-proof.ts';
import { StatementSurvey } from '../../../shared/model/statement-survey.ts';
import { BANK_TABLES, type BankTable } from '../../builders/bank-tables.ts';
import { readInChunks, rowsOf } from '../../contracts/statement-reader.ts';

function profileOf({ bytes, answers }: BankTable): CsvProfile {
  const { proposal } = surveyStatement({ head: bytes, complete: true });
  return CsvProfile.parse({ ...proposal?.profile, ...answers });
}

interface Summary {
  account: string;
  currency: string;
  rows: number;
  booked: number;
  pending: number;
  opening: number | null;
  closing: number | null;
  proof: string;
}

function summaryOf(events: readonly SourceEvent[]): Summary[] {
  const found: Summary[] = [];
  let proof = new StatementProof({ currency: null });
  for (const event of events) {
    const last = found.at(-1);
    if (event.type === 'statement') {
      proof = new StatementProof(event.account);
      const { id, currency } = event.account;
      found.push({
        account: id,
        currency: currency ?? '',
        rows: 0,
        booked: 0,
        pending: 0,
        opening: null,
        closing: null,
        proof: '',
      });
    } else if (event.type === 'transactions' && last) {
      for (const row of event.items) {
        proof.add(row);
        last.rows += 1;
        last[row.state] += Number(row.amountMinor);
      }
    } else if (event.type === 'statement-end' && last) {
      last.opening = event.opening === null ? null : Number(event.opening.amountMinor);
      last.closing = event.closing === null ? null : Number(event.closing.amountMinor);
      last.proof = proof.result(event.opening, event.closing);
    }
  }
  return found;
}

for (const table of BANK_TABLES) {
  describe(table.bank, () => {
    const survey = surveyStatement({ head: table.bytes, complete: true });
    it('is proposed right, and what is open is asked', () => {
      expect(StatementSurvey.parse(survey)).toEqual(survey);
      expect(survey.format).toBe('csv');
      expect(survey.proposal?.questions.map(({ topic }) => topic)).toEqual(table.asked);
      for (const question of survey.proposal?.questions ?? []) {
        expect(question.options.length).toBeGreaterThan(1);
        expect(question.examples.length).toBeGreaterThan(0);
      }
    });
    it('gives its rows, sums and proofs', () => {
      const events = readInChunks(table.bytes, 100, profileOf(table));
      const expected = table.statements.map((statement) => ({
        account: 'unnamed',
        pending: 0,
        opening: null,
        closing: null,
        ...statement,
        proof: statement.opening === undefined ? 'absent' : 'pass',
      }));
      expect(summaryOf(events)).toEqual(expected);
      const warnings = events.flatMap((event) => (event.type === 'warning' ? [event.warning.code] : []));
      expect(warnings).toEqual(table.warnings ?? []);
      rowsOf(events).forEach((row, index) => expect(row).toMatchObject(table.rows?.[index] ?? {}));
    });
    it('without its answers is refused, not guessed', () => {
      if (table.asked.length === 0) return;
      const { proposal } = survey;
      const profile = CsvProfile.parse(proposal?.profile);
      expect(() => readInChunks(table.bytes, 100, profile)).toThrow('STATEMENT_PROFILE_UNFIT');
    });
  });
}
