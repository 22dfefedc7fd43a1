// First run of the real program: a password is judged, keys are made, the kit is typed back, the first clients are added.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SOURCE_ENTRIES } from '../../../electron/adapters/process/child-process-port.ts';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import { PROGRAM_PASSWORD, startProgram, type Program, type ProgramWindow } from '../../builders/program.ts';
import { describeInChromium } from '../../builders/renderer-page.ts';
import { choosePassword, readKit } from './steps.ts';

describeInChromium('the program: first run', () => {
  let program: Program;
  let window: ProgramWindow;
  let kit: string[] = [];
  beforeAll(async () => {
    program = await startProgram(SOURCE_ENTRIES.vault);
    window = await program.open();
  });
  afterAll(async () => {
    await window.close();
    await program.close();
  });

  it('judges the password and makes the office with its recovery kit', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Create an office' }).click();
    await page.getByLabel('Name of the office').fill('Thornbury & Partners');
    await page.getByLabel('Your name').fill('Ada Okafor');
    const create = page.getByRole('button', { name: 'Create the office' });
    await choosePassword(page, 'Password1');
    await page.getByText('It is on the lists that attackers try first.').waitFor();
    await expect.poll(() => create.isDisabled()).toBe(true);
    await choosePassword(page, 'Thornbury & Partners');
    await page.getByText('It contains the office’s name.').waitFor();
    await choosePassword(page, PROGRAM_PASSWORD);
    await page.getByText('Very good').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await create.click();
    kit = await readKit(page);
    expect(kit).toHaveLength(8);
    expect(new Set(kit).size).toBe(8);
    expect(await accessibilityFindings(page)).toEqual([]);
    const status = await program.calls.office.status({});
    expect(status).toMatchObject({ state: 'unlocked', protection: 'keychain', recoveryProven: false });
  });

  it('takes the kit as proven only when both groups are right', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'I have it on paper' }).click();
    const labels = await page.getByText(/^Group \d$/).allTextContents();
    expect(labels).toHaveLength(2);
    const rightText = (label: string): string => kit[Number(label.replace('Group ', '')) - 1] ?? '';
    const [first = '', second = ''] = labels;
    await page.getByLabel(first).fill(rightText(first));
    await page.getByLabel(second).fill(rightText(first));
    await page.getByRole('button', { name: 'Check and finish' }).click();
    await page.getByText('These are not the groups of your recovery kit').waitFor();
    expect((await program.calls.office.status({})).recoveryProven).toBe(false);
    await page.getByLabel(second).fill(rightText(second).toLowerCase());
    await page.getByRole('button', { name: 'Check and finish' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    expect((await program.calls.office.status({})).recoveryProven).toBe(true);
  });

  it('starts empty and says how to fill it, then shows the clients that are added', async () => {
    const { page } = window;
    await page.getByText('No client yet').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    for (const name of ['Łódź & Åland Design Imports Ltd', '山田商事 株式会社']) {
      await page.getByRole('button', { name: /^Client:/ }).click();
      await page.getByRole('option', { name: 'Add a client' }).click();
      await page.getByLabel('Name of the client').fill(name);
      await page.getByRole('button', { name: 'Add client' }).click();
      await page.getByRole('button', { name: `Client: ${name}` }).waitFor();
    }
    await page.getByRole('button', { name: /^Client:/ }).click();
    await page.getByRole('option', { name: 'All clients' }).click();
    await page.getByText('2 clients · 0 transactions').waitFor();
    expect(window.complaints).toEqual([]);
  });
});
