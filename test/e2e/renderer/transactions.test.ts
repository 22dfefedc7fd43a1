// The ledger screen in a real Chromium over the app double: scrolling, sorting, searching, filtering, keyboard, provenance.
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TransactionPage } from '../../../shared/ipc/contract/transactions.ts';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import type { AppDouble } from '../../builders/app-double.ts';
import { accountId, clientId, instantAgo } from '../../builders/app-double/ids.ts';
import { changeReply, recordCalls, valueOf, type CallsOf } from '../../builders/renderer-calls.ts';
import {
  describeInChromium,
  startRendererBrowser,
  type OpenedPage,
  type OpenOptions,
  type RendererBrowser,
} from '../../builders/renderer-page.ts';

const CLIENT = 'Aldgate Instruments Ltd';
const NO_FILTER = {
  clientId: clientId(1),
  accountId: null,
  from: null,
  to: null,
  search: null,
  state: null,
} as const;
const NEWEST_FIRST = { by: 'bookingDate', direction: 'descending' } as const;

interface Ledger extends OpenedPage {
  readonly calls: CallsOf;
  readonly grid: Locator;
}

/** The client's ledger; `rows` gives it one account of that many rows. */
async function openLedger(browser: RendererBrowser, options: OpenOptions & { rows?: number } = {}): Promise<Ledger> {
  const opened = await browser.open('full', { path: '/transactions', ...options });
  const { page, double } = opened;
  const [account] = double.world.accounts;
  if (options.rows !== undefined && account) {
    double.world.accounts = [{ ...account, number: 9000 + (options.rows % 997), rows: options.rows }];
  }
  const calls = recordCalls(double);
  await page.getByRole('listitem').getByRole('button', { name: CLIENT }).click();
  const grid = page.getByRole('grid');
  await row(page, 0).waitFor();
  return { ...opened, calls, grid };
}

/** A row by its place in the list, once its data has arrived. */
function row(page: Page, index: number): Locator {
  return page.locator(`[role="row"][aria-rowindex="${index + 2}"]:not([data-loading])`);
}

async function expectedPage(double: AppDouble, change: object): Promise<TransactionPage> {
  const input = { filter: NO_FILTER, sort: NEWEST_FIRST, offset: 0, limit: 200, ...change };
  return valueOf('transactions.list', await double.call('transactions.list', input));
}

/** What a person reads of a row, without the minus sign's and the grouping's form. */
async function readRow(locator: Locator): Promise<{ date: string | null; minor: string | null; text: string }> {
  const date = await locator.locator('time').getAttribute('datetime');
  const minor = await locator.locator('[data-minor]').getAttribute('data-minor');
  return { date, minor, text: await locator.innerText() };
}

