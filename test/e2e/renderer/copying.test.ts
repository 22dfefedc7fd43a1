// What can be copied out of the window, and how: a source record at a click, as the event that hosts hear; the recovery kit not at all.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DOUBLE_PASSWORD } from '../../builders/app-double.ts';
import { describeInChromium, startRendererBrowser, type RendererBrowser } from '../../builders/renderer-page.ts';

/** What copies put in the clipboard, as their events say. */
async function recordCopies(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const copies: string[] = [];
    Object.assign(globalThis, { copies });
    window.addEventListener('copy', ({ clipboardData }) => {
      copies.push(clipboardData?.getData('text/plain') || String(getSelection()));
    });
  });
  return () => page.evaluate(() => (globalThis as unknown as { copies: string[] }).copies);
}

describeInChromium('copying', () => {
  let browser: RendererBrowser;
  beforeAll(async () => {
    browser = await startRendererBrowser();
  });
  afterAll(() => browser.close());

  it('takes a source record at a click, as an event', async () => {
    const { page, complaints, close } = await browser.open('full', { path: '/transactions' });
    await page.getByRole('listitem').getByRole('button', { name: 'Aldgate Instruments Ltd' }).click();
    await page.locator('[role="row"][aria-rowindex="2"]:not([data-loading])').waitFor();
    await page.getByRole('grid').press('Enter');
    const panel = page.getByRole('complementary', { name: 'Transaction details' });
    await panel.getByRole('button', { name: 'Show the source record' }).click();
    const copies = await recordCopies(page);
    await panel.getByRole('button', { name: 'Copy', exact: true }).click();
    await panel.getByRole('button', { name: 'Copied' }).waitFor();
    const [record] = await copies();
    expect(record).toContain('"TransactionInformation"');
    await panel.getByRole('button', { name: 'Copy', exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('takes no group of the recovery kit, whatever is selected', async () => {
    const { page, close } = await browser.open('first-run');
    await page.getByRole('button', { name: 'Create an office' }).click();
    await page.getByLabel('Name of the office').fill('Thornbury & Partners');
    await page.getByLabel('Your name').fill('Ada Okafor');
    await page.getByLabel('Password', { exact: true }).fill(DOUBLE_PASSWORD);
    await page.getByLabel('Password again').fill(DOUBLE_PASSWORD);
    await page.getByRole('button', { name: 'Create the office' }).click();
    await page.getByRole('heading', { name: 'Your recovery kit' }).waitFor();
    const groups = await page.getByRole('list', { name: 'Recovery key' }).locator('b').allTextContents();
    expect(groups).toHaveLength(8);
    const copies = await recordCopies(page);
    await page.getByRole('heading', { name: 'Your recovery kit' }).click();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    const [copied] = await copies();
    expect(copied).toContain('Your recovery kit');
    for (const group of groups) expect(copied).not.toContain(group);
    await close();
  });
});
