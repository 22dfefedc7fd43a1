// Files that say themselves that nothing was booked: a success whose balances and days count. A file that merely holds no rows is none.
import { expect, test } from 'vitest';
import { StatementStream } from '../../../electron/adapters/statements/read-statement.ts';
import { CLIENT, createClientVault } from '../../builders/client-vault.ts';
import { aSourceRow, statementEvents } from '../../builders/ledger.ts';

const camtBalance = (code: string, amount: string, date: string): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${date}</Dt></Dt></Bal>`;
const camt = (closing = '250.10'): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>',
    '<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-04-01T06:00:00</CreDtTm></GrpHdr><Stmt><Id>S1</Id><CreDtTm>2026-04-01T06:00:00</CreDtTm>',
    '<FrToDt><FrDtTm>2026-03-01T00:00:00</FrDtTm><ToDtTm>2026-03-31T00:00:00</ToDtTm></FrToDt>',
    '<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>',
    camtBalance('OPBD', '250.10', '2026-03-01'),
    camtBalance('CLBD', closing, '2026-03-31'),
    '</Stmt></BkToCstmrStmt></Document>',
  ].join('');
const mt940 = (closing = 'C260331EUR250,10'): string =>
  [':20:X', ':25:DE89370400440532013000', ':28C:3/1', ':60F:C260228EUR250,10', `:62F:${closing}`, '-', ''].join('\r\n');

function eventsOf(text: string) {
  const stream = new StatementStream();
  return [...stream.write(Buffer.from(text, 'utf8')), ...stream.end()];
}

test.each([
  ['CAMT', 'camt 053.001.08', camt],
  [
    'CAMT without days',
    'camt 053.001.08',
    () =>
      camt()
        .replace(/<FrToDt>.*<\/FrToDt>/, '')
        .replace('2026-03-01', '2026-02-28'),
  ],
  ['MT940', 'mt940', mt940],
])('an empty month in %s is committed, proven and covered', (_name, reader, write) => {
  const vault = createClientVault();
  const batch = vault.stage(eventsOf(write()), { reader, source: 'march' });
  expect(batch.statements).toMatchObject([{ rows: 0, openingMinor: '25010', closingMinor: '25010', proof: 'pass' }]);
  expect(vault.commit(batch.id)).toMatchObject({ counts: { new: 0, known: 0, changed: 0, doubtful: 0 }, sums: [] });
  const [account] = vault.store.accounts.list();
  expect(account).toMatchObject({ bookedMinor: '25010', transactions: 0, proof: { result: 'pass' } });
  const [coverage] = vault.handlers.statements.coverage(
    { clientId: CLIENT, from: '2026-03', to: '2026-03' },
    vault.context,
  ) as {
    months: unknown[];
  }[];
  expect(coverage?.months).toMatchObject([{ state: 'proven', rows: 0, statements: 1 }]);
  vault.undo(batch.id);
  expect(vault.store.accounts.list()).toEqual([]);
});

test('an empty statement between two full ones keeps the chain whole', () => {
  const vault = createClientVault();
  const row = (bookingDate: string) => aSourceRow({ bookingDate, currency: 'EUR', description: bookingDate });
  const [start] = eventsOf(camt());
  if (start?.type !== 'statement') throw new TypeError('a statement begins with its account');
  const { account } = start;
  vault.bring(statementEvents({ account, rows: [row('2026-02-28')], openingMinor: 25_360n, closingMinor: 25_010n }));
  vault.bring(eventsOf(camt()), { reader: 'camt 053.001.08' });
  vault.bring(statementEvents({ account, rows: [row('2026-04-01')], openingMinor: 25_010n, closingMinor: 24_660n }));
  expect(vault.store.accounts.list()).toMatchObject([{ bookedMinor: '24660', proof: { result: 'pass' } }]);
  const [coverage] = vault.handlers.statements.coverage(
    { clientId: CLIENT, from: '2026-03', to: '2026-03' },
    vault.context,
  ) as {
    months: unknown[];
  }[];
  expect(coverage?.months).toMatchObject([{ state: 'proven', rows: 0, statements: 1 }]);
});

test.each([
  ['balances that moved without a row', 'STATEMENT_NO_TRANSACTIONS', () => eventsOf(camt('260.10'))],
  ['the same in MT940', 'STATEMENT_NO_TRANSACTIONS', () => eventsOf(mt940('C260331EUR260,10'))],
])('%s are refused by the reader', (_name, code, read) => {
  expect(read).toThrow(expect.objectContaining({ code }));
});

test('no rows and no word of it are refused by the vault itself', () => {
  const vault = createClientVault();
  expect(() => vault.stage(statementEvents({ rows: [] }), { source: 'march.ofx' })).toThrow(
    expect.objectContaining({ code: 'STATEMENT_NO_TRANSACTIONS', params: { file: 'march.ofx' } }),
  );
});