describeInChromium('transactions', () => {
  let browser: RendererBrowser;
  beforeAll(async () => {
    browser = await startRendererBrowser();
  });
  afterAll(() => browser.close());

  it('reads no ledger before a client is chosen', async () => {
    const { page, double, close } = await browser.open('full', { path: '/transactions' });
    const calls = recordCalls(double);
    await page.getByText('Choose a client first').waitFor();
    await expect.poll(() => page.getByRole('grid').count()).toBe(0);
    expect(calls('transactions.list')).toEqual([]);
    await close();
  });

  it('asks for the newest two hundred rows and shows them with exact totals', async () => {
    const { page, double, calls, complaints, close } = await openLedger(browser);
    expect(calls('transactions.list')[0]).toEqual({
      filter: NO_FILTER,
      sort: NEWEST_FIRST,
      offset: 0,
      limit: 200,
    });
    const expected = await expectedPage(double, {});
    const shown = await readRow(row(page, 0));
    expect(shown).toMatchObject({ date: expected.rows[0]?.bookingDate, minor: expected.rows[0]?.amountMinor });
    const totals = page.getByRole('list', { name: 'Totals of what is filtered' });
    const minors = await totals
      .locator('[data-minor]')
      .evaluateAll((amounts) => amounts.map((amount) => amount.getAttribute('data-minor')));
    const expectedMinors = expected.totals.flatMap((total) =>
      total.pending > 0 ? [total.bookedMinor, total.pendingMinor] : [total.bookedMinor],
    );
    expect(minors).toEqual(expectedMinors);
    expect(complaints).toEqual([]);
    await close();
  });

  it('scrolls to row 90,000 of 100,000 and reads it, with only the visible rows in the page', async () => {
    const { page, double, calls, grid, close } = await openLedger(browser, { rows: 100_000 });
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('100001');
    const height = (await row(page, 1).boundingBox())?.height ?? 0;
    await grid.evaluate((element, top) => element.scrollTo({ top }), height * 90_000);
    await row(page, 90_000).waitFor();
    const expected = await expectedPage(double, { offset: 90_000 });
    const shown = await readRow(row(page, 90_000));
    expect(shown).toMatchObject({ date: expected.rows[0]?.bookingDate, minor: expected.rows[0]?.amountMinor });
    expect(shown.text).toContain(expected.rows[0]?.description.slice(0, 12));
    await expect.poll(() => page.getByRole('row').count()).toBeLessThan(100);
    expect(calls('transactions.list')).toContainEqual({
      filter: NO_FILTER,
      sort: NEWEST_FIRST,
      offset: 90_000,
      limit: 200,
    });
    // Only pages near what was in sight were read, not the ninety thousand rows between.
    expect(calls('transactions.list').length).toBeLessThan(12);
    await grid.press('End');
    await row(page, 99_999).waitFor();
    await close();
  });

  it('places the last of a million rows where it can be read', async () => {
    const opened = await browser.open('full', { path: '/transactions' });
    const { page, double, close } = opened;
    const small = await expectedPage(double, { limit: 200 });
    changeReply(double, 'transactions.list', (reply) => {
      const value = valueOf('transactions.list', reply);
      return { ok: true, value: { ...value, rows: small.rows, total: 1_000_000 } };
    });
    await page.getByRole('listitem').getByRole('button', { name: CLIENT }).click();
    await row(page, 0).waitFor();
    await page.getByRole('grid').press('End');
    await row(page, 999_999).waitFor();
    const [cell, box] = [await row(page, 999_999).boundingBox(), await page.getByRole('grid').boundingBox()];
    const half = (cell?.height ?? 0) / 2;
    expect((cell?.y ?? 0) + half).toBeLessThan((box?.y ?? 0) + (box?.height ?? 0));
    expect((cell?.y ?? 0) + half).toBeGreaterThan((box?.y ?? 0) + (box?.height ?? 0) - 2 * half - 4);
    await close();
  });

  it('sorts by a column and turns the direction round', async () => {
    const { page, double, calls, close } = await openLedger(browser);
    const header = page.getByRole('columnheader', { name: 'Amount' });
    await header.getByRole('button').click();
    const descending = await expectedPage(double, { sort: { by: 'amount', direction: 'descending' } });
    await expect.poll(async () => (await readRow(row(page, 0))).minor).toBe(descending.rows[0]?.amountMinor);
    await expect.poll(() => header.getAttribute('aria-sort')).toBe('descending');
    await header.getByRole('button').click();
    const ascending = await expectedPage(double, { sort: { by: 'amount', direction: 'ascending' } });
    await expect.poll(async () => (await readRow(row(page, 0))).minor).toBe(ascending.rows[0]?.amountMinor);
    expect(calls('transactions.list')).toContainEqual({
      filter: NO_FILTER,
      sort: { by: 'amount', direction: 'ascending' },
      offset: 0,
      limit: 200,
    });
    await close();
  });

  it('reaches the search with /, narrows rows and totals, and gives them back when the chip is removed', async () => {
    const { page, double, calls, close } = await openLedger(browser);
    await page.keyboard.press('/');
    await page.keyboard.type('okonkwo');
    const expected = await expectedPage(double, { filter: { ...NO_FILTER, search: 'okonkwo' } });
    const totals = page.getByRole('list', { name: 'Totals of what is filtered' });
    await expect.poll(() => totals.innerText()).toContain(new Intl.NumberFormat('en-GB').format(expected.total));
    expect(calls('transactions.list')).toContainEqual({
      filter: { ...NO_FILTER, search: 'okonkwo' },
      sort: NEWEST_FIRST,
      offset: 0,
      limit: 200,
    });
    await page.getByRole('button', { name: 'Remove filter Text' }).click();
    const all = await expectedPage(double, {});
    await expect.poll(() => totals.innerText()).toContain(new Intl.NumberFormat('en-GB').format(all.total));
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('');
    await close();
  });

  it('stacks period, account and state as filters of one call', async () => {
    const { page, calls, close } = await openLedger(browser);
    await page.getByRole('button', { name: 'Period', exact: true }).click();
    await page.getByRole('button', { name: 'Last year' }).click();
    await page.getByRole('button', { name: 'Account', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Euro account' }).click();
    await page.getByRole('button', { name: 'State', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Booked' }).click();
    const year = new Date().getFullYear() - 1;
    const filter = {
      ...NO_FILTER,
      accountId: 'account_00000000000000000003',
      from: `${year}-01-01`,
      to: `${year}-12-31`,
      state: 'booked',
    };
    await expect
      .poll(() => calls('transactions.list'))
      .toContainEqual({ filter, sort: NEWEST_FIRST, offset: 0, limit: 200 });
    await expect.poll(() => page.getByRole('columnheader', { name: 'Account' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Clear all' }).click();
    await page.getByRole('columnheader', { name: 'Account' }).waitFor();
    await close();
  });

  it('says that nothing matches and offers the way back', async () => {
    const { page, close } = await openLedger(browser);
    await page.getByRole('searchbox').fill('no such words anywhere');
    await page.getByText('Nothing matches these filters').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('main').getByRole('button', { name: 'Clear all' }).last().click();
    await row(page, 0).waitFor();
    await close();
  });

  it('moves by keyboard, opens with Enter, follows with j, closes with Escape and gives the focus back', async () => {
    const { page, calls, double, grid, close } = await openLedger(browser);
    const { rows } = await expectedPage(double, {});
    await grid.focus();
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: 'Transaction details' });
    await panel.getByText('Booking date').waitFor();
    expect(calls('transactions.get')).toEqual([{ clientId: clientId(1), transactionId: rows[2]?.id }]);
    await page.keyboard.press('j');
    await expect
      .poll(() => calls('transactions.get').at(-1))
      .toEqual({
        clientId: clientId(1),
        transactionId: rows[3]?.id,
      });
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await expect.poll(() => grid.evaluate((element) => element === document.activeElement)).toBe(true);
    await close();
  });

  it('shows provenance: what the source wrote beside what is kept, foreign amount, children, linked row', async () => {
    const { page, double, grid, complaints, close } = await openLedger(browser);
    const { rows } = await expectedPage(double, {});
    changeReply(double, 'transactions.get', (reply) => {
      const detail = valueOf('transactions.get', reply);
      const foreign = { amountMinor: '-9900', currency: 'CHF', exponent: 2, rate: '0.9412' };
      const other = rows[7];
      const linked = other && {
        id: other.id,
        state: 'pending',
        bookingDate: other.bookingDate,
        amountMinor: other.amountMinor,
      };
      return { ok: true, value: { ...detail, state: 'booked', foreign, linked, occurrence: 2 } };
    });
    await grid.press('Enter');
    const panel = page.getByRole('complementary', { name: 'Transaction details' });
    await panel.getByText('No. 2 of identical rows that day').waitFor();
    await panel.getByText('rate 0.9412, as the bank states it').waitFor();
    await panel.getByRole('button', { name: 'Show the source record' }).click();
    await panel.getByText('"TransactionInformation"').waitFor();
    await expect.poll(() => panel.locator('mark').count()).toBeGreaterThan(0);
    expect(await accessibilityFindings(page)).toEqual([]);
    const calls = recordCalls(double);
    await panel.getByRole('button', { name: 'Open it' }).click();
    await expect.poll(() => calls('transactions.get')).toEqual([{ clientId: clientId(1), transactionId: rows[7]?.id }]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('keeps a failing page apart: the error has its next step, and trying again heals', async () => {
    const { page, double, close } = await browser.open('full', { path: '/transactions' });
    let broken = true;
    changeReply(double, 'transactions.list', (reply) =>
      broken ? { ok: false, error: { code: 'VAULT_IO', params: {}, retryable: true, ref: 'log-1' } } : reply,
    );
    await page.getByRole('listitem').getByRole('button', { name: CLIENT }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('Whose move').waitFor();
    broken = false;
    await alert.getByRole('button', { name: 'Try again' }).click();
    await row(page, 0).waitFor();
    await close();
  });

  it('excludes a row for a reason, takes it back from the news, and shows and restores it later', async () => {
    const { page, double, calls, grid, complaints, close } = await openLedger(browser);
    const before = await expectedPage(double, {});
    const transactionId = before.rows[4]?.id;
    const reference = { clientId: clientId(1), transactionId };
    await grid.focus();
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: 'Transaction details' });
    await panel.getByRole('button', { name: 'Exclude…' }).click();
    const exclude = panel.getByRole('button', { name: 'Exclude', exact: true });
    expect(await exclude.isDisabled()).toBe(true);
    await page.keyboard.type('  the bank booked it twice ');
    expect(await accessibilityFindings(page)).toEqual([]);
    await exclude.click();
    await panel.getByText('the bank booked it twice').waitFor();
    await panel.getByText('by Margarethe Thornbury-Oyelaran').first().waitFor();
    expect(calls('transactions.exclude')).toEqual([{ ...reference, reason: 'the bank booked it twice' }]);
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe(String(before.total));
    const news = page.getByRole('list', { name: 'News' });
    await news.getByRole('button', { name: 'Undo' }).click();
    await panel.getByRole('button', { name: 'Exclude…' }).waitFor();
    expect(calls('transactions.restore')).toEqual([reference]);
    expect((await expectedPage(double, {})).totals).toEqual(before.totals);
    await news.getByRole('button', { name: 'Undo' }).click();
    await panel.getByText('the bank booked it twice').waitFor();
    await panel.getByRole('button', { name: 'Close details' }).click();
    await page.getByRole('button', { name: 'State', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Excluded or settled' }).click();
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('2');
    await row(page, 0).getByText('Removed').click();
    await panel.getByRole('button', { name: 'Restore' }).waitFor();
    // A menu that fades out is no page to judge.
    await page.locator('.mantine-Menu-dropdown').waitFor({ state: 'detached' });
    expect(await accessibilityFindings(page)).toEqual([]);
    await panel.getByRole('button', { name: 'Restore' }).click();
    await page.getByText('Nothing matches these filters').waitFor();
    expect((await expectedPage(double, {})).totals).toEqual(before.totals);
    expect(complaints).toEqual([]);
    await close();
  });

  it('says of a row that cannot be excluded any more what became of it', async () => {
    const { page, double, grid, close } = await openLedger(browser);
    changeReply(double, 'transactions.exclude', () => ({
      ok: false,
      error: { code: 'TRANSACTION_NOT_EXCLUDABLE', params: {}, retryable: false, ref: 'log-1' },
    }));
    await grid.press('Enter');
    await page.getByRole('button', { name: 'Exclude…' }).click();
    await page.keyboard.type('twin');
    await page.getByRole('button', { name: 'Exclude', exact: true }).click();
    await page.locator('[role="alert"][data-code="TRANSACTION_NOT_EXCLUDABLE"]').waitFor();
    await close();
  });

  it('lets an auditor see why a row is excluded, and neither exclude nor restore', async () => {
    const { page, double, close } = await browser.open({ role: 'auditor' }, { path: '/transactions?state=removed' });
    const { rows } = await expectedPage(double, {});
    double.world.exclusions.set(rows[0]?.id ?? '', { reason: 'not ours', at: instantAgo(2), by: 'Jonas Petersen' });
    await page.getByRole('listitem').getByRole('button', { name: CLIENT }).click();
    await row(page, 0).click();
    await page.getByText('not ours').waitFor();
    await page.getByText('by Jonas Petersen').waitFor();
    expect(await page.getByRole('button', { name: 'Restore' }).count()).toBe(0);
    await close();
  });

  it('flags an overdue pending row in words, reached from the overview', async () => {
    const { page, double, close } = await browser.open('full', { path: '/overview', contrast: 'more' });
    const calls = recordCalls(double);
    const matter = page.getByRole('listitem').filter({ hasText: 'Pending rows were never booked' });
    await matter.getByRole('button', { name: 'Look at the rows' }).click();
    await page.getByText('Pending, overdue').click();
    await page.getByText('Overdue: no booked row settled it', { exact: false }).waitFor();
    const filter = { ...NO_FILTER, accountId: accountId(3), state: 'pending' };
    expect(calls('transactions.list')[0]).toMatchObject({ filter });
    expect(await accessibilityFindings(page)).toEqual([]);
    await close();
  });

  it.each([
    { width: 1024, height: 640, colours: 'dark' },
    { width: 1600, height: 1000, colours: 'light' },
  ] as const)('is in order for axe with the details open, %o', async (options) => {
    const { page, grid, complaints, close } = await openLedger(browser, options);
    await grid.press('Enter');
    await page.getByText('Where it came from').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });
});
