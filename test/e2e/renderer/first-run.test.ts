// First run as a person does it: the password is judged, the kit is shown once and typed back, a backup is looked into before it is restored.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import { DOUBLE_PASSWORD } from '../../builders/app-double.ts';
import { describeInChromium, startRendererBrowser, type RendererBrowser } from '../../builders/renderer-page.ts';

async function choosePassword(page: Page, password: string): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('Password again').fill(password);
}

/** The kit as it is printed: number and text of each group. */
async function readKit(page: Page): Promise<string[]> {
  return page.getByRole('list', { name: 'Recovery key' }).locator('b').allTextContents();
}

describeInChromium('first run', () => {
  let browser: RendererBrowser;
  beforeAll(async () => {
    browser = await startRendererBrowser();
  });
  afterAll(() => browser.close());

  it('creates an office: weak password refused with its reason, kit shown, wrong groups refused, right groups open the overview', async () => {
    const { page, double, complaints, close } = await browser.open('first-run');
    await page.getByRole('button', { name: 'Create an office' }).click();
    await page.getByLabel('Name of the office').fill('Thornbury & Partners');
    await page.getByLabel('Your name').fill('Ada Okafor');
    const create = page.getByRole('button', { name: 'Create the office' });
    await choosePassword(page, 'Thornbury & Partners');
    await page.getByText('It contains the office’s name.').waitFor();
    await expect.poll(() => create.isDisabled()).toBe(true);
    await choosePassword(page, 'short');
    await page.getByText('5 of at least 15 characters').waitFor();
    await choosePassword(page, DOUBLE_PASSWORD);
    expect(await accessibilityFindings(page)).toEqual([]);
    await create.click();

    await page.getByRole('heading', { name: 'Your recovery kit' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    const groups = await readKit(page);
    expect(groups).toEqual(double.world.kit?.groups);
    await page.getByRole('button', { name: 'I have it on paper' }).click();
    await expect.poll(() => page.getByText(groups[0] ?? '').count()).toBe(0);

    await page.getByLabel('Group 3').fill('XXXX');
    await page.getByLabel('Group 7').fill(groups[6] ?? '');
    await page.getByRole('button', { name: 'Check and finish' }).click();
    await page.getByText('These are not the groups of your recovery kit').waitFor();
    expect(double.world.status.recoveryProven).toBe(false);
    await page.getByLabel('Group 3').fill((groups[2] ?? '').toLowerCase());
    await page.getByRole('button', { name: 'Check and finish' }).click();

    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    expect(double.world.status).toMatchObject({ recoveryProven: true, protection: 'keychain', lockAfterMinutes: 5 });
    expect(complaints).toEqual([]);
    await close();
  });

  it('practises: the practice bank is started and stands on the overview', async () => {
    const { page, double, close } = await browser.open('first-run');
    await page.getByRole('button', { name: 'Practise' }).click();
    await choosePassword(page, DOUBLE_PASSWORD);
    await page.getByRole('button', { name: 'Create the office' }).click();
    await page.getByRole('button', { name: 'I have it on paper' }).click();
    await page.getByRole('button', { name: 'Later' }).click();
    await page.getByRole('heading', { name: 'Practice bank' }).waitFor();
    expect(double.world.practice.running).toBe(true);
    await close();
  });

  it('explains password-only protection where there is no keychain', async () => {
    const { page, double, close } = await browser.open('no-keychain');
    await page.getByRole('button', { name: 'Create an office' }).click();
    await page.getByText('is not available here, so the password alone protects the office').waitFor();
    await expect.poll(() => page.getByRole('radio').count()).toBe(0);
    await page.getByLabel('Name of the office').fill('Harbour');
    await page.getByLabel('Your name').fill('Ada');
    await choosePassword(page, DOUBLE_PASSWORD);
    await page.getByRole('button', { name: 'Create the office' }).click();
    await page.getByRole('heading', { name: 'Your recovery kit' }).waitFor();
    expect(double.world.status.protection).toBe('password-only');
    await close();
  });

  it('restores a backup only after it was opened and shown', async () => {
    const { page, double, complaints, close } = await browser.open('first-run');
    await page.getByRole('button', { name: 'Restore a backup' }).click();
    await page.getByLabel('Backup file').fill('/media/stick/office.strongroom-backup');
    await page.getByLabel('The eight groups of the kit').fill('7QK2');
    await page.getByRole('button', { name: 'Open and check' }).click();
    await page.getByText('The key does not open this backup').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Restore it here' }).count()).toBe(0);
    await page.getByLabel('The eight groups of the kit').fill('7qk2 m4zp od9x ht6w b3rn y8c1 vf5j e2ag');
    await page.getByRole('button', { name: 'Open and check' }).click();
    await page.getByText('14, all as they were written').waitFor();
    await choosePassword(page, DOUBLE_PASSWORD);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Restore it here' }).click();
    await page.getByText('8 connections must be signed in at their banks again.').waitFor();
    await page.getByRole('button', { name: 'Go on to the new recovery kit' }).click();
    expect(await readKit(page)).toEqual(double.world.kit?.groups);
    await page.getByRole('button', { name: 'I have it on paper' }).click();
    await page.getByRole('button', { name: 'Unlock' }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });
});
