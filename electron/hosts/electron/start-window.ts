// The Electron host put together around an app: secured session, one window, locks on the system's events. It composes nothing else.
import type { BrowserWindow, Clipboard, IpcMain, Menu, Session } from 'electron';
import type * as Electron from 'electron';
import { RENDERER_ORIGIN } from '../../../shared/ipc/bridge.ts';
import type { RendererFiles } from '../../adapters/window-files/window-files.ts';
import { createClipboardGuard } from '../../core/clipboard/clipboard-guard.ts';
import { systemTimer } from '../../adapters/system/system.ts';
import type { App } from '../../core/app/app.ts';
import type { Logger } from '../../core/ports/logger.ts';
import type { SystemEvents } from '../../core/ports/system-events.ts';
import { lockWithSystem } from '../../core/office/lock-with-system.ts';
import { createOwnClipboard } from './own-clipboard.ts';
import { secureSession } from './secure-session.ts';
import { connectWindow } from './window-bridge.ts';
import { PARTITION, windowOptions } from './window-options.ts';

/** The parts of Electron that the window needs. */
export interface ElectronParts {
  readonly app: Pick<Electron.App, 'on' | 'quit'>;
  readonly BrowserWindow: new (options: Electron.BrowserWindowConstructorOptions) => BrowserWindow;
  readonly Menu: Pick<typeof Menu, 'buildFromTemplate' | 'setApplicationMenu'>;
  readonly ipcMain: IpcMain;
  readonly clipboard: Pick<Clipboard, 'readText' | 'clear'>;
  readonly session: { fromPartition(partition: string): Session };
}

export interface WindowOptions {
  readonly app: App;
  readonly files: RendererFiles;
  /** Absolute path of the bundled preload script. */
  readonly preload: string;
  /** What locks the office besides idleness. */
  readonly systemEvents: readonly SystemEvents[];
  readonly log: Logger;
}

/** The menu that macOS needs for copy, paste and quit; other systems have none, and with it no shortcut to reload or inspect. */
function setMenu({ Menu }: ElectronParts): void {
  const template = [{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }] as const;
  Menu.setApplicationMenu(process.platform === 'darwin' ? Menu.buildFromTemplate([...template]) : null);
}

function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.focus();
}

/** Opens the window and loads its document. Everything ends with it. */
export async function startWindow(electron: ElectronParts, options: WindowOptions): Promise<BrowserWindow> {
  secureSession(electron.session.fromPartition(PARTITION), options.files);
  setMenu(electron);
  const window = new electron.BrowserWindow({ ...windowOptions(options.preload) });
  const clipboard = createOwnClipboard(electron.clipboard);
  const guard = createClipboardGuard({ clipboard, timer: systemTimer, log: options.log });
  connectWindow({ app: options.app, ipcMain: electron.ipcMain, window, clipboard: guard });
  const stops = options.systemEvents.map((events) => lockWithSystem({ app: options.app, events, log: options.log }));
  window.on('closed', () => {
    for (const stop of stops) stop();
  });
  electron.app.on('second-instance', () => bringForward(window));
  electron.app.on('window-all-closed', () => electron.app.quit());
  window.once('ready-to-show', () => window.show());
  await window.loadURL(`${RENDERER_ORIGIN}/`);
  return window;
}
