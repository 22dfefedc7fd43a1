// Pain 3: a renewed consent or another file names the same account anew, and its whole history comes a second time.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anAnswer, openPainOffice, type BankAnswer, type PainOffice } from './pain-bench.ts';
import {
  bankRecords,
  camt,
  csv,
  CSV_PROFILE,
  IBAN,
  mt940,
  ofx,
  qif,
  QIF_PROFILE,
  type PainRow,
} from './statement-texts.ts';

let office: PainOffice;
beforeAll(async () => void (office = await openPainOffice()));
afterAll(() => office.remove());

/** Two years of rent and pay, a row each: 214 of them, as in the word that is shown before the commit. */
const history: PainRow[] = Array.from({ length: 214 }, (_, at) => {
  const date = new Date(Date.UTC(2024, 3, 1 + at * 3)).toISOString().slice(0, 10);
  return at % 2 === 0
    ? { date, amount: `-${600 + (at % 7)}.05`, text: `Miete ${at}`, name: 'Hausverwaltung Ott', id: `R${at}` }
    : { date, amount: `${900 + (at % 11)}.40`, text: `Lohn ${at}`, name: 'Nordwind GmbH', id: `R${at}` };
});
const cents = history.reduce((sum, { amount }) => sum + BigInt(amount.replace('.', '')), 0n);
const decimal = (minor: bigint): string => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`;
const whole = {
  rows: history,
  from: '2024-04-01',
  to: history.at(-1)?.date ?? '',
  opening: '500.00',
  closing: decimal(50_000n + cents),
};
const BALANCE = String(50_000n + cents);

const FILES = { CAMT: camt(whole), MT940: mt940(whole), OFX: ofx(whole) };
type Format = keyof typeof FILES;
const PAIRS: [Format, Format][] = [
  ['CAMT', 'MT940'],
  ['MT940', 'OFX'],
  ['OFX', 'CAMT'],
  ['CAMT', 'CAMT'],
];

describe('3: securo-finance/securo#445, firefly-iii/firefly-iii#12093', () => {
  test.each(PAIRS)(
    'the whole history as %s and again as %s: 0 new, 214 known, before anything is committed',
    async (first, second) => {
      const client = await office.addClient();
      await client.bring(FILES[first], { source: `history.${first}` });
      const again = await client.stage(FILES[second], { source: `again.${second}` });
      expect(again.counts).toEqual({ new: 0, known: 214, changed: 0, doubtful: 0 });
      expect(again.statements[0]?.accountId).toBe((await client.accounts())[0]?.id);
      await client.commit(again);
      expect(await client.rows()).toHaveLength(214);
      expect(await client.balance()).toBe(BALANCE);
      expect((await client.accounts())[0]?.proof.result).toBe('pass');
    },
  );

  /** Ids are the consent's: none of the first one comes again. */
  const answer = (resourceId: string): BankAnswer => {
    const rows = history.map((row, at) => ({ ...row, id: `${resourceId}-${at}` }));
    return anAnswer(IBAN, bankRecords(rows), resourceId);
  };

  test('a new consent with a new resource and new ids, after the old one or after a file', async () => {
    const client = await office.addClient();
    await client.bring(FILES.CAMT);
    for (const resource of ['before-renewal', 'after-renewal']) {
      const staged = await client.stageAnswer(answer(resource));
      expect(staged.counts).toEqual({ new: 0, known: 214, changed: 0, doubtful: 0 });
      await client.commit(staged);
    }
    expect(await client.accounts()).toHaveLength(1);
    expect(await client.balance()).toBe(BALANCE);
  });

  test.each([
    ['CSV', csv(whole), CSV_PROFILE],
    ['QIF', qif(whole), QIF_PROFILE],
  ] as const)('%s that names no account, put to the one there is', async (_name, text, profile) => {
    const client = await office.addClient();
    await client.bring(FILES.MT940);
    const [account] = await client.accounts();
    const staged = await client.stage(text, { profile, accountId: account!.id });
    expect(staged.counts).toEqual({ new: 0, known: 214, changed: 0, doubtful: 0 });
    await client.commit(staged);
    expect(await client.balance()).toBe(BALANCE);
  });

  test('an account made from a table that named none is the one that a named file is put to, and is found from then on', async () => {
    const client = await office.addClient();
    const table = await client.stage(csv(whole), { profile: CSV_PROFILE, source: 'umsatz.csv' });
    await client.commit(await client.assign(table, 0, null));
    const [made] = await client.accounts();
    const named = await client.assign(await client.stage(FILES.CAMT), 0, made!.id);
    expect(named.counts).toEqual({ new: 0, known: 214, changed: 0, doubtful: 0 });
    await client.commit(named);
    expect((await client.accounts())[0]).toMatchObject({ id: made!.id, iban: IBAN });
    const later = await client.stage(FILES.OFX);
    expect(later.statements[0]?.accountId).toBe(made!.id);
    expect(later.counts).toMatchObject({ new: 0, known: 214 });
    expect(await client.balance()).toBe(BALANCE);
  });
});

test('3 and 20: actualbudget/actual#5505: a second provider and files fill the same account without doubles, each in its own words', async () => {
  const client = await office.addClient();
  const rows = (words: string): PainRow[] =>
    ['2026-03-01', '2026-03-02', '2026-03-03'].map((date, at) => ({
      date,
      amount: `-${at + 1}.00`,
      text: `${words} Acme ${at}`,
      name: 'Acme',
      id: `${words}${at}`,
    }));
  const march = { from: '2026-03-01', to: '2026-03-03', opening: '10.00', closing: '4.00' };
  await client.bringAnswer(anAnswer(IBAN, bankRecords(rows('api')), 'first'));
  expect((await client.bring(camt({ rows: rows('SEPA'), ...march }))).counts).toMatchObject({ new: 0, known: 3 });
  expect((await client.bring(ofx({ rows: rows('memo'), ...march }))).counts).toMatchObject({ new: 0, known: 3 });
  const again = await client.bringAnswer(anAnswer(IBAN, bankRecords(rows('api')), 'second'));
  expect(again.counts).toMatchObject({ new: 0, known: 3 });
  expect((await client.list()).map(({ description }) => description)).toEqual([
    'api Acme 0',
    'api Acme 1',
    'api Acme 2',
  ]);
  expect(await client.balance()).toBe('400');
});
