// Programs of others read what we wrote and find the same days, amounts, signs and balances. Each is skipped where it is not installed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sample } from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { STATEMENT_WRITERS } from '../../../electron/adapters/statement-writers/writers.ts';
import type { ExportFormat } from '../../../shared/ipc/contract/statements.ts';
import { describeWithShared } from '../../builders/shared-data.ts';
import {
  type WrittenLedger,
  aLedger,
  aRecord,
  anAccount,
  ledgers,
  writtenBytes,
} from '../../builders/written-ledger.ts';

const folder = mkdtempSync(join(tmpdir(), 'strongroom-writers-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SEED = 20_260_402;
const RANDOM = sample(ledgers({ digits: 9 }), { numRuns: 12, seed: SEED });
const CARD = aLedger([aRecord(1), aRecord(2)], {
  account: anAccount({ iban: null, number: '4111XXXXXXXX1111', kind: 'card' }),
});
const LEDGERS: readonly (readonly [string, WrittenLedger])[] = [
  ...RANDOM.map((ledger, index) => [`random ledger ${index}`, ledger] as const),
  ['card', CARD],
  ['nothing', aLedger([])],
];

const installed = (command: string): boolean =>
  spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;

function written(format: ExportFormat, ledger: WrittenLedger): string {
  const path = join(folder, `ledger.${format}`);
  writeFileSync(path, writtenBytes(STATEMENT_WRITERS[format], ledger));
  return path;
}

function run(command: string, args: readonly string[]): string {
  // A day must be the same wherever the reader sits.
  const env = { ...process.env, TZ: 'America/Los_Angeles', HOME: folder };
  const { stdout, stderr, status } = spawnSync(command, args, { encoding: 'utf8', env });
  expect(status, stderr).toBe(0);
  return stdout;
}

const cents = (decimal: string): string => decimal.replace('.', '').replace(/^(-?)0+(?=\d)/, '$1');

describe('ofxdump reads OFX', () => {
  for (const [name, ledger] of LEDGERS) {
    it.skipIf(!installed('ofxdump'))(`${name}: the same days, amounts, ids, names and closing balance`, () => {
      const output = run('ofxdump', [written('ofx', ledger)]);
      const all = (label: RegExp): string[] => Array.from(output.matchAll(label), ([, value = '']) => value.trim());
      const posted = all(/Date posted: (.*)/g).map((date) => new Date(date).toISOString().slice(0, 10));
      expect(posted).toEqual(ledger.rows.map((row) => row.bookingDate));
      expect(all(/Total money amount: (.*)/g).map(cents)).toEqual(ledger.rows.map((row) => row.amountMinor));
      expect(all(/ID for this transaction: (.*)/g)).toEqual(ledger.rows.map((row) => row.transactionId));
      expect(all(/\(memo\): (.*)/g)).toEqual(ledger.rows.map((row) => row.description));
      expect(all(/Ledger balance: (.*)/g).map(cents)).toEqual([ledger.header.balances?.closing.amountMinor]);
    });
  }
});

describeWithShared('specs/iso20022/camt.053.001.08.xsd', 'xmllint judges CAMT.053', (schema) => {
  const judge = (file: string): number | null =>
    spawnSync('xmllint', ['--noout', '--schema', schema, file], { stdio: 'ignore' }).status;
  for (const [name, ledger] of LEDGERS) {
    it.skipIf(!installed('xmllint'))(`${name} is valid`, () => {
      expect(judge(written('camt053', ledger))).toBe(0);
    });
  }
  it.skipIf(!installed('xmllint'))('and would not call everything valid', () => {
    const file = written('camt053', LEDGERS[0]![1]);
    writeFileSync(file, readFileSync(file, 'utf8').replace('<Cd>BOOK</Cd>', '<Cd>MUCH TOO LONG</Cd>'));
    expect(judge(file)).not.toBe(0);
  });
});

interface Imported {
  readonly rows: readonly string[];
  readonly text: string;
}

/** How AqBanking is told to read a format, and what it calls the day of booking. */
interface Importer {
  readonly importer: string;
  readonly profile: string;
  readonly day: string;
}

const IMPORTERS = {
  mt940: { importer: 'swift', profile: 'SWIFT-MT940', day: 'date' },
  camt053: { importer: 'xml', profile: 'camt_053_001_04', day: 'date' },
  // Its profile takes DTUSER for the booking date and DTPOSTED for the value date; OFX 2.2 §11.4.4.1 has DTPOSTED as the day of posting.
  ofx: { importer: 'xml', profile: 'ofx2', day: 'valutaDate' },
} satisfies Readonly<Record<string, Importer>>;

/** Rows as `day value`, the value in hundredths, as AqBanking understood them. */
function aqbanking({ importer, profile, day }: Importer, file: string): Imported {
  const context = join(folder, 'aqbanking.ctx');
  rmSync(context, { force: true });
  const source = [`--importer=${importer}`, `--profile=${profile}`, `--infile=${file}`, `--ctxfile=${context}`];
  run('aqbanking-cli', ['-D', folder, 'import', ...source]);
  const text = decodeURIComponent(readFileSync(context, 'utf8'));
  const rows = Array.from(text.matchAll(/\btransaction \{([^]*?)\} #transaction/g), ([, row = '']) => {
    const [, date] = new RegExp(`\\b${day}="(\\d+)"`).exec(row) ?? [];
    const [, minor = '', unit = '1'] = /\bvalue="(-?\d+)(?:\/(\d+))?/.exec(row) ?? [];
    return `${date} ${(BigInt(minor) * 100n) / BigInt(unit)}`;
  });
  return { rows, text };
}

const inRows = ({ rows }: WrittenLedger): string[] =>
  rows.map((row) => `${row.bookingDate.replaceAll('-', '')} ${row.amountMinor}`);

describe('AqBanking reads', () => {
  for (const format of ['mt940', 'camt053', 'ofx'] as const) {
    // Its OFX profile knows no cards.
    const known = LEDGERS.filter(([name, { rows }]) => rows.length > 0 && (format !== 'ofx' || name !== 'card'));
    for (const [name, ledger] of known) {
      it.skipIf(!installed('aqbanking-cli'))(`${format}, ${name}: the same days and amounts`, () => {
        expect(aqbanking(IMPORTERS[format], written(format, ledger)).rows).toEqual(inRows(ledger));
      });
    }
  }

  it.skipIf(!installed('aqbanking-cli'))('texts, references and the other side in MT940', () => {
    const ledger = aLedger([aRecord(1, { description: 'Grüße aus Łódź, Rechnung 2026/01 vom zweiten Januar' })]);
    const { text } = aqbanking(IMPORTERS.mt940, written('mt940', ledger));
    expect(text).toContain('purpose="Gruesse aus Lodz, Rechnung 2026/01 vom zweiten Januar"');
    expect(text).toContain('endToEndReference="E2E-1"');
    expect(text).toContain('bankReference="REF1"');
    expect(text).toContain('remoteName="Acme Ltd"');
    expect(text).toContain('GB29NWBK60161331926819');
  });
});

describe('hledger reads CSV', () => {
  const rules = [
    'skip 1',
    'fields own, date, value, amount, currency, stated, other, number, description',
    'date-format %Y-%m-%d',
    'account1 bank',
    'account2 elsewhere',
  ].join('\n');

  for (const [name, ledger] of LEDGERS.filter(([, { rows }]) => rows.length > 0)) {
    it.skipIf(!installed('hledger'))(`${name}: the same days and amounts, and the same balance to the cent`, () => {
      const rulesFile = join(folder, 'ledger.rules');
      writeFileSync(rulesFile, rules);
      const source = ['-f', written('csv', ledger), '--rules-file', rulesFile, '-O', 'csv'];
      const register = run('hledger', ['register', 'bank', ...source])
        .trim()
        .split('\n')
        .slice(1);
      const rows = register.map((line) => {
        const [, day, , , , amount = ''] = /^"(.*)"$/.exec(line)?.[1]?.split('","') ?? [];
        return `${day?.replaceAll('-', '')} ${cents(amount.replace(/[^\d.-]/g, ''))}`;
      });
      expect(rows).toEqual(inRows(ledger));
      const [, balance = ''] = /"bank","([^"]*)"/.exec(run('hledger', ['balance', 'bank', ...source])) ?? [];
      const sum = ledger.rows.reduce((total, row) => total + BigInt(row.amountMinor), 0n);
      expect(cents(balance.replace(/[^\d.-]/g, ''))).toBe(String(sum));
    });
  }
});

