// Statement files through the window's own file input: compared, committed, undone, known the second time, asked about, decided, excluded; a bad
// file changes nothing.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LedgerAccountSummary } from '../../../electron/practice-bank/ledger-summary.ts';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import { startProgram, type Program, type ProgramWindow } from '../../builders/program.ts';
import { describeInChromium } from '../../builders/renderer-page.ts';
import { camtText, decimal, ledgerRows } from '../../builders/statement-files.ts';
import { chooseClient, confirmItIsYou, firstRow, goTo, JOINERY, makeOffice, monthsBack } from './steps.ts';

describeInChromium('the program: importing files', () => {
  let program: Program;
  let window: ProgramWindow;
  let account: LedgerAccountSummary;
  beforeAll(async () => {
    program = await startProgram();
    await makeOffice(program);
    const found = (await (await program.bank()).ledger()).find(
      ({ company, currency }) => company === JOINERY && currency === 'EUR',
    );
    if (!found) throw new TypeError('the practice bank has no such account');
    account = found;
    window = await program.open();
    await chooseClient(window.page, JOINERY);
  });
  afterAll(async () => {
    expect(window.complaints).toEqual([]);
    await window.close();
    await program.close();
  });

  const accounts = async () => await program.calls.accounts.list({ clientId: null });

  /** The bank's file of so many months, ended yesterday so that nothing pending is near. */
  async function statement(format: 'ofx' | 'camt053', months: number): Promise<string> {
    const bank = await program.bank();
    return await bank.statementFile({ iban: account.iban, format, from: monthsBack(bank, months), to: account.to });
  }

  async function bookedSince(months: number): Promise<number> {
    const from = monthsBack(await program.bank(), months);
    return account.transactions.filter(({ state, bookingDate }) => state === 'booked' && bookingDate >= from).length;
  }

  async function drop(name: string, content: string): Promise<void> {
    const file = { name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) };
    await goTo(window.page, 'Import');
    await window.page.locator('input[name="files"]').setInputFiles(file);
  }

  async function commit(source: string): Promise<void> {
    await window.page.getByRole('button', { name: /^Commit/ }).click();
    await window.page.getByText(`${source} committed`).waitFor();
  }

  it('CAMT.053: shows what would change, commits it and proves the balance', async () => {
    const { page } = window;
    const rows = await bookedSince(2);
    await drop('february.xml', await statement('camt053', 2));
    await page.getByRole('heading', { level: 1, name: 'february.xml' }).waitFor();
    await page.getByText(/^CAMT/i).first().waitFor();
    await page.getByRole('button', { name: `Commit ${rows} rows` }).waitFor();
    await page.getByRole('grid').getByText('No row like it in the ledger').first().waitFor();
    expect(await accounts()).toEqual([]);
    expect(await accessibilityFindings(page)).toEqual([]);
    await commit('february.xml');
    const [imported] = await accounts();
    expect(imported).toMatchObject({
      iban: account.iban,
      transactions: rows,
      bookedMinor: account.closingMinor,
      proof: { result: 'pass' },
    });
  });

  it('undoes the batch and leaves no row of it', async () => {
    const { page } = window;
    await page.getByRole('main').getByRole('button', { name: 'Undo', exact: true }).click();
    await page.getByRole('button', { name: 'Undo the batch' }).click();
    await confirmItIsYou(page);
    await page.getByText('february.xml undone. Its rows are out of the ledger.').waitFor();
    expect((await accounts()).reduce((sum, { transactions }) => sum + transactions, 0)).toBe(0);
  });

  it('knows every row of a file that came before', async () => {
    const { page } = window;
    const rows = await bookedSince(2);
    await drop('february-again.xml', await statement('camt053', 2));
    await page.getByRole('button', { name: `Commit ${rows} rows` }).waitFor();
    await commit('february-again.xml');
    await drop('february-third.xml', await statement('camt053', 2));
    await page.getByRole('heading', { level: 1, name: 'february-third.xml' }).waitFor();
    await page.getByRole('button', { name: 'Commit with no new rows' }).waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByText('february-third.xml discarded. The ledger was not touched.').waitFor();
    expect((await accounts()).map(({ transactions }) => transactions)).toEqual([rows]);
  });

  it('OFX of a longer period: only what CAMT.053 had not brought is new', async () => {
    const { page } = window;
    const [before, after] = [await bookedSince(2), await bookedSince(4)];
    await drop('spring.ofx', await statement('ofx', 4));
    await page.getByRole('heading', { level: 1, name: 'spring.ofx' }).waitFor();
    await page.getByText(/^ofx/i).first().waitFor();
    await page.getByRole('button', { name: /^Commit/ }).waitFor();
    const staged = await program.calls.batches.list({ clientId: (await accounts())[0]?.clientId ?? '' });
    const { counts, statements } = staged.find(({ source }) => source === 'spring.ofx') ?? {};
    expect(statements?.map(({ accountId }) => accountId)).toEqual([(await accounts())[0]?.id]);
    expect(counts).toEqual({ new: after - before, known: before, changed: 0, doubtful: 0 });
    await commit('spring.ofx');
    expect((await accounts()).map(({ transactions }) => transactions)).toEqual([after]);
  });

  it('refuses a file that breaks off, says why, and changes nothing', async () => {
    const { page } = window;
    const before = await accounts();
    const content = await statement('camt053', 1);
    await drop('broken.xml', content.slice(0, content.length / 2));
    await page.locator('[role="alert"][data-code="STATEMENT_MALFORMED"]').waitFor();
    await page.getByText('Not read. The ledger is as it was.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await accounts()).toEqual(before);
    const batches = await program.calls.batches.list({ clientId: before[0]?.clientId ?? '' });
    expect(batches.map(({ source }) => source)).not.toContain('broken.xml');
  });

  describe('files of another client, several formats at once', () => {
    const ROWS = ledgerRows(30);
    const [last] = ROWS.slice(-1);
    // In other words and without an id: on the day and of the amount of a row that the ledger will have.
    const amount = decimal(last?.amountMinor ?? 0).replace('.', ',');
    const CSV = `Date;Text;Amount\n${last?.date ?? ''};Something quite different;${amount}\n2020-02-03;Rent;-12,50\n2020-02-14;Invoice;100,00\n`;

    const ofClient = async () => {
      const [, second] = await program.calls.clients.list({});
      if (!second) throw new TypeError('the office has a second client');
      return second;
    };
    const rowCount = async (): Promise<number> =>
      (await program.calls.accounts.list({ clientId: (await ofClient()).id })).reduce(
        (sum, { transactions }) => sum + transactions,
        0,
      );
    const review = async (name: string): Promise<void> => {
      await goTo(window.page, 'Import');
      const waiting = window.page.getByRole('listitem').filter({ hasText: name });
      await waiting.getByRole('link', { name: /^Review/ }).click();
      await window.page.getByRole('heading', { level: 1, name }).waitFor();
    };

    it('reads what can be read, counts the rest, and asks of a new account whether it owes', async () => {
      const { page } = window;
      await chooseClient(page, (await ofClient()).name);
      await goTo(page, 'Import');
      const camt = camtText({ rows: ROWS });
      const files = { 'a.xml': camt, 'a-copy.xml': camt, 'd.csv': CSV, 'broken.xml': camt.slice(0, 900) };
      await page.locator('input[name="files"]').setInputFiles(
        Object.entries(files).map(([name, content]) => ({
          name,
          mimeType: 'application/octet-stream',
          buffer: Buffer.from(content),
        })),
      );
      await page.getByRole('status').getByText('2 ok, 2 need you').waitFor();
      expect(await accessibilityFindings(page)).toEqual([]);
      await review('a.xml');
      const owed = ROWS.reduce((sum, { amountMinor }) => sum + amountMinor, 0) < 0;
      await page.getByText(owed ? /^Does .+, money owed\?/ : /^Does .+, money it holds\?/).waitFor();
      await commit('a.xml');
      expect(await rowCount()).toBe(ROWS.length);
    });

    it('says of the same file dropped twice that it brings nothing new', async () => {
      const { page } = window;
      await review('a-copy.xml');
      await page.getByText('Nothing new: all 30 rows are in the ledger already.', { exact: false }).waitFor();
      await page.getByRole('button', { name: 'Discard' }).click();
      await page.getByText('a-copy.xml discarded.', { exact: false }).waitFor();
    });

    it('asks how a CSV file is to be read, and leaves its doubtful row to a person', async () => {
      const { page } = window;
      await goTo(page, 'Import');
      await page.getByRole('link', { name: 'Answer what d.csv leaves open' }).click();
      await page.getByRole('combobox', { name: 'In which currency are the amounts?' }).click();
      await page.getByRole('option', { name: 'EUR', exact: true }).click();
      await page.getByRole('combobox', { name: 'Goes to' }).click();
      await page.getByRole('option', { name: /^Operating account/ }).click();
      await page.getByRole('button', { name: 'Read the file' }).click();
      await review('d.csv');
      await page.getByRole('button', { name: 'Commit 2 rows' }).waitFor();
      await commit('d.csv');
      expect(await rowCount()).toBe(32);
      await goTo(page, 'Overview');
      const matter = page.getByRole('listitem').filter({ hasText: 'd.csv' });
      await matter.getByRole('button', { name: 'Decide' }).click();
      await page.getByRole('button', { name: /^Two rows/ }).click();
      await page.getByText('Nothing to decide').waitFor();
      expect(await rowCount()).toBe(33);
    });

    it('says what an undo takes back, and takes it back with the decision', async () => {
      const { page } = window;
      await goTo(page, 'Import');
      await page.getByRole('button', { name: 'Undo d.csv' }).click();
      const dialog = page.getByRole('dialog', { name: 'Undo d.csv?' });
      await dialog.getByText('2 rows leave the ledger.').waitFor();
      await dialog.getByText('Decisions on its doubtful rows lose their effect.').waitFor();
      await dialog.getByRole('button', { name: 'Undo the batch' }).click();
      // The proof given for the first undo may still hold.
      const asked = page.getByRole('dialog', { name: 'Please confirm that it is you' });
      const done = page.getByText('d.csv undone. Its rows are out of the ledger.');
      await asked.or(done).first().waitFor();
      if (await asked.isVisible()) await confirmItIsYou(page);
      await done.waitFor();
      expect(await rowCount()).toBe(ROWS.length);
    });

    it('keeps an excluded row out when a file brings it again, and restores it', async () => {
      const { page } = window;
      await goTo(page, 'Transactions');
      const bookedOn = page.getByRole('columnheader', { name: 'Booked on' });
      await firstRow(page).waitFor();
      await bookedOn.getByRole('button').click();
      await firstRow(page).getByText('01/01/2020').click();
      await page.getByRole('button', { name: 'Exclude…' }).click();
      await page.keyboard.type('the bank says it never happened');
      await page.getByRole('button', { name: 'Exclude', exact: true }).click();
      await page.getByText('the bank says it never happened').waitFor();
      expect(await rowCount()).toBe(ROWS.length - 1);
      await drop('a-again.xml', camtText({ rows: ROWS }));
      await page.getByText('Nothing new: all 30 rows are in the ledger already.', { exact: false }).waitFor();
      await page.getByRole('grid').getByText('Known as a row that was excluded. It stays out').waitFor();
      await commit('a-again.xml');
      expect(await rowCount()).toBe(ROWS.length - 1);
      await goTo(page, 'Transactions');
      await page.getByRole('button', { name: 'State', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Excluded or settled' }).click();
      await firstRow(page).getByText('Removed').click();
      await page.getByRole('button', { name: 'Restore' }).click();
      await page.getByText('Restored. Totals and balance count it again.').waitFor();
      expect(await rowCount()).toBe(ROWS.length);
    });
  });
});
