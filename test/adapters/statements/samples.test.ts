// Every sample statement in OFX, CAMT and BAI2, read and compared with what its text says, and with independent readers where installed.
import { execFileSync, spawnSync } from 'node:child_process';
import { createReadStream, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectStatement } from '../../../electron/adapters/statements/inspect.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import type { Proof } from '../../../shared/model/source.ts';
import { StatementInspection } from '../../../shared/model/statement-inspection.ts';
import { describeWithShared } from '../../builders/shared-data.ts';

/** What a file says: rows, Σ of booked and of pending rows in minor units, proof; or its error. `why` explains what looks odd. */
interface Expected {
  readonly version: string;
  readonly statements?: readonly {
    readonly account: string;
    readonly currency: string;
    readonly rows: number;
    readonly booked: number;
    readonly pending?: number;
    readonly closing?: number;
    readonly proof: Proof;
  }[];
  readonly error?: ErrorCode;
  readonly warnings?: readonly string[];
  readonly why: string;
}

const CH = 'CH2801234000123456789';
const NL = 'NL26VAYB8060476890';
const rowOf = (account: string, currency: string, booked: number): NonNullable<Expected['statements']>[number] => ({
  account,
  currency,
  rows: 1,
  booked,
  proof: 'absent',
});
const mixedBalances = (version: string, why = ''): Expected => ({
  version,
  statements: [{ account: NL, currency: 'EUR', rows: 1, booked: 885, proof: 'absent' }],
  warnings: ['BALANCE_IN_OTHER_CURRENCY'],
  why: `opening is EUR 18.15 but the closing is stated in SEK, so nothing can be proven. ${why}`,
});

