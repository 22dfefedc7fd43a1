// Takes pictures of screens over the app double: `node test/builders/render-double.ts FOLDER [SCENARIO…]`. For looking, not for comparing.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SCENARIOS, type Scenario } from './app-double.ts';
import { buildWindow } from './built-window.ts';
import { startRendererBrowser, type OpenOptions, type RendererBrowser } from './renderer-page.ts';

const SCREENS = [
  'overview',
  'transactions',
  'accounts',
  'statements',
  'connections',
  'import',
  'handover',
  'security',
  'security?view=people',
  'security?view=sign-in',
  'security?view=audit',
  'backups',
  'settings',
] as const;

const SIZES = [
  { width: 1024, height: 640, colours: 'light' },
  { width: 1600, height: 1000, colours: 'dark' },
] as const satisfies readonly OpenOptions[];

const BEFORE_OFFICE: readonly Scenario[] = ['first-run', 'no-keychain', 'locked', 'damaged', 'rolled-back'];

async function shoot(browser: RendererBrowser, scenario: Scenario, folder: string): Promise<void> {
  const screens = BEFORE_OFFICE.includes(scenario) ? [''] : SCREENS;
  for (const size of SIZES) {
    for (const screen of screens) {
      const opened = await browser.open(scenario, { ...size, path: `/${screen}` });
      await opened.page.waitForLoadState('networkidle');
      await opened.page.evaluate(() => document.fonts.ready.then(() => undefined));
      const name = [scenario, screen.replace('?view=', '-'), size.colours].filter((part) => part !== '').join('-');
      await opened.page.screenshot({ path: join(folder, `${name}.png`) });
      for (const complaint of opened.complaints) console.error(`${name}: ${complaint}`);
      for (const { channel, error } of opened.double.bugs) console.error(`${name}: ${channel}`, error);
      await opened.close();
    }
  }
}

const [folder = 'coverage/pictures', ...wanted] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const scenarios = (Object.keys(SCENARIOS) as Scenario[]).filter((name) => wanted.length === 0 || wanted.includes(name));
await buildWindow();
const browser = await startRendererBrowser();
for (const scenario of scenarios) await shoot(browser, scenario, folder);
await browser.close();
