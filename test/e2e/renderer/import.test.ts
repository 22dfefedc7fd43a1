// Importing in a real Chromium over the app double: slices, comparison, target account, commit, undo, discard, a bad file.
import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import { accountId, clientId } from '../../builders/app-double/ids.ts';
import { changeReply, recordCalls, type CallsOf } from '../../builders/renderer-calls.ts';
import {
  describeInChromium,
  startRendererBrowser,
  type OpenedPage,
  type RendererBrowser,
} from '../../builders/renderer-page.ts';

const CLIENT = 'Aldgate Instruments Ltd';
const MEBIBYTE = 1_048_576;

async function openImport(browser: RendererBrowser): Promise<OpenedPage & { readonly calls: CallsOf }> {
  const opened = await browser.open('full', { path: '/import' });
  const calls = recordCalls(opened.double);
  await opened.page.getByRole('listitem').getByRole('button', { name: CLIENT }).click();
  await opened.page.getByRole('table', { name: 'History' }).waitFor();
  return { ...opened, calls };
}

async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  await page
    .locator('input[name="files"]')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: bytes });
}

describeInChromium('import', () => {
  let browser: RendererBrowser;
  beforeAll(async () => {
    browser = await startRendererBrowser();
  });
  afterAll(() => browser.close());

  it('sends a file’s own bytes in slices of at most one mebibyte and opens what was found', async () => {
    const { page, calls, complaints, close } = await openImport(browser);
    const bytes = randomBytes(2_500_000);
    await drop(page, 'january.ofx', bytes);
    await page.getByRole('heading', { level: 1, name: 'january.ofx' }).waitFor();
    const begun = {
      clientId: clientId(1),
      fileName: 'january.ofx',
      bytes: bytes.length,
      profile: null,
      accountId: null,
    };
    expect(calls('imports.begin')).toEqual([begun]);
    const [looked] = calls('imports.survey') as { readonly base64: string }[];
    expect(Buffer.from(looked?.base64 ?? '', 'base64').equals(bytes.subarray(0, MEBIBYTE))).toBe(true);
    const slices = calls('imports.slice').map((input) => Buffer.from((input as { base64: string }).base64, 'base64'));
    expect(Math.max(...slices.map(({ length }) => length))).toBeLessThanOrEqual(MEBIBYTE);
    expect(Buffer.concat(slices).equals(bytes)).toBe(true);
    expect(calls('imports.finish')).toHaveLength(1);
    await page.getByText('OFX 1.0.2, Windows-1252').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('shows what would change by kind and reason, commits, and undoes from the news at the edge', async () => {
    const { page, double, calls, close } = await openImport(browser);
    await drop(page, 'february.ofx', Buffer.from('OFXHEADER:100'));
    await page.getByRole('heading', { level: 1, name: 'february.ofx' }).waitFor();
    const batch = double.world.batches.find(({ source }) => source === 'february.ofx');
    const reference = { clientId: clientId(1), batchId: batch?.id };
    await page.getByRole('grid').getByText('No row like it in the ledger').first().waitFor();
    expect(calls('batches.diff')).toEqual([{ ...reference, kind: 'new', offset: 0, limit: 200 }]);
    await page.getByText(/^Doubtful/).click();
    await page.getByText('They are held back and never committed by themselves.', { exact: false }).waitFor();
    await page.getByRole('list', { name: 'Rows of this batch: doubtful' }).getByText('In the ledger').first().waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: /^Commit/ }).click();
    await page.getByText('february.ofx committed').waitFor();
    expect(calls('batches.commit')).toEqual([reference]);
    await page.getByText('Each receipt covers the one before it').waitFor();
    await page.getByRole('list', { name: 'News' }).getByRole('button', { name: 'Undo' }).click();
    await page.getByText('february.ofx undone. Its rows are out of the ledger.').waitFor();
    expect(calls('batches.undo')).toEqual([reference]);
    await page.getByRole('main').getByText('Undone', { exact: true }).waitFor();
    await close();
  });

  it('gives a statement to another account, or to a new one', async () => {
    const { page, calls, double, close } = await openImport(browser);
    await page.getByRole('link', { name: /^Review/ }).click();
    const batch = double.world.batches.find(({ state }) => state === 'staged');
    const target = page.getByRole('combobox', { name: 'Account that Operating account goes to' });
    await target.click();
    await page.getByRole('option', { name: /^Euro account/ }).click();
    await expect
      .poll(() => calls('batches.assign'))
      .toEqual([{ clientId: clientId(1), batchId: batch?.id, statement: 0, accountId: accountId(3) }]);
    await target.click();
    await page.getByRole('option', { name: 'A new account' }).click();
    await expect.poll(() => calls('batches.assign').at(-1)).toMatchObject({ accountId: null });
    await close();
  });

  it('discards a staged batch without touching the ledger', async () => {
    const { page, calls, double, close } = await openImport(browser);
    const staged = double.world.batches.find(({ state }) => state === 'staged');
    await page.getByRole('link', { name: /^Review/ }).click();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByText('discarded. The ledger was not touched.', { exact: false }).waitFor();
    expect(calls('batches.discard')).toEqual([{ clientId: clientId(1), batchId: staged?.id }]);
    expect(calls('batches.commit')).toEqual([]);
    await expect.poll(() => page.getByText('Waiting for your decision').count()).toBe(0);
    await close();
  });

  it('explains a file that cannot be read, changes nothing, and reads the others of the same drop', async () => {
    const { page, calls, double, close } = await openImport(browser);
    const before = double.world.batches.length;
    const input = page.locator('input[name="files"]');
    const file = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from('x'.repeat(4000)) });
    await input.setInputFiles([file('damaged.ofx'), file('march.ofx')]);
    const alert = page.getByRole('alert');
    await alert.getByText('Next step').waitFor();
    await page.getByText('Not read. The ledger is as it was.').waitFor();
    const waiting = page.getByRole('listitem').filter({ hasText: 'march.ofx' });
    await waiting.getByRole('link', { name: /^Review/ }).waitFor();
    expect(double.world.batches.length).toBe(before + 1);
    expect(calls('batches.commit')).toEqual([]);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Dismiss damaged.ofx' }).click();
    await alert.waitFor({ state: 'detached' });
    await close();
  });

  it('cancels between two slices and tells the program so', async () => {
    const { page, calls, double, close } = await openImport(browser);
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    changeReply(double, 'imports.slice', async (reply) => {
      await held;
      return reply;
    });
    await drop(page, 'long.ofx', randomBytes(3_000_000));
    await page.getByRole('button', { name: 'Cancel long.ofx' }).click();
    letGo();
    await page.getByText('Cancelled. Nothing was added.').waitFor();
    expect(calls('imports.slice')).toHaveLength(1);
    expect(calls('imports.cancel')).toHaveLength(1);
    expect(calls('imports.finish')).toEqual([]);
    await close();
  });

  it('undoes a batch of the history', async () => {
    const { page, calls, double, close } = await openImport(browser);
    const source = 'statement-2026-01.xml';
    const batch = double.world.batches.find(
      (each): each is BatchSummary => each.source === source && each.clientId === clientId(1),
    );
    await page.getByRole('button', { name: `Undo ${source}` }).click();
    const dialog = page.getByRole('dialog', { name: `Undo ${source}?` });
    await dialog.getByText('214 rows leave the ledger.').waitFor();
    await dialog.getByText('3 rows get the version back that they had before.').waitFor();
    expect(calls('batches.undo')).toEqual([]);
    await dialog.getByRole('button', { name: 'Undo the batch' }).click();
    await page.getByText(`${source} undone.`, { exact: false }).waitFor();
    expect(calls('batches.undo')).toEqual([{ clientId: clientId(1), batchId: batch?.id }]);
    await expect.poll(() => page.getByRole('button', { name: `Undo ${source}` }).count()).toBe(0);
    await close();
  });
});
