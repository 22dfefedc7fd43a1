// The whole program in a temporary folder: the product's own Chromium host, real processes, real vault, practice bank. Only the keychain is
// memory and the clock can be set forward.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { createMemorySecretStore } from '../../electron/adapters/keychain/memory-secret-store.ts';
import {
  createSpawnedPracticeBank,
  type SpawnedPracticeBank,
} from '../../electron/adapters/practice-bank/spawned-practice-bank.ts';
import { createChildProcessSpawn, SOURCE_ENTRIES } from '../../electron/adapters/process/child-process-port.ts';
import { systemClock } from '../../electron/adapters/system/system.ts';
import type { AppClient } from '../../electron/cli/command.ts';
import type { DemoOffice } from '../../electron/cli/demo/demo-steps.ts';
import { clientOf, createCommandLineApp } from '../../electron/cli/open-office.ts';
import type { App } from '../../electron/core/app/app.ts';
import type { ProcessName, ProcessPort } from '../../electron/core/ports/process-port.ts';
import type { SecretStore } from '../../electron/core/ports/secret-store.ts';
import { signIn } from '../../electron/practice-bank/practice-browser.ts';
import type { PracticeBankProcess } from '../../electron/practice-bank/spawn.ts';
import { rendererFiles } from './built-window.ts';
import { openWindowUnderTest } from './chromium-window.ts';

/** Strong enough for either protection, and a canary in what is written. */
export const PROGRAM_PASSWORD = 'kettle-harbour-vellum-orbit';

export interface ProgramWindow {
  /** The page as it is now; a lock puts another in its place. */
  readonly page: Page;
  /** Settles with the page that follows the present one. */
  renewed(): Promise<Page>;
  /** Errors of the page, refusals by its policy and refused requests. A test asserts that there are none. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

export interface Program {
  /** The same program the window shows, for what a test prepares or compares. */
  readonly calls: AppClient;
  /** The practice bank; starts it with the first use. */
  bank(): Promise<PracticeBankProcess>;
  /** Everything in the keychain, as one text to compare. */
  keychain(): Promise<string>;
  /** Sets the program's wall clock forward. */
  advance(ms: number): void;
  /** The newest process of that name that was started. */
  process(name: ProcessName): ProcessPort;
  /** Another program over an empty folder of the same place and the same bank, as on a new computer. */
  elsewhere(): Program;
  /** The temporary folder, the office is in `office` below it. */
  readonly directory: string;
  /** What `demo-steps` works with. */
  demoOffice(): Promise<DemoOffice>;
  open(): Promise<ProgramWindow>;
  close(): Promise<void>;
}

interface ReadableStore extends SecretStore {
  content(): Promise<string>;
}

/** A memory store that remembers its names, so that all of it can be compared. */
function createReadableStore(): ReadableStore {
  const store = createMemorySecretStore();
  const names = new Set<string>();
  return {
    ...store,
    set: (name, value) => {
      names.add(name);
      return store.set(name, value);
    },
    content: async () => {
      const entries = [...names].toSorted().map(async (name) => [name, await store.get(name)]);
      return JSON.stringify(await Promise.all(entries));
    },
  };
}

/** Chromium has no sandbox for root, and the host warns of it. */
const EXPECTED_OF_ROOT = 'window.no-sandbox';
/** Real keys, processes and syncs behind one click, on a machine that runs other tests too. */
const STEP_LIMIT_MS = 60_000;
/** Long enough that no token runs out in the middle of a test. */
const ACCESS_TOKEN_SECONDS = 7200;

async function preparePage(page: Page, complaints: string[]): Promise<void> {
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.setDefaultTimeout(STEP_LIMIT_MS);
  const devtools = await page.context().newCDPSession(page);
  const userAgent = await page.evaluate(() => navigator.userAgent);
  await devtools.send('Emulation.setUserAgentOverride', { userAgent, acceptLanguage: 'en-GB' });
  await devtools.send('Emulation.setLocaleOverride', { locale: 'en-GB' });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 1440, height: 900 });
  // What the first load complained about was said before anyone listened.
  await page.reload();
}

async function openPage(app: App): Promise<ProgramWindow> {
  const complaints: string[] = [];
  const prepare = (page: Page): Promise<void> => preparePage(page, complaints);
  const opened = await openWindowUnderTest(app, await rendererFiles(), { prepare });
  return {
    get page() {
      return opened.page;
    },
    renewed: () => opened.renewed(),
    get complaints() {
      const refused = opened.log.filter(({ level, event }) => level !== 'info' && event !== EXPECTED_OF_ROOT);
      return [...complaints, ...refused.map(({ event, fields }) => `${event} ${JSON.stringify(fields)}`)];
    },
    close: () => opened.close(),
  };
}

const VAULT_AT_FLOOR = fileURLToPath(new URL('vault-process-at-floor.ts', import.meta.url));

interface Place {
  readonly directory: string;
  /** Entry of the vault process. */
  readonly vault: string;
  readonly practiceBank: SpawnedPracticeBank;
}

function composeProgram({ directory, vault, practiceBank }: Place, end: () => Promise<void>): Program {
  const secrets = createReadableStore();
  const started = new Map<ProcessName, ProcessPort>();
  const spawn = createChildProcessSpawn({
    entries: { ...SOURCE_ENTRIES, vault },
    onStandardError: (name, line) => console.error(`${name}: ${line}`),
  });
  let offsetMs = 0;
  const app = createCommandLineApp({
    directory: join(directory, 'office'),
    documentsDirectory: directory,
    practiceBank,
    secrets,
    clock: { now: () => systemClock.now() + offsetMs, monotonic: () => systemClock.monotonic() },
    log: () => '00000000',
    spawn: (name) => {
      const port = spawn(name);
      started.set(name, port);
      return port;
    },
    openSignIn: async (url) => {
      await signIn(url, { name: 'olivia', password: 'practice', approve: true });
    },
  });
  const bank = async (): Promise<PracticeBankProcess> => {
    await practiceBank.start();
    const running = practiceBank.process();
    if (!running) throw new TypeError('the practice bank did not start');
    return running;
  };
  const calls = clientOf(app);
  return {
    calls,
    bank,
    directory,
    keychain: () => secrets.content(),
    advance: (ms) => void (offsetMs += ms),
    process: (name) => {
      const port = started.get(name);
      if (!port) throw new TypeError(`no ${name} process was started`);
      return port;
    },
    elsewhere: () =>
      composeProgram({ directory: join(directory, 'elsewhere'), vault, practiceBank }, () => Promise.resolve()),
    demoOffice: async () => ({
      app: calls,
      bank: await bank(),
      password: PROGRAM_PASSWORD,
      say: () => undefined,
      folders: {
        office: join(directory, 'office'),
        statements: join(directory, 'statements'),
        backup: join(directory, 'office.age'),
      },
    }),
    open: () => openPage(app),
    close: async () => {
      await app.close();
      await end();
    },
  };
}

/**
 * Composes the program over an empty folder. `close` ends every process and removes the folder. A password costs the least that a vault allows,
 * unless the program's own vault entry is named.
 */
export async function startProgram(vault = VAULT_AT_FLOOR): Promise<Program> {
  const directory = await mkdtemp(join(tmpdir(), 'strongroom-program-'));
  const practiceBank = createSpawnedPracticeBank({ accessTokenSeconds: ACCESS_TOKEN_SECONDS });
  return composeProgram({ directory, vault, practiceBank }, () => rm(directory, { recursive: true, force: true }));
}
