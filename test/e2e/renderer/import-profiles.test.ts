// Files without fixed meaning in a real Chromium over the app double: what is open is asked, answers are previewed, kept, passed on and used again.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import { accountId } from '../../builders/app-double/ids.ts';
import { KNOWN_SIGNATURE, NEW_SIGNATURE, csvProfile } from '../../builders/app-double/profiles.ts';
import { recordCalls, type CallsOf } from '../../builders/renderer-calls.ts';
import {
  describeInChromium,
  startRendererBrowser,
  type OpenedPage,
  type RendererBrowser,
} from '../../builders/renderer-page.ts';

const CLIENT = 'Aldgate Instruments Ltd';

async function openImport(browser: RendererBrowser): Promise<OpenedPage & { readonly calls: CallsOf }> {
  const opened = await browser.open('full', { path: '/import' });
  const calls = recordCalls(opened.double);
  await opened.page.getByRole('listitem').getByRole('button', { name: CLIENT }).click();
  await opened.page.getByRole('table', { name: 'Saved profiles' }).waitFor();
  return { ...opened, calls };
}

async function drop(page: Page, ...names: readonly string[]): Promise<void> {
  const buffer = Buffer.from('Buchungstag;Betrag\n01/02/2026;1,50\n');
  const files = names.map((name) => ({ name, mimeType: 'text/csv', buffer }));
  await page.locator('input[name="files"]').setInputFiles(files);
}

async function answerAll(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Day, month, year' }).check();
  await page.getByRole('radio', { name: 'No minus: money out' }).check();
  await page.getByRole('combobox', { name: 'In which currency are the amounts?' }).click();
  await page.getByRole('option', { name: 'CHF', exact: true }).click();
}

