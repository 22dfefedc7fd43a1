// The office's people: invited, changed, invited anew, removed; and what each role is offered.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import { clientId } from '../../builders/app-double/ids.ts';
import { recordCalls } from '../../builders/renderer-calls.ts';
import { describeInChromium, startRendererBrowser, type RendererBrowser } from '../../builders/renderer-page.ts';

const PEOPLE = { path: '/security?view=people' } as const;

const rowOf = (page: Page, name: string) => page.getByRole('table', { name: 'People' }).getByRole('row', { name });

async function change(page: Page, name: string, what: string): Promise<void> {
  await page.getByRole('button', { name: `Change ${name}` }).click();
  await page.getByRole('menuitem', { name: what }).click();
  await page.getByRole('menu').waitFor({ state: 'detached' });
}

describeInChromium('people', () => {
  let browser: RendererBrowser;
  beforeAll(async () => {
    browser = await startRendererBrowser();
  });
  afterAll(() => browser.close());

  it('lists everybody with role, clients, state, factors and last sign-in', async () => {
    const { page, close } = await browser.open('full', PEOPLE);
    await expect.poll(() => rowOf(page, 'Jonas Petersen').textContent()).toMatch(/Accountant3 of 12ActiveCodes/);
    await expect.poll(() => rowOf(page, 'Margarethe').textContent()).toMatch(/\(you\)Owner.*None/);
    await expect.poll(() => rowOf(page, 'Bartholomew').textContent()).toMatch(/Invited.*until/);
    expect(await accessibilityFindings(page)).toEqual([]);
    await close();
  });

  it('invites with role and clients, and shows the code once', async () => {
    const { page, double, complaints, close } = await browser.open('full', PEOPLE);
    const calls = recordCalls(double);
    await page.getByRole('button', { name: 'Invite a person' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('ada okafor');
    await dialog.getByRole('radio', { name: 'Reviewer' }).click();
    await dialog.getByLabel('Find a client').fill('zür');
    await dialog.getByRole('checkbox', { name: 'Café Zürich' }).check();
    await dialog.getByText('1 client chosen').waitFor();
    await dialog.getByRole('button', { name: 'Make the invitation' }).click();
    await dialog.getByText('Somebody has this name already').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByLabel('Name', { exact: true }).fill('Ottilie Neumann');
    await dialog.getByRole('button', { name: 'Make the invitation' }).click();
    await dialog.getByText('T4WX-9PKD-27HM-QZ6R').waitFor();
    await dialog.getByText('It works once, until', { exact: false }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(calls('users.invite').at(-1)).toMatchObject({
      role: 'reviewer',
      access: { kind: 'some', clientIds: [clientId(4)] },
    });
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect.poll(() => page.content()).not.toContain('T4WX');
    await rowOf(page, 'Ottilie Neumann').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('says that taking a client away means a new key for it', async () => {
    const { page, double, close } = await browser.open('full', { ...PEOPLE, colours: 'dark' });
    await change(page, 'Jonas Petersen', 'Change clients');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Nothing changes.').waitFor();
    await dialog.getByRole('checkbox', { name: 'Aldgate Instruments Ltd' }).uncheck();
    await dialog.getByText('She loses 1 client: its database is written anew', { exact: false }).waitFor();
    await dialog.getByRole('checkbox', { name: 'Café Zürich' }).check();
    await dialog.getByText('The key of 1 client is sealed to her.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Change clients' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect([...double.world.generations]).toEqual([[clientId(1), 2]]);
    await close();
  });

  it('keeps the last owner, and changes a role at once', async () => {
    const { page, double, close } = await browser.open('full', PEOPLE);
    await change(page, 'Margarethe Thornbury-Oyelaran', 'Change role');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Accountant' }).click();
    await dialog.getByText('This is the last owner. Make somebody else an owner first.').waitFor();
    await expect.poll(() => dialog.getByRole('button', { name: 'Change role' }).isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await change(page, 'Ada Okafor', 'Change role');
    await dialog.getByRole('radio', { name: 'Owner' }).click();
    await dialog.getByText('She gets every key', { exact: false }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Change role' }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => rowOf(page, 'Ada Okafor').textContent()).toContain('Owner');
    expect(double.world.people[2]?.access).toEqual({ kind: 'all' });
    await close();
  });

  it('invites anew and removes others only, after saying what it means', async () => {
    const { page, double, close } = await browser.open('full', PEOPLE);
    await page.getByRole('button', { name: 'Change Margarethe' }).click();
    await page.getByRole('menuitem', { name: 'Change role' }).waitFor();
    await expect.poll(() => page.getByRole('menuitem').count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.getByRole('menuitem').first().waitFor({ state: 'detached' });
    await change(page, 'Jonas Petersen', 'Invite anew');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('You learn nothing of her password.', { exact: false }).waitFor();
    const submit = dialog.getByRole('button', { name: 'Make a new invitation' });
    await expect.poll(() => submit.isDisabled()).toBe(true);
    await dialog.getByLabel('Forgotten or broken').check();
    expect(await accessibilityFindings(page)).toEqual([]);
    await submit.click();
    await dialog.getByText('T4WX-9PKD-27HM-QZ6R').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    expect([...double.world.generations.keys()]).toEqual([]);
    expect(double.world.people[1]).toMatchObject({ state: 'invited', password: null, code: null });
    await change(page, 'Jonas Petersen', 'Remove');
    await dialog.getByText('The office and every client she could open get new keys', { exact: false }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Jonas Petersen was removed').waitFor();
    await rowOf(page, 'Jonas Petersen').waitFor({ state: 'detached' });
    expect([...double.world.generations.keys()].sort()).toEqual([clientId(1), clientId(2), clientId(3), 'office']);
    await close();
  });

  it('asks for a new recovery kit after an owner left, and reminds of it until it is made', async () => {
    const { page, double, complaints, close } = await browser.open('full', PEOPLE);
    const ada = double.world.people.find(({ name }) => name === 'Ada Okafor') ?? expect.fail('no Ada');
    Object.assign(ada, { role: 'owner', access: { kind: 'all' } });
    await page.reload();
    await change(page, 'Ada Okafor', 'Remove');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await dialog.getByText('Make a new kit next', { exact: false }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    const notices = page.getByRole('region', { name: 'Notices' });
    await notices.getByText('may have kept what the recovery kit opens', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: 'Make a new kit' }).click();
    await dialog.getByText('The old paper opens nothing any more', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('The recovery kit is to be made anew').waitFor();
    await notices.getByRole('link', { name: 'Make a new kit' }).click();
    await dialog.getByRole('button', { name: 'Make a new kit' }).click();
    await page.getByRole('heading', { name: 'Your recovery kit' }).waitFor();
    await notices.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await close();
  });

  it('makes new keys where somebody else may have password or device', async () => {
    const { page, double, close } = await browser.open('full', { ...PEOPLE, colours: 'dark' });
    await change(page, 'Ada Okafor', 'Invite anew');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Somebody else may have them').check();
    await dialog.getByRole('button', { name: 'Make a new invitation' }).click();
    await dialog.getByText('T4WX-9PKD-27HM-QZ6R').waitFor();
    expect([...double.world.generations.keys()].sort()).toEqual([clientId(2), 'office']);
    await close();
  });

  it('shows an auditor the people without any change, and a reviewer none of them', async () => {
    const auditor = await browser.open({ role: 'auditor' }, PEOPLE);
    await auditor.page.getByText('Only an owner changes people.').waitFor();
    await expect.poll(() => auditor.page.getByRole('button', { name: /^Change/ }).count()).toBe(0);
    await auditor.close();
    const reviewer = await browser.open({ role: 'reviewer' }, PEOPLE);
    await reviewer.page.getByText('What would make it stronger').waitFor();
    await expect.poll(() => reviewer.page.getByRole('tab').allTextContents()).toEqual(['Protection', 'My sign-in']);
    await expect.poll(() => reviewer.page.getByRole('button', { name: 'Make new keys' }).count()).toBe(0);
    await reviewer.close();
  });

  it('offers a reviewer nothing that she may not do, on any screen', async () => {
    const { page, double, complaints, close } = await browser.open({ role: 'reviewer', practiceRunning: true });
    const offers = page.getByRole('button', {
      name: /^(Add a client|Sync now.*|Connect .*|Connect it|Undo.*|Commit.*|Discard|Back up now|Invite.*|Assign.*)$/,
    });
    const go = async (screen: string, ready: string): Promise<void> => {
      await page.getByRole('navigation').getByRole('link', { name: screen }).click();
      await page.getByText(ready).first().waitFor();
      await page.locator('[data-loading]').first().waitFor({ state: 'detached' });
      await expect.poll(() => offers.allTextContents(), { message: screen }).toEqual([]);
    };
    await page.getByRole('button', { name: 'Bramble & Daughters Bakery' }).first().click();
    await go('Overview', 'Bramble & Daughters Bakery');
    await go('Connections', 'Bank of the Thames');
    await expect.poll(() => page.getByRole('link', { name: 'Connect a bank' }).count()).toBe(0);
    await go('Import', 'Your role reads what was imported');
    await go('Backups', 'Written backups');
    await page.getByRole('navigation').getByRole('link', { name: 'Settings' }).click();
    await expect.poll(() => page.getByRole('combobox', { name: /^Lock when/ }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: /^Client:/ }).click();
    await page.getByRole('option', { name: 'All clients' }).waitFor();
    await expect.poll(() => page.getByRole('option').count()).toBe(2);
    expect(double.world.audit.filter(({ outcome, sequence }) => outcome === 'denied' && sequence > 1240)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('calls accounts of clients without a key "of another client", and leaves them be', async () => {
    const { page, double, close } = await browser.open({ role: 'accountant' }, { path: '/connections' });
    const foreign = double.world.connections.find(
      ({ stage, accounts }) =>
        stage === 'ready' &&
        accounts.some(({ clientId: owner }) => owner !== null && ![1, 2, 3].map(clientId).includes(owner)),
    );
    await page
      .getByRole('link', { name: foreign?.institution ?? '' })
      .first()
      .click();
    await page.getByText('Of another client').first().waitFor();
    await page.getByRole('link', { name: 'Assign accounts' }).click();
    const field = page.getByPlaceholder('Of another client').first();
    await field.waitFor();
    await expect.poll(() => field.isDisabled()).toBe(true);
    expect(await accessibilityFindings(page)).toEqual([]);
    await close();
  });
});
