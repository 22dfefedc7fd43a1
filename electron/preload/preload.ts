// Gives the page `window.strongroom`: a function a generated channel, nothing else of Electron. It runs in the sandbox, in the main frame only.
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import { CALL_CHANNELS, EVENT_CHANNELS } from '../../shared/ipc/channels.gen.ts';

/** The same names as in hosts/electron/window-bridge.ts; a test compares them. */
const REQUEST_CHANNEL = 'strongroom.request';
const EVENT_CHANNEL = 'strongroom.event';
const ACTIVITY_CHANNEL = 'strongroom.activity';
const COPIED_CHANNEL = 'strongroom.copied';
const ACTIVITY_EVERY_MS = 5_000;

type Listener = (payload: unknown) => void;

function call(channel: string) {
  return (input: unknown): Promise<unknown> =>
    ipcRenderer.invoke(REQUEST_CHANNEL, JSON.stringify({ call: channel, input, session: null, window: null }));
}

function subscribe(channel: string) {
  return (listener: Listener): (() => void) => {
    const heard = (_event: IpcRendererEvent, happened: unknown, payload: unknown): void => {
      if (happened === channel) listener(payload);
    };
    ipcRenderer.on(EVENT_CHANNEL, heard);
    return () => void ipcRenderer.off(EVENT_CHANNEL, heard);
  };
}

const bridge: Bridge = {
  calls: Object.fromEntries(CALL_CHANNELS.map((channel) => [channel, call(channel)])) as Bridge['calls'],
  events: Object.fromEntries(EVENT_CHANNELS.map((channel) => [channel, subscribe(channel)])) as Bridge['events'],
};
contextBridge.exposeInMainWorld('strongroom', bridge);

let lastActivity = -Infinity;
function used(event: { readonly isTrusted: boolean }): void {
  if (!event.isTrusted || performance.now() - lastActivity < ACTIVITY_EVERY_MS) return;
  lastActivity = performance.now();
  ipcRenderer.send(ACTIVITY_CHANNEL);
}

/** The part of the page that this script touches; the DOM's types belong to the renderer. */
const page = globalThis as unknown as {
  addEventListener(
    type: string,
    listener: (event: { readonly isTrusted: boolean; preventDefault(): void }) => unknown,
    options?: { readonly capture: boolean; readonly passive: boolean },
  ): void;
};
for (const type of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'click', 'touchstart'])
  page.addEventListener(type, used, { capture: true, passive: true });
// What is copied is in the clipboard once the event is over.
for (const type of ['copy', 'cut'])
  page.addEventListener(type, ({ isTrusted }) => isTrusted && setTimeout(() => ipcRenderer.send(COPIED_CHANNEL), 0), {
    capture: true,
    passive: true,
  });
// A file dropped beside a drop zone would otherwise replace the page.
for (const type of ['dragover', 'drop']) page.addEventListener(type, (event) => event.preventDefault());
