// The main screens with the program's real data, light and dark, at the smallest and a large window: nothing for axe to find, no refusal by
// the policy, nothing wider than the window.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import { startProgram, type Program, type ProgramWindow } from '../../builders/program.ts';
import { describeInChromium } from '../../builders/renderer-page.ts';
import { chooseClient, firstRow, goTo, JOINERY, makeConnection, makeOffice } from './steps.ts';

const SCREENS = [
  'Overview',
  'Transactions',
  'Accounts',
  'Statements',
  'Connections',
  'Import',
  'Security',
  'Backups',
  'Settings',
];
const SIZES = [
  { width: 1024, height: 640 },
  { width: 1600, height: 1000 },
];

describeInChromium('the program: appearance', () => {
  let program: Program;
  let window: ProgramWindow;
  beforeAll(async () => {
    program = await startProgram();
    await makeOffice(program);
    await makeConnection(program, 3);
    window = await program.open();
    await chooseClient(window.page, JOINERY);
  });
  afterAll(async () => {
    await window.close();
    await program.close();
  });

  const sidewaysBy = () =>
    window.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  it.each(['light', 'dark'] as const)('every screen in %s', async (colorScheme) => {
    const { page } = window;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const size of SIZES) {
      await page.setViewportSize(size);
      for (const screen of SCREENS) {
        await goTo(page, screen);
        if (screen === 'Transactions') await firstRow(page).waitFor();
        await page
          .locator('main [aria-busy="true"], main .mantine-Skeleton-root')
          .first()
          .waitFor({ state: 'detached' });
        expect({ screen, size, findings: await accessibilityFindings(page) }).toEqual({ screen, size, findings: [] });
        expect(await sidewaysBy()).toBe(0);
      }
    }
    expect(window.complaints).toEqual([]);
  });
});
