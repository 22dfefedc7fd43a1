// Statement files of the practice bank: judged by the official schema and a foreign reader, and compared with its own ledger.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCalendarDate } from '../../shared/model/calendar-date.ts';
import { currencyExponent } from '../../shared/model/currency.ts';
import { Iban } from '../../shared/model/iban.ts';
import { parseDecimalAmount } from '../../shared/model/money.ts';
import type { LedgerAccount } from '../../electron/practice-bank/ledger/ledger-row.ts';
import { createLedger } from '../../electron/practice-bank/ledger/ledger.ts';
import { statementFile } from '../../electron/practice-bank/statements/statement-file.ts';
import { itWithShared } from '../builders/shared-data.ts';

const [FROM, TO] = [parseCalendarDate('2026-01-01'), parseCalendarDate('2026-06-30')];
const ledger = createLedger('practice', TO);
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'statement-files-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const here = (tool: string): boolean => spawnSync(tool, ['--version']).error === undefined;
const cases = ledger.accounts.map((account) => [`${account.company} ${account.name}`, account] as const);

function write(account: LedgerAccount, format: 'ofx' | 'camt053'): string {
  return statementFile(ledger, { iban: Iban.parse(account.iban), format, from: FROM, to: TO });
}

function save(account: LedgerAccount, format: 'ofx' | 'camt053'): string {
  const file = join(folder, `${account.accountId}.${format === 'ofx' ? 'ofx' : 'xml'}`);
  writeFileSync(file, write(account, format));
  return file;
}

/** The texts of all elements at a path, in order: a strict parser of the project's own choice, no knowledge of either format. */
function textsAt(xml: string, path: string): string[] {
  const [stack, texts]: [string[], string[]] = [[], []];
  const parser = new SaxesParser();
  let text = '';
  parser.on('opentag', (tag) => {
    stack.push(tag.name);
    text = '';
  });
  parser.on('text', (chunk) => (text += chunk));
  parser.on('closetag', () => {
    if (stack.join('/') === path) texts.push(text);
    stack.pop();
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return texts;
}

function bookedRows(account: LedgerAccount) {
  return account.rows.filter((row) => row.state === 'booked' && row.bookingDate >= FROM);
}

const STATEMENT = 'Document/BkToCstmrStmt/Stmt';

describe('CAMT.053.001.08', () => {
  it.each(cases)('%s: opening plus entries is closing, entry by entry the ledger', (_name, account) => {
    const xml = write(account, 'camt053');
    const exponent = currencyExponent(account.currency);
    const signed = (path: string): bigint[] => {
      const signs = textsAt(xml, `${STATEMENT}/${path}/CdtDbtInd`);
      return textsAt(xml, `${STATEMENT}/${path}/Amt`).map(
        (text, index) => parseDecimalAmount(text, exponent) * (signs[index] === 'DBIT' ? -1n : 1n),
      );
    };
    const [opening, closing] = signed('Bal');
    const entries = signed('Ntry');
    expect(entries).toEqual(bookedRows(account).map((row) => row.amountMinor));
    expect((opening ?? 0n) + entries.reduce((sum, amount) => sum + amount, 0n)).toBe(closing);
    expect(textsAt(xml, `${STATEMENT}/Ntry/AcctSvcrRef`)).toEqual(bookedRows(account).map((row) => row.id));
    const details = bookedRows(account).flatMap((row) =>
      row.details.length > 0 ? row.details.map((detail) => detail.amountMinor) : [row.amountMinor],
    );
    expect(signed('Ntry/NtryDtls/TxDtls')).toEqual(details);
  });
});

describe.skipIf(!here('xmllint'))('CAMT.053.001.08 by xmllint', () => {
  itWithShared('specs/iso20022/camt.053.001.08.xsd', 'every account’s file satisfies the official schema', (schema) => {
    const files = ledger.accounts.map((account) => save(account, 'camt053'));
    const result = spawnSync('xmllint', ['--noout', '--schema', schema, ...files], { encoding: 'utf8' });
    expect([
      result.status,
      result.stderr.split('\n').filter((line) => line !== '' && !line.endsWith(' validates')),
    ]).toEqual([0, []]);
  });
});

describe('OFX 2.2', () => {
  it.each(cases)('%s: rows and closing balance are the ledger’s', (_name, account) => {
    const [, ofx = ''] = write(account, 'ofx').split(/(?=<OFX>)/);
    const list = 'OFX/BANKMSGSRSV1/STMTTRNRS/STMTRS';
    const exponent = currencyExponent(account.currency);
    const amounts = textsAt(ofx, `${list}/BANKTRANLIST/STMTTRN/TRNAMT`).map((text) =>
      parseDecimalAmount(text, exponent),
    );
    expect(amounts).toEqual(bookedRows(account).map((row) => row.amountMinor));
    expect(textsAt(ofx, `${list}/BANKTRANLIST/STMTTRN/FITID`)).toEqual(bookedRows(account).map((row) => row.id));
    const [closing = ''] = textsAt(ofx, `${list}/LEDGERBAL/BALAMT`);
    expect(parseDecimalAmount(closing, exponent)).toBe(
      account.rows.findLast((row) => row.state === 'booked')?.balanceAfterMinor,
    );
  });

  it.skipIf(!here('ofxdump'))('a foreign reader finds every row of every account', () => {
    for (const account of ledger.accounts) {
      const { stdout, status } = spawnSync('ofxdump', [save(account, 'ofx')], {
        encoding: 'utf8',
        maxBuffer: 64_000_000,
      });
      expect(status).toBe(0);
      expect(stdout.match(/Financial institution's ID for this transaction: PB/g)?.length).toBe(
        bookedRows(account).length,
      );
    }
  });
});

describe('refusals', () => {
  it('knows only its own accounts and periods that run forward', () => {
    const iban = Iban.parse(ledger.accounts[0]?.iban);
    expect(() =>
      statementFile(ledger, { iban: Iban.parse('GB33BUKB20201555555555'), format: 'ofx', from: FROM, to: TO }),
    ).toThrow('no such account');
    expect(() => statementFile(ledger, { iban, format: 'ofx', from: TO, to: FROM })).toThrow('upside down');
  });
});
