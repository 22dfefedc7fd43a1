// Signing in as a person does it: several people, codes, invitations, lock-outs, an older state, and every office that does not open.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSealedTexts } from '../../../electron/adapters/crypto/hpke-sealed-texts.ts';
import { NO_SEALING_KEY } from '../../../shared/model/sealed-text.ts';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import { DOUBLE_PASSWORD } from '../../builders/app-double.ts';
import { RECOVERY_CODES, totpOf, type DoublePerson } from '../../builders/app-double/people.ts';
import { change } from '../../builders/app-double/session.ts';
import { recordCalls } from '../../builders/renderer-calls.ts';
import { describeInChromium, startRendererBrowser, type RendererBrowser } from '../../builders/renderer-page.ts';

async function tryPassword(page: Page, password: string): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
}

function personOf(people: readonly DoublePerson[], name: string): DoublePerson {
  const found = people.find((person) => person.name.startsWith(name));
  if (!found) throw new Error(`no ${name} in the double`);
  return found;
}

const overview = (page: Page) => page.getByRole('heading', { name: 'Overview' });

describeInChromium('unlock', () => {
  let browser: RendererBrowser;
  beforeAll(async () => {
    browser = await startRendererBrowser();
  });
  afterAll(() => browser.close());

  it('tells whoever signs in next of wrong tries, once, with name, number and time', async () => {
    const { page, complaints, close } = await browser.open('locked');
    await page.getByRole('radio', { name: 'Ada Okafor' }).click();
    await tryPassword(page, 'wrong');
    await page.getByText('That did not open the office').waitFor();
    await page.getByText('9 more wrong tries, and signing in waits.').waitFor();
    await tryPassword(page, 'wrong again');
    await page.getByText('8 more wrong tries, and signing in waits.').waitFor();
    await page.getByRole('radio', { name: 'Margarethe' }).click();
    await expect.poll(() => page.getByText('wrong tries').count()).toBe(0);
    await tryPassword(page, DOUBLE_PASSWORD);
    await overview(page).waitFor();
    const notices = page.getByRole('region', { name: 'Notices' });
    await notices.getByText('2 wrong tries to sign in as Ada Okafor').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await notices.getByRole('button', { name: 'Dismiss: 2 wrong tries to sign in as Ada Okafor' }).click();
    await notices.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Backups' }).click();
    await page.getByRole('heading', { level: 1, name: 'Backups' }).waitFor();
    await expect.poll(() => notices.count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('sends no password in the clear, and keeps none on the page', async () => {
    const { page, double, close } = await browser.open({ state: 'locked', alone: true });
    const calls = recordCalls(double);
    await tryPassword(page, DOUBLE_PASSWORD);
    await overview(page).waitFor();
    expect(calls('office.unlock')).toHaveLength(1);
    expect(JSON.stringify(calls('office.unlock'))).not.toContain(DOUBLE_PASSWORD);
    await expect.poll(() => page.content()).not.toContain(DOUBLE_PASSWORD);
    await close();
  });

  it('asks for a code where the person has codes, and does not say which part was wrong', async () => {
    const { page, double, close } = await browser.open('locked', { colours: 'dark' });
    const jonas = personOf(double.world.people, 'Jonas');
    await expect.poll(() => page.getByLabel('Code').count()).toBe(0);
    await page.getByRole('radio', { name: 'Jonas Petersen' }).click();
    await page.getByLabel('Code').fill('000000');
    await tryPassword(page, DOUBLE_PASSWORD);
    await page.getByText('What you entered does not fit this office.').waitFor();
    await page.getByLabel('Code').fill(totpOf(jonas.code?.secret ?? '').generate());
    await tryPassword(page, 'wrong');
    await page.getByText('8 more wrong tries, and signing in waits.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByLabel('Code').fill(RECOVERY_CODES[3] ?? '');
    await tryPassword(page, DOUBLE_PASSWORD);
    await overview(page).waitFor();
    expect(jonas.code?.recoveryCodes).toHaveLength(9);
    await close();
  });

  it('waits after ten wrong tries with a countdown, lets others in, and comes back by itself', async () => {
    const { page, double, close } = await browser.open('locked');
    const ada = personOf(double.world.people, 'Ada');
    ada.failures = 9;
    await page.getByRole('radio', { name: 'Ada Okafor' }).click();
    await tryPassword(page, 'wrong');
    const wait = page.getByRole('region', { name: 'Signing in waits' });
    await wait.getByText(/^(30:00|29:5\d)$/).waitFor();
    await wait.getByText('Others of this office can sign in meanwhile.').waitFor();
    await expect.poll(() => wait.getByRole('status').textContent()).toBe('About 30 minutes left');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('radio', { name: 'Kobayashi' }).click();
    await page.getByLabel('Password', { exact: true }).waitFor();
    ada.lockedUntilMs = Date.now() + 2000;
    await tryPassword(page, 'wrong');
    await page.getByText('9 more wrong tries').waitFor();
    await page.getByRole('radio', { name: 'Ada Okafor' }).click();
    await page.getByLabel('Password', { exact: true }).waitFor();
    await page.getByText('One more wrong try, and signing in waits.').waitFor();
    await close();
  });

  it('takes up an invitation: code and a new password; then only the clients she was given', async () => {
    const { page, double, complaints, close } = await browser.open('locked');
    await page.getByRole('radio', { name: /Bartholomew/ }).click();
    const accept = page.getByRole('button', { name: 'Take up the invitation' });
    await page.getByLabel('Invitation code').fill('AAAA');
    await page.getByLabel('New password').fill('too short');
    await page.getByText('9 of at least 15 characters').waitFor();
    await expect.poll(() => accept.isDisabled()).toBe(true);
    await page.getByLabel('New password').fill('seven wet bicycles sing');
    await page.getByLabel('Password again').fill('seven wet bicycles sing');
    expect(await accessibilityFindings(page)).toEqual([]);
    await accept.click();
    await page.getByText('That did not open the office').waitFor();
    await page.getByLabel('Invitation code').fill('h2vn 8qxc 4krt m9wd');
    await accept.click();
    await overview(page).waitFor();
    const table = page.getByRole('table', { name: 'Clients' });
    await expect.poll(() => table.getByRole('rowheader').count()).toBe(2);
    expect(personOf(double.world.people, 'Barth')).toMatchObject({ state: 'active', invitation: null });
    expect(complaints).toEqual([]);
    await close();
  });

  it('opens an older state only knowingly, and says so afterwards', async () => {
    const { page, double, complaints, close } = await browser.open('rolled-back');
    await tryPassword(page, DOUBLE_PASSWORD);
    await page.getByText('This office is older than this computer remembers').waitFor();
    await page.getByRole('region', { name: 'The way out' }).getByText('“Restore a backup”').waitFor();
    const open = page.getByRole('button', { name: 'Open the older state' });
    await page.getByLabel('Password', { exact: true }).fill(DOUBLE_PASSWORD);
    await expect.poll(() => open.isDisabled()).toBe(true);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByLabel(/I know that what was entered since then is missing/).check();
    await open.click();
    await overview(page).waitFor();
    await page.getByText('An older state of this office was opened knowingly.', { exact: false }).waitFor();
    expect(double.world.status.state).toBe('unlocked');
    expect(complaints).toEqual([]);
    await close();
  });

  it.each([
    ['VAULT_HEADER_CORRUPT', 'The vault’s header cannot be read', true],
    ['VAULT_HEADER_TAMPERED', 'The vault’s header was changed by someone else', true],
    ['VAULT_SCHEMA_NEWER', 'This office was written by a newer Strongroom', false],
    ['OFFICE_IN_USE', 'The office is open elsewhere', false],
  ] as const)('shows %s calmly, without a password field, and looks again', async (problem, title, restores) => {
    const { page, double, complaints, close } = await browser.open({ state: 'locked', problem });
    await page.getByText(title).waitFor();
    await expect.poll(() => page.getByLabel('Password', { exact: true }).count()).toBe(0);
    await expect.poll(() => page.getByRole('region', { name: 'The way out' }).count()).toBe(restores ? 1 : 0);
    expect(await accessibilityFindings(page)).toEqual([]);
    double.world.status = { ...double.world.status, problem: null };
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByLabel('Password', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('says of each person what opens her slot, whatever the weakest one needs', async () => {
    const { page, double, close } = await browser.open('locked');
    personOf(double.world.people, 'Ada').deviceSecret = false;
    await change(double.world, { protection: 'password-only' });
    await page.getByText('Opens with your password and this computer’s').waitFor();
    await page.getByRole('radio', { name: 'Ada Okafor' }).click();
    await page.getByText('Opens with the password alone.').waitFor();
    await close();
  });

  it('leads from a lost keychain entry to the recovery kit', async () => {
    const { page, close } = await browser.open({ state: 'locked', found: 'KEYCHAIN_ENTRY_MISSING' });
    await tryPassword(page, DOUBLE_PASSWORD);
    await page.getByText('The keychain no longer holds this office’s device secret').waitFor();
    await page.getByRole('alert').getByRole('button', { name: 'Use the recovery kit' }).click();
    await page.getByRole('heading', { name: 'Back in with the recovery kit' }).waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByLabel('Password', { exact: true }).waitFor();
    await close();
  });

  it('seals once more where the vault was restarted while the password was typed', async () => {
    const { page, double, close } = await browser.open({ state: 'locked', alone: true });
    const calls = recordCalls(double);
    await tryPassword(page, 'wrong');
    await page.getByText('That did not open the office').waitFor();
    double.world.sealed = createSealedTexts();
    await tryPassword(page, DOUBLE_PASSWORD);
    await overview(page).waitFor();
    expect(calls('office.unlock')).toHaveLength(3);
    await close();
  });

  it('seals nothing where the vault does not answer: the problem is on the screen, and goes with it', async () => {
    const { page, double, complaints, close } = await browser.open({ state: 'locked', alone: true });
    const calls = recordCalls(double);
    const { status, sealed } = double.world;
    await page.getByLabel('Password', { exact: true }).waitFor();
    const problem = { code: 'PROCESS_CRASHED', params: { process: 'vault' }, retryable: true, ref: null } as const;
    double.world.sealed = { ...sealed, publicKey: () => Promise.resolve(NO_SEALING_KEY) };
    double.world.status = { ...status, problem };
    await tryPassword(page, DOUBLE_PASSWORD);
    await page.locator('[data-code="PROCESS_CRASHED"]').waitFor();
    await expect.poll(() => page.getByLabel('Password', { exact: true }).count()).toBe(0);
    await expect.poll(() => page.getByRole('alert').count()).toBe(1);
    expect(calls('office.unlock')).toEqual([]);
    Object.assign(double.world, { status, sealed });
    await page.getByRole('button', { name: 'Try again' }).click();
    await tryPassword(page, DOUBLE_PASSWORD);
    await overview(page).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('promises to remember the office’s last state only where a keychain can', async () => {
    const remembered = { state: 'locked', warnings: ['anchor-missing'], alone: true } as const;
    const withKeychain = await browser.open(remembered);
    await withKeychain.page.getByText('It is remembered from now on.', { exact: false }).waitFor();
    await withKeychain.close();
    const { page, close } = await browser.open({ ...remembered, keychain: false });
    await page.getByText('Without a keychain this computer cannot remember', { exact: false }).waitFor();
    await tryPassword(page, DOUBLE_PASSWORD);
    const notices = page.getByRole('region', { name: 'Notices' });
    await notices.getByText('Without a keychain this computer cannot remember', { exact: false }).waitFor();
    await expect.poll(() => page.getByText('remembered from now on', { exact: false }).count()).toBe(0);
    await close();
  });

  it('needs no mouse', async () => {
    const { page, close } = await browser.open('locked');
    await expect
      .poll(() => page.getByLabel('Password', { exact: true }).evaluate((field) => field === document.activeElement))
      .toBe(true);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.getByRole('radio', { name: 'Ada Okafor' }).isChecked()).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.type(DOUBLE_PASSWORD);
    await page.keyboard.press('Enter');
    await overview(page).waitFor();
    await close();
  });
});
