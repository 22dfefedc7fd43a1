// Statements in a real Chromium over the app double: the grid by keyboard, the proof with what does not fit, the export and its errors.
import type { AccountCoverage } from '../../../shared/ipc/contract/statements.ts';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import { accountId, clientId } from '../../builders/app-double/ids.ts';
import { changeReply, recordCalls, valueOf } from '../../builders/renderer-calls.ts';
import {
  describeInChromium,
  startRendererBrowser,
  type OpenOptions,
  type RendererBrowser,
} from '../../builders/renderer-page.ts';

const YEAR = new Date().getFullYear() - 1;
const GRID = `/statements?year=${YEAR}`;
const BROKEN = { clientId: clientId(1), accountId: accountId(2) };
const PROOF = `/statements?account=${BROKEN.accountId}&from=${YEAR}-01-01&to=${YEAR}-12-31`;
const LOOKS = [
  { colours: 'light', width: 1024, height: 640 },
  { colours: 'dark', width: 1600, height: 1000 },
  { colours: 'light', contrast: 'more' },
] as const satisfies readonly OpenOptions[];

const active = (page: Page): Promise<string> =>
  page.getByRole('grid').evaluate((grid) => {
    const cell = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '');
    return cell?.getAttribute('aria-label') ?? cell?.textContent ?? '';
  });

async function openExport(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Export Client money' });
  await dialog.getByRole('button', { name: 'Write the file' }).waitFor();
  return dialog;
}