const SAMPLES: Readonly<Record<string, Expected>> = {
  'ofx/bank-of-america-profile.ofx': {
    version: '1.02',
    error: 'STATEMENT_NO_TRANSACTIONS',
    why: 'answers PROFRQ: a profile',
  },
  'ofx/example-response.ofx2': {
    version: '2.11',
    statements: [
      { account: '987654321/098-121', currency: 'USD', rows: 3, booked: 25_000, closing: 525_000, proof: 'absent' },
    ],
    why: '200.00 + 150.00 − 100.00; OFX states no opening balance, so there is no proof',
  },
  'ofx/fremont-bank-profile.ofx': {
    version: '1.02',
    error: 'STATEMENT_NO_TRANSACTIONS',
    why: 'sign-on refused with status 15500; the header follows a blank line',
  },
  'ofx/mercantile-brokerage-services-profile.ofx': {
    version: '1.02',
    error: 'STATEMENT_NO_TRANSACTIONS',
    why: 'a profile; <URL> stands empty and unclosed',
  },
  'ofx/pag-seguro.ofx': {
    version: '1.00',
    statements: [
      { account: '290/12345678-1', currency: 'BRL', rows: 3, booked: 11_900, closing: 532_643, proof: 'absent' },
    ],
    warnings: ['NOTATION_UNUSUAL'],
    why: '−1901.00 + 1660.00 + 360.00; LEDGERBAL "R$ 5.326,43" of "30/06/2025" can mean only one value and one day',
  },
  'ofx/wells-fargo-investments-profile.ofx': {
    version: '1.02',
    error: 'STATEMENT_NO_TRANSACTIONS',
    why: 'a profile on one line',
  },
  'ofx/nanoxml/closing-tags.ofx': {
    version: '1.03',
    error: 'STATEMENT_NO_TRANSACTIONS',
    why: 'a sign-on answer alone',
  },
  'ofx/nanoxml/example-response.ofx': {
    version: '1.03',
    statements: [
      { account: '987654321/098-121', currency: 'USD', rows: 1, booked: 15_000, closing: 525_000, proof: 'absent' },
    ],
    why: 'no end tags on leaves, a CDATA memo "Transfer from checking &<> etc."',
  },
  'ofx/nanoxml/example-response2.ofx': {
    version: '1.02',
    error: 'STATEMENT_MALFORMED',
    why: 'a profile whose end is missing: the file stops after </SIGNONINFO>',
  },
  'ofx/nanoxml/simple.ofx': { version: '1.03', error: 'STATEMENT_NO_TRANSACTIONS', why: 'a sign-on answer alone' },
  'ofx/nanoxml/whitespace-example.ofx': {
    version: '1.03',
    error: 'STATEMENT_NO_TRANSACTIONS',
    why: 'one unknown leaf',
  },
  'camt/camt052.v1.xml': {
    version: '052.001.01',
    statements: [rowOf(CH, 'SEK', -20_000_000)],
    why: 'a report without balances',
  },
  'camt/camt052.v2.other-account.xml': {
    version: '052.001.02',
    statements: [rowOf(CH, 'SEK', -20_000_000)],
    why: 'a report without balances; the account is named under Othr',
  },
  'camt/camt052.v2.with-account-name.xml': {
    version: '052.001.02',
    statements: [rowOf(CH, 'SEK', -20_000_000)],
    warnings: ['BOOKING_DATE_MISSING'],
    why: 'no booking and no value date: the report’s own day, 2007-10-18, with a warning',
  },
  'camt/camt052.v2.xml': {
    version: '052.001.02',
    statements: [rowOf(CH, 'SEK', -20_000_000)],
    why: 'a report without balances',
  },
  ...Object.fromEntries(
    ['camt052.v4.xml 052.001.04', 'camt052.v6.xml 052.001.06', 'camt052.v6.Amt-zero.xml 052.001.06'].map((sample) => {
      const [file = '', version = ''] = sample.split(' ');
      const statement = {
        account: CH,
        currency: 'CHF',
        rows: 1,
        booked: 0,
        pending: -20_000_000,
        proof: 'absent' as const,
      };
      return [
        `camt/${file}`,
        {
          version,
          statements: [statement],
          warnings: ['ROW_IN_OTHER_CURRENCY'],
          why: 'a pending entry in SEK on an account whose interim balance is in CHF: pending never counts as booked',
        },
      ];
    }),
  ),
  'camt/camt052.v8.xml': {
    version: '052.001.08',
    statements: [rowOf(CH, 'SEK', -20_000_000)],
    why: 'status under Sts/Cd',
  },
  'camt/camt053.v2.all-balance-types.xml': {
    version: '053.001.02',
    statements: [{ account: CH, currency: 'EUR', rows: 1, booked: 885, closing: 404, proof: 'fail' }],
    why: 'a specimen of balance types: 1.01 + 8.85 is not 4.04; the amount has a third decimal, a zero',
  },
  'camt/camt053.v2.five.decimals.xml': {
    version: '053.001.02',
    statements: [{ account: NL, currency: 'EUR', rows: 1, booked: 885, closing: 2705, proof: 'fail' }],
    why: 'three decimals, the last a zero, lose nothing; 18.15 + 8.85 is 27.00, the file says 27.05',
  },
  'camt/camt053.v2.minimal.ultimate.xml': mixedBalances('053.001.02'),
  'camt/camt053.v2.minimal.xml': mixedBalances('053.001.02'),
  'camt/camt053.v2.multi.statement.xml': {
    version: '053.001.02',
    statements: [
      { account: NL, currency: 'EUR', rows: 1, booked: 885, closing: 2700, proof: 'pass' },
      { account: NL, currency: 'EUR', rows: 1, booked: -700, closing: 2000, proof: 'pass' },
    ],
    why: 'two statements: 18.15 + 8.85 = 27.00 and 27.00 − 7.00 = 20.00',
  },
  'camt/camt053.v2.with-account-name.xml': {
    version: '053.001.02',
    statements: [rowOf(CH, 'EUR', 885)],
    why: 'its only balance is CLAV in JPY, which is no booked closing; the entry tells the currency',
  },
  'camt/camt053.v2.with-party-ids.xml': mixedBalances('053.001.02'),
  'camt/camt053.v2.wrong.xml': {
    version: '053.001.02',
    error: 'STATEMENT_NO_TRANSACTIONS',
    why: 'no Stmt: wrong on purpose',
  },
  'camt/camt053.v3.xml': mixedBalances(
    '053.001.03',
    'The detail says 105.750, the entry 8.85: the entry is the ledger row.',
  ),
  'camt/camt053.v4.xml': mixedBalances('053.001.04'),
  'camt/camt053.v8.xml': mixedBalances('053.001.08'),
  'camt/camt054.v2.with-account-name.xml': {
    version: '054.001.02',
    statements: [rowOf(CH, 'SEK', -20_000_000)],
    warnings: ['BOOKING_DATE_MISSING'],
    why: 'a notification has no balances and this one no dates',
  },
  'camt/camt054.v2.xml': {
    version: '054.001.02',
    statements: [rowOf(CH, 'SEK', -20_000_000)],
    why: 'three details without amounts',
  },
  'camt/camt054.v4.xml': {
    version: '054.001.04',
    statements: [rowOf(CH, 'SEK', -20_000_000)],
    why: 'a batch in CHF under an entry in SEK: three details where NbOfTxs says two; the entry counts',
  },
  ...Object.fromEntries(
    ['camt054.v8-with-UETR.xml', 'camt054.v8-with-financial-institution.xml'].map((file) => [
      `camt/${file}`,
      {
        version: '054.001.08',
        statements: [rowOf(CH, 'SEK', -20_000_000)],
        warnings: ['BOOKING_DATE_MISSING'],
        why: 'a notification without dates: its own day, 2007-10-18',
      },
    ]),
  ),
  'camt/camt054.v8.xml': { version: '054.001.08', statements: [rowOf(CH, 'SEK', -20_000_000)], why: 'as version 04' },
  'camt/camt53.only-Dt-with-DtTm.xml': {
    version: '053.001.02',
    error: 'STATEMENT_NO_TRANSACTIONS',
    why: 'an opening balance alone: neither entries nor a closing balance that says there were none',
  },
  'bai2/sample1.txt': {
    version: '',
    statements: [
      { account: '0004/10200123456', currency: 'CAD', rows: 11, booked: 0, proof: 'absent' },
      { account: '0004/10200123456', currency: 'CAD', rows: 6, booked: 0, proof: 'absent' },
    ],
    why: 'credits and debits of 2,085.00 and of 1,115.00 as types 100 and 400 say; only available balances, so no proof; all totals hold',
  },
  'bai2/sample2.txt': {
    version: '',
    statements: [
      { account: '122099999/0123456789', currency: 'USD', rows: 1, booked: 450_000, proof: 'absent' },
      { account: '122099999/9876543210', currency: 'USD', rows: 1, booked: 500_000, proof: 'absent' },
      { account: '122099999/4589761203', currency: 'USD', rows: 2, booked: 30_000_000, proof: 'absent' },
      { account: '122099999/0975312468', currency: 'USD', rows: 0, booked: 0, proof: 'absent' },
      { account: '122099999/7890654321', currency: 'USD', rows: 0, booked: 0, proof: 'absent' },
    ],
    warnings: ['SUMMARY_DIFFERS', 'NO_TRANSACTIONS', 'CORRECTION_OF_EARLIER_ROW'],
    why: 'opening ledgers without closing ones; totals of more than the details given; the last group has status 3; all totals hold',
  },
  'bai2/sample3.txt': {
    version: '',
    statements: (
      [
        ['1111111', 6, -100, -3600],
        ['1111111', 0, 0, 0],
        ['1111111', 0, 0, 0],
        ['1111111', 2, -30_703, -86_406],
        ['1111111', 0, 0, 98_547],
        ['1111111', 0, 0, 0],
        ['1111111', 0, 0, 0],
        ['11111111', 6, -14_951, 610_315],
        ['11111111', 4, -5624, -78_759],
        ['11111111', 8, 31_673, 27_595],
        ...Array.from({ length: 5 }, () => ['11111111', 0, 0, 0] as const),
      ] as const
    ).map(([number, count, booked, closing]) => {
      const account = `103100195/${number}`;
      return { account, currency: 'USD', rows: count, booked, closing, proof: 'pass' as const };
    }),
    warnings: ['NOTATION_UNUSUAL', 'NO_TRANSACTIONS'],
    why: 'records behind one another on a line, a text broken into a line without a code: every account proves, all 74 records are found',
  },
  ...Object.fromEntries(
    ['sample4-continuations-newline-delimited.txt', 'sample5-issue113.txt'].map((file) => [
      `bai2/${file}`,
      {
        version: '',
        error: 'STATEMENT_MALFORMED' as const,
        why: 'cut by those who published it: an account of 3 details whose trailer states 26 records, and −12,601,613,417.62 for 79,999.60',
      },
    ]),
  ),
};

