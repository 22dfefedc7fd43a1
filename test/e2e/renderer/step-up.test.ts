// The prompt for a fresh proof: asked for by any call, answered in one place, after which the same call runs once more.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import { DOUBLE_PASSWORD } from '../../builders/app-double.ts';
import { totpOf } from '../../builders/app-double/people.ts';
import { recordCalls } from '../../builders/renderer-calls.ts';
import { describeInChromium, startRendererBrowser, type RendererBrowser } from '../../builders/renderer-page.ts';

const prompt = (page: Page) => page.getByRole('dialog', { name: 'Please confirm that it is you' });

async function askForInvitation(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Invite a person' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Ottilie Neumann');
  await page.getByRole('button', { name: 'Make the invitation' }).click();
}

async function rotateOffice(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Make new keys' }).first().click();
  await page.getByRole('dialog', { name: 'Make new keys' }).getByRole('button', { name: 'Make new keys' }).click();
}

describeInChromium('step-up', () => {
  let browser: RendererBrowser;
  beforeAll(async () => {
    browser = await startRendererBrowser();
  });
  afterAll(() => browser.close());

  it('asks for the password of who has no factor, stays where it is wrong, and repeats the call once', async () => {
    const { page, double, complaints, close } = await browser.open(
      { proven: false },
      { path: '/security?view=people' },
    );
    const calls = recordCalls(double);
    await askForInvitation(page);
    const password = prompt(page).getByLabel('Password', { exact: true });
    await password.fill('wrong');
    await page.keyboard.press('Enter');
    await prompt(page).getByText('That does not fit. Nothing was done. 9 more wrong tries').waitFor();
    await expect.poll(() => password.inputValue()).toBe('');
    expect(await accessibilityFindings(page)).toEqual([]);
    await password.fill(DOUBLE_PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Invitation code for Ottilie Neumann' }).waitFor();
    await prompt(page).waitFor({ state: 'detached' });
    expect(calls('users.invite')).toHaveLength(2);
    expect(JSON.stringify(calls('office.stepUp'))).not.toContain(DOUBLE_PASSWORD);
    expect(complaints).toEqual([]);
    await close();
  });

  it('is cancelled by Escape alone: the dialog underneath stays and says what is missing', async () => {
    const { page, double, close } = await browser.open({ proven: false }, { path: '/security?view=people' });
    await askForInvitation(page);
    await prompt(page).getByLabel('Password', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await prompt(page).waitFor({ state: 'detached' });
    const dialog = page.getByRole('dialog', { name: 'Invite a person' });
    await dialog.getByText('This step needs a fresh confirmation').waitFor();
    await expect.poll(() => dialog.getByLabel('Name', { exact: true }).inputValue()).toBe('Ottilie Neumann');
    expect(double.world.people).toHaveLength(5);
    await close();
  });

  it('asks for a code of who has codes, and takes the device instead', async () => {
    const opened = await browser.open(
      { proven: false, factors: { code: true, device: true } },
      { path: '/security', colours: 'dark' },
    );
    const { page, double, close } = opened;
    await rotateOffice(page);
    await prompt(page).getByLabel('Code').fill('123456');
    await prompt(page).getByRole('button', { name: 'Confirm' }).click();
    await prompt(page).getByText('That does not fit.', { exact: false }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    double.world.deviceConnected = false;
    await prompt(page).getByRole('button', { name: 'Use the security device instead' }).click();
    await prompt(page).getByRole('button', { name: 'Confirm' }).click();
    await prompt(page).getByText('Your security device is not there').waitFor();
    double.world.deviceConnected = true;
    await prompt(page).getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('13 databases', { exact: false }).waitFor();
    double.world.provenUntilMs = 0;
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await rotateOffice(page);
    await prompt(page)
      .getByLabel('Code')
      .fill(totpOf(double.world.people[0]?.code?.secret ?? '').generate());
    await prompt(page).getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('13 databases', { exact: false }).waitFor();
    await close();
  });

  it('waits with a countdown after ten wrong tries, and can be left', async () => {
    const { page, double, close } = await browser.open({ proven: false }, { path: '/security' });
    const [owner] = double.world.people;
    if (owner) owner.failures = 9;
    await rotateOffice(page);
    await prompt(page).getByLabel('Password', { exact: true }).fill('wrong');
    await page.keyboard.press('Enter');
    await prompt(page)
      .getByText(/^(30:00|29:5\d)$/)
      .waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await prompt(page).getByRole('button', { name: 'Cancel' }).click();
    await prompt(page).waitFor({ state: 'detached' });
    await close();
  });

  it('serves calls whose button has left the screen: undo of a batch', async () => {
    const { page, double, close } = await browser.open({ proven: false }, { path: '/import' });
    await page.getByRole('button', { name: 'Aldgate Instruments Ltd' }).click();
    await page.getByRole('button', { name: /^Undo/ }).first().click();
    await page.getByRole('button', { name: 'Undo the batch' }).click();
    await prompt(page).getByLabel('Password', { exact: true }).fill(DOUBLE_PASSWORD);
    await page.keyboard.press('Enter');
    await prompt(page).waitFor({ state: 'detached' });
    await expect.poll(() => double.world.batches.filter(({ state }) => state === 'undone').length).toBeGreaterThan(0);
    await page.getByRole('list', { name: 'News' }).getByRole('listitem').first().waitFor();
    await close();
  });

  it('stands before a backup, which is then written with the passphrase as it was typed', async () => {
    const { page, double, complaints, close } = await browser.open({ proven: false }, { path: '/backups' });
    const before = double.world.backups.length;
    await page.getByRole('button', { name: 'Back up now' }).click();
    const dialog = page.getByRole('dialog', { name: 'Back up the office' });
    await dialog.getByLabel('Also open it with a passphrase').check();
    await dialog.getByLabel('Passphrase', { exact: true }).fill('a passphrase of some length');
    await dialog.getByRole('button', { name: 'Write the backup' }).click();
    await prompt(page).getByLabel('Password', { exact: true }).fill(DOUBLE_PASSWORD);
    expect(double.world.backups).toHaveLength(before);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    expect(double.world.backups).toHaveLength(before + 1);
    expect(double.world.backups[0]).toMatchObject({ passphrase: true });
    expect(complaints).toEqual([]);
    await close();
  });

  it('goes with the lock, and what waited is refused', async () => {
    const { page, double, close } = await browser.open({ proven: false }, { path: '/security' });
    await rotateOffice(page);
    await prompt(page).getByLabel('Password', { exact: true }).waitFor();
    await double.call('office.lock', {});
    await page.getByText('You locked it.').waitFor();
    await expect.poll(() => prompt(page).count()).toBe(0);
    expect(double.world.generations.size).toBe(0);
    await close();
  });
});
