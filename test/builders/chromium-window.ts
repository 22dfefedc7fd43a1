// A real Chromium window under test: opened by the product's own host, looked at through a debugging port that only this test asks for.
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { chromium, type Browser, type Page } from 'playwright-core';
import { systemTimer } from '../../electron/adapters/system/system.ts';
import type { RendererFiles } from '../../electron/adapters/window-files/window-files.ts';
import type { App } from '../../electron/core/app/app.ts';
import type { LogEntry } from '../../electron/core/ports/logger.ts';
import type { Timer } from '../../electron/core/ports/timer.ts';
import { openChromiumWindow, type ChromiumWindow } from '../../electron/hosts/chromium/open-window.ts';

export interface PageUnderTest {
  /** The page as it is now. A lock ends its process, and with it this object; `renewed` brings the next. */
  readonly page: Page;
  /** Settles with the page that follows the one there was when it was last asked. */
  renewed(): Promise<Page>;
  close(): Promise<void>;
}

export interface OpenedWindow extends PageUnderTest {
  readonly window: ChromiumWindow;
  readonly log: LogEntry[];
}

/** Sets a page up, the first and every one after a lock. */
export type PreparePage = (page: Page) => Promise<void>;

/** Below the ports that any system gives away by itself: between the asking and the browser's use nobody gets it by chance. */
const OWN_PORTS = { first: 20_000, count: 10_000 } as const;

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const listening = once(server, 'listening').then(
    () => true,
    () => false,
  );
  server.listen(port, '127.0.0.1');
  if (!(await listening)) return false;
  server.close();
  await once(server, 'close');
  return true;
}

/** A port of this computer that nothing listens on yet. */
export async function freePort(): Promise<number> {
  const port = OWN_PORTS.first + randomInt(OWN_PORTS.count);
  return (await isFree(port)) ? port : await freePort();
}

/** Playwright takes a page whose process ended for dead; a new connection sees the one that took its place. */
class FollowedPage implements PageUnderTest {
  readonly #address: string;
  readonly #prepare: PreparePage;
  #browser: Browser | null = null;
  #page: Page | null = null;
  #next: Promise<Page> | null = null;

  constructor(port: number, prepare: PreparePage) {
    this.#address = `http://127.0.0.1:${port}`;
    this.#prepare = prepare;
  }
  get page(): Page {
    if (!this.#page) throw new TypeError('the window has no page');
    return this.#page;
  }
  async connect(): Promise<Page> {
    this.#browser = await chromium.connectOverCDP(this.#address);
    const [context] = this.#browser.contexts();
    if (!context) throw new TypeError('the window has no page');
    // A browser answers before its first page stands.
    const page = context.pages()[0] ?? (await context.waitForEvent('page'));
    this.#page = page;
    this.#next = new Promise((resolve, reject) => {
      page.once('crash', () => void this.#reconnect().then(resolve, reject));
    });
    await this.#prepare(page);
    return page;
  }
  async #reconnect(): Promise<Page> {
    await this.#browser?.close();
    return await this.connect();
  }
  async renewed(): Promise<Page> {
    if (!this.#next) throw new TypeError('the window has no page');
    return await this.#next;
  }
  async close(): Promise<void> {
    await this.#browser?.close();
  }
}

/** Looks at the page of a browser that listens on `port`. */
export async function followPage(port: number, prepare: PreparePage = () => Promise.resolve()): Promise<PageUnderTest> {
  const followed = new FollowedPage(port, prepare);
  await followed.connect();
  return followed;
}

export interface WindowUnderTestOptions {
  readonly prepare?: PreparePage;
  readonly headless?: boolean;
  readonly timer?: Timer;
}

export async function openWindowUnderTest(
  app: App,
  files: RendererFiles,
  { prepare, headless = true, timer = systemTimer }: WindowUnderTestOptions = {},
): Promise<OpenedWindow> {
  const log: LogEntry[] = [];
  const port = await freePort();
  const window = await openChromiumWindow({
    app,
    files,
    headless,
    timer,
    extraArguments: [`--remote-debugging-port=${port}`],
    log: (entry) => `0000000${log.push(entry)}`.slice(-8),
  });
  const followed = await followPage(port, prepare);
  return {
    window,
    log,
    get page() {
      return followed.page;
    },
    renewed: () => followed.renewed(),
    close: async () => {
      await followed.close();
      await window.close();
    },
  };
}