/** Not a format that is read: what is said of it. */
const UNREAD: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // Its header is record 00, its numbers hold slashes: wrong on purpose.
  'bai2/errors/sample-parseError.txt': { looksLike: 'plain text' },
};

/** Folders whose table is a test of its own; it names each file. */
const OTHER_TABLES = { mt940: 'mt940-samples.test.ts' };

function filesUnder(folder: string, prefix = ''): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    return entry.isDirectory() ? filesUnder(folder, path) : [path];
  });
}

function sumOf(rows: StatementInspection['statements'][number]['transactions'], state: string): number {
  return rows.filter((row) => row.state === state).reduce((sum, row) => sum + Number(row.amountMinor), 0);
}

function summary(inspection: StatementInspection): unknown {
  return inspection.statements.map((statement) => ({
    account: statement.account.id,
    currency: statement.account.currency,
    rows: statement.transactions.length,
    booked: sumOf(statement.transactions, 'booked'),
    pending: sumOf(statement.transactions, 'pending'),
    closing: statement.closing === null ? null : Number(statement.closing.amountMinor),
    proof: statement.proof,
  }));
}

describeWithShared('samples', 'sample statements', (samples) => {
  it('are all in a table: OFX, CAMT and BAI2 here, the others in a file of their own', () => {
    const elsewhere = Object.keys(OTHER_TABLES).map((folder) => `${folder}/`);
    const own = filesUnder(samples).filter((file) => !elsewhere.some((folder) => file.startsWith(folder)));
    expect(own.filter((file) => file !== 'PROVENANCE.md').toSorted()).toEqual(
      [...Object.keys(SAMPLES), ...Object.keys(UNREAD)].toSorted(),
    );
  });

  for (const [folder, table] of Object.entries(OTHER_TABLES)) {
    it(`those under ${folder} are in ${table}`, () => {
      const text = readFileSync(new URL(table, import.meta.url), 'utf8');
      const absent = filesUnder(samples, folder).filter((file) => !text.includes(`'${file.slice(folder.length + 1)}'`));
      expect(absent).toEqual([]);
    });
  }

  for (const [file, params] of Object.entries(UNREAD)) {
    it(`${file}: not read`, async () => {
      const { error } = await inspectStatement(file, createReadStream(join(samples, file)));
      expect(error?.code).toMatch(/^STATEMENT_(FORMAT_UNKNOWN|PROFILE_NEEDED)$/);
      expect(error?.params).toEqual(params);
    });
  }

  for (const [file, expected] of Object.entries(SAMPLES)) {
    it(`${file}: ${expected.why}`, async () => {
      const inspection = await inspectStatement(file, createReadStream(join(samples, file)));
      expect(StatementInspection.parse(inspection)).toEqual(inspection);
      expect(inspection.format).toBe(file.split('/')[0]);
      expect(inspection.version).toBe(expected.version);
      expect(inspection.error?.code).toBe(expected.error);
      const statements = (expected.statements ?? []).map((statement) => ({ pending: 0, closing: null, ...statement }));
      expect(summary(inspection)).toEqual(statements);
      expect(inspection.warnings.map((warning) => warning.code)).toEqual(expected.warnings ?? []);
    });
  }
});

