// Profiles while they are edited: nothing is lost on the way, nothing missing passes as whole, and only a person's answer counts.
import { expect, it } from 'vitest';
import {
  draftOf,
  emptyDraft,
  namesAccount,
  profileOf,
  type CsvDraft,
} from '../../renderer/features/import/profile-draft.ts';
import { profileJson, readProfileJson } from '../../renderer/features/import/profile-json.ts';
import { openQuestions, statusOf, withAnswer, withStatus } from '../../renderer/features/import/profile-questions.ts';
import { wordOption } from '../../renderer/text/profiles.ts';
import type { AmountColumns, CsvProfile } from '../../shared/model/statement-profile.ts';
import type { SurveyQuestion } from '../../shared/model/statement-survey.ts';
import { COLUMNS, csvProfile, NEW_SIGNATURE } from '../builders/app-double/profiles.ts';

const column = (index: number) => ({ header: COLUMNS[index] ?? null, index });

function csvDraft(change: Partial<CsvProfile> = {}): CsvDraft {
  const draft = draftOf(csvProfile(change));
  if (draft.format !== 'csv') throw new TypeError('a CSV profile makes a CSV draft');
  return draft;
}

const AMOUNTS: readonly AmountColumns[] = [
  { kind: 'signed', amount: column(4) },
  { kind: 'split', debit: column(4), credit: column(5) },
  { kind: 'indicated', amount: column(4), indicator: column(5), debit: 'S', credit: 'H' },
];

it.each(AMOUNTS)('gives back a profile with $kind amounts as it was', (amount) => {
  expect(profileOf(draftOf(csvProfile({ amount })))).toEqual(csvProfile({ amount }));
});

it('is no profile while a column or the currency is missing', () => {
  expect(profileOf({ ...csvDraft(), bookingDate: null })).toBeNull();
  expect(profileOf({ ...csvDraft(), amount: { ...csvDraft().amount, kind: 'split' } })).toBeNull();
  expect(profileOf(csvDraft({ currency: null }))).toBeNull();
  expect(profileOf(csvDraft({ currency: null, currencyColumn: column(5) }))).not.toBeNull();
});

it('begins with nothing but what the bytes say where no guess was possible', () => {
  const found = { entries: null, reason: '', error: null, charset: 'windows-1252' };
  const proposal = { profile: null, questions: [], signature: NEW_SIGNATURE, columns: ['column 1'], sample: [] };
  const csv = emptyDraft({ ...found, format: 'csv', version: 'tab', proposal });
  expect(csv).toMatchObject({ delimiter: '\t', charset: 'windows-1252', hasHeader: false, bookingDate: null });
  expect(profileOf(csv)).toBeNull();
  const qif = emptyDraft({ ...found, format: 'qif', version: null, proposal });
  expect(profileOf(qif)).toBeNull();
  expect(profileOf(withAnswer(qif, { topic: 'currency', option: 'CHF', columns: [] }))).toMatchObject({
    currency: 'CHF',
  });
});

it('writes each answer into the field that it is about', () => {
  const answered = (topic: SurveyQuestion['topic'], option: string) =>
    withAnswer(csvDraft(), { topic, option, columns: COLUMNS });
  expect(answered('dateOrder', 'mdy')).toMatchObject({ dateOrder: 'mdy' });
  expect(answered('decimalMark', '.')).toMatchObject({ decimalMark: '.' });
  expect(answered('bookingDate', 'Valuta')).toMatchObject({ bookingDate: column(1) });
  expect(answered('amount', 'Saldo')).toMatchObject({ amount: { kind: 'signed', amount: column(5) } });
  expect(answered('sign', 'true')).toMatchObject({ signInverted: true });
  expect(answered('fee', 'Saldo')).toMatchObject({ fee: column(5) });
  expect(answered('fee', 'none')).toMatchObject({ fee: null });
  expect(answered('delimiter', '|')).toMatchObject({ delimiter: '|' });
  expect(answered('charset', 'utf-8')).toMatchObject({ charset: 'utf-8' });
});

it('counts no question as answered because the proposal has a value', () => {
  const sign: SurveyQuestion = { topic: 'sign', options: ['false', 'true'], examples: ['1,50'] };
  const status: SurveyQuestion = { topic: 'status', options: ['booked'], examples: ['offen', 'gebucht'] };
  const lists = { column: column(5), booked: ['gebucht'], pending: [], ignored: [] };
  const draft = csvDraft({ status: lists });
  expect(openQuestions([sign, status], new Map(), draft)).toEqual([sign, status]);
  const sorted = withStatus(draft, 'offen', 'pending');
  expect(openQuestions([sign, status], new Map([['sign', 'false']]), sorted)).toEqual([]);
  expect(statusOf(withStatus(sorted, 'offen', 'ignored'), 'offen')).toBe('ignored');
});

it('knows whether the file names its account', () => {
  expect(namesAccount(csvDraft())).toBe(false);
  expect(namesAccount(csvDraft({ account: column(5) }))).toBe(true);
});

it('reads back what it hands on, and nothing else', () => {
  const shared = { name: 'A bank', signature: NEW_SIGNATURE, profile: csvProfile() };
  expect(readProfileJson(profileJson(shared))).toEqual(shared);
  for (const text of [
    '',
    '{',
    '[]',
    JSON.stringify({ ...shared, id: 'x' }),
    JSON.stringify({ ...shared, profile: {} }),
  ])
    expect(readProfileJson(text)).toBeNull();
});

it('words an option; a text of the file stays as it is', () => {
  expect(wordOption('dateOrder', 'dmy')).toBe('Day, month, year');
  expect(wordOption('amount', 'Betrag')).toBe('Betrag');
  expect(wordOption('fee', 'Gebühr')).toBe('On top of the amount: Gebühr');
});
