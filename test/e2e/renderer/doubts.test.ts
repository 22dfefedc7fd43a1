// Doubtful rows in a real Chromium over the app double: side by side, decided by button and key, taken back, over all batches of a client.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import { batchId, clientId } from '../../builders/app-double/ids.ts';
import { recordCalls } from '../../builders/renderer-calls.ts';
import {
  describeInChromium,
  startRendererBrowser,
  type OpenedPage,
  type RendererBrowser,
} from '../../builders/renderer-page.ts';

const CLIENT = 'Aldgate Instruments Ltd';

async function openAt(browser: RendererBrowser, path: string): Promise<OpenedPage> {
  const opened = await browser.open('full', { path });
  await opened.page.getByRole('listitem').getByRole('button', { name: CLIENT }).click();
  return opened;
}

describeInChromium('doubtful rows', () => {
  let browser: RendererBrowser;
  beforeAll(async () => {
    browser = await startRendererBrowser();
  });
  afterAll(() => browser.close());

  it('stand beside their counterparts with every difference said in words', async () => {
    const { page, complaints, double, close } = await openAt(browser, '/import?view=doubts');
    const card = page.getByRole('list', { name: 'Doubtful rows' }).getByRole('listitem').first();
    await card.waitFor();
    const line = (name: string) => card.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
    expect(await line('Booked on').getByText('differs from').count()).toBe(1);
    expect(await line('Description').getByText('differs from').count()).toBe(1);
    expect(await line('Amount').getByText('differs from').count()).toBe(0);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect([complaints, double.bugs]).toEqual([[], []]);
    await close();
  });

  it('are decided by key, the next one takes the focus, and a decision is taken back', async () => {
    const { page, double, close } = await openAt(browser, '/import?view=doubts');
    const calls = recordCalls(double);
    const cards = page.getByRole('list', { name: 'Doubtful rows' }).getByRole('listitem');
    await expect.poll(() => cards.count()).toBe(4);
    await cards.first().getByRole('button').first().focus();
    await page.keyboard.press('j');
    await expect.poll(() => cards.nth(1).evaluate((card) => card.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('k');
    await page.keyboard.press('s');
    await expect.poll(() => cards.count()).toBe(3);
    await expect.poll(() => cards.first().evaluate((card) => card.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('t');
    await expect.poll(() => cards.count()).toBe(2);
    expect(calls('batches.decide')).toMatchObject([{ decision: 'same' }, { decision: 'separate' }]);
    await page.getByRole('list', { name: 'News' }).getByRole('button', { name: 'Undo' }).last().click();
    await expect.poll(() => cards.count()).toBe(3);
    expect(calls('batches.decide').at(-1)).toMatchObject({ clientId: clientId(1), decision: null });
    await close();
  });

  it('show their decision on the batch, where it is opened again, and lower the count', async () => {
    const { page, double, close } = await openAt(browser, `/import?batch=${batchId(10)}`);
    await page.getByText(/^Doubtful/).click();
    const list = page.getByRole('list', { name: 'Rows of this batch: doubtful' });
    await page.getByText('2 still to decide.').waitFor();
    await list
      .getByRole('button', { name: /^Two rows/ })
      .first()
      .click();
    await page.getByText('1 still to decide.').waitFor();
    expect(double.world.batches.find(({ id }) => id === batchId(10))?.undecided).toBe(1);
    expect(await accessibilityFindings(page)).toEqual([]);
    await list.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('2 still to decide.').waitFor();
    await close();
  });

  it('are reached from the import screen and from the overview, and end in an empty tray', async () => {
    const { page, double, close } = await openAt(browser, '/import');
    await page.getByText('4 to decide').waitFor();
    await page.getByRole('link', { name: 'Decide' }).click();
    await page.getByRole('heading', { level: 1, name: 'To decide' }).waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Overview' }).click();
    const matter = page.getByRole('listitem').filter({ hasText: 'Rows look like some that the ledger has' }).first();
    await matter.getByRole('button').click();
    await page.getByRole('heading', { level: 1, name: 'To decide' }).waitFor();
    const same = page.getByRole('button', { name: /^Same row/ });
    for (let left = 4; left > 0; left -= 1) {
      await same.first().click();
      await expect.poll(() => same.count()).toBe(left - 1);
    }
    await page.getByText('Nothing to decide').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(double.bugs).toEqual([]);
    await close();
  });

  it('are only shown to an auditor', async () => {
    const { page, close } = await browser.open({ role: 'auditor' }, { path: '/import?view=doubts' });
    await page.getByRole('listitem').getByRole('button', { name: CLIENT }).click();
    await page.getByRole('list', { name: 'Doubtful rows' }).getByRole('listitem').first().waitFor();
    expect(await page.getByRole('button', { name: /^Same row/ }).count()).toBe(0);
    await close();
  });
});
