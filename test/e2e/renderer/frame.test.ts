// The frame: unlock and lock, the client in sight, palette, shortcuts, running work.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import { DOUBLE_PASSWORD } from '../../builders/app-double.ts';
import { jobId } from '../../builders/app-double/ids.ts';
import { describeInChromium, startRendererBrowser, type RendererBrowser } from '../../builders/renderer-page.ts';

describeInChromium('frame', () => {
  let browser: RendererBrowser;
  beforeAll(async () => {
    browser = await startRendererBrowser();
  });
  afterAll(() => browser.close());

  it('unlocks with the right password only, and says no more than that the wrong one is wrong', async () => {
    const { page, complaints, close } = await browser.open('locked');
    await page.getByText('It locked itself because nobody used the window for a while.').waitFor();
    const password = page.getByLabel('Password', { exact: true });
    await password.fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('That did not open the office').waitFor();
    await expect.poll(() => password.inputValue()).toBe('');
    expect(await accessibilityFindings(page)).toEqual([]);
    await password.fill(DOUBLE_PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('locks by Ctrl L and keeps nothing of the office on the page', async () => {
    const { page, double, close } = await browser.open('full');
    await page.getByText('Aldgate Instruments Ltd').first().waitFor();
    await page.keyboard.press('Control+l');
    await page.getByText('You locked it.').waitFor();
    expect(double.world.status.state).toBe('locked');
    await expect.poll(() => page.content()).not.toContain('Aldgate');
    await close();
  });

  it('offers the way out of a damaged office instead of a password', async () => {
    const { page, close } = await browser.open('damaged');
    await page.getByText('A database of the vault is damaged').waitFor();
    await expect.poll(() => page.getByLabel('Password', { exact: true }).count()).toBe(0);
    await page.getByText('restore the latest proven backup into an empty folder').waitFor();
    await page.getByRole('button', { name: 'Technical details' }).click();
    await page.getByText('VAULT_CORRUPT').waitFor();
    await page.getByText('log-7f3a').waitFor();
    await close();
  });

  it('shows one client, with its name and colour in the frame, on every screen', async () => {
    const { page, complaints, close } = await browser.open('full');
    await page.getByRole('button', { name: 'Client: All clients' }).click();
    await page.getByRole('textbox', { name: 'Find a client' }).last().fill('zür');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const switcher = page.getByRole('button', { name: 'Client: Café Zürich' });
    await switcher.waitFor();
    await page.getByRole('heading', { level: 1, name: 'Café Zürich' }).waitFor();
    await expect.poll(() => page.locator('.sr-frame').getAttribute('data-client')).toBe('grape');
    await page.getByRole('link', { name: 'Backups' }).click();
    await expect.poll(() => switcher.isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await close();
  });

  it('adds a client and makes it the current one; a name that exists is refused', async () => {
    const { page, double, close } = await browser.open('full');
    await page.getByRole('button', { name: 'Add a client' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name of the client').fill('café zürich');
    await dialog.getByRole('button', { name: 'Add client' }).click();
    await dialog.getByText('There is a client of this name').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByLabel('Name of the client').fill('Penhallow Mill');
    await dialog.getByRole('button', { name: 'Add client' }).click();
    await page.getByRole('button', { name: 'Client: Penhallow Mill' }).waitFor();
    expect(double.world.clients.at(-1)?.name).toBe('Penhallow Mill');
    await close();
  });

  it('goes anywhere by Ctrl K, by g and a letter, and lists the shortcuts behind ?', async () => {
    const { page, complaints, close } = await browser.open('full');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.keyboard.press('Control+k');
    const palette = page.getByPlaceholder('Go to a screen, choose a client, search transactions');
    await palette.fill('backu');
    await page.getByRole('dialog').getByText('Backups').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Backups' }).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await page.keyboard.press('e');
    await page.getByRole('heading', { level: 1, name: 'Security' }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Backups' }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('reaches the search field of a screen by /', async () => {
    const { page, close } = await browser.open('full');
    await page.getByRole('row').nth(3).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('dental');
    const table = page.getByRole('table', { name: 'Clients' });
    await table.getByText('Café Zürich').waitFor({ state: 'detached' });
    await expect.poll(() => table.getByRole('row').count()).toBe(2);
    await close();
  });

  it('shows running work with counts, and its end', async () => {
    const { page, double, close } = await browser.open('full');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    const job = { jobId: jobId(7), kind: 'sync', label: 'Nordseebank', total: 1594, unit: 'rows', error: null };
    double.emit('jobs.progress', { ...job, done: 400, state: 'running' });
    await page.getByText('400 of 1,594 rows').waitFor();
    await page.getByRole('button', { name: 'Cancel: Nordseebank' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    double.emit('jobs.progress', { ...job, done: 1594, state: 'finished' });
    await page.getByText('finished').waitFor();
    await close();
  });
});
