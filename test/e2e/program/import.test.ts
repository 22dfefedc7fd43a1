// Statement files of the practice bank through the window's own file input: compared, committed, undone, known the second time; a bad file
// changes nothing.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LedgerAccountSummary } from '../../../electron/practice-bank/ledger-summary.ts';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import { startProgram, type Program, type ProgramWindow } from '../../builders/program.ts';
import { describeInChromium } from '../../builders/renderer-page.ts';
import { chooseClient, confirmItIsYou, goTo, JOINERY, makeOffice, monthsBack } from './steps.ts';

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
});
