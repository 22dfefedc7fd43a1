// Lock and crash in the real program: the processes that held the keys are gone, the page is new, and nothing is lost.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ProcessExit, ProcessPort } from '../../../electron/core/ports/process-port.ts';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import { startProgram, type Program, type ProgramWindow } from '../../builders/program.ts';
import { describeInChromium } from '../../builders/renderer-page.ts';
import { goTo, JOINERY, makeConnection, makeOffice, unlock } from './steps.ts';

function lives({ pid }: ProcessPort): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

const endOf = (port: ProcessPort): Promise<ProcessExit> => new Promise((resolve) => void port.onExit(resolve));

describeInChromium('the program: lock and crash', () => {
  let program: Program;
  let window: ProgramWindow;
  let before: string;
  beforeAll(async () => {
    program = await startProgram();
    await makeOffice(program);
    await makeConnection(program, 1);
    before = await ledger();
    window = await program.open();
  });
  afterAll(async () => {
    expect(window.complaints).toEqual([]);
    await window.close();
    await program.close();
  });

  async function ledger(): Promise<string> {
    const accounts = await program.calls.accounts.list({ clientId: null });
    return JSON.stringify(accounts.map(({ id, bookedMinor, transactions }) => [id, bookedMinor, transactions]));
  }

  async function leaveMark(): Promise<void> {
    await window.page.evaluate(() => Object.assign(globalThis, { markOfThisPage: true }));
  }

  const clientRow = () => window.page.getByRole('button', { name: JOINERY, exact: true });
  const hasMark = () => window.page.evaluate(() => 'markOfThisPage' in globalThis);

  it('Ctrl+L ends the vault and connector processes and loads the page anew', async () => {
    const { page } = window;
    const held = [program.process('vault'), program.process('connector')];
    expect(held.map(lives)).toEqual([true, true]);
    await clientRow().waitFor();
    await leaveMark();
    await page.keyboard.press('Control+l');
    const anew = await window.renewed();
    await anew.getByText('You locked it.').waitFor();
    await Promise.all(held.map(endOf));
    expect(held.map(lives)).toEqual([false, false]);
    expect(await hasMark()).toBe(false);
    expect(await anew.content()).not.toContain('Ashdown');
    await expect(program.calls.accounts.list({ clientId: null })).rejects.toThrow('SESSION_LOCKED');
    expect(await accessibilityFindings(anew)).toEqual([]);
  });

  it('refuses a wrong password without a hint and opens with the right one', async () => {
    const { page } = window;
    await unlock(page, 'kettle-harbour-vellum-orbiT');
    await page.locator('[data-code="SESSION_WRONG_CREDENTIALS"]').waitFor();
    await expect.poll(() => page.getByLabel('Password', { exact: true }).inputValue()).toBe('');
    expect(await accessibilityFindings(page)).toEqual([]);
    await unlock(page);
    await clientRow().waitFor();
    expect(await ledger()).toBe(before);
  });

  it('says so when the vault process dies, and has lost nothing', async () => {
    await goTo(window.page, 'Accounts');
    await leaveMark();
    const vault = program.process('vault');
    process.kill(vault.pid, 'SIGKILL');
    expect(await endOf(vault)).toMatchObject({ reason: 'crashed' });
    const page = await window.renewed();
    await page
      .getByText('A part of the program stopped, so it locked itself. Everything confirmed is stored.')
      .waitFor();
    expect(await hasMark()).toBe(false);
    await unlock(page);
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    expect(await ledger()).toBe(before);
    expect((await program.calls.office.verify({})).ok).toBe(true);
    const [connection] = await program.calls.connections.list({});
    expect(connection?.health.state).toBe('healthy');
  });

  it('carries on when the connector process dies', async () => {
    const { page } = window;
    await goTo(page, 'Connections');
    await page.getByRole('button', { name: 'Sync now: Practice Bank' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
    const connector = program.process('connector');
    process.kill(connector.pid, 'SIGKILL');
    await endOf(connector);
    await page.getByRole('button', { name: 'Sync now: Practice Bank' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Record the sync' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(program.process('connector').pid).not.toBe(connector.pid);
    expect(await ledger()).toBe(before);
  });
});
