// The app in a Chromium window: one page, our files from memory, the bridge, and nothing else. It knows no use case.
import { writeFile } from 'node:fs/promises';
import { AppError } from '../../../shared/errors/app-error.ts';
import { RENDERER_ORIGIN } from '../../../shared/ipc/bridge.ts';
import { systemTimer } from '../../adapters/system/system.ts';
import type { RendererFiles } from '../../adapters/window-files/window-files.ts';
import type { App } from '../../core/app/app.ts';
import type { Logger } from '../../core/ports/logger.ts';
import { createClipboardGuard } from '../../core/clipboard/clipboard-guard.ts';
import type { Timer } from '../../core/ports/timer.ts';
import { createClipboardPage } from './clipboard-page.ts';
import { AUTO_ATTACH, claimPage } from './claim-page.ts';
import type { DevtoolsPipe, Params } from './devtools-pipe.ts';
import { findBrowser } from './find-browser.ts';
import { followApp } from './follow-app.ts';
import { guardRequests } from './guard-requests.ts';
import { launchBrowser, SMALLEST_WINDOW, type Browser } from './launch-browser.ts';
import { installPageBridge } from './page-bridge.ts';

export interface ChromiumWindowOptions {
  readonly app: App;
  readonly files: RendererFiles;
  readonly log: Logger;
  /** Default the system's. */
  readonly timer?: Timer;
  /** Without a window on the screen. Default false. */
  readonly headless?: boolean;
  /** Absolute path of the browser; default the first one installed. */
  readonly executable?: string;
  /** Further switches of the browser. Tests only. */
  readonly extraArguments?: readonly string[];
}

export interface ChromiumWindow {
  /** Settles when the window was closed, by a person or by `close`, and its profile is gone. */
  readonly closed: Promise<void>;
  /** Waits until an element matches. @throws {AppError} HOST_NOT_AVAILABLE when none does within half a minute */
  shows(selector: string): Promise<void>;
  /** Loads the page anew, with the files as they are now. */
  reload(): Promise<void>;
  /** Writes what the window shows as PNG. `size` in CSS pixels; default as it is. */
  screenshot(path: string, size?: { readonly width: number; readonly height: number }): Promise<void>;
  /** Writes the page as it prints. */
  printToPdf(path: string): Promise<void>;
  close(): Promise<void>;
}

/** How long the browser may take to show its first page, and to end when asked to. */
const START_LIMIT_MS = 30_000;
const END_LIMIT_MS = 5_000;
interface Page {
  readonly sessionId: string;
  readonly targetId: string;
  /** Takes back what was copied out of the page; never fails. */
  readonly clearClipboard: () => Promise<void>;
}

function inTime<T>(promise: Promise<T>, limitMs: number): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new AppError('HOST_NOT_AVAILABLE', { reason: 'timeout' })), limitMs).unref();
  });
  return Promise.race([promise, late]);
}

async function keepMinimumSize(devtools: DevtoolsPipe, { targetId }: Page): Promise<void> {
  const { windowId, bounds } = (await devtools.send('Browser.getWindowForTarget', { targetId })) as {
    windowId: number;
    bounds: { width: number; height: number; windowState: string };
  };
  if (bounds.windowState !== 'normal') return;
  const width = Math.max(bounds.width, SMALLEST_WINDOW.width);
  const height = Math.max(bounds.height, SMALLEST_WINDOW.height);
  await devtools.send('Browser.setWindowBounds', { windowId, bounds: { width, height } });
}

/** How long a lock or the end waits for the clipboard. */
const CLIPBOARD_LIMIT_MS = 500;
const DENIED_PERMISSIONS = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'];

async function denyEverything(devtools: DevtoolsPipe): Promise<void> {
  await devtools.send('Browser.setDownloadBehavior', { behavior: 'deny' });
  for (const name of DENIED_PERMISSIONS)
    await devtools.send('Browser.setPermission', { permission: { name }, setting: 'denied', origin: RENDERER_ORIGIN });
}

async function setUpPage(options: ChromiumWindowOptions, browser: Browser): Promise<Page> {
  const { devtools } = browser;
  const { app, files, log, timer = systemTimer } = options;
  const clipboard = createClipboardGuard({ clipboard: createClipboardPage(devtools), timer, log });
  const clearClipboard = (): Promise<void> =>
    inTime(clipboard.clear(), CLIPBOARD_LIMIT_MS).catch((error: unknown) => gone(log, error));
  const sessions = new Set<string>();
  const guard = guardRequests({ devtools, files, log }, sessions);
  const claimed = claimPage({ devtools, log, guard });
  await devtools.send('Target.setAutoAttach', AUTO_ATTACH);
  const { sessionId, targetInfo, waitingForDebugger } = await claimed;
  const page = { sessionId, targetId: targetInfo.targetId, clearClipboard };
  sessions.add(sessionId);
  await guard(sessionId);
  await devtools.send('Target.setAutoAttach', AUTO_ATTACH, sessionId);
  await denyEverything(devtools);
  await devtools.send('Page.enable', {}, sessionId);
  const bridge = await installPageBridge({
    app,
    devtools,
    sessionId,
    log,
    mainFrameId: targetInfo.targetId,
    onCopied: () => clipboard.copied(),
    onTooSmall: () => void keepMinimumSize(devtools, page).catch((error: unknown) => gone(log, error)),
  });
  void browser.ended.then(followApp({ app, devtools, sessionId, bridge, log, beforeEnd: clearClipboard }));
  await show(devtools, page, waitingForDebugger);
  return page;
}