/** Reads all cells with Python's own ZIP and XML: kind and value by sheet, row and column. */
const READ_XLSX = `
import json, sys, zipfile
from xml.etree import ElementTree
M = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
with zipfile.ZipFile(sys.argv[1]) as z:
    assert z.testzip() is None
    for n in z.namelist(): ElementTree.fromstring(z.read(n))
    names = [s.get('name') for s in ElementTree.fromstring(z.read('xl/workbook.xml')).iter(M + 'sheet')]
    sheets = {}
    for i, name in enumerate(names):
        root = ElementTree.fromstring(z.read('xl/worksheets/sheet%d.xml' % (i + 1)))
        assert root.find('.//' + M + 'f') is None
        sheets[name] = [{c.get('r')[0]: [c.get('t') or 'n', ''.join(c.itertext())] for c in r} for r in root.iter(M + 'row')]
json.dump(sheets, sys.stdout)
`;

type Sheets = Readonly<Record<string, readonly Record<string, readonly [type: string, value: string]>[]>>;

describe('Python reads XLSX', () => {
  for (const [name, ledger] of LEDGERS.slice(-6)) {
    it.skipIf(!installed('python3'))(`${name}: numbers, days and texts of every row`, () => {
      const sheets = JSON.parse(run('python3', ['-c', READ_XLSX, written('xlsx', ledger)])) as Sheets;
      const [heading, ...rows] = sheets['Transactions'] ?? [];
      expect(heading?.['D']).toEqual(['inlineStr', 'Amount']);
      const day = (serial: string): string =>
        new Date((Number(serial) - 25_569) * 86_400_000).toISOString().slice(0, 10);
      const read = rows.map((row) => ({
        bookingDate: day(row['B']![1]),
        amount: [row['D']![0], cents(row['D']![1])],
        description: row['I'],
        transactionId: row['R']![1],
      }));
      expect(read).toEqual(
        ledger.rows.map((row) => ({
          bookingDate: row.bookingDate,
          amount: ['n', row.amountMinor],
          description: ['inlineStr', row.description.replaceAll('_x0041_', '_x005F_x0041_')],
          transactionId: row.transactionId,
        })),
      );
    });
  }
});
