// From the practice bank to a synced ledger in the real program: identity, pins, consent, sign-in, assignment, dry run, commit, second sync.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LedgerAccountSummary } from '../../../electron/practice-bank/ledger-summary.ts';
import { formatDecimalAmount } from '../../../shared/model/money.ts';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import { startProgram, type Program, type ProgramWindow } from '../../builders/program.ts';
import { describeInChromium } from '../../builders/renderer-page.ts';
import { confirmItIsYou, goTo, makeOffice, monthsBack } from './steps.ts';

const JOINERY = 'Ashdown & Pryce Joinery Ltd';
const IMPORTS = 'Łódź & Åland Design Imports Ltd';

async function assign(page: Page, client: string, account: string): Promise<void> {
  await page.getByRole('combobox', { name: `Client of ${client} – ${account}` }).click();
  await page.getByRole('option', { name: client }).click();
}

describeInChromium('the program: connecting a bank', () => {
  let program: Program;
  let window: ProgramWindow;
  let ledger: LedgerAccountSummary[];
  beforeAll(async () => {
    program = await startProgram();
    await makeOffice(program);
    ledger = await (await program.bank()).ledger();
    window = await program.open();
  });
  afterAll(async () => {
    expect(window.complaints).toEqual([]);
    await window.close();
    await program.close();
  });

  it('shows who answers and which keys are pinned', async () => {
    const { page } = window;
    const { pins } = (await program.bank()).details;
    await goTo(page, 'Connections');
    await page.getByRole('link', { name: 'Connect a bank' }).click();
    await page.getByRole('button', { name: 'Use the practice bank' }).click();
    await page.getByText('olivia', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Is this really the bank').waitFor();
    await page.getByText('Same fingerprint').waitFor();
    await page.getByText('TLSv1.3', { exact: false }).waitFor();
    const shown = await page.locator('[data-fingerprint]').first().getAttribute('data-fingerprint');
    expect(shown).toBe(pins.current);
    await expect.poll(() => page.getByLabel('Fingerprint of the bank’s backup key').inputValue()).toBe(pins.backup);
    await expect.poll(() => page.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(true);
    await page.getByRole('checkbox').check();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Continue' }).click();
  });

  it('asks for the least permissions and signs in at the bank', async () => {
    const { page } = window;
    await page.getByText('ReadTransactionsDetail').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByLabel('Fetch bookings from').fill(monthsBack(await program.bank(), 2));
    await page.getByRole('button', { name: 'Save and go to the sign-in' }).click();
    await page.getByRole('dialog', { name: 'Please confirm that it is you' }).waitFor();
    expect(await program.calls.connections.list({})).toEqual([]);
    expect(await accessibilityFindings(page)).toEqual([]);
    await confirmItIsYou(page);
    await page.getByRole('button', { name: 'Open the bank’s sign-in' }).click();
    await page.getByText('Whose accounts are these').waitFor();
  });

  it('assigns accounts to two clients, none chosen beforehand', async () => {
    const { page } = window;
    const selects = page.getByRole('combobox', { name: /^Client of/ });
    const chosen = await selects.evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
    expect(chosen.length).toBeGreaterThanOrEqual(6);
    expect(new Set(chosen)).toEqual(new Set(['']));
    await expect.poll(() => page.getByRole('button', { name: 'Assign and fetch' }).isDisabled()).toBe(true);
    await assign(page, JOINERY, 'Business Current Account');
    await assign(page, JOINERY, 'Euro Account');
    await assign(page, IMPORTS, 'US Dollar Account');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Assign and fetch' }).click();
  });

  it('shows the dry run with counts and adds nothing before the commit', async () => {
    const { page } = window;
    await page.getByRole('button', { name: /^Commit/ }).waitFor();
    expect(await program.calls.accounts.list({ clientId: null })).toEqual([]);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: /^Commit/ }).click();
    await page.getByText(/new rows committed\.$/).waitFor();
  });

  it('holds exactly the bank’s rows and balances, to the minor unit', async () => {
    const { page } = window;
    const from = monthsBack(await program.bank(), 2);
    const accounts = await program.calls.accounts.list({ clientId: null });
    expect(accounts).toHaveLength(3);
    for (const account of accounts) {
      const truth = ledger.find(({ iban }) => iban === account.iban);
      expect(account.bookedMinor).toBe(truth?.closingMinor);
      const rows = truth?.transactions.filter(({ bookingDate, state }) => bookingDate >= from || state === 'pending');
      expect(account.transactions).toBe(rows?.length);
      expect(account.proof.result).not.toBe('fail');
    }
    await goTo(page, 'Accounts');
    for (const { name, bookedMinor, currency } of accounts) {
      const row = page.getByRole('row').filter({ hasText: name });
      const digits = formatDecimalAmount(BigInt(bookedMinor), currency).replace(/[^\d]/g, '');
      await expect.poll(async () => (await row.allTextContents()).join(' ').replace(/[^\d ]/g, '')).toContain(digits);
    }
    expect(await accessibilityFindings(page)).toEqual([]);
    await goTo(page, 'Overview');
    await page.getByRole('row').filter({ hasText: JOINERY }).getByText('Healthy').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  it('brings nothing new the second time', async () => {
    const { page } = window;
    await goTo(page, 'Connections');
    await page
      .getByRole('row')
      .filter({ hasText: 'Healthy' })
      .getByRole('button', { name: /^Sync now/ })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Nothing new. The ledger already holds every row the bank has.').waitFor();
    await dialog.getByRole('button', { name: 'Record the sync' }).click();
    await dialog.waitFor({ state: 'detached' });
    const [connection] = await program.calls.connections.list({});
    expect(connection?.health).toMatchObject({ state: 'healthy', cause: null, whoseMove: 'nobody' });
    expect(connection?.history.map(({ ok }) => ok)).not.toContain(false);
  });

  it('disconnects: the consent ends at the bank, the credentials leave the keychain, the ledger stays', async () => {
    const { page } = window;
    const before = await program.calls.accounts.list({ clientId: null });
    expect(await program.keychain()).toContain('BEGIN CERTIFICATE');
    await page.getByRole('link', { name: 'Practice Bank' }).click();
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Disconnect' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
    await page.getByText('Practice Bank disconnected. Its accounts and rows are kept.').waitFor();
    await page.getByText('No bank connected').waitFor();
    expect(await program.keychain()).not.toContain('BEGIN CERTIFICATE');
    const rows = (accounts: typeof before) => accounts.map(({ id, transactions }) => [id, transactions]);
    expect(rows(await program.calls.accounts.list({ clientId: null }))).toEqual(rows(before));
  });
});
