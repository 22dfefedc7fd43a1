// The demonstration's window: a picture of the overview where a browser exists, and the open window where there is a display.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createStandardErrorLogger } from '../../adapters/log/standard-error-logger.ts';
import { loadRendererFiles, type RendererFile } from '../../adapters/window-files/window-files.ts';
import type { App } from '../../core/app/app.ts';
import { findBrowser } from '../../hosts/chromium/find-browser.ts';
import { openChromiumWindow, type ChromiumWindow } from '../../hosts/chromium/open-window.ts';
import type { DemoSummary } from './demo-summary.ts';

export interface DemoWindowOptions {
  /** Folder of a kept demonstration, or null: then the picture goes to the system's folder for temporary files. */
  readonly directory: string | null;
  readonly headless: boolean;
  readonly say: (sentence: string) => void;
}

const RENDERER = fileURLToPath(new URL('../../../dist/renderer/', import.meta.url));

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/** Under `npm run dev` the parent process says when the window was built anew: its files are read again and the page loads them. */
function followBuilds(files: Map<string, RendererFile>, window: ChromiumWindow): void {
  process.on('message', (message) => {
    if (message !== 'renderer-built') return;
    const renew = async (): Promise<void> => {
      const built = await loadRendererFiles(RENDERER);
      files.clear();
      for (const [path, file] of built) files.set(path, file);
      await window.reload();
    };
    renew().catch((error: unknown) =>
      createStandardErrorLogger()({ level: 'warn', event: 'window.reload-failed', error }),
    );
  });
}

/** Takes the picture; with a display and without `headless` the window stays until it is closed. */
export async function showDemo(
  app: App,
  { directory, headless, say }: DemoWindowOptions,
): Promise<DemoSummary['screenshot']> {
  if (findBrowser() === null) return { path: null, reason: 'no Chromium, Chrome or Edge is installed' };
  const files = new Map(await loadRendererFiles(RENDERER));
  const path = join(directory ?? tmpdir(), 'strongroom-overview.png');
  const visible = !headless && hasDisplay();
  const window = await openChromiumWindow({ app, files, log: createStandardErrorLogger(), headless: !visible });
  await window.shows('main table tbody tr');
  await window.screenshot(path, { width: 1600, height: 1000 });
  if (visible) {
    say('The window is open; closing it ends the demonstration.');
    followBuilds(files, window);
    await window.closed;
    process.disconnect?.();
  } else await window.close();
  return { path, reason: null };
}
