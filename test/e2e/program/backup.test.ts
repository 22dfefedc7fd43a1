// A backup written and proven from its screen, then restored on "another computer" through first run: all rows, no bank credentials.
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import { PROGRAM_PASSWORD, startProgram, type Program, type ProgramWindow } from '../../builders/program.ts';
import { describeInChromium } from '../../builders/renderer-page.ts';
import { choosePassword, confirmItIsYou, goTo, makeConnection, makeOffice, unlock } from './steps.ts';

describeInChromium('the program: backup and restore', () => {
  let program: Program;
  let window: ProgramWindow;
  let elsewhere: Program;
  let second: ProgramWindow;
  let recoveryKey = '';
  let path = '';
  beforeAll(async () => {
    program = await startProgram();
    recoveryKey = await makeOffice(program);
    await makeConnection(program, 1);
    window = await program.open();
    elsewhere = program.elsewhere();
  });
  afterAll(async () => {
    expect([...window.complaints, ...second.complaints]).toEqual([]);
    await window.close();
    await second.close();
    await elsewhere.close();
    await program.close();
  });

  /** Everything a person counts: accounts with balance and rows, by their number. */
  async function ledgerOf({ calls }: Program) {
    const accounts = await calls.accounts.list({ clientId: null });
    return accounts
      .map(({ iban, bookedMinor, transactions, proof }) => ({ iban, bookedMinor, transactions, proof: proof.result }))
      .toSorted((one, other) => String(one.iban).localeCompare(String(other.iban)));
  }

  it('writes a backup from the screen and proves it', async () => {
    const { page } = window;
    await goTo(page, 'Backups');
    await page.getByText('No backup yet').waitFor();
    await page.getByRole('button', { name: 'Back up now' }).click();
    const dialog = page.getByRole('dialog', { name: 'Back up the office' });
    const target = dialog.getByLabel('Write to');
    await expect.poll(() => target.inputValue()).toContain(program.directory);
    path = await target.inputValue();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Write the backup' }).click();
    await confirmItIsYou(page);
    await dialog.waitFor({ state: 'detached' });
    expect(existsSync(path)).toBe(true);
    await page.getByText('Never proven', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: /^Verify/ }).click();
    await page.getByText('This backup opens and is whole').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  it('restores it elsewhere: wrong key refused, content shown before anything is written', async () => {
    second = await elsewhere.open();
    const { page } = second;
    await page.getByRole('button', { name: 'Restore a backup' }).click();
    await page.getByLabel('Backup file').fill(path);
    await page.getByLabel('The eight groups of the kit').fill(recoveryKey.split('-').toReversed().join(' '));
    await page.getByRole('button', { name: 'Open and check' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('The eight groups of the kit').fill(recoveryKey.toLowerCase().replaceAll('-', ' '));
    await page.getByRole('button', { name: 'Open and check' }).click();
    await page.getByText('Harbour Lane Accountants').waitFor();
    expect((await elsewhere.calls.office.status({})).state).toBe('none');
    await choosePassword(page, `${PROGRAM_PASSWORD}-elsewhere`);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Restore it here' }).click();
    await page.getByText('1 connection must be signed in at its bank again.').waitFor();
  });

  it('has every account and row, and no bank credential', async () => {
    const { page } = second;
    await page.getByRole('button', { name: /^Go on/ }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    expect(await ledgerOf(elsewhere)).toEqual(await ledgerOf(program));
    expect((await elsewhere.calls.office.verify({})).ok).toBe(true);
    expect(await elsewhere.keychain()).not.toContain('connection/');
    await page.getByText('This connection’s sign-in is not on this computer').first().waitFor();
    await goTo(page, 'Connections');
    await page.getByRole('row').filter({ hasText: 'Practice Bank' }).getByText('Needs you').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  it('opens with the new password and not with the old one', async () => {
    await second.page.getByRole('button', { name: 'Lock', exact: true }).click();
    const page = await second.renewed();
    await unlock(page);
    await page.locator('[data-code="SESSION_WRONG_CREDENTIALS"]').waitFor();
    await unlock(page, `${PROGRAM_PASSWORD}-elsewhere`);
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
  });
});
