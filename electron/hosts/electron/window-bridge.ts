// Electron's end of the bridge: one channel for requests, one for events, one for input; the sender is what Electron says, not the page.
import type { BrowserWindow, IpcMain, IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import type { ClipboardGuard } from '../../core/clipboard/clipboard-guard.ts';
import { acceptsSender, type App, type AppSender } from '../../core/app/app.ts';

/** Names between the preload script and this file; a page sees none of them. */
export const REQUEST_CHANNEL = 'strongroom.request';
export const EVENT_CHANNEL = 'strongroom.event';
export const ACTIVITY_CHANNEL = 'strongroom.activity';
export const COPIED_CHANNEL = 'strongroom.copied';

/** Who sent a message to this window's host: contents that are not the window's, and a frame that is gone, are nobody. */
function senderOf(window: BrowserWindow, event: IpcMainEvent | IpcMainInvokeEvent): AppSender {
  const { webContents } = window;
  const frame = event.sender === webContents ? event.senderFrame : null;
  const mainFrame = frame !== null && frame === webContents.mainFrame;
  return { kind: 'window', id: String(webContents.id), origin: frame?.origin ?? '', mainFrame };
}

export interface ConnectWindowOptions {
  readonly app: App;
  readonly ipcMain: IpcMain;
  readonly window: BrowserWindow;
  readonly clipboard: ClipboardGuard;
}

/** Brings the app's events to the page. At a lock its process is ended, so that nothing it showed stays in a memory; see render-process-gone. */
function followApp({ app, window, clipboard }: ConnectWindowOptions): () => void {
  // A window may come to an office that is open already, and hears of it only by the lock.
  let open = true;
  return app.onEvent((channel, payload) => {
    const wasOpen = open;
    if (channel === 'office.statusChanged') open = (payload as { readonly state: string }).state === 'unlocked';
    if (wasOpen && !open) {
      void clipboard.clear();
      window.webContents.forcefullyCrashRenderer();
    } else window.webContents.send(EVENT_CHANNEL, channel, payload);
  });
}

/** Connects a window with the app until the window is closed. */
export function connectWindow(options: ConnectWindowOptions): void {
  const { app, ipcMain, window, clipboard } = options;
  ipcMain.handle(REQUEST_CHANNEL, (event, request: unknown) => app.dispatch(senderOf(window, event), String(request)));
  const used = (event: IpcMainEvent): void => {
    if (acceptsSender(senderOf(window, event))) app.activity();
  };
  const copied = (event: IpcMainEvent): void => {
    if (acceptsSender(senderOf(window, event))) clipboard.copied();
  };
  ipcMain.on(ACTIVITY_CHANNEL, used);
  ipcMain.on(COPIED_CHANNEL, copied);
  const stop = followApp(options);
  // After a lock as after a crash: the page loads anew, in a new process. @see Electron webContents.forcefullyCrashRenderer
  window.webContents.on('render-process-gone', () => window.webContents.reload());
  window.on('closed', () => {
    stop();
    void clipboard.clear();
    ipcMain.removeHandler(REQUEST_CHANNEL);
    ipcMain.off(ACTIVITY_CHANNEL, used);
    ipcMain.off(COPIED_CHANNEL, copied);
  });
}