describeInChromium('statements', () => {
  let browser: RendererBrowser;
  beforeAll(async () => {
    browser = await startRendererBrowser();
  });
  afterAll(() => browser.close());

  it('are walked month by month with the keyboard; Enter opens the proof, Back finds the cell again', async () => {
    const { page, double, complaints, close } = await browser.open('full', { path: GRID });
    const calls = recordCalls(double);
    const grid = page.getByRole('grid', { name: 'Months of each account' });
    await grid.focus();
    expect(await active(page)).toContain('Operating account');
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    await expect.poll(() => active(page)).toMatch(new RegExp(`^March ${YEAR}: `));
    const [coverage] = valueOf(
      'statements.coverage',
      await double.call('statements.coverage', { clientId: clientId(1), from: `${YEAR}-03`, to: `${YEAR}-03` }),
    ).filter((account) => account.accountId === BROKEN.accountId);
    const rows = coverage?.months[0]?.rows ?? -1;
    await page.getByRole('main').getByText(`${rows} rows`, { exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Proof of Client money' }).waitFor();
    await expect
      .poll(() => calls('statements.proof'))
      .toEqual([{ ...BROKEN, from: `${YEAR}-03-01`, to: `${YEAR}-03-31` }]);
    await page.goBack();
    await expect.poll(() => active(page)).toMatch(new RegExp(`^March ${YEAR}: `));
    expect(await grid.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Control+End');
    await expect.poll(() => page.getByText('Moreton-in-Marsh Veterinary Surgery').count()).toBeGreaterThan(0);
    expect([complaints, double.bugs]).toEqual([[], []]);
    await close();
  });

  it('show one client or all, a year at a time, and only what needs a look', async () => {
    const { page, double, close } = await browser.open('full', { path: GRID });
    const calls = recordCalls(double);
    await page.getByRole('button', { name: `Back to ${YEAR - 1}` }).click();
    await expect
      .poll(() => calls('statements.coverage'))
      .toContainEqual({ clientId: null, from: `${YEAR - 1}-01`, to: `${YEAR - 1}-12` });
    const groups = page.getByRole('grid').locator('[data-kind=client]');
    await expect.poll(() => groups.count()).toBeGreaterThan(1);
    await page.getByRole('button', { name: `On to ${YEAR}` }).click();
    await page.getByLabel('Find an account').fill('Tax reserve');
    await expect
      .poll(async () => new Set(await page.locator('.sr-coverage-account > :first-child').allInnerTexts()))
      .toEqual(new Set(['Tax reserve']));
    await page.getByLabel('Find an account').fill('no such account');
    await page.getByText('No account has this in its name or number.').waitFor();
    await page.getByLabel('Find an account').fill('');
    await page.getByLabel('Only accounts that need a look').check();
    const rows = page.locator('.sr-coverage-row[data-kind=account]');
    const open = page.locator('[data-state=mismatch], [data-state=duplicate], [data-state=missing]');
    await rows.first().waitFor();
    await expect.poll(() => rows.filter({ hasNot: open }).count()).toBe(0);
    await page.getByRole('button', { name: /^Client: / }).click();
    await page.getByRole('option', { name: 'Café Zürich' }).click();
    await expect.poll(() => calls('statements.coverage').at(-1)).toMatchObject({ clientId: clientId(4) });
    await expect.poll(() => groups.count()).toBe(0);
    await close();
  });

  it('stay quick with hundreds of accounts: only those in sight exist', async () => {
    const { page, double, close } = await browser.open('full', { path: '/overview' });
    changeReply(double, 'statements.coverage', (reply) => {
      const [first] = valueOf('statements.coverage', reply);
      if (!first) throw new Error('the double has accounts');
      const many = Array.from({ length: 600 }, (_, index) => ({
        ...first,
        accountId: accountId(5000 + index),
        name: `Account ${index}`,
      }));
      return { ok: true, value: many };
    });
    await page.getByRole('link', { name: 'Statements', exact: true }).click();
    const grid = page.getByRole('grid');
    await grid.focus();
    await page.keyboard.press('Control+End');
    await expect.poll(() => active(page)).toContain('Account 599');
    expect(await grid.getByRole('row').count()).toBeLessThan(80);
    await close();
  });

  it('name what does not fit: how much, from which day, what would explain it, and the exact days to get', async () => {
    const { page, double, close } = await browser.open('full', { path: PROOF });
    const { findings, statements } = valueOf(
      'statements.proof',
      await double.call('statements.proof', { ...BROKEN, from: `${YEAR}-01-01`, to: `${YEAR}-12-31` }),
    );
    const cards = page.getByRole('list', { name: 'What does not fit' }).locator(':scope > li');
    await expect.poll(() => cards.count()).toBe(findings.length);
    const kinds = new Set(findings.map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(['gap', 'overlap', 'mismatch']));
    const mismatch = page.locator('.sr-finding[data-kind=mismatch]').first();
    expect(await mismatch.locator('dd [data-minor]').getAttribute('data-minor')).toBe('-4250');
    expect(await mismatch.getByText('The bank states 42.50 EUR less than the rows come to').count()).toBe(1);
    expect(await mismatch.locator('tbody tr').count()).toBe(7);
    const gap = findings.find(({ kind }) => kind === 'gap');
    const dates = page.locator('.sr-finding[data-kind=gap]').first();
    const european = (date = ''): string => date.split('-').toReversed().join('/');
    await dates.getByText(`Get the statement of ${european(gap?.from)} – ${european(gap?.to)} from the bank`).waitFor();
    const chain = page.getByRole('table', { name: 'Statements of Client money' });
    expect(await chain.getByRole('row').count()).toBe(statements.length + 1);
    await mismatch.getByRole('row').filter({ hasText: 'Excluded' }).getByRole('link', { name: 'Show' }).click();
    await page.getByRole('heading', { level: 1, name: 'Transactions' }).waitFor();
    expect(page.url()).toContain('state=removed');
    await close();
  });

  it('prove a period that is in order, and keep the period in the address', async () => {
    const { page, double, close } = await browser.open('full', { path: PROOF });
    changeReply(double, 'statements.proof', (reply) => {
      const { statements } = valueOf('statements.proof', reply);
      return {
        ok: true,
        value: {
          statements: statements.slice(0, 1).map((each) => ({ ...each, proof: 'pass', link: 'first' })),
          findings: [],
        },
      };
    });
    changeReply(double, 'statements.coverage', (reply) => {
      const proven = ({ months, ...account }: AccountCoverage): AccountCoverage => ({
        ...account,
        months: months.map((month) => ({ ...month, state: 'proven' })),
      });
      return { ok: true, value: valueOf('statements.coverage', reply).map(proven) };
    });
    await page.getByLabel('From').fill(`${YEAR}-02-01`);
    await page.getByText('Every statement adds up').waitFor();
    expect(page.url()).toContain(`from=${YEAR}-02-01&to=${YEAR}-12-31`);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Proof of Client money' }).waitFor();
    expect(await page.getByLabel('From').inputValue()).toBe(`${YEAR}-02-01`);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('button', { name: 'Export', exact: true }).isVisible()).toBe(false);
    expect(await page.getByRole('table', { name: 'Statements of Client money' }).isVisible()).toBe(true);
    await close();
  });

  it('are written as a file, whose place, size, hash and totals are said', async () => {
    const { page, double, complaints, close } = await browser.open('full', { path: PROOF });
    const calls = recordCalls(double);
    const dialog = await openExport(page);
    await dialog.getByRole('radio', { name: 'OFX' }).check();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByLabel('File name').fill('Client money.ofx');
    await dialog.getByRole('button', { name: 'Write the file' }).click();
    const done = page.getByRole('dialog', { name: 'File written' });
    await done.getByText('214', { exact: true }).waitFor();
    const path = '/home/thornbury/Documents/Client money.ofx';
    const days = { from: `${YEAR}-01-01`, to: `${YEAR}-12-31` };
    expect(calls('statements.export')).toEqual([{ ...BROKEN, ...days, format: 'ofx', path }]);
    expect(await done.getByText(path).count()).toBe(1);
    expect(await done.locator('[data-minor]').getAttribute('data-minor')).toBe('-1204417');
    expect(await done.getByText(/^[0-9a-f]{64}$/).count()).toBe(1);
    expect(await accessibilityFindings(page)).toEqual([]);
    await done.getByRole('button', { name: 'Close', exact: true }).last().click();
    await done.waitFor({ state: 'detached' });
    expect([complaints, double.bugs]).toEqual([[], []]);
    await close();
  });

  it('say why no file was written, with the next step as a button', async () => {
    const { page, double, close } = await browser.open('full', { path: PROOF });
    const calls = recordCalls(double);
    const dialog = await openExport(page);
    const write = (): Promise<void> => dialog.getByRole('button', { name: 'Write the file' }).click();
    const refused = (code: string): Promise<void> => dialog.locator(`[data-code=${code}]`).waitFor();
    const folder = await dialog.getByLabel('Folder').inputValue();
    await dialog.getByLabel('Folder').fill('/Nowhere/at all');
    await write();
    await refused('EXPORT_FOLDER_NOT_FOUND');
    await dialog.getByRole('button', { name: 'Take the suggested folder' }).click();
    expect(await dialog.getByLabel('Folder').inputValue()).toBe(folder);
    await dialog.getByRole('radio', { name: 'MT940' }).check();
    await write();
    await refused('EXPORT_NOT_EXPRESSIBLE');
    await dialog.getByText('The row of 2026-03-12 over -42.50 GBP').waitFor();
    double.world.exports.push(`${folder}/March.csv`);
    await dialog.getByRole('button', { name: 'Choose CSV' }).click();
    await dialog.getByLabel('File name').fill('March');
    await write();
    await refused('EXPORT_DESTINATION_EXISTS');
    await dialog.getByRole('button', { name: 'Take a free name' }).click();
    await write();
    await page.getByRole('dialog', { name: 'File written' }).waitFor();
    expect(calls('statements.export').at(-1)).toMatchObject({ format: 'csv', path: `${folder}/March (2).csv` });
    await close();
  });

  it('are not offered for export to those who may only read', async () => {
    const { page, close } = await browser.open(
      { role: 'reviewer' },
      { path: PROOF.replace(BROKEN.accountId, accountId(11)) },
    );
    await page.getByRole('button', { name: 'Print' }).waitFor();
    expect(await page.getByRole('button', { name: 'Export', exact: true }).count()).toBe(0);
    await close();
  });

  it('say what belongs here, what failed, and which account is not known', async () => {
    const empty = await browser.open('empty', { path: '/statements' });
    await empty.page.getByText('No statements yet').waitFor();
    await empty.close();
    const failing = await browser.open('failing', { path: '/statements' });
    await failing.page.getByRole('main').locator('[data-code=VAULT_IO]').waitFor();
    await failing.close();
    const proof = await browser.open({ failing: { 'statements.proof': 'VAULT_CORRUPT' } }, { path: PROOF });
    await proof.page.getByRole('main').locator('[data-code=VAULT_CORRUPT]').waitFor();
    await proof.close();
    const unknown = await browser.open('full', { path: `/statements?account=${accountId(999)}` });
    await unknown.page.getByText('There is no such account').waitFor();
    await unknown.close();
  });

  it.each(LOOKS)('are in order for axe: %o', async (look) => {
    for (const path of [GRID, PROOF]) {
      const { page, complaints, close } = await browser.open('full', { ...look, path });
      await page
        .getByRole(path === GRID ? 'grid' : 'table')
        .first()
        .waitFor();
      expect(await accessibilityFindings(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await close();
    }
  });
});
