// One's own sign-in: password, codes of an authenticator app, security device.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import { DOUBLE_PASSWORD } from '../../builders/app-double.ts';
import { RECOVERY_CODES, totpOf } from '../../builders/app-double/people.ts';
import { recordCalls } from '../../builders/renderer-calls.ts';
import { describeInChromium, startRendererBrowser, type RendererBrowser } from '../../builders/renderer-page.ts';

const OWN = { path: '/security?view=sign-in' } as const;

describeInChromium('own sign-in', () => {
  let browser: RendererBrowser;
  beforeAll(async () => {
    browser = await startRendererBrowser();
  });
  afterAll(() => browser.close());

  it('changes the password: the present one proves it, the new one is judged, nothing stays in the fields', async () => {
    const { page, double, complaints, close } = await browser.open('full', OWN);
    const calls = recordCalls(double);
    const submit = page.getByRole('button', { name: 'Change the password' });
    await page.getByLabel('Present password').fill('wrong');
    await page.getByLabel('New password').fill('Margarethe Thornbury-Oyelaran 1');
    await page.getByText('It contains your name.').waitFor();
    await expect.poll(() => submit.isDisabled()).toBe(true);
    for (const label of ['New password', 'Password again'])
      await page.getByLabel(label).fill('seven wet bicycles sing');
    await submit.click();
    await page.getByText('That did not open the office').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByLabel('Present password').fill(DOUBLE_PASSWORD);
    await submit.click();
    await page.getByText('The password was changed.').waitFor();
    for (const label of ['Present password', 'New password', 'Password again'])
      await expect.poll(() => page.getByLabel(label).inputValue()).toBe('');
    expect(double.world.people[0]?.password).toBe('seven wet bicycles sing');
    expect(JSON.stringify([...calls('office.changePassword'), ...calls('office.rate')])).not.toMatch(
      /bicycles|battery/,
    );
    expect(complaints).toEqual([]);
    await close();
  });

  it('asks for eight characters beside a second factor, and for fifteen without', async () => {
    const secured = await browser.open({ factors: { code: true } }, OWN);
    await secured.page.getByLabel('New password').fill('seven wet');
    await secured.page.getByText('9 of at least 8 characters').waitFor();
    await secured.close();
    const alone = await browser.open('full', OWN);
    await alone.page.getByLabel('New password').fill('seven wet');
    await alone.page.getByText('9 of at least 15 characters').waitFor();
    await alone.close();
  });

  it('sets up codes by the key on the screen, and shows ten recovery codes once', async () => {
    const { page, double, complaints, close } = await browser.open('full', OWN);
    await page.getByRole('button', { name: 'Set up codes' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
    const shown = await dialog.locator('.sr-shown-once').textContent();
    await dialog.getByLabel('Code the app shows now').fill('000000');
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await dialog.getByText('The code does not fit').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByLabel('Code the app shows now').fill(totpOf((shown ?? '').replaceAll(' ', '')).generate());
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    await expect.poll(() => codes.allTextContents()).toEqual(RECOVERY_CODES);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'I have them on paper' }).click();
    await page.getByText('Recovery codes left').waitFor();
    await expect.poll(() => page.content()).not.toContain(RECOVERY_CODES[0] ?? '');
    expect(double.world.people[0]?.code?.secret).toBe((shown ?? '').replaceAll(' ', ''));
    expect(complaints).toEqual([]);
    await close();
  });

  it('makes new recovery codes and removes codes, each after saying what is lost', async () => {
    const { page, double, close } = await browser.open({ factors: { code: true } }, { ...OWN, colours: 'dark' });
    double.world.people[0]?.code?.recoveryCodes.splice(2);
    await page.reload();
    await page.getByRole('button', { name: 'New recovery codes' }).click();
    await page.getByText('The recovery codes you have open nothing any more.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'New recovery codes' }).click();
    await page.getByRole('button', { name: 'I have them on paper' }).click();
    await page.getByRole('button', { name: 'Remove codes' }).click();
    await page.getByText('You sign in with your password alone.', { exact: false }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Remove codes' }).click();
    await page.getByRole('button', { name: 'Set up codes' }).waitFor();
    expect(double.world.people[0]?.code).toBeNull();
    await close();
  });

  it('refuses to remove codes beside a password that is too short to stand alone', async () => {
    const { page, double, close } = await browser.open({ factors: { code: true } }, OWN);
    const [owner] = double.world.people;
    if (owner) owner.password = 'seven wet';
    await page.getByRole('button', { name: 'Remove codes' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove codes' }).click();
    await page.getByRole('dialog').getByText('The password is too short').waitFor();
    expect(owner?.code).not.toBeNull();
    await close();
  });

  it('adds and removes a security device where the program can talk to one, and shows nothing of it elsewhere', async () => {
    const none = await browser.open('full', OWN);
    await none.page.getByRole('button', { name: 'Set up codes' }).waitFor();
    await expect.poll(() => none.page.getByRole('heading', { name: 'Security device' }).count()).toBe(0);
    await none.close();
    const { page, double, complaints, close } = await browser.open({ deviceSupport: 'FIDO2 security key' }, OWN);
    double.world.deviceConnected = false;
    await page.getByRole('button', { name: 'Add a device' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Password', { exact: true }).fill(DOUBLE_PASSWORD);
    await dialog.getByRole('button', { name: 'Add a device' }).click();
    await dialog.getByText('Your security device is not there').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    double.world.deviceConnected = true;
    await dialog.getByLabel('Password', { exact: true }).fill(DOUBLE_PASSWORD);
    await dialog.getByRole('button', { name: 'Add a device' }).click();
    await page.getByText('Nitrokey 3').waitFor();
    await page.getByRole('button', { name: 'Remove the device' }).click();
    await dialog.getByLabel('Password', { exact: true }).fill(DOUBLE_PASSWORD);
    await dialog.getByRole('button', { name: 'Remove the device' }).click();
    await page.getByRole('button', { name: 'Add a device' }).waitFor();
    expect(double.world.people[0]?.device).toBeNull();
    expect(complaints).toEqual([]);
    await close();
  });
});
