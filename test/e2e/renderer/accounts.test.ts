// Accounts in a real Chromium over the app double: lists, the hidden number, the proof, the way to the rows and statements.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addDays } from '../../../shared/model/calendar-date.ts';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import { accountId, clientId } from '../../builders/app-double/ids.ts';
import { recordCalls, valueOf } from '../../builders/renderer-calls.ts';
import { describeInChromium, startRendererBrowser, type RendererBrowser } from '../../builders/renderer-page.ts';

const CLIENT = 'Aldgate Instruments Ltd';

describeInChromium('accounts', () => {
  let browser: RendererBrowser;
  beforeAll(async () => {
    browser = await startRendererBrowser();
  });
  afterAll(() => browser.close());

  it('lists every client’s accounts under its own name, each with balance, proof and what feeds it', async () => {
    const { page, double, close } = await browser.open('full', { path: '/accounts' });
    const table = page.getByRole('table', { name: `Accounts of ${CLIENT}` });
    await table.waitFor();
    const own = double.world.accounts.filter(({ client }) => client === clientId(1));
    await expect.poll(() => table.getByRole('row').count()).toBe(own.length + 1);
    const client = table.getByRole('row').filter({ hasText: 'Client money' });
    await client.getByText('Doesn’t add up').waitFor();
    const list = valueOf('accounts.list', await double.call('accounts.list', { clientId: clientId(1) }));
    const shown = await client.locator('[data-minor]').first().getAttribute('data-minor');
    expect(shown).toBe(list.find(({ name }) => name === 'Client money')?.bookedMinor);
    await close();
  });

  it('names the first day that breaks and the difference, and leads to the rows around it', async () => {
    const { page, double, complaints, close } = await browser.open('full', { path: '/accounts' });
    const calls = recordCalls(double);
    await page.getByRole('link', { name: 'Client money' }).first().click();
    await page.getByText('The rows do not add up to the stated balance').waitFor();
    const input = { clientId: clientId(1), accountId: accountId(2) };
    expect(calls('accounts.get')).toContainEqual(input);
    const { proof } = valueOf('accounts.get', await double.call('accounts.get', input));
    const day = proof.firstBrokenDay;
    if (day === null) throw new Error('the double’s proof must break');
    const difference = page.getByRole('row', { name: 'Difference' }).locator('[data-minor]');
    await expect.poll(() => difference.getAttribute('data-minor')).toBe(proof.differenceMinor);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'See the rows around this day' }).click();
    await expect
      .poll(() => calls('transactions.list'))
      .toContainEqual({
        filter: { ...input, from: addDays(day, -3), to: addDays(day, 3), search: null, state: null },
        sort: { by: 'bookingDate', direction: 'descending' },
        offset: 0,
        limit: 200,
      });
    expect(complaints).toEqual([]);
    await close();
  });

  it('shows the full number only when asked', async () => {
    const { page, double, close } = await browser.open('full', { path: `/accounts?account=${accountId(1)}` });
    const iban = double.world.accounts[0]?.iban ?? '';
    const content = page.getByRole('main');
    await content.getByRole('button', { name: 'Show', exact: true }).waitFor();
    const bare = async (): Promise<string> => (await content.innerText()).replaceAll(/\s/g, '');
    await expect.poll(() => bare()).not.toContain(iban);
    await content.getByRole('button', { name: 'Show', exact: true }).click();
    await expect.poll(() => bare()).toContain(iban);
    await content.getByRole('button', { name: 'Hide', exact: true }).click();
    await expect.poll(() => bare()).not.toContain(iban);
    await close();
  });

  it('draws the balance and says its last figure in words', async () => {
    const { page, close } = await browser.open('full', {
      path: `/accounts?account=${accountId(1)}`,
      width: 1600,
      height: 1000,
      colours: 'dark',
    });
    await page.locator('.recharts-area-curve').waitFor();
    await page.getByText(/^Booked balance from .* last /).waitFor({ state: 'attached' });
    expect(await accessibilityFindings(page)).toEqual([]);
    await close();
  });

  it('says what belongs here when there is no account', async () => {
    const { page, close } = await browser.open('empty', { path: '/accounts' });
    await page.getByText('No accounts yet').waitFor();
    await page.getByRole('link', { name: 'Connect a bank' }).click();
    await page.getByRole('heading', { level: 1, name: 'Connections' }).waitFor();
    await close();
  });

  it('leads to the account’s statements and to their export', async () => {
    const { page, close } = await browser.open('full', { path: `/accounts?account=${accountId(2)}` });
    await page.getByRole('link', { name: 'Statements and what would explain it' }).click();
    await page.getByRole('heading', { level: 1, name: 'Proof of Client money' }).waitFor();
    await page.goBack();
    await page.getByRole('main').getByRole('link', { name: 'Export', exact: true }).click();
    await page.getByRole('dialog', { name: 'Export Client money' }).waitFor();
    await close();
  });
});