function gone(log: Logger, error: unknown): void {
  log({ level: 'info', event: 'window.gone', error });
}

/** Loads our document and waits for exactly that load; what the browser itself began before may have failed. */
async function show(devtools: DevtoolsPipe, { sessionId }: Page, waiting: boolean): Promise<void> {
  const loaded = new Set<unknown>();
  const { promise, resolve } = Promise.withResolvers<void>();
  let ours: unknown = null;
  devtools.on('Page.lifecycleEvent', ({ name, loaderId }, from) => {
    if (from !== sessionId || name !== 'load') return;
    loaded.add(loaderId);
    if (loaderId === ours) resolve();
  });
  await devtools.send('Page.setLifecycleEventsEnabled', { enabled: true }, sessionId);
  if (waiting) await devtools.send('Runtime.runIfWaitingForDebugger', {}, sessionId);
  ours = (await devtools.send('Page.navigate', { url: `${RENDERER_ORIGIN}/` }, sessionId))['loaderId'];
  if (!loaded.has(ours)) await promise;
}

async function endBrowser({ devtools, ended, kill }: Browser, page: Page, log: Logger): Promise<void> {
  await page.clearClipboard();
  devtools.send('Browser.close').catch((error: unknown) => gone(log, error));
  await inTime(ended, END_LIMIT_MS).catch(kill);
  await ended;
}

/** Writes what a command answers as base64. */
async function writeData(
  devtools: DevtoolsPipe,
  path: string,
  command: readonly [string, Params, string],
): Promise<void> {
  const { data } = (await devtools.send(...command)) as { readonly data: string };
  await writeFile(path, Buffer.from(data, 'base64'));
}

function waitForElement(selector: string): Promise<void> {
  const page = globalThis as unknown as {
    document: { querySelector(selector: string): unknown };
    requestAnimationFrame(work: () => void): void;
  };
  return new Promise((resolve) => {
    const look = (): void => (page.document.querySelector(selector) ? resolve() : page.requestAnimationFrame(look));
    look();
  });
}

/** Asks in the page as it is now; a page that loads anew ends the question with an error. */
async function waitFor(devtools: DevtoolsPipe, page: Page, selector: string): Promise<void> {
  const expression = `(${waitForElement.toString()})(${JSON.stringify(selector)})`;
  await inTime(devtools.send('Runtime.evaluate', { expression, awaitPromise: true }, page.sessionId), START_LIMIT_MS);
}

function windowOf(browser: Browser, page: Page, log: Logger): ChromiumWindow {
  const { devtools, ended } = browser;
  devtools.on('Target.targetDestroyed', ({ targetId }) => {
    if (targetId === page.targetId) void endBrowser(browser, page, log);
  });
  return {
    closed: ended,
    shows: (selector) => waitFor(devtools, page, selector),
    reload: async () => void (await devtools.send('Page.reload', {}, page.sessionId)),
    screenshot: async (path, size) => {
      const metrics = size && { ...size, deviceScaleFactor: 1, mobile: false };
      if (metrics) await devtools.send('Emulation.setDeviceMetricsOverride', metrics, page.sessionId);
      await writeData(devtools, path, ['Page.captureScreenshot', { format: 'png' }, page.sessionId]);
      if (metrics) await devtools.send('Emulation.clearDeviceMetricsOverride', {}, page.sessionId);
    },
    printToPdf: (path) => writeData(devtools, path, ['Page.printToPDF', { printBackground: true }, page.sessionId]),
    close: () => endBrowser(browser, page, log),
  };
}

/**
 * Opens the window and waits until its page has loaded.
 * @throws {AppError} HOST_NOT_AVAILABLE where no browser is installed or it does not start
 */
export async function openChromiumWindow(options: ChromiumWindowOptions): Promise<ChromiumWindow> {
  const { log, headless = false, extraArguments = [] } = options;
  const executable = options.executable ?? findBrowser();
  if (executable === null) throw new AppError('HOST_NOT_AVAILABLE', { missing: 'chromium' });
  const browser = await launchBrowser({ executable, headless, extraArguments, log });
  try {
    const page = await inTime(setUpPage(options, browser), START_LIMIT_MS);
    await browser.devtools.send('Target.setDiscoverTargets', { discover: true });
    return windowOf(browser, page, log);
  } catch (error) {
    browser.kill();
    await browser.ended;
    throw error;
  }
}