const installed = (command: string): boolean =>
  spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;

describeWithShared('samples', 'independent readers', (samples) => {
  const withRows = Object.entries(SAMPLES).filter(([, expected]) => expected.statements);

  describe('ofxdump', () => {
    for (const [file, expected] of withRows.filter(([name]) => name.startsWith('ofx/'))) {
      it.skipIf(!installed('ofxdump'))(`${file}: the same amounts`, () => {
        // Its exit status is that of its strictest complaint (an unknown TRNTYPE), so only its output counts.
        const output = spawnSync('ofxdump', [join(samples, file)], { encoding: 'utf8' }).stdout;
        const amounts = Array.from(output.matchAll(/Total money amount: (-?[\d.]+)/g), ([, amount]) =>
          Number(amount?.replace('.', '')),
        );
        expect(amounts.length).toBe(expected.statements?.[0]?.rows);
        expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(expected.statements?.[0]?.booked);
      });
    }
  });

  describe('awk, record by record', () => {
    for (const [file, expected] of withRows.filter(([name]) => name.startsWith('bai2/'))) {
      it.skipIf(!installed('awk'))(`${file}: the same number and sum of details`, () => {
        // A slash with blanks or a line's end behind it ends a record; types from 400 on are debits.
        const program =
          'BEGIN { FS = ","; RS = "/[ \\n]*" } $1 == "16" { n++; s += $2 < 400 ? $3 : -$3 } END { print n, s }';
        const output = execFileSync('awk', [program, join(samples, file)], { encoding: 'utf8' });
        const statements = expected.statements ?? [];
        const sum = (figure: 'rows' | 'booked'): number => statements.reduce((total, one) => total + one[figure], 0);
        expect(output.trim()).toBe(`${sum('rows')} ${sum('booked')}`);
      });
    }
  });

  describe('xmllint, by XPath', () => {
    for (const [file, expected] of withRows.filter(([name]) => name.startsWith('camt/'))) {
      it.skipIf(!installed('xmllint'))(`${file}: the same number and sum of entries`, () => {
        const entries = '//*[local-name()="Ntry"]';
        const amountOf = (indicator: string): string =>
          `sum(${entries}[*[local-name()="CdtDbtInd"]="${indicator}"]/*[local-name()="Amt"])`;
        const xpath = (expression: string): number =>
          Number(execFileSync('xmllint', ['--xpath', expression, join(samples, file)], { encoding: 'utf8' }));
        const statements = expected.statements ?? [];
        const total = statements.reduce((sum, statement) => sum + statement.booked + (statement.pending ?? 0), 0);
        expect(xpath(`count(${entries})`)).toBe(statements.reduce((sum, statement) => sum + statement.rows, 0));
        expect(Math.round(xpath(`100*(${amountOf('CRDT')}-${amountOf('DBIT')})`))).toBe(total);
      });
    }
  });
});
