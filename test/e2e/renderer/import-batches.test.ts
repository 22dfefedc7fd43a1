// Many files and many batches in a real Chromium over the app double: folders, counts, failures in words, signs, what is known already, the history.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import type { DoubleOptions } from '../../builders/app-double.ts';
import { clientId } from '../../builders/app-double/ids.ts';
import { recordCalls, type CallsOf } from '../../builders/renderer-calls.ts';
import {
  describeInChromium,
  startRendererBrowser,
  type OpenedPage,
  type OpenOptions,
  type RendererBrowser,
} from '../../builders/renderer-page.ts';

const CLIENT = 'Aldgate Instruments Ltd';

interface FilePayload {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

function file(name: string, content = 'OFXHEADER:100'): FilePayload {
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) };
}

async function drop(page: Page, ...files: readonly FilePayload[]): Promise<void> {
  await page.locator('input[name="files"]').setInputFiles(files);
}

describeInChromium('import of many files', () => {
  let browser: RendererBrowser;
  beforeAll(async () => {
    browser = await startRendererBrowser();
  });
  afterAll(() => browser.close());

  async function openImport(
    options: OpenOptions = {},
    scenario: DoubleOptions = {},
  ): Promise<OpenedPage & { readonly calls: CallsOf }> {
    const opened = await browser.open(scenario, { path: '/import', ...options });
    const calls = recordCalls(opened.double);
    await opened.page.getByRole('listitem').getByRole('button', { name: CLIENT }).click();
    await opened.page.getByRole('table', { name: 'History' }).waitFor();
    return { ...opened, calls };
  }

  it('counts twenty files of which two need a person, and keeps only those two on the list', async () => {
    const { page, double, complaints, close } = await openImport({ colours: 'dark' });
    const good = Array.from({ length: 18 }, (_, index) => file(`month-${index + 1}.ofx`));
    await drop(page, file('damaged.ofx'), ...good.slice(0, 9), file('umsatz.csv'), ...good.slice(9));
    await page.getByRole('status').getByText('18 ok, 2 need you').waitFor();
    expect(double.world.batches.filter(({ source }) => source.startsWith('month-'))).toHaveLength(18);
    await page.getByRole('link', { name: 'Answer what umsatz.csv leaves open' }).waitFor();
    await page.getByRole('alert').getByText('The statement is damaged').waitFor();
    expect(await page.getByText('Not read. The ledger is as it was.').count()).toBe(1);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Clear the list' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Answer what umsatz.csv leaves open' }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it.each([
    ['killed.ofx', 'Reading the file was stopped', 'Download this one again, in shorter periods or in another format'],
    ['huge.ofx', 'The file is larger than allowed', 'Download shorter periods and import them one after the other'],
    ['photo.jpg', 'This is not a statement format we read', 'Download the statement as CAMT.053 or OFX'],
    ['nothing.ofx', 'The file is empty', 'Download the statement from the bank again'],
  ])('says of %s what happened and what to do', async (name, title, nextStep) => {
    const { page, double, close } = await openImport();
    const before = double.world.batches.length;
    await drop(page, file(name, name === 'nothing.ofx' ? '' : 'x'));
    const alert = page.getByRole('alert');
    await alert.getByText(title).waitFor();
    await alert.getByText(nextStep, { exact: false }).waitFor();
    await alert.getByText('No row was added or changed.').waitFor();
    expect(double.world.batches).toHaveLength(before);
    await close();
  });

  it('folds the reasons of many failures, each one opened by itself', async () => {
    const { page, close } = await openImport({ contrast: 'more' });
    await drop(page, file('killed.ofx'), file('huge.ofx'), file('damaged.ofx'), file('good.ofx'));
    await page.getByRole('status').getByText('1 ok, 3 need you').waitFor();
    expect(await page.getByText('Next step').first().isVisible()).toBe(false);
    await page.getByText('The file is larger than allowed').first().click();
    await page.getByText('passes the limit of 2 GiB').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await close();
  });

  it('takes a folder with folders in it, and leaves out what systems hide in them', async () => {
    const { page, calls, close } = await openImport();
    const folder = mkdtempSync(join(tmpdir(), 'statements-'));
    mkdirSync(join(folder, '2026'));
    for (const name of ['b.ofx', 'a.ofx', '.DS_Store', 'Thumbs.db', '2026/c.ofx'])
      writeFileSync(join(folder, name), 'x');
    await page.locator('input[name="folder"]').setInputFiles(folder);
    await page.getByRole('status').getByText('3 ok').waitFor();
    rmSync(folder, { recursive: true });
    expect(calls('imports.begin')).toMatchObject([{ fileName: 'a.ofx' }, { fileName: 'b.ofx' }, { fileName: 'c.ofx' }]);
    await close();
  });

  it('says before the commit that every row is known, or that there is none', async () => {
    const { page, close } = await openImport();
    await drop(page, file('again.ofx'), file('bare.ofx'));
    const waiting = page.getByRole('listitem').filter({ hasText: 'again.ofx' });
    await waiting.getByText('Nothing new').waitFor();
    await waiting.getByText('214 known').waitFor();
    await waiting.getByRole('link', { name: /^Review/ }).click();
    await page
      .getByRole('note')
      .getByText('Nothing new: all 214 rows are in the ledger already.', { exact: false })
      .waitFor();
    await page.getByRole('button', { name: 'Commit with no new rows' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('link', { name: 'All imports' }).click();
    await page
      .getByRole('listitem')
      .filter({ hasText: 'bare.ofx' })
      .getByRole('link', { name: /^Review/ })
      .click();
    await page.getByRole('note').getByText('holds no rows', { exact: false }).waitFor();
    await close();
  });

  it('asks of an account’s first statement whether it owes, and turns its signs round and back', async () => {
    const { page, calls, double, complaints, close } = await openImport();
    await drop(page, file('card.ofx'));
    await page.getByText('Does Operating account stand at −316.39 GBP, money owed?', { exact: false }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    const amount = page.getByRole('grid').locator('[data-minor]').first();
    const before = await amount.getAttribute('data-minor');
    await page.getByRole('button', { name: 'Turn the signs round' }).click();
    await page.getByText('Does Operating account stand at 316.39 GBP, money it holds?', { exact: false }).waitFor();
    await expect.poll(() => amount.getAttribute('data-minor')).toBe(String(-Number(before)));
    const batchId = double.world.batches.find(({ source }) => source === 'card.ofx')?.id;
    const reference = { clientId: clientId(1), batchId, statement: 0 };
    expect(calls('batches.invert')).toEqual([{ ...reference, inverted: true }]);
    await page.getByRole('button', { name: 'Turn them back' }).click();
    await page.getByText('−316.39 GBP, money owed?', { exact: false }).waitFor();
    expect(calls('batches.invert').at(-1)).toEqual({ ...reference, inverted: false });
    expect(complaints).toEqual([]);
    await close();
  });

  it('asks by the sum where no balance is stated, notes a remembered choice, and offers to turn any other', async () => {
    const { page, calls, close } = await openImport({ colours: 'dark' });
    await drop(page, file('unstated.ofx'));
    await page
      .getByText('The booked rows add up to −316.39 GBP: more went out than came in.', { exact: false })
      .waitFor();
    await page.getByRole('link', { name: 'All imports' }).click();
    await drop(page, file('turned.ofx'));
    await page.getByText('as somebody chose for such files of it before', { exact: false }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Turn them back' }).click();
    await page.getByText('Are the signs the wrong way round?').click();
    await page.getByRole('button', { name: 'Turn the signs round' }).click();
    await page.getByText('The signs of Operating account are turned round.').waitFor();
    expect(calls('batches.invert')).toMatchObject([{ inverted: false }, { inverted: true }]);
    await close();
  });

  it('finds one of hundreds of batches by state, account and name, and keeps the view behind Back', async () => {
    const { page, double, close } = await openImport({}, { oldBatches: 300 });
    const pages = page.getByRole('group', { name: 'Pages of the history' });
    await pages.getByText('1 to 25 of 303').waitFor();
    const rows = page.getByRole('table', { name: 'History' }).getByRole('row');
    expect(await rows.count()).toBe(26);
    await pages.getByRole('button', { name: 'Older' }).click();
    await pages.getByText('26 to 50 of 303').waitFor();
    await page.getByRole('combobox', { name: 'State' }).click();
    await page.getByRole('option', { name: 'Undone' }).click();
    const undone = double.world.batches.filter((batch) => batch.clientId === clientId(1) && batch.state === 'undone');
    await pages.getByText(`1 to 25 of ${undone.length}`).waitFor();
    await page.getByRole('combobox', { name: 'Account' }).click();
    await page.getByRole('option', { name: /^Euro account/ }).click();
    await page.getByRole('searchbox', { name: 'Find a batch by its name' }).fill('KONTO');
    const ofEuro = undone.filter(
      ({ source, statements }) => source.startsWith('Konto') && statements[0]?.accountName === 'Euro account',
    );
    await expect.poll(() => rows.count()).toBe(ofEuro.length + 1);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('link', { name: ofEuro[0]?.source ?? '' }).click();
    await page.getByText('SHA-256 of the source').waitFor();
    await page.goBack();
    await expect.poll(() => rows.count()).toBe(ofEuro.length + 1);
    await page.getByRole('searchbox', { name: 'Find a batch by its name' }).fill('no such batch');
    await page.getByText('No batch fits these filters.').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await pages.getByText('1 to 25 of 303').waitFor();
    await close();
  });
});
