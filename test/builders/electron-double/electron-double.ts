// Electron's own rules in memory, as far as our host meets them: what a preload script may expose, who sends a message, who answers a request.
// It follows the documented behaviour of contextBridge, ipcMain, protocol.handle and the navigation events; it starts nothing.
import { EventEmitter } from 'node:events';
import { runInContext, type Context } from 'node:vm';
import { ClipboardDouble } from './clipboard.ts';
import { ContentsDouble } from './contents.ts';
import { crossed } from './crossed.ts';
import type { FrameDouble } from './frame.ts';
import { SessionDouble } from './session.ts';
import { WindowDouble } from './window.ts';

type Handler = (event: unknown, ...values: unknown[]) => unknown;

export interface ElectronDouble {
  /** What `import … from 'electron'` gives. */
  readonly module: Record<string, unknown>;
  readonly app: EventEmitter & { readonly switches: Map<string, string>; readonly calls: string[] };
  readonly powerMonitor: EventEmitter;
  readonly session: SessionDouble;
  readonly windows: WindowDouble[];
  readonly menus: unknown[];
  readonly opened: string[];
  /** What the clipboard holds. */
  readonly clipboard: ClipboardDouble;
  readonly exposed: Map<string, unknown>;
  /** A message as a page's frame would send it; null stands for a frame that is gone. */
  invokeFrom(frame: FrameDouble | null, contents: unknown, channel: string, ...values: unknown[]): Promise<unknown>;
  /** Puts what the preload script exposed into a window's main frame. */
  showBridge(window: WindowDouble): void;
}

/** contextBridge freezes what it exposes and wraps every function, so that the page holds no object of the preload's world. */
function wrapped(value: unknown, context: Context): unknown {
  if (typeof value === 'function')
    return (...inputs: unknown[]) => {
      const output = (value as (...values: unknown[]) => unknown)(
        ...inputs.map((one) => (typeof one === 'function' ? one : crossed(one))),
      );
      return output instanceof Promise ? output.then(crossed) : wrapped(output, context);
    };
  if (typeof value !== 'object' || value === null) return value;
  const object = runInContext('({})', context) as Record<string, unknown>;
  for (const [name, member] of Object.entries(value)) object[name] = wrapped(member, context);
  return Object.freeze(object);
}

/** `origin` is what the windows' main frames show. */
export function createElectronDouble(origin: string): ElectronDouble {
  const handlers = new Map<string, Handler>();
  const ipcMain = new EventEmitter();
  const ipcRenderer = new EventEmitter();
  const exposed = new Map<string, unknown>();
  const windows: WindowDouble[] = [];
  const menus: unknown[] = [];
  const opened: string[] = [];
  const session = new SessionDouble();
  const powerMonitor = new EventEmitter();
  const clipboard = new ClipboardDouble();
  const calls: string[] = [];
  const switches = new Map<string, string>();
  const app = Object.assign(new EventEmitter(), {
    switches,
    calls,
    isPackaged: false,
    enableSandbox: () => void calls.push('enableSandbox'),
    commandLine: { appendSwitch: (name: string, value = '') => void switches.set(name, value) },
    requestSingleInstanceLock: () => (calls.push('requestSingleInstanceLock'), true),
    whenReady: () => (calls.push('whenReady'), Promise.resolve()),
    getPath: (name: string) => `/${name}`,
    getAppPath: () => '/nowhere',
    quit: () => void calls.push('quit'),
    exit: (code: number) => void calls.push(`exit ${code}`),
  });
  const invokeFrom: ElectronDouble['invokeFrom'] = async (frame, contents, channel, ...values) => {
    const handler = handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return crossed(await handler({ sender: contents, senderFrame: frame }, ...crossed(values)));
  };
  const first = (): WindowDouble => {
    const [window] = windows;
    if (!window) throw new TypeError('no window');
    return window;
  };
  class BrowserWindow extends WindowDouble {
    constructor(options: Record<string, unknown>) {
      super(options, new ContentsDouble(origin, (channel, ...values) => void ipcRenderer.emit(channel, {}, ...values)));
      windows.push(this);
      app.emit('web-contents-created', {}, this.webContents);
    }
  }
  return {
    app,
    powerMonitor,
    session,
    windows,
    menus,
    opened,
    clipboard,
    exposed,
    invokeFrom,
    showBridge: ({ webContents }) => {
      const { context } = webContents.mainFrame;
      for (const [name, value] of exposed)
        Object.defineProperty(runInContext('globalThis', context), name, { value: wrapped(value, context) });
    },
    module: {
      app,
      BrowserWindow,
      powerMonitor,
      clipboard,
      Menu: {
        buildFromTemplate: (template: unknown) => template,
        setApplicationMenu: (menu: unknown) => void menus.push(menu),
      },
      session: { fromPartition: () => session },
      shell: { openExternal: (url: string) => (opened.push(url), Promise.resolve()) },
      utilityProcess: { fork: () => null },
      ipcMain: Object.assign(ipcMain, {
        handle: (channel: string, handler: Handler) => void handlers.set(channel, handler),
        removeHandler: (channel: string) => void handlers.delete(channel),
      }),
      contextBridge: { exposeInMainWorld: (name: string, value: unknown) => void exposed.set(name, value) },
      ipcRenderer: Object.assign(ipcRenderer, {
        invoke: (channel: string, ...values: unknown[]) =>
          invokeFrom(first().webContents.mainFrame, first().webContents, channel, ...values),
        send: (channel: string, ...values: unknown[]) => {
          const { webContents } = first();
          ipcMain.emit(channel, { sender: webContents, senderFrame: webContents.mainFrame }, ...crossed(values));
        },
      }),
    },
  };
}
