// Opens the built renderer in a real Chromium over the app double: pages served from memory at the hosts' origin, under the hosts' policy, no port.
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page, type Route } from 'playwright-core';
import { describe, it } from 'vitest';
import type { RendererFiles } from '../../electron/adapters/window-files/window-files.ts';
import { RENDERER_ORIGIN } from '../../shared/ipc/bridge.ts';
import { CALL_CHANNELS, EVENT_CHANNELS, type CallChannel } from '../../shared/ipc/channels.gen.ts';
import { createAppDouble, SCENARIOS, type AppDouble, type DoubleOptions, type Scenario } from './app-double.ts';
import { rendererFiles } from './built-window.ts';

const CHROMIUM_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The policy that every host sends with the renderer. @see security.md, window hardening */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'none'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function chromiumPath(): string | null {
  return CHROMIUM_PATHS.find((path) => existsSync(path)) ?? null;
}

/** `describe` where a Chromium is installed; otherwise one skipped test that says so. */
export function describeInChromium(name: string, suite: () => void): void {
  if (chromiumPath() !== null) describe(name, suite);
  else describe(name, () => it.skip('needs an installed Chromium, and none was found', () => undefined));
}

function answer(files: RendererFiles, route: Route): Promise<void> {
  const url = new URL(route.request().url());
  const path = url.pathname === '/' ? '/index.html' : url.pathname;
  const file = url.origin === RENDERER_ORIGIN ? files.get(path) : undefined;
  if (file === undefined) return route.abort('blockedbyclient');
  const headers = { 'content-security-policy': CONTENT_SECURITY_POLICY, 'content-type': file.type };
  return route.fulfill({ body: Buffer.from(file.bytes), headers });
}

interface BridgeNames {
  readonly calls: readonly string[];
  readonly events: readonly string[];
}

/** Runs in the page before any script: builds `window.strongroom` over the one function that leads to the double. */
function installBridge({ calls, events }: BridgeNames): void {
  type Listener = (payload: unknown) => void;
  const page = window as unknown as Record<string, unknown>;
  const listeners = new Map<string, Set<Listener>>(events.map((name) => [name, new Set()]));
  const send = page['appDouble'] as (channel: string, input: string) => Promise<string>;
  const callEntries = calls.map((name) => [
    name,
    async (input: unknown) => JSON.parse(await send(name, JSON.stringify(input))) as unknown,
  ]);
  const eventEntries = events.map((name) => [
    name,
    (listener: Listener) => {
      listeners.get(name)?.add(listener);
      return () => listeners.get(name)?.delete(listener);
    },
  ]);
  page['strongroom'] = { calls: Object.fromEntries(callEntries), events: Object.fromEntries(eventEntries) };
  page['appDoubleEvent'] = (name: string, payload: unknown) =>
    listeners.get(name)?.forEach((listener) => listener(payload));
}

export interface OpenOptions {
  /** Address behind the `#`. */
  readonly path?: string;
  readonly width?: number;
  readonly height?: number;
  readonly colours?: 'light' | 'dark';
  readonly contrast?: 'more' | 'no-preference';
}

export interface OpenedPage {
  readonly page: Page;
  readonly double: AppDouble;
  /** Errors of the page and refusals by its content security policy. A test asserts that there are none. */
  readonly complaints: string[];
  close(): Promise<void>;
}

export interface RendererBrowser {
  open(scenario: Scenario | DoubleOptions, options?: OpenOptions): Promise<OpenedPage>;
  close(): Promise<void>;
}

async function openPage(
  browser: Browser,
  files: RendererFiles,
  request: { double: AppDouble; options: OpenOptions },
): Promise<OpenedPage> {
  const { double, options } = request;
  const settings: BrowserContextOptions = {
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    colorScheme: options.colours ?? 'light',
    contrast: options.contrast ?? 'no-preference',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    reducedMotion: 'reduce',
  };
  const context = await browser.newContext(settings);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.route('**/*', (route) => answer(files, route));
  await page.exposeFunction('appDouble', async (channel: CallChannel, input: string) =>
    JSON.stringify(await double.call(channel, JSON.parse(input))),
  );
  double.onEvent((channel, payload) => {
    const tell = ([name, value]: readonly [string, unknown]): void =>
      (window as unknown as { appDoubleEvent: (name: string, payload: unknown) => void }).appDoubleEvent(name, value);
    page.evaluate(tell, [channel, payload] as const).catch((error: unknown) => {
      if (!page.isClosed()) complaints.push(String(error));
    });
  });
  await page.addInitScript(installBridge, { calls: CALL_CHANNELS, events: EVENT_CHANNELS });
  await page.goto(`${RENDERER_ORIGIN}/#${options.path ?? '/overview'}`);
  return { page, double, complaints, close: () => context.close() };
}

/** Reads the built window and starts a Chromium. @throws when none is installed; see describeInChromium */
export async function startRendererBrowser(): Promise<RendererBrowser> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error('no Chromium is installed');
  const files = await rendererFiles();
  const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
  return {
    open: (scenario, options = {}) => {
      const double = createAppDouble(typeof scenario === 'string' ? SCENARIOS[scenario] : scenario);
      return openPage(browser, files, { double, options });
    },
    close: () => browser.close(),
  };
}
