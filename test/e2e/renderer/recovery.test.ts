// The recovery kit in use: typed or pasted to get back in, saved as PDF, proven later, made anew.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import { recoveryKit } from '../../builders/app-double/office-data.ts';
import { recordCalls } from '../../builders/renderer-calls.ts';
import { describeInChromium, startRendererBrowser, type RendererBrowser } from '../../builders/renderer-page.ts';

const KIT = recoveryKit('');
const PASSWORD = 'seven wet bicycles sing';

async function openRecovery(page: Page): Promise<void> {
  await page.getByText('Password or computer lost').click();
  await page.getByRole('button', { name: 'Use the recovery kit' }).click();
  await page.getByRole('heading', { name: 'Back in with the recovery kit' }).waitFor();
}

async function choosePassword(page: Page): Promise<void> {
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByLabel('Password again').fill(PASSWORD);
}

/** Pastes into a field as the keyboard would. */
async function paste(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).evaluate((field, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', pasted);
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

describeInChromium('recovery kit', () => {
  let browser: RendererBrowser;
  beforeAll(async () => {
    browser = await startRendererBrowser();
  });
  afterAll(() => browser.close());

  it('opens the office with the key pasted at once, and hands out a new kit to print, save and prove', async () => {
    const { page, double, complaints, close } = await browser.open('locked');
    const calls = recordCalls(double);
    await openRecovery(page);
    const open = page.getByRole('button', { name: 'Open the office' });
    await choosePassword(page);
    await expect.poll(() => open.isDisabled()).toBe(true);
    await paste(page, 'Group 1', ` ${KIT.groups.join(' - ').toLowerCase()} `);
    await expect.poll(() => page.getByLabel('Group 8').inputValue()).toBe('E2AG');
    expect(await accessibilityFindings(page)).toEqual([]);
    await open.click();
    await page.getByRole('heading', { name: 'Your recovery kit' }).waitFor();
    expect(JSON.stringify(calls('office.recover'))).not.toContain(PASSWORD);
    const groups = await page.getByRole('list', { name: 'Recovery key' }).locator('b').allTextContents();
    expect(groups).toEqual(KIT.groups.toReversed());
    await page.getByRole('img', { name: 'Recovery key as QR code' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);

    await page.getByLabel('Save as PDF to').fill('/media/stick/kit.pdf');
    await page.getByRole('button', { name: 'Save as PDF' }).click();
    await page.getByText('The PDF is written.', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Save as PDF' }).click();
    await page.getByRole('alert').waitFor();
    expect(double.world.savedKits).toEqual(['/media/stick/kit.pdf']);

    await page.getByRole('button', { name: 'I have it on paper' }).click();
    await page.getByLabel('Group 3').fill(groups[2] ?? '');
    await page.getByLabel('Group 7').fill(groups[6] ?? '');
    await page.getByRole('button', { name: 'Check and finish' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    expect(double.world.people[0]).toMatchObject({ password: PASSWORD, code: null, device: null });
    expect(complaints).toEqual([]);
    await close();
  });

  it('hands on from group to group, and says calmly that a key does not fit', async () => {
    const { page, double, close } = await browser.open('locked', { colours: 'dark' });
    await openRecovery(page);
    await choosePassword(page);
    await page.getByLabel('Group 1', { exact: true }).click();
    await page.keyboard.type('7qk2m4zpod9xht6wb3rny8c1vf5jAAAA');
    await page.getByRole('button', { name: 'Open the office' }).click();
    await page.getByText('That did not open the office').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByLabel('Group 8').fill('e2ag');
    await page.getByRole('button', { name: 'Open the office' }).click();
    await page.getByRole('heading', { name: 'Your recovery kit' }).waitFor();
    expect(double.world.status.state).toBe('unlocked');
    await close();
  });

  it('is proven from the security screen by the two groups that the kit asked for', async () => {
    const { page, double, close } = await browser.open({ recoveryProven: false }, { path: '/security' });
    await page.getByText('Nobody has typed two of its groups back yet', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Prove the kit' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Group 3').fill(KIT.groups[2] ?? '');
    await dialog.getByLabel('Group 7').fill('AAAA');
    await dialog.getByRole('button', { name: 'Check and finish' }).click();
    await dialog.getByText('These are not the groups of your recovery kit').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByLabel('Group 7').fill(KIT.groups[6] ?? '');
    await dialog.getByRole('button', { name: 'Check and finish' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Recovery kit proven').waitFor();
    expect(double.world.status.recoveryProven).toBe(true);
    await close();
  });

  it('is made anew only after saying that the old paper opens nothing any more', async () => {
    const { page, double, complaints, close } = await browser.open('full', { path: '/security' });
    await page.getByRole('button', { name: 'Make a new kit' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The old paper opens nothing any more', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: 'Make a new kit' }).click();
    await page.getByRole('region', { name: 'Strongroom recovery kit' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'I have it on paper' }).click();
    await page.getByRole('button', { name: 'Later' }).click();
    await page.getByText('Recovery kit not proven').waitFor();
    expect(double.world.status.recoveryProven).toBe(false);
    expect(complaints).toEqual([]);
    await close();
  });
});
