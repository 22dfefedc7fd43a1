// Electron's end of the bridge: one channel for requests, one for events, one for input; the sender is what Electron says, not the page.
import type { BrowserWindow, IpcMain, IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { acceptsSender, type App, type AppSender } from '../../core/app/app.ts';

/** Names between the preload script and this file; a page sees none of them. */
export const REQUEST_CHANNEL = 'strongroom.request';
export const EVENT_CHANNEL = 'strongroom.event';
export const ACTIVITY_CHANNEL = 'strongroom.activity';

/** Who sent a message: a frame that is gone is nobody. */
function senderOf(event: IpcMainEvent | IpcMainInvokeEvent): AppSender {
  const frame = event.senderFrame;
  const mainFrame = frame !== null && frame === event.sender.mainFrame;
  return { kind: 'window', origin: frame?.origin ?? '', mainFrame };
}

function followLock(app: App, window: BrowserWindow): () => void {
  // A window may come to an office that is open already, and hears of it only by the lock.
  let open = true;
  return app.onEvent((channel, payload) => {
    window.webContents.send(EVENT_CHANNEL, channel, payload);
    if (channel !== 'office.statusChanged') return;
    const wasOpen = open;
    open = (payload as { readonly state: string }).state === 'unlocked';
    // Nothing the page showed stays in its memory after a lock.
    if (wasOpen && !open) window.webContents.reload();
  });
}

/** Connects a window with the app until the window is closed. */
export function connectWindow(app: App, ipcMain: IpcMain, window: BrowserWindow): void {
  const ours = (event: IpcMainEvent | IpcMainInvokeEvent): boolean => event.sender === window.webContents;
  ipcMain.handle(REQUEST_CHANNEL, (event, request: unknown) =>
    app.dispatch(ours(event) ? senderOf(event) : { kind: 'window', origin: '', mainFrame: false }, String(request)),
  );
  const used = (event: IpcMainEvent): void => {
    if (ours(event) && acceptsSender(senderOf(event))) app.activity();
  };
  ipcMain.on(ACTIVITY_CHANNEL, used);
  const stop = followLock(app, window);
  window.webContents.on('render-process-gone', () => window.webContents.reload());
  window.on('closed', () => {
    stop();
    ipcMain.removeHandler(REQUEST_CHANNEL);
    ipcMain.off(ACTIVITY_CHANNEL, used);
  });
}