describeInChromium('import of files without fixed meaning', () => {
  let browser: RendererBrowser;
  beforeAll(async () => {
    browser = await startRendererBrowser();
  });
  afterAll(() => browser.close());

  it('asks what a file leaves open, assumes nothing, shows the consequence, keeps the answer and reads', async () => {
    const { page, calls, complaints, double, close } = await openImport(browser);
    await drop(page, 'umsatz_2026-02.csv');
    await page.getByRole('heading', { level: 1, name: 'How to read umsatz_2026-02.csv' }).waitFor();
    const read = page.getByRole('button', { name: 'Read the file' });
    await page.getByText('3 questions are open').waitFor();
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
    expect(await read.isDisabled()).toBe(true);
    expect(await accessibilityFindings(page)).toEqual([]);
    await answerAll(page);
    await expect.poll(() => read.isEnabled()).toBe(true);
    await page.getByRole('table', { name: 'First rows as they would be read' }).getByText('−1.50').waitFor();
    await page.getByText('20 rows in the part at hand').waitFor();
    await page.getByRole('combobox', { name: 'Goes to' }).click();
    await page.getByRole('option', { name: /^Euro account/ }).click();
    expect(await accessibilityFindings(page)).toEqual([]);
    await read.click();
    await page.getByRole('heading', { level: 1, name: 'umsatz_2026-02.csv', exact: true }).waitFor();
    const profile = csvProfile({ signInverted: true, currency: 'CHF' as never });
    expect(calls('profiles.save')).toEqual([{ name: 'umsatz', signature: NEW_SIGNATURE, profile }]);
    expect(calls('imports.begin')).toMatchObject([{ profile, accountId: accountId(3) }]);
    expect(complaints).toEqual([]);
    expect(double.bugs).toEqual([]);
    await close();
  });

  it('uses a profile that fits at once, says so, and lets other files go on while one waits', async () => {
    const { page, calls, close } = await openImport(browser);
    await drop(page, 'umsatz.csv', 'known.csv', 'picture.jpg', 'march.ofx');
    await page
      .getByRole('listitem')
      .filter({ hasText: 'march.ofx' })
      .getByRole('link', { name: /^Review/ })
      .waitFor();
    await page
      .getByRole('listitem')
      .filter({ hasText: 'known.csv' })
      .getByRole('link', { name: /^Review/ })
      .waitFor();
    const waiting = page.getByRole('listitem').filter({ hasText: 'umsatz.csv' });
    await waiting.getByText('Needs your answer').waitFor();
    await waiting.getByText('CSV semicolon · Windows-1252', { exact: false }).waitFor();
    await page.getByRole('listitem').filter({ hasText: 'picture.jpg' }).getByRole('alert').waitFor();
    const begun = calls('imports.begin') as { readonly fileName: string; readonly profile: unknown }[];
    expect(begun.map(({ fileName }) => fileName)).toEqual(['known.csv', 'march.ofx']);
    expect(begun[0]?.profile).toEqual(csvProfile());
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Cancel umsatz.csv' }).click();
    await page.getByText('Cancelled. Nothing was added.').waitFor();
    await close();
  });

  it('shows the first row that a setting cannot read, and does not read the file with it', async () => {
    const { page, close } = await openImport(browser);
    await drop(page, 'umsatz.csv');
    await answerAll(page);
    await page.getByRole('combobox', { name: 'Decimal mark' }).click();
    await page.getByRole('option', { name: 'Point: 1,234.50' }).click();
    await page.getByRole('alert').getByText('expected a decimal point', { exact: false }).waitFor();
    await page.getByText('The preview must read without an error').waitFor();
    expect(await page.getByRole('button', { name: 'Read the file' }).isDisabled()).toBe(true);
    expect(await accessibilityFindings(page)).toEqual([]);
    await close();
  });

  it('sorts the texts of a status column one by one', async () => {
    const { page, calls, close } = await openImport(browser);
    await drop(page, 'states.csv');
    await page.getByRole('radiogroup', { name: 'gebucht' }).getByRole('radio', { name: 'Booked' }).check();
    await page.getByText('1 question is open').waitFor();
    await page.getByRole('radiogroup', { name: 'abgelehnt' }).getByRole('radio', { name: 'Never happened' }).check();
    await page.getByRole('checkbox', { name: 'Remember for files like this one' }).uncheck();
    await page.getByRole('button', { name: 'Read the file' }).click();
    await page.getByRole('heading', { level: 1, name: 'states.csv', exact: true }).waitFor();
    const lists = { booked: ['gebucht'], pending: [], ignored: ['abgelehnt'] };
    expect(calls('imports.begin')).toMatchObject([{ profile: { status: lists } }]);
    expect(calls('profiles.save')).toEqual([]);
    await close();
  });

  it('takes a saved profile for a file of which no guess was possible', async () => {
    const { page, calls, close } = await openImport(browser);
    await drop(page, 'mystery.csv');
    await page.getByText('The first rows appear once', { exact: false }).waitFor();
    await page.getByRole('combobox', { name: 'Start from' }).click();
    await page.getByRole('option', { name: 'Nordseebank Umsatzliste' }).click();
    await page.getByText('20 rows in the part at hand').waitFor();
    await page.getByRole('button', { name: 'Read the file' }).click();
    await expect.poll(() => calls('imports.begin')).toMatchObject([{ profile: csvProfile() }]);
    await close();
  });

  it('hands a profile on as text, refuses what is none, and takes one back', async () => {
    const { page, calls, close } = await openImport(browser);
    await page.getByRole('button', { name: 'Export Nordseebank Umsatzliste' }).click();
    const json = await page.getByRole('textbox', { name: 'The profile' }).inputValue();
    const shared = { name: 'Nordseebank Umsatzliste', signature: KNOWN_SIGNATURE, profile: csvProfile() };
    expect(JSON.parse(json)).toEqual(shared);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('button', { name: 'Remove Nordseebank Umsatzliste' }).click();
    await page.getByText('Nordseebank Umsatzliste removed').waitFor();
    await page.getByRole('button', { name: 'Import a profile' }).click();
    const field = page.getByRole('textbox', { name: 'Text of the profile' });
    await field.fill('{"name":"x"}');
    await page.getByText('This is not a profile of this program.').waitFor();
    await field.fill(json);
    await page.getByRole('button', { name: 'Save the profile' }).click();
    await page.getByText('Nordseebank Umsatzliste saved').waitFor();
    expect(calls('profiles.save')).toEqual([shared]);
    await close();
  });
});
