// The synced ledger in the window: sorted, searched and filtered as the bank's own ledger would be, each row back to the bank's own record.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LedgerAccountSummary, LedgerTransaction } from '../../../electron/practice-bank/ledger-summary.ts';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import { startProgram, type Program, type ProgramWindow } from '../../builders/program.ts';
import { describeInChromium } from '../../builders/renderer-page.ts';
import { chooseClient, firstRow, goTo, JOINERY, makeConnection, makeOffice, monthsBack } from './steps.ts';

describeInChromium('the program: the ledger', () => {
  let program: Program;
  let window: ProgramWindow;
  /** The bank's rows of the client's accounts since the connection's start. */
  let rows: readonly (LedgerTransaction & Pick<LedgerAccountSummary, 'currency'>)[];
  beforeAll(async () => {
    program = await startProgram();
    await makeOffice(program);
    await makeConnection(program, 2);
    const bank = await program.bank();
    const from = monthsBack(bank, 2);
    rows = (await bank.ledger())
      .filter(({ company }) => company === JOINERY)
      .flatMap(({ currency, transactions }) => transactions.map((row) => ({ ...row, currency })))
      .filter(({ bookingDate }) => bookingDate >= from);
    window = await program.open();
    await chooseClient(window.page, JOINERY);
    await goTo(window.page, 'Transactions');
    await firstRow(window.page).waitFor();
  });
  afterAll(async () => {
    expect(window.complaints).toEqual([]);
    await window.close();
    await program.close();
  });

  const totals = () => window.page.getByRole('list', { name: 'Totals of what is filtered' });
  const shownCount = async () => Number((await totals().getByRole('listitem').first().innerText()).replace(/\D/g, ''));
  const shownMinor = async () => await firstRow(window.page).locator('[data-minor]').getAttribute('data-minor');
  const amounts = () => rows.map(({ amountMinor }) => BigInt(amountMinor));

  it('counts every row of the bank and sorts by amount in both directions', async () => {
    const { page } = window;
    expect(rows.length).toBeGreaterThan(300);
    await expect.poll(shownCount).toBe(rows.length);
    const sorted = amounts().toSorted((one, other) => (one < other ? -1 : 1));
    await page.getByRole('button', { name: 'Amount', exact: true }).click();
    await expect.poll(shownMinor).toBe(String(sorted.at(-1)));
    await page.getByRole('button', { name: 'Amount', exact: true }).click();
    await expect.poll(shownMinor).toBe(String(sorted[0]));
    await page.getByRole('button', { name: 'Booked on', exact: true }).click();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  it('finds a word in names and texts, accents and case ignored', async () => {
    const { page } = window;
    const plain = (text: string | null): string => (text ?? '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    const found = rows.filter(({ description, counterparty }) =>
      plain(`${description} ${counterparty ?? ''}`)
        .split(/[^\p{L}\p{N}]+/u)
        .includes('brucke'),
    );
    expect(found.length).toBeGreaterThan(3);
    await page.getByLabel('Search transactions').fill('brucke');
    await expect.poll(shownCount).toBe(found.length);
    await page.getByRole('button', { name: /^Remove filter Text/ }).click();
    await expect.poll(shownCount).toBe(rows.length);
  });

  it('keeps to a period of the bank’s own days', async () => {
    const { page } = window;
    const [from, to] = [monthsBack(await program.bank(), 2), monthsBack(await program.bank(), 1)];
    await page.getByRole('button', { name: 'Period', exact: true }).click();
    await page.getByLabel('From', { exact: true }).fill(from);
    await page.getByLabel('To', { exact: true }).fill(to);
    await page.keyboard.press('Escape');
    const inside = rows.filter(
      ({ bookingDate, state }) => state === 'booked' && bookingDate >= from && bookingDate <= to,
    );
    await expect.poll(shownCount).toBe(inside.length);
  });

  it('leads from a row to the record the bank sent and the receipt it came with', async () => {
    const { page } = window;
    await firstRow(page).click();
    const panel = page.getByRole('complementary', { name: 'Transaction details' });
    await panel.getByText('Bank connection: Practice Bank').waitFor();
    await panel.getByRole('button', { name: 'Show the source record' }).click();
    const raw = await panel.getByRole('region', { name: 'Source record' }).innerText();
    const record = JSON.parse(raw) as { readonly TransactionId: string; readonly Amount: { readonly Amount: string } };
    const minor = await firstRow(page).locator('[data-minor]').getAttribute('data-minor');
    const truth = rows.find(({ id }) => id === record.TransactionId);
    expect(truth?.amountMinor).toBe(minor);
    expect(record.Amount.Amount.replace('.', '')).toBe(String(minor).replace('-', ''));
    expect(await accessibilityFindings(page)).toEqual([]);
  });
});
