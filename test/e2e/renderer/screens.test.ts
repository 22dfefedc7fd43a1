// Every screen, full, empty and failing, light and dark: it draws, axe finds nothing, and its content security policy refuses nothing.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import type { Scenario } from '../../builders/app-double.ts';
import {
  describeInChromium,
  startRendererBrowser,
  type OpenOptions,
  type RendererBrowser,
} from '../../builders/renderer-page.ts';

const SCREENS = [
  'Overview',
  'Transactions',
  'Accounts',
  'Statements',
  'Connections',
  'Import',
  'Handover',
  'Security',
  'Backups',
  'Settings',
] as const;

const NARROW = { width: 1024, height: 640 } as const;
/** The narrowest window at 200 % zoom. */
const ZOOMED = { width: 512, height: 320 } as const;
const WIDE = { width: 1600, height: 1000 } as const;

const INSIDE: readonly (readonly [Scenario, OpenOptions])[] = [
  ['full', { ...NARROW, colours: 'light' }],
  ['full', { ...WIDE, colours: 'dark' }],
  ['full', { ...NARROW, colours: 'dark', contrast: 'more' }],
  ['full', { ...ZOOMED, colours: 'light' }],
  ['empty', { ...NARROW, colours: 'dark' }],
  ['failing', { ...NARROW, colours: 'light' }],
];

const BEFORE: readonly Scenario[] = ['first-run', 'no-keychain', 'locked', 'damaged'];

describeInChromium('screens', () => {
  let browser: RendererBrowser;
  beforeAll(async () => {
    browser = await startRendererBrowser();
  });
  afterAll(() => browser.close());

  it.each(INSIDE)('%s in %o', async (scenario, options) => {
    const { page, double, complaints, close } = await browser.open(scenario, options);
    const findings: string[] = [];
    for (const screen of SCREENS) {
      await page.getByRole('navigation').getByRole('link', { name: screen }).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('[data-loading]').first().waitFor({ state: 'detached' });
      findings.push(...(await accessibilityFindings(page)).map((finding) => `${screen}: ${finding}`));
    }
    expect(findings).toEqual([]);
    expect(complaints).toEqual([]);
    expect(double.bugs).toEqual([]);
    await close();
  });

  it.each(BEFORE)('%s, before an office is open', async (scenario) => {
    const { page, complaints, close } = await browser.open(scenario, NARROW);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('says that it is loading while the program does not answer', async () => {
    const { page, close } = await browser.open('loading');
    await page.getByRole('status', { name: 'Loading' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await close();
  });
});
