// A real Chromium window under test: opened by the product's own host, looked at through a debugging port that only this test asks for.
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { chromium, type Page } from 'playwright-core';
import type { RendererFiles } from '../../electron/adapters/window-files/window-files.ts';
import type { App } from '../../electron/core/app/app.ts';
import type { LogEntry } from '../../electron/core/ports/logger.ts';
import { openChromiumWindow, type ChromiumWindow } from '../../electron/hosts/chromium/open-window.ts';

export interface OpenedWindow {
  readonly window: ChromiumWindow;
  readonly page: Page;
  readonly log: LogEntry[];
  close(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export async function openWindowUnderTest(app: App, files: RendererFiles): Promise<OpenedWindow> {
  const log: LogEntry[] = [];
  const port = await freePort();
  const window = await openChromiumWindow({
    app,
    files,
    headless: true,
    extraArguments: [`--remote-debugging-port=${port}`],
    log: (entry) => `0000000${log.push(entry)}`.slice(-8),
  });
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const page = browser.contexts()[0]?.pages()[0];
  if (!page) throw new TypeError('the window has no page');
  return {
    window,
    page,
    log,
    close: async () => {
      await browser.close();
      await window.close();
    },
  };
}
