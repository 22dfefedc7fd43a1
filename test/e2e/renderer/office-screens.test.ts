// Overview, backups, security and settings as a person uses them.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import { describeInChromium, startRendererBrowser, type RendererBrowser } from '../../builders/renderer-page.ts';

describeInChromium('office screens', () => {
  let browser: RendererBrowser;
  beforeAll(async () => {
    browser = await startRendererBrowser();
  });
  afterAll(() => browser.close());

  it('puts what needs a person first and leads there, with the client chosen', async () => {
    const { page, double, close } = await browser.open('full');
    const items = page.locator('.sr-needs > li');
    await items.first().waitFor();
    const overview = await double.call('clients.overview', {});
    const needsYou = overview.ok ? (overview.value as { needsYou: readonly unknown[] }).needsYou : [];
    await expect.poll(() => items.count()).toBe(needsYou.length);
    await items.filter({ hasText: 'Client money' }).getByRole('button', { name: 'Open the account' }).click();
    await page.getByRole('button', { name: 'Client: Aldgate Instruments Ltd' }).waitFor();
    expect(page.url()).toContain('#/accounts?account=account_');
    await close();
  });

  it('has one row a client, with state as words', async () => {
    const { page, double, close } = await browser.open('full', { width: 1600 });
    const table = page.getByRole('table', { name: 'Clients' });
    await table.waitFor();
    await expect.poll(() => table.getByRole('rowheader').count()).toBe(double.world.clients.length);
    const dental = table.getByRole('row', { name: /Dr. Okonkwo/ });
    await expect.poll(() => dental.textContent()).toContain('Stopped for safety');
    await expect.poll(() => dental.textContent()).toContain('60 days');
    await close();
  });

  it('says in an office without clients what belongs there, and starts the practice bank', async () => {
    const { page, double, close } = await browser.open('empty');
    await page.getByText('No client yet').waitFor();
    await page.getByRole('button', { name: 'Start the practice bank' }).click();
    await page.getByRole('heading', { name: 'Practice bank' }).waitFor();
    await page.getByRole('table', { name: 'Sign-ins' }).getByText('practice-1').waitFor();
    expect(double.world.practice.running).toBe(true);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('heading', { name: 'Practice bank' }).waitFor({ state: 'detached' });
    expect(double.world.practice.running).toBe(false);
    await close();
  });

  it('shows an error with the next step, and recovers by trying again', async () => {
    const { page, close } = await browser.open({ failing: { 'clients.overview': 'VAULT_IO' } });
    const alert = page.getByRole('alert');
    await alert.getByText('The disk did not answer as it should').waitFor();
    await alert.getByText('Everything confirmed before it is stored').waitFor();
    await alert.getByRole('button', { name: 'Try again' }).waitFor();
    await close();
  });

  it('writes a backup to the suggested path and proves it', async () => {
    const { page, double, complaints, close } = await browser.open('full', { path: '/backups' });
    const before = double.world.backups.length;
    await page.getByRole('button', { name: 'Back up now' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Write to').waitFor();
    await dialog.getByLabel('Also open it with a passphrase').check();
    await dialog.getByLabel('Passphrase', { exact: true }).fill('too short');
    await expect.poll(() => dialog.getByRole('button', { name: 'Write the backup' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Passphrase', { exact: true }).fill('a passphrase of some length');
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Write the backup' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(double.world.backups).toHaveLength(before + 1);
    expect(double.world.backups[0]).toMatchObject({ passphrase: true, verifiedAt: null });
    await page
      .getByRole('button', { name: /^Verify/ })
      .first()
      .click();
    await page.getByText('This backup opens and is whole').waitFor();
    expect(double.world.backups[0]?.verifiedAt).not.toBeNull();
    expect(complaints).toEqual([]);
    await close();
  });

  it('says what protects this office: without a keychain, the honest other thing', async () => {
    const { page, close } = await browser.open({ keychain: false }, { path: '/security' });
    await page.getByText('The key is derived from passwords alone.', { exact: false }).waitFor();
    await page.getByText('Without a keychain this computer keeps no bank sign-ins', { exact: false }).waitFor();
    await expect.poll(() => page.getByText('Bank sign-ins live in the keychain only').count()).toBe(0);
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByText('This office is protected by its password alone.', { exact: false }).waitFor();
    await close();
  });

  it('pages through the audit log and verifies everything', async () => {
    const { page, close } = await browser.open('full', { path: '/security?view=audit' });
    const log = page.getByRole('table', { name: 'Audit log' });
    await log.getByRole('cell', { name: '1240', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Older' }).click();
    await log.getByRole('cell', { name: '1190', exact: true }).waitFor();
    await expect.poll(() => log.getByRole('cell', { name: '1240', exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Verify now' }).click();
    await page.getByRole('heading', { name: 'Everything checked is whole' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await close();
  });

  it('keeps the lock time in the office and the appearance in the window', async () => {
    const { page, double, close } = await browser.open('full', { path: '/settings' });
    await page.getByRole('combobox', { name: 'Lock when nobody has used the window for' }).click();
    await page.getByRole('option', { name: '2 minutes' }).click();
    await page.getByText('Saved').waitFor();
    expect(double.world.status.lockAfterMinutes).toBe(2);
    await page.getByText('High contrast').click();
    const root = page.locator('html');
    await expect.poll(() => root.getAttribute('data-contrast')).toBe('high');
    await page.getByText('Dark', { exact: true }).click();
    await expect.poll(() => root.getAttribute('data-mantine-color-scheme')).toBe('dark');
    await page.reload();
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await expect.poll(() => root.getAttribute('data-mantine-color-scheme')).toBe('dark');
    await close();
  });
});
