// `statements inspect` and the registry: the public form, the proof, empty and unknown files, large files in flat memory.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectStatement } from '../../../electron/adapters/statements/inspect.ts';
import { readStatement } from '../../../electron/adapters/statements/read-statement.ts';
import { StatementInspection } from '../../../shared/model/statement-inspection.ts';
import { camtText, ledgerRow, ledgerRows, largeStatement, ofxText } from '../../builders/statement-files.ts';
import { sharedFile } from '../../builders/shared-data.ts';

const inspect = (text: string | Uint8Array): Promise<StatementInspection> =>
  inspectStatement('file', [Buffer.from(text)]);

describe('inspection', () => {
  it('has the public form and no other field', async () => {
    const inspection = await inspect(camtText({ rows: ledgerRows(2), openingMinor: 100 }));
    expect(StatementInspection.parse(inspection)).toEqual(inspection);
    expect(Object.keys(inspection)).toEqual([
      'file',
      'format',
      'version',
      'charset',
      'statements',
      'warnings',
      'error',
    ]);
    const [statement] = inspection.statements;
    expect(Object.keys(statement ?? {})).toEqual([
      'account',
      'from',
      'to',
      'opening',
      'closing',
      'transactions',
      'proof',
    ]);
    expect(statement).toMatchObject({
      account: {
        id: 'DE89370400440532013000',
        iban: 'DE89370400440532013000',
        currency: 'EUR',
        name: 'Operating account',
      },
      opening: { amountMinor: '100', date: '2020-01-01' },
      proof: 'pass',
    });
    expect(statement?.transactions[0]).toEqual({
      bookingDate: '2020-01-01',
      valueDate: '2020-01-01',
      amountMinor: '-240000',
      currency: 'EUR',
      exponent: 2,
      state: 'booked',
      description: 'Invoice 0 of 0 goods',
      counterparty: 'Nordwind Energie',
      counterpartyAccount: 'GB33BUKB20201555555555',
      endToEndId: 'E2E-T000000000',
      sourceId: 'T000000000',
      children: [],
    });
  });
  it('the proof fails when an amount changes and is absent without balances', async () => {
    const text = camtText({ rows: ledgerRows(3) });
    expect((await inspect(text.replace('2400.00', '2400.01'))).statements[0]?.proof).toBe('fail');
    expect((await inspect(text.replaceAll(/<Bal>.*<\/Bal>\n/g, ''))).statements[0]?.proof).toBe('absent');
    expect((await inspect(ofxText({ rows: ledgerRows(3) }))).statements[0]?.proof).toBe('absent');
  });
  it('a broken file gives its error and no statements, though rows came before', async () => {
    const text = camtText({ rows: ledgerRows(3000) });
    const inspection = await inspect(text.slice(0, -20));
    expect(inspection).toMatchObject({
      format: 'camt',
      version: '053.001.08',
      statements: [],
      error: { code: 'STATEMENT_MALFORMED' },
    });
  });
  it('a failure to read the bytes is not a failure of the file', async () => {
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('OFXHEADER:100');
      throw new RangeError('disk');
    };
    await expect(inspectStatement('file', broken())).rejects.toThrow('disk');
  });
});

describe('files that are no statement', () => {
  it.each([
    ['nothing', '', 'STATEMENT_EMPTY', undefined],
    ['blanks', ' \r\n\t\n', 'STATEMENT_EMPTY', undefined],
    ['a PDF', '%PDF-1.7\n', 'STATEMENT_FORMAT_UNKNOWN', 'a PDF document'],

    ['a web page', '<!DOCTYPE html><html>', 'STATEMENT_FORMAT_UNKNOWN', 'a web page, perhaps the bank’s sign-in page'],
    ['QIF', '!Type:Bank\nD1/2', 'STATEMENT_PROFILE_NEEDED', undefined],
    [
      'MT103',
      '{1:F01X}{2:I103X}{4:\n:20:X\n:23B:CRED\n-}',
      'STATEMENT_FORMAT_UNKNOWN',
      'another SWIFT message, not MT940 or MT942',
    ],
    ['CSV', 'Name;Size\n1;2\n', 'STATEMENT_FORMAT_UNKNOWN', 'a table of text (CSV)'],
    [
      'pain.001',
      '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"/>',
      'STATEMENT_FORMAT_UNKNOWN',
      'another ISO 20022 message, not an account statement',
    ],
    ['other XML', '<?xml version="1.0"?><a/>', 'STATEMENT_FORMAT_UNKNOWN', 'an XML file of another kind'],
    ['bytes', '\u0001\u0002\u0003', 'STATEMENT_FORMAT_UNKNOWN', 'binary data'],
    ['a letter', 'Dear client,', 'STATEMENT_FORMAT_UNKNOWN', 'plain text'],
  ])('%s is named', async (...[, text, code, looksLike]) => {
    const { error, format, statements } = await inspect(text);
    expect(error?.code).toBe(code);
    expect(error?.params['looksLike']).toBe(looksLike);
    expect([format, statements]).toEqual([null, []]);
  });
});

describe('large files', { timeout: 60_000 }, () => {
  it.each(['ofx', 'camt'] as const)('%s: 30,000 rows come in slices, in order and complete', async (format) => {
    let rows = 0;
    let sum = 0;
    for await (const event of readStatement(largeStatement(format, 30_000))) {
      if (event.type !== 'transactions') continue;
      expect(event.items.length).toBeLessThanOrEqual(1000);
      for (const row of event.items) {
        expect(row.sourceId).toBe(ledgerRow(rows).id);
        rows += 1;
        sum += Number(row.amountMinor);
      }
    }
    expect(rows).toBe(30_000);
    expect(sum).toBe(ledgerRows(30_000).reduce((total, row) => total + row.amountMinor, 0));
  });
});

const installed = (command: string): boolean =>
  spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;

function withFile<T>(name: string, text: string, use: (path: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'strongroom-'));
  try {
    writeFileSync(join(folder, name), text);
    return use(join(folder, name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the files these tests write are genuine', () => {
  const schema = sharedFile('specs/iso20022/camt.053.001.08.xsd');
  it.skipIf(schema === null || !installed('xmllint'))(
    'CAMT validates against the ISO schema (needs ../shared and xmllint)',
    () => {
      const status = withFile(
        'a.xml',
        camtText({ rows: ledgerRows(50) }),
        (path) => spawnSync('xmllint', ['--noout', '--schema', schema ?? '', path]).status,
      );
      expect(status).toBe(0);
    },
  );
  it.skipIf(!installed('ofxdump')).each([false, true])('ofxdump reads the same sum from OFX (XML: %s)', (xml) => {
    const rows = ledgerRows(50);
    const output = withFile('a.ofx', ofxText({ rows, xml }), (path) =>
      execFileSync('ofxdump', [path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
    const amounts = Array.from(output.matchAll(/Total money amount: (-?[\d.]+)/g), ([, amount]) =>
      Number(amount?.replace('.', '')),
    );
    expect(amounts).toEqual(rows.map((row) => row.amountMinor));
  });
});
