// Every sample statement in MT940 and MT942, read and compared with what its text says, and with an independent reader where it is installed.
import { spawnSync } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectStatement } from '../../../electron/adapters/statements/inspect.ts';
import { StatementInspection } from '../../../shared/model/statement-inspection.ts';
import { describeWithShared } from '../../builders/shared-data.ts';

/** Account, currency, rows, Σ booked, opening, closing in minor units, proof; or the error with what it expects. `why` explains what looks odd. */
interface Expected {
  readonly format?: 'mt940' | 'mt942' | null;
  readonly charset?: string;
  readonly statements?: readonly string[];
  readonly pending?: number;
  readonly error?: string;
  readonly warnings?: readonly string[];
  /** What the independent reader gives where it differs: rows and Σ, or why it gives nothing. */
  readonly foreign?: string;
  readonly why: string;
}

const fragment = (error: string, why: string, foreign?: string): Expected => ({
  error,
  why: `a fragment: ${why}`,
  ...(foreign === undefined ? {} : { foreign }),
});
const NOTHING = 'nothing and no error';
const REFUSES = 'an error';

const SAMPLES: Readonly<Record<string, Expected>> = {
  'betterplace/amount_formats.sta': fragment(':20:', 'opening balances alone', NOTHING),
  'betterplace/currency_in_25.sta': fragment(':20:', 'an account alone', NOTHING),
  'betterplace/empty_86.sta': fragment(':20:', 'a field 86 alone', NOTHING),
  'betterplace/empty_entry_date.sta': fragment(
    ':20:',
    'an entry alone, without entry date',
    '1 5000; it takes an entry without account and currency',
  ),
  'betterplace/empty_line.sta': fragment(':25:', 'a reference alone, behind a blank line', NOTHING),
  'betterplace/missing_crlf_at_end.sta': fragment(':20:', 'a closing balance alone', NOTHING),
  'betterplace/sepa_mt9401.sta': {
    statements: [
      '50880050/0194774600888 EUR 7 -290987 -123471836 -123762823 pass',
      '50880050/0194777100888 EUR 2 -48524995 -97049990 -145574985 pass',
      '50880050/0194778300888 EUR 5 -52803851 -170929634 -223733485 pass',
      '50880050/0194779500888 EUR 3 105000000 319267504 424267504 pass',
      '50880050/0194780100888 EUR 5 -72669427 -236882787 -309552214 pass',
      '50880050/0194780101888 EUR 1 5099005 15297015 20396020 pass',
      '50880050/0194781300888 EUR 4 992837 -4043220 -3050383 pass',
      '50880050/0194781300888 EUR 4 -7035062 -3050383 -10085445 pass',
      '50880050/0194782500888 EUR 8 19355186 -155249738 -135894552 pass',
      '50880050/0194782500888 EUR 3 -94452559 -135894552 -230347111 pass',
      '50880050/0194783700888 EUR 6 89748303 -382947787 -293199484 pass',
      '50880050/0194783700888 EUR 6 -208770312 -293199484 -501969796 pass',
      '50880050/0194784900888 EUR 6 -24052781 -577758557 -601811338 pass',
      '50880050/0194784900888 EUR 3 -282631200 -601811338 -884442538 pass',
      '50880050/0194784901888 EUR 1 1399005 1399005 2798010 pass',
      '50880050/0194785000888 EUR 5 -2006602 -361251902 -363258504 pass',
      '50880050/0194785000888 EUR 5 -18231643 -363258504 -381490147 pass',
      '50880050/0194785000888 EUR 2 -129869205 -381490147 -511359352 pass',
      '50880050/0194785001888 EUR 1 5099005 15297015 20396020 pass',
      '50880050/0194786200888 EUR 3 9299019 14596458 23895477 pass',
      '50880050/0194787400888 EUR 4 35859391 76665649 112525040 pass',
      '50880050/0194791600888 EUR 7 -250161722 -197043187 -447204909 pass',
      '50880050/0194791601888 EUR 3 -7240000 -32491025 -39731025 pass',
      '50880050/0194798900888 EUR 1 -15000 -45000 -60000 pass',
      '50880050/0194799000888 EUR 1 -15000 -45000 -60000 pass',
      '50880050/0194804000888 EUR 1 5005 0 5005 pass',
    ],
    why: '26 messages, two with RC: RC takes money out, so each proves; pages are statements of their own',
  },
  'betterplace/sepa_snippet.sta': {
    statements: [
      '50880050/0194787400888 EUR 4 35859391 76665649 112525040 pass',
      '50880050/0194791600888 EUR 7 -250191730 -197043187 -447204909 fail',
    ],
    why: 'of the second statement the first entry is D 0.08 where the whole file has C 300.00',
  },
  'betterplace/sepa_snippet_broken.sta': {
    error: ':61:, :86: or the closing balance :62F:',
    foreign: '1 5099005; it takes the text of :25: for a second account',
    why: ':25: stands where :86: should; nothing behind it can be trusted',
  },
  'betterplace/with_binary_character.sta': {
    charset: 'utf-8',
    statements: [
      '51230800/0000007055 EUR 3 -18018675 38011577 19992902 pass',
      '51230800/0000007304 EUR 1 112000 13007319 13119319 pass',
    ],
    why: 'UTF-8 in the reference; a purpose whose blanks at the line end are gone',
  },
  'cmxl/account_balance_credit.sta': fragment(':20:', 'an opening balance alone', NOTHING),
  'cmxl/account_balance_debit.sta': fragment(':20:', 'an opening balance alone', NOTHING),
  'cmxl/account_identification_iban.sta': fragment(':20:', 'an account alone', NOTHING),
  'cmxl/account_identification_legacy.sta': fragment(':20:', 'an account alone', NOTHING),
  'cmxl/available_balance.sta': fragment(':20:', 'an available balance alone', NOTHING),
  'cmxl/closing_balance.sta': fragment(':20:', 'a closing balance alone', NOTHING),
  'cmxl/mt940.sta': {
    charset: 'utf-8',
    statements: [
      '45050050/0076198810 DEM 11 8730 8434974 8443704 pass',
      '10020030/0001234567 EUR 2 220000 218795 438795 pass',
      'BPHKPLPK/320000546101 PLN 3 1004000 4000000 5004000 pass',
    ],
    why: 'marks, withdrawn currency DEM, a short German account filled to ten digits, lines broken by hand, :86: that begins with a blank',
  },
  'cmxl/reference.sta': fragment(':25:', 'a reference alone', NOTHING),
  'cmxl/statement_details.sta': fragment(
    ':20:',
    'an entry alone',
    '1 -162; it takes an entry without account and currency',
  ),
  'cmxl/statement_line.sta': fragment(
    ':20:',
    'an entry alone',
    '1 -162; it takes an entry without account and currency',
  ),
  'cmxl/statement_number.sta': fragment(':20:', 'a statement number alone', NOTHING),
  'jejik/abnamro.sta': {
    statements: ['517852257 EUR 8 -32144 323628 87684 fail', '517852257 EUR 2 -2449 287684 184975 fail'],
    warnings: ['PAGE_INCOMPLETE'],
    foreign: 'an error; it does not read over the bank’s envelope',
    why: 'envelopes between messages; entries were taken out, and the second is a middle page alone',
  },
  'jejik/generic.sta': {
    statements: ['11111111 EUR 1 -1000 10000 9000 pass', '11111111 EUR 1 -1000 9000 8000 pass'],
    why: 'no entry date, an empty :86:, no end mark at the end',
  },
  'jejik/ing.sta': {
    charset: 'utf-8',
    statements: ['0001234567 EUR 7 -4559 0 347 fail'],
    foreign: 'an error; it does not read over the bank’s envelope',
    why: 'two envelope lines, -XXX; entries were taken out: −50.27 + 4.68 is not 3.47',
  },
  'jejik/knab.sta': {
    statements: ['123456789 EUR 1 50000 0 50000 pass', '123456789 EUR 2 -676000 305898 79898 fail'],
    warnings: ['NOTATION_UNUSUAL'],
    why: 'C500NTRF has no comma and can mean only 500; entries were taken out of the second',
  },
  'jejik/postfinance.sta': {
    statements: ['123456789 CHF 2 22920 0 22920 pass', '123456789 CHF 2 -6980 22920 15960 fail'],
    why: 'two pages; 229.20 − 79.90 + 10.10 is 159.40, the file says 159.60',
  },
  'jejik/rabobank-iban.sta': {
    statements: ['NL71RABO0123456789 EUR 2 -3500 100000 96500 pass', 'NL71RABO0123456789 EUR 2 -3500 96500 93000 pass'],
    why: 'leading zeros, one header for two messages, no end marks',
  },
  'jejik/rabobank.sta': {
    statements: [
      '1291.99.348 EUR 1 -121328 47317 39582 fail',
      '1291.99.348 EUR 0 0 100089 100089 pass',
      '1291.99.348 EUR 2 -28151 129582 125087 fail',
      '1526.89.184 EUR 2 -9430 419612 410182 pass',
    ],
    warnings: ['NO_TRANSACTIONS'],
    why: 'several :86: to an entry, name behind the reference, a statement without entries; entries were taken out of two',
  },
  'jejik/sns.sta': {
    statements: ['0123456789 EUR 2 -2500 123456 120956 pass', '0123456789 EUR 0 0 120956 120956 pass'],
    warnings: ['NO_TRANSACTIONS'],
    why: 'a statement without entries whose balances agree',
  },
  'jejik/triodos.sta': {
    statements: ['TRIODOSBANK/0390123456 EUR 2 -71570 497509 437079 fail'],
    why: '> as separator; entries were taken out',
  },
  'mBank/mt940.sta': {
    charset: 'windows-1250',
    statements: ['PL29114010810000267002001002 PLN 3 3 40 43 pass'],
    why: 'between 01 and 03',
  },
  'mBank/mt942.sta': {
    format: 'mt942',
    charset: 'windows-1250',
    statements: ['PL29114010810000267002001002 PLN 3 0 - - absent'],
    pending: 3,
    why: 'a report: its entries are pending, its sums agree',
  },
  'mBank/with_newline_in_tnr.sta': {
    charset: 'windows-1250',
    statements: ['PL29114010810000267002001002 PLN 2 8900 46 86017 fail'],
    why: 'entries were taken out: 0.46 + 89.00 is not 860.17',
  },
  'sberbank/171011_01234945.sta': {
    charset: 'utf-8',
    statements: ['1966315302010001 HUF 3 -943700 62731130 61787430 pass'],
    why: 'the non-SWIFT field NS names owner, counterparties and purposes',
  },
  'self-provided/account_identification.sta': fragment(
    'the opening balance :60F:, or :34F: of a report',
    'two accounts without balances',
    NOTHING,
  ),
  'self-provided/details_60-63.sta': {
    statements: ['12345678/1020304050 EUR 1 -23315 1234512 1234598 fail'],
    foreign: 'an error; it wants a reference behind the type, which SWIFT makes mandatory and this bank leaves out',
    why: '12,345.12 − 233.15 is not 12,345.98: the sample was cut; line ends before subfields',
  },
  'self-provided/empty_non_swift.sta': fragment(':20:', 'an empty NS alone', NOTHING),
  'self-provided/february_30.sta': {
    statements: ['12345678/1020304050 EUR 1 -600 120000 119400 pass'],
    warnings: ['DATE_NOT_IN_CALENDAR'],
    why: 'value date 30 February of the 30/360 calendar: 29 February 2016, with a warning',
  },
  'self-provided/gv_codes.sta': {
    error: ':61:, :86: or the closing balance :62F:',
    foreign: 'an error; it wants a reference behind the type',
    why: 'no closing balance: the file may be cut off',
  },
  'self-provided/invalid_statement.sta': {
    format: null,
    error: 'STATEMENT_FORMAT_UNKNOWN',
    foreign: 'an error; no field in it',
    why: 'lines of numbers, no field at all',
  },
  'self-provided/long_statement_number.sta': {
    statements: ['0067-00763/93984487 TRY 0 0 0 0 pass'],
    warnings: ['NO_TRANSACTIONS'],
    why: 'no entries, and opening equals closing',
  },
  'self-provided/malformed_details.sta': {
    statements: ['12345678/1020304050 EUR 1 -23315 1234512 1234598 fail'],
    foreign: 'an error; it wants a reference behind the type',
    why: 'the same sums; the purpose ends in a separator without a subfield',
  },
  'self-provided/mt942.sta': {
    format: 'mt942',
    statements: ['GJB0291077111 EUR 1 0 - - absent'],
    pending: -42,
    warnings: ['SUMMARY_DIFFERS'],
    why: 'a type that begins with M; :90D: states 2.30, the entry is 0.42',
  },
  'self-provided/multiline.sta': {
    error: ':20:',
    foreign: '2 11400; it books the entry behind the end mark to the account of the message before',
    why: 'an entry stands behind the end of the only message: it belongs to no statement and must not be lost',
  },
  'self-provided/overly_long_details.sta': {
    statements: ['12345678/1020304050 EUR 1 -23315 1234512 1234598 fail'],
    foreign: 'an error; it wants a reference behind the type',
    why: 'the same sums again',
  },
  'self-provided/raiffeisen-cmi.sta': {
    charset: 'ibm852',
    statements: ['UBRTHUHB/123456789150ABCDEF002 HUF 7 -101221350 2517063710 2528168760 fail'],
    foreign: 'an error; it wants a reference behind the type',
    why: 'IBM 852 by its bytes and currency; entries were taken out',
  },
  'self-provided/raphaelm.sta': {
    charset: 'utf-8',
    statements: [
      '1222333444 DEM 6 10500000 0 10500000 pass',
      '1222333444 DEM 2 4000000 10500000 14500000 pass',
      '3346780111 DEM 1 -5000000 14500000 9500000 pass',
    ],
    warnings: ['NOTATION_UNUSUAL'],
    foreign: 'an error; it wants a reference behind the type',
    why: 'three balances without currency; the first two are pages; NS; withdrawn currency DEM',
  },
  'self-provided/sparkassen.sta': fragment(
    ':20:',
    'an entry alone, broken within its mark',
    'an error; the mark is broken by a line end',
  ),
  'self-provided/transaction_details_wrapped.sta': {
    statements: ['12345678/1020304050 EUR 1 -600 120000 119400 pass'],
    warnings: ['DATE_NOT_IN_CALENDAR'],
    why: 'a time wrapped before its minutes, :12:11, is no field',
  },
  'self-provided/whitespace.sta': {
    statements: ['12345678/1020304050 EUR 1 -23315 1234512 1234598 fail'],
    foreign: 'an error; it wants a reference behind the type',
    why: 'the same sums; a line that begins with a blank',
  },
  'self-provided/wrapped_timestamp.sta': {
    statements: ['12345678/1020304050 EUR 1 -600 120000 119400 pass'],
    warnings: ['DATE_NOT_IN_CALENDAR'],
    why: 'a time wrapped before its minutes, :26:37, is no field',
  },
};

