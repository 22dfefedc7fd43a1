// A profile while a person works on it: columns may still be missing. Values only; whether it reads the file right the program's preview says.
import {
  StatementProfile,
  type AmountColumns,
  type ColumnReference,
  type CsvProfile,
  type QifProfile,
} from '../../../shared/model/statement-profile.ts';
import type { StatementSurvey } from '../../../shared/model/statement-survey.ts';

type Column = ColumnReference | null;

/** All three ways to state an amount side by side, so that changing one's mind loses nothing. */
export interface AmountDraft {
  readonly kind: AmountColumns['kind'];
  readonly amount: Column;
  readonly debit: Column;
  readonly credit: Column;
  readonly indicator: Column;
  readonly debitText: string;
  readonly creditText: string;
}

export interface CsvDraft extends Omit<CsvProfile, 'bookingDate' | 'amount'> {
  readonly bookingDate: Column;
  readonly amount: AmountDraft;
}

export type ProfileDraft = CsvDraft | QifProfile;

const NO_AMOUNT: AmountDraft = {
  kind: 'signed',
  amount: null,
  debit: null,
  credit: null,
  indicator: null,
  debitText: '',
  creditText: '',
};

function amountDraft(columns: AmountColumns): AmountDraft {
  if (columns.kind !== 'indicated') return { ...NO_AMOUNT, ...columns };
  const { debit, credit, ...rest } = columns;
  return { ...NO_AMOUNT, ...rest, debitText: debit, creditText: credit };
}

function amountColumns({ kind, amount, debit, credit, indicator, debitText, creditText }: AmountDraft): unknown {
  if (kind === 'signed') return { kind, amount };
  if (kind === 'split') return { kind, debit, credit };
  return { kind, amount, indicator, debit: debitText, credit: creditText };
}

export function draftOf(profile: StatementProfile): ProfileDraft {
  return profile.format === 'csv' ? { ...profile, amount: amountDraft(profile.amount) } : profile;
}

/** The profile, or null while something it needs is missing. */
export function profileOf(draft: ProfileDraft): StatementProfile | null {
  const whole = draft.format === 'csv' ? { ...draft, amount: amountColumns(draft.amount) } : draft;
  const parsed = StatementProfile.safeParse(whole);
  if (!parsed.success) return null;
  const { data } = parsed;
  const noCurrency = data.currency === null && (data.format === 'qif' || data.currencyColumn === null);
  return noCurrency ? null : data;
}

/** What the reader calls a table's delimiter. */
const DELIMITERS: Readonly<Record<string, CsvProfile['delimiter']>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  pipe: '|',
};

function charsetOf(charset: string | null): CsvProfile['charset'] {
  const parsed = StatementProfile.options[0].shape.charset.safeParse(charset);
  return parsed.success ? parsed.data : 'utf-8';
}

/** For a file of which not even a guess was possible: nothing is chosen but what its bytes say. */
export function emptyDraft({ format, version, charset, proposal }: StatementSurvey): ProfileDraft {
  const found = { charset: charsetOf(charset), dateOrder: 'ymd', decimalMark: '.', currency: null } as const;
  if (format === 'qif') return { format, ...found };
  return {
    format: 'csv',
    ...found,
    delimiter: DELIMITERS[version ?? ''] ?? ',',
    skipLines: 0,
    hasHeader: proposal?.columns.some((name, index) => name !== `column ${index + 1}`) ?? true,
    ignoredRows: [],
    amount: NO_AMOUNT,
    signInverted: false,
    bookingDate: null,
    valueDate: null,
    transactionDate: null,
    fee: null,
    description: [],
    counterparty: null,
    counterpartyAccount: null,
    endToEndId: null,
    sourceId: null,
    balanceAfter: null,
    account: null,
    currencyColumn: null,
    status: null,
  };
}

/** The column at a place, as the profile names it. */
export function columnAt(index: number, columns: readonly string[], hasHeader: boolean): ColumnReference {
  return { header: hasHeader ? (columns[index] ?? null) : null, index };
}

/** Whether the file itself says which account its rows belong to. */
export function namesAccount(draft: ProfileDraft): boolean {
  return draft.format === 'csv' && draft.account !== null;
}
