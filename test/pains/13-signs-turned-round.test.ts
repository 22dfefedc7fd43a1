// Pain 13: a card's purchases come with a plus and its debt as an asset, or an available balance is taken for the booked one.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BatchSummary } from '../../shared/ipc/contract/batches.ts';
import { openPainOffice, type BringOptions, type PainClient, type PainOffice } from './pain-bench.ts';
import {
  camtAround,
  camtBalance,
  camtEntry,
  cardOfx,
  csv,
  CSV_PROFILE,
  mt940,
  ofx,
  type PainRow,
  type PainStatement,
} from './statement-texts.ts';

let office: PainOffice;
beforeAll(async () => void (office = await openPainOffice()));
afterAll(() => office.remove());

/** As the card bank writes it: what was spent and what is owed have a plus. */
const march: PainRow[] = [
  { date: '2026-03-03', amount: '300.00', text: 'Hotel Adria', name: 'Adria', id: 'H' },
  { date: '2026-03-10', amount: '-100.00', text: 'Payment received', name: 'Own account', id: 'P' },
  { date: '2026-03-21', amount: '116.39', text: 'Train to Graz', name: 'ÖBB', id: 'T' },
];
const april: PainRow[] = [{ date: '2026-04-04', amount: '20.00', text: 'Books', name: 'Thalia', id: 'B' }];
const months = {
  march: { rows: march, from: '2026-03-01', to: '2026-03-31', closing: '316.39' },
  april: { rows: april, from: '2026-04-01', to: '2026-04-30', closing: '336.39' },
};

interface Source {
  readonly write: (statement: PainStatement) => string;
  readonly options: BringOptions;
  /** What the source states as owed at the end of March; null where it states none. */
  readonly owed: string | null;
}
const SOURCES: [string, Source][] = [
  ['a card in OFX', { write: cardOfx, options: {}, owed: '31639' }],
  ['a table of a card', { write: csv, options: { profile: CSV_PROFILE }, owed: null }],
];

/** A table names no account: it goes to the one there is, or makes it. */
async function stage(client: PainClient, { write, options }: Source, month: PainStatement): Promise<BatchSummary> {
  const [account] = await client.accounts();
  const staged = await client.stage(write(month), { ...options, accountId: account?.id ?? null });
  const isOpen = staged.statements.some(({ ambiguous }) => ambiguous);
  return isOpen ? await client.assign(staged, 0, null) : staged;
}

describe.each(SOURCES)('13: actualbudget/actual-server#261: %s', (_name, source) => {
  test('is asked about once, turned round, and right from then on', async () => {
    const client = await office.addClient();
    const first = await stage(client, source, months.march);
    expect(first.statements[0]).toMatchObject({ first: true, inverted: false, closingMinor: source.owed });
    const turned = await client.invert(first, 0, true);
    expect(turned.statements[0]).toMatchObject({ inverted: true, closingMinor: source.owed && '-31639' });
    await client.commit(first);
    expect(await client.rows()).toEqual(['2026-03-03 -30000', '2026-03-10 10000', '2026-03-21 -11639']);
    expect(await client.balance()).toBe('-31639');
    const [hotel] = await client.list();
    expect((await client.get(hotel!.id)).rawAmount.replace(',', '.')).toBe('300.00');

    const second = await stage(client, source, months.april);
    expect(second.statements[0]).toMatchObject({ first: false, inverted: true });
    await client.commit(second);
    expect(await client.balance()).toBe('-33639');
    const again = await stage(client, source, months.march);
    expect(again.counts).toEqual({ new: 0, known: 3, changed: 0, doubtful: 0 });
  });

  test('undone, the choice is gone with the rows', async () => {
    const client = await office.addClient();
    await client.bring(ofx(months.april));
    const [account] = await client.accounts();
    const staged = await client.stage(source.write(months.march), source.options);
    const mine = await client.assign(staged, 0, account!.id);
    await client.commit(await client.invert(mine, 0, true));
    await client.undo(mine);
    const again = await client.assign(await client.stage(source.write(months.march), source.options), 0, account!.id);
    expect(again.statements[0]).toMatchObject({ inverted: false, closingMinor: source.owed });
    expect(await client.rows()).toEqual(['2026-04-04 2000']);
  });
});

describe('13: actualbudget/actual-server#261: only a booked balance is the balance', () => {
  const rows: PainRow[] = [{ date: '2026-03-03', amount: '-25.00', text: 'Lunch', id: 'L' }];
  const days = { rows, from: '2026-03-01', to: '2026-03-31', opening: '125.00', closing: '100.00' };
  const at = { date: '2026-03-31', currency: 'EUR' };
  const withCredit = camtAround(
    days,
    [
      camtBalance('CLAV', '5100.00', at),
      camtBalance('OPBD', '125.00', { ...at, date: '2026-03-01' }),
      camtBalance('CLBD', '100.00', at),
      camtBalance('FWAV', '-900.00', at),
      ...rows.map((row) => camtEntry(row)),
    ].join(''),
  );
  const swift = mt940(days).replace('\r\n-\r\n', '\r\n:64:C260331EUR5100,00\r\n-\r\n');
  const available = ofx(days).replace('</STMTRS>', '<AVAILBAL><BALAMT>5100.00<DTASOF>20260331</AVAILBAL></STMTRS>');

  test.each([
    ['CAMT', withCredit],
    ['MT940', swift],
    ['OFX', available],
  ])('%s with a credit line in its available balance', async (_name, text) => {
    const client = await office.addClient();
    await client.bring(text);
    expect(await client.balance()).toBe('10000');
    expect(await client.stated()).toEqual(expect.arrayContaining(['closing-available 510000', 'closing-booked 10000']));
  });

  test.each([
    [
      'CAMT',
      (statement: PainStatement) =>
        camtAround(
          statement,
          [
            camtBalance('OPBD', '-40.00', at),
            camtBalance('CLBD', '-65.00', at),
            ...rows.map((row) => camtEntry(row)),
          ].join(''),
        ),
    ],
    ['MT940', (statement: PainStatement) => mt940({ ...statement, opening: '-40.00', closing: '-65.00' })],
    ['OFX', (statement: PainStatement) => ofx({ ...statement, closing: '-65.00' })],
  ])('%s: what is overdrawn is owed', async (_name, write) => {
    const client = await office.addClient();
    await client.bring(write(days));
    expect(await client.balance()).toBe('-6500');
  });
});