function filesUnder(folder: string, prefix = ''): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    return entry.isDirectory() ? filesUnder(folder, path) : [path];
  });
}

type Rows = StatementInspection['statements'][number]['transactions'];

function sumOf(rows: Rows, state: string): number {
  return rows.filter((row) => row.state === state).reduce((sum, row) => sum + Number(row.amountMinor), 0);
}

function summary({ statements }: StatementInspection): string[] {
  return statements.map(({ account, transactions, opening, closing, proof }) =>
    [
      account.id,
      account.currency,
      transactions.length,
      sumOf(transactions, 'booked'),
      opening?.amountMinor ?? '-',
      closing?.amountMinor ?? '-',
      proof,
    ].join(' '),
  );
}

const inspect = (samples: string, file: string): Promise<StatementInspection> =>
  inspectStatement(file, createReadStream(join(samples, file)));

describeWithShared('samples/mt940', 'sample statements in MT940 and MT942', (samples) => {
  it('are all in the table', () => {
    expect(filesUnder(samples).sort()).toEqual(Object.keys(SAMPLES).sort());
  });

  for (const [file, expected] of Object.entries(SAMPLES)) {
    it(`${file}: ${expected.why}`, async () => {
      const inspection = await inspect(samples, file);
      expect(StatementInspection.parse(inspection)).toEqual(inspection);
      expect(inspection.format).toBe(expected.format === undefined ? 'mt940' : expected.format);
      expect(inspection.charset).toBe(expected.format === null ? null : (expected.charset ?? 'windows-1252'));
      const { code, params } = inspection.error ?? {};
      expect(code === 'STATEMENT_MALFORMED' ? params?.['expected'] : code).toBe(expected.error);
      expect(summary(inspection)).toEqual(expected.statements ?? []);
      expect(inspection.statements.reduce((sum, { transactions }) => sum + sumOf(transactions, 'pending'), 0)).toBe(
        expected.pending ?? 0,
      );
      expect(inspection.warnings.map((warning) => warning.code)).toEqual(expected.warnings ?? []);
    });
  }

  it('RC is a debit and RD a credit: with RC as a debit 26 of 26 statements prove, as a credit 24', () => {
    const text = readFileSync(join(samples, 'betterplace/sepa_mt9401.sta'), 'latin1');
    expect(provenStatements(text, -1n)).toEqual([26, 26]);
    expect(provenStatements(text, 1n)).toEqual([24, 26]);
  });
});

