// What protects the office with the next steps, new keys, and the audit log with filters and export.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import { clientId, instantAgo } from '../../builders/app-double/ids.ts';
import { recordCalls } from '../../builders/renderer-calls.ts';
import { describeInChromium, startRendererBrowser, type RendererBrowser } from '../../builders/renderer-page.ts';

const AUDIT = { path: '/security?view=audit' } as const;

const NEGLECTED = {
  protection: 'password-only',
  networkFolder: true,
  coreDumps: 'unknown',
  anchor: null,
  lastBackup: null,
  officeKey: { generation: 1, since: instantAgo(500) },
  audit: { entries: 9, intact: false, checkpointKey: 'key', lastCheckpointAt: null },
} as const;

const sectionOf = (page: Page, title: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: title }) });

async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: field, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

describeInChromium('security', () => {
  let browser: RendererBrowser;
  beforeAll(async () => {
    browser = await startRendererBrowser();
  });
  afterAll(() => browser.close());

  it.each(['light', 'dark'] as const)(
    'names every weakness of a neglected office, the worst first, in %s',
    async (colours) => {
      const { page, complaints, close } = await browser.open(
        { security: NEGLECTED, recoveryProven: false, keychain: false },
        { path: '/security', colours },
      );
      const weak = sectionOf(page, 'What would make it stronger').locator('.sr-fact-title');
      await expect
        .poll(() => weak.allTextContents())
        .toEqual([
          'The audit log has a gap',
          'Password only',
          'You have no second factor',
          '1 of 4 people have a second factor',
          'Recovery kit not proven',
          'No backup',
          'The office lies in a network folder',
          'An older state would not be noticed',
          'A key is more than a year old',
          'No place for bank sign-ins',
        ]);
      await page.getByText('Crash images: unknown').waitFor();
      expect(await accessibilityFindings(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await close();
    },
  );

  it('leads from a weakness to what removes it', async () => {
    const { page, close } = await browser.open('full', { path: '/security' });
    await page.getByRole('button', { name: 'Set up a second factor' }).click();
    await page.getByRole('button', { name: 'Set up codes' }).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Look at the people' }).click();
    await page.getByRole('table', { name: 'People' }).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Go to backups' }).click();
    await page.getByRole('heading', { level: 1, name: 'Backups' }).waitFor();
    await close();
  });

  it('walks through its views by keyboard', async () => {
    const { page, close } = await browser.open('full', { path: '/security' });
    await page.getByRole('tab', { name: 'Protection' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('table', { name: 'People' }).waitFor();
    await expect.poll(() => page.url()).toContain('view=people');
    await page.keyboard.press('ArrowRight');
    await page.getByLabel('Present password').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('table', { name: 'Audit log' }).waitFor();
    await close();
  });

  it('makes new keys for one client, or for all after a suspected compromise', async () => {
    const { page, double, complaints, close } = await browser.open('full', { path: '/security' });
    const calls = recordCalls(double);
    const keys = page.getByRole('table', { name: 'Keys' });
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Make new keys' }).click();
    await dialog.getByRole('radio', { name: 'One client' }).click();
    await dialog.getByRole('combobox', { name: 'Client' }).click();
    await page.getByRole('option', { name: 'Café Zürich' }).click();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Make new keys' }).click();
    await dialog.getByText('1 database,', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => keys.getByRole('row', { name: /Café Zürich/ }).textContent()).toMatch(/Zürich2/);
    await page.getByRole('button', { name: 'Make new keys' }).click();
    await dialog.getByRole('radio', { name: 'Somebody may have had a key' }).click();
    await dialog.getByRole('button', { name: 'Make new keys' }).click();
    await dialog.getByText('Now make a new recovery kit and a new backup', { exact: false }).waitFor();
    expect(calls('security.rotate')).toEqual([
      { what: { kind: 'client', clientId: clientId(4) }, reason: 'routine' },
      { what: { kind: 'all' }, reason: 'compromise' },
    ]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('filters the audit log by who, what, outcome and days, all together', async () => {
    const { page, double, complaints, close } = await browser.open('full', AUDIT);
    const log = page.getByRole('table', { name: 'Audit log' });
    await page.getByText('1,240 entries').waitFor();
    await choose(page, 'Who', 'Jonas Petersen');
    await page.getByText('248 entries').waitFor();
    await choose(page, 'What', 'All of Batches');
    await page.getByText('62 entries').waitFor();
    await choose(page, 'Outcome', 'Denied');
    const expected = double.world.audit.filter(
      ({ user, action, outcome }) => user.startsWith('Jonas') && action.startsWith('batches.') && outcome === 'denied',
    );
    await expect.poll(() => log.getByRole('row').count()).toBe(expected.length + 1);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByText('1,240 entries').waitFor();
    const day = instantAgo(10).slice(0, 10);
    await page.getByLabel('From', { exact: true }).fill(day);
    await page.getByLabel('To', { exact: true }).fill(day);
    const ofDay = double.world.audit.filter(({ at }) => at.startsWith(day)).length;
    await page.getByText(`${ofDay} entries`, { exact: true }).waitFor();
    await expect.poll(() => page.getByLabel('To', { exact: true }).inputValue()).toBe(day);
    await page.getByLabel('From', { exact: true }).fill('2099-01-01');
    await page.getByText('No entry fits these filters.').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('shows the facts and the hash of an entry on demand', async () => {
    const { page, double, close } = await browser.open('full', { ...AUDIT, colours: 'dark' });
    await page.getByRole('button', { name: 'Details of entry 1238' }).click();
    await page.getByText('statement.xml, march.ofx').waitFor();
    await page.getByText(double.world.audit[1237]?.hash ?? '', { exact: true }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Details of entry 1238' }).click();
    await page.getByText('statement.xml, march.ofx').waitFor({ state: 'detached' });
    await close();
  });

  it('exports a chain with or without names, and gives key and hash to note down', async () => {
    const { page, double, complaints, close } = await browser.open('full', AUDIT);
    const calls = recordCalls(double);
    await page.getByRole('button', { name: 'Export' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Write to').fill('/media/stick/log.jsonl');
    await dialog.getByLabel('With names and details').uncheck();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Export' }).click();
    await dialog.getByText('Note the key and the last hash on paper', { exact: false }).waitFor();
    await dialog.getByText(/^strongroom-audit:/).waitFor();
    expect(calls('audit.export')).toEqual([{ clientId: null, path: '/media/stick/log.jsonl', personal: false }]);
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('cell', { name: 'Audit log exported' }).first().waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('shows the log of the chosen client, from its newest entry and unfiltered', async () => {
    const { page, close } = await browser.open('full', AUDIT);
    await choose(page, 'Outcome', 'Denied');
    await page.getByRole('button', { name: 'Client: All clients' }).click();
    await page.getByRole('option', { name: 'Café Zürich' }).click();
    await page.getByRole('heading', { name: 'Audit log: Café Zürich' }).waitFor();
    await page.getByText('310 entries').waitFor();
    await close();
  });
});
