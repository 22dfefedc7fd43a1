// The host contract on the Electron host, over a double of Electron; the preload script and the host's files are the real ones.
import { describe, expect, it, vi } from 'vitest';
import { RENDERER_ORIGIN } from '../../shared/ipc/bridge.ts';
import { secureApp } from '../../electron/hosts/electron/secure-app.ts';
import { startWindow, type ElectronParts } from '../../electron/hosts/electron/start-window.ts';
import { REQUEST_CHANNEL } from '../../electron/hosts/electron/window-bridge.ts';
import { createElectronDouble } from '../builders/electron-double/electron-double.ts';
import { FrameDouble } from '../builders/electron-double/frame.ts';
import { TEST_WINDOW } from '../builders/test-window.ts';
import { anEchoApp, hostContract, type HostUnderTest } from '../contracts/host.ts';

const electron = createElectronDouble(RENDERER_ORIGIN);
vi.mock('electron', () => electron.module);
const parts = electron.module as unknown as ElectronParts;
const log = (): string => '00000000';

async function open(app: Parameters<typeof startWindow>[1]['app'], files = TEST_WINDOW) {
  electron.windows.length = 0;
  secureApp(electron.module['app'] as Parameters<typeof secureApp>[0]);
  await startWindow(parts, { app, files, log, preload: '/preload.cjs', systemEvents: [] });
  vi.resetModules();
  vi.stubGlobal('addEventListener', () => undefined);
  await import('../../electron/preload/preload.ts');
  vi.unstubAllGlobals();
  const window = electron.windows[0]!;
  electron.showBridge(window);
  return window;
}

hostContract({
  name: 'Electron host over a double',
  open: async (app, files): Promise<HostUnderTest> => {
    const window = await open(app, files);
    return {
      evaluate: async (expression) => {
        const { webContents } = window;
        const location = webContents.mainFrame.context['location'] as { href: string; origin: string };
        const value: unknown = await webContents.mainFrame.run(expression);
        // A page that set its address asks the host, as Electron does before it goes.
        if (new URL(location.href).origin !== RENDERER_ORIGIN) {
          if (webContents.navigate(location.href)) location.origin = new URL(location.href).origin;
          else location.href = `${RENDERER_ORIGIN}/`;
        }
        return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
      },
      // The preload script runs in the main frame only; another frame is a page without a bridge.
      evaluateInForeignFrame: (expression) => Promise.resolve(new FrameDouble('null').run(expression)),
      request: async (url) => {
        const answer = await electron.session.request(url);
        if (answer === 'network') throw new Error(`${url} reached the network`);
        return answer === 'refused'
          ? { refused: true, headers: {} }
          : { refused: false, headers: Object.fromEntries(answer.headers) };
      },
      close: () => Promise.resolve(),
    };
  },
});

describe('senders of the Electron host', () => {
  it.each([
    ['a frame of another origin', new FrameDouble('https://evil.example')],
    ['a second frame of our origin', new FrameDouble(RENDERER_ORIGIN)],
    ['a frame that is gone', null],
  ])('refuses %s', async (_, frame) => {
    const { app } = anEchoApp();
    const window = await open(app);
    const request = JSON.stringify({ call: 'office.status', input: {}, session: null, window: null });
    expect(await electron.invokeFrom(frame, window.webContents, REQUEST_CHANNEL, request)).toMatchObject({
      error: { code: 'IPC_SENDER_REFUSED' },
    });
  });

  it('refuses contents that are not the window’s, whatever they show', async () => {
    const { app } = anEchoApp();
    const window = await open(app);
    const { mainFrame } = window.webContents;
    expect(await electron.invokeFrom(mainFrame, { mainFrame }, REQUEST_CHANNEL, '{}')).toMatchObject({
      error: { code: 'IPC_SENDER_REFUSED' },
    });
  });
});