/** Proven and all statements of a file, reckoned here from its lines alone. `reversal` is the sign of RC; RD has the other. */
function provenStatements(text: string, reversal: bigint): [number, number] {
  const statements = text.split(/^:20:/m).slice(1);
  const minor = (amount: string): bigint => {
    const [whole = '', fraction = ''] = amount.split(',');
    return BigInt(`${whole}${fraction.padEnd(2, '0')}`);
  };
  const balanceOf = (statement: string, field: string): bigint => {
    const [, mark, amount = ''] = new RegExp(`^:${field}[FM]:([CD])\\d{6}EUR([\\d,]+)`, 'm').exec(statement) ?? [];
    return mark === 'D' ? -minor(amount) : minor(amount);
  };
  const signs = { C: 1n, D: -1n, RC: reversal, RD: -reversal } as const;
  const proven = statements.filter((statement) => {
    const entries = Array.from(statement.matchAll(/^:61:\d{10}(R?[CD])[A-Z]([\d,]+)N/gm));
    const sum = entries.reduce(
      (total, [, mark = 'C', amount = '']) => total + signs[mark as keyof typeof signs] * minor(amount),
      balanceOf(statement, '60'),
    );
    return sum === balanceOf(statement, '62');
  });
  return [proven.length, statements.length];
}

const aqbanking = spawnSync('aqbanking-cli', ['--help'], { stdio: 'ignore' }).error === undefined;

/** Rows and Σ in minor units of all accounts that aqbanking-cli imports. */
function foreignAnswer(path: string, profile: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'aqbanking-'));
  try {
    const context = join(folder, 'out.ctx');
    const args = ['-D', join(folder, 'settings'), 'import', '--importer=swift', `--profile=${profile}`, '-c', context];
    const { status } = spawnSync('aqbanking-cli', [...args, '-f', path], { stdio: 'ignore' });
    if (status !== 0 || !existsSync(context)) return REFUSES;
    const text = readFileSync(context, 'utf8');
    const transactions = text.split(/^ {6}transaction \{/m).slice(1);
    const values = transactions.map((part) => / char value="(-?\d+)(?:%2F(\d+))?/.exec(part));
    const sum = values.reduce((total, value) => total + (Number(value?.[1]) * 100) / Number(value?.[2] ?? 1), 0);
    return values.length === 0 ? NOTHING : `${values.length} ${sum}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describeWithShared('samples/mt940', 'MT940 and MT942 beside aqbanking-cli', (samples) => {
  describe('swift importer', () => {
    for (const [file, expected] of Object.entries(SAMPLES)) {
      const told = expected.foreign === undefined ? 'the same rows and sum' : expected.foreign;
      it.skipIf(!aqbanking)(`${file}: ${told}`, async () => {
        const { statements, error } = await inspect(samples, file);
        const rows = statements.flatMap(({ transactions }) => transactions);
        const own = `${rows.length} ${sumOf(rows, 'booked') + sumOf(rows, 'pending')}`;
        const profile = expected.format === 'mt942' ? 'SWIFT-MT942' : 'SWIFT-MT940';
        const foreign = foreignAnswer(join(samples, file), profile);
        if (expected.foreign === undefined) expect(foreign).toBe(rows.length === 0 && !error ? NOTHING : own);
        else expect(foreign).toBe(expected.foreign.split(';')[0]);
      });
    }
  });
});
