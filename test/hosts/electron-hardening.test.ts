// The Electron host's hardening, flag by flag, over a double of Electron, and its sources for what no double shows. @see security.md §4
import type { EventEmitter } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import type { PowerMonitor } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { RENDERER_ORIGIN } from '../../shared/ipc/bridge.ts';
import { ELECTRON_FUSES, STRICTLY_REQUIRE_ALL_FUSES } from '../../build/electron-fuses.ts';
import { createPowerEvents } from '../../electron/hosts/electron/power-events.ts';
import { secureApp } from '../../electron/hosts/electron/secure-app.ts';
import { startWindow, type ElectronParts } from '../../electron/hosts/electron/start-window.ts';
import {
  ACTIVITY_CHANNEL,
  COPIED_CHANNEL,
  EVENT_CHANNEL,
  REQUEST_CHANNEL,
} from '../../electron/hosts/electron/window-bridge.ts';
import { windowOptions } from '../../electron/hosts/electron/window-options.ts';
import { createElectronDouble } from '../builders/electron-double/electron-double.ts';
import { FrameDouble } from '../builders/electron-double/frame.ts';
import { TEST_WINDOW } from '../builders/test-window.ts';
import { anEchoApp } from '../contracts/host.ts';

async function started(platform: NodeJS.Platform = 'darwin') {
  const electron = createElectronDouble(RENDERER_ORIGIN);
  const systemEvents = createPowerEvents(electron.powerMonitor as unknown as PowerMonitor, platform);
  const echo = anEchoApp();
  secureApp(electron.module['app'] as Parameters<typeof secureApp>[0]);
  await startWindow(electron.module as unknown as ElectronParts, {
    app: echo.app,
    files: TEST_WINDOW,
    preload: '/preload.cjs',
    systemEvents: [systemEvents],
    log: () => '00000000',
  });
  return { electron, echo, systemEvents, window: electron.windows[0]! };
}

describe('the window', () => {
  it('has every flag of the design, frozen', () => {
    const options = windowOptions('/preload.cjs');
    expect(options.webPreferences).toMatchObject({
      preload: '/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      webSecurity: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      devTools: false,
      spellcheck: false,
    });
    expect(options).toMatchObject({ minWidth: 1024, minHeight: 640 });
    expect(Object.isFrozen(options) && Object.isFrozen(options.webPreferences)).toBe(true);
    expect(options.webPreferences?.partition).not.toMatch(/^persist:/);
  });

  it('gets exactly these options, loads our origin and is shown when ready', async () => {
    const { window } = await started();
    expect(window.options).toEqual(windowOptions('/preload.cjs'));
    expect(window.url).toBe(`${RENDERER_ORIGIN}/`);
    expect(window.shown).toBe(true);
  });

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('goes nowhere else on %s', async (event) => {
    const { webContents } = (await started()).window;
    expect(webContents.navigate(`${RENDERER_ORIGIN}/accounts`, event)).toBe(true);
    for (const url of [
      'https://evil.example/',
      'file:///etc/passwd',
      `${RENDERER_ORIGIN}.evil.example/`,
      'about:blank',
      'data:text/html,x',
    ])
      expect(webContents.navigate(url, event)).toBe(false);
  });

  it('opens no window and no webview', async () => {
    const { webContents } = (await started()).window;
    expect(webContents.windowOpen?.({ url: RENDERER_ORIGIN })).toEqual({ action: 'deny' });
    const preventDefault = vi.fn();
    webContents.emit('will-attach-webview', { preventDefault });
    expect(preventDefault).toHaveBeenCalled();
  });

  it('has no menu with shortcuts to reload or inspect', async () => {
    const { electron } = await started();
    expect(electron.menus).toHaveLength(1);
    expect(JSON.stringify(electron.menus)).not.toMatch(/viewMenu|reload|toggleDevTools/);
  });
});

describe('the session', () => {
  it('denies every permission', async () => {
    const { session } = (await started()).electron;
    const ask = (name: string) => new Promise((resolve) => session.permissionRequest?.(null, name, resolve));
    for (const name of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'clipboard-sanitized-write',
      'openExternal',
      'fileSystem',
      'usb',
      'unknown',
    ]) {
      expect(await ask(name)).toBe(false);
      expect(session.permissionCheck?.(null, name)).toBe(false);
    }
    expect(session.devicePermission?.()).toBe(false);
  });

  it('downloads nothing', async () => {
    const { session } = (await started()).electron;
    const preventDefault = vi.fn();
    session.emit('will-download', { preventDefault });
    expect(preventDefault).toHaveBeenCalled();
  });

  it.each([
    'http://app.strongroom.invalid/',
    'ws://127.0.0.1:1/',
    'wss://evil.example/',
    'file:///etc/passwd',
    'ftp://evil.example/',
  ])('cancels %s before anything is sent', async (url) => {
    expect(await (await started()).electron.session.request(url)).toBe('refused');
  });
});

describe('the app', () => {
  it('enables the sandbox before it is ready, resolves no name, and answers for client certificates', async () => {
    const { electron } = await started();
    expect(electron.app.calls[0]).toBe('enableSandbox');
    expect(electron.app.switches.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND');
    const [preventDefault, choose] = [vi.fn(), vi.fn()];
    electron.app.emit('select-client-certificate', { preventDefault }, {}, 'https://x', [{}], choose);
    expect(preventDefault).toHaveBeenCalled();
    expect(choose).toHaveBeenCalledWith();
  });

  it.each([
    ['suspend', 'suspend'],
    ['lock-screen', 'screen-lock'],
    ['user-did-resign-active', 'user-switch'],
  ])('locks on %s', async (event, reason) => {
    const { electron, echo } = await started();
    electron.powerMonitor.emit(event);
    expect(echo.app.lock).toHaveBeenCalledWith(reason);
  });

  it('hears the system no longer than its window lives', async () => {
    const { electron, echo, window } = await started();
    window.emit('closed');
    for (const event of ['suspend', 'lock-screen', 'user-did-resign-active']) electron.powerMonitor.emit(event);
    expect(echo.app.lock).not.toHaveBeenCalled();
  });

  it.each([
    ['darwin', ['screen-lock', 'suspend', 'user-switch']],
    ['win32', ['screen-lock', 'suspend', 'user-switch']],
    ['linux', ['suspend']],
  ] as const)('says what it hears on %s', async (platform, covered) => {
    expect((await started(platform)).systemEvents.covers).toEqual(covered);
  });

  it('ends the page’s process at a lock and loads the page in a new one; the same after a crash', async () => {
    const { echo, window } = await started();
    const { webContents } = window;
    const reloaded = vi.fn();
    webContents.on('reloaded', reloaded);
    // The office may have been open before the window was.
    let frame = webContents.mainFrame;
    const isNew = (): boolean => frame !== (frame = webContents.mainFrame);
    echo.emit('office.statusChanged', { state: 'locked' });
    expect([isNew(), reloaded.mock.calls.length]).toEqual([true, 1]);
    echo.emit('office.statusChanged', { state: 'locked' });
    expect([isNew(), reloaded.mock.calls.length]).toEqual([false, 1]);
    for (const round of [2, 3]) {
      echo.emit('office.statusChanged', { state: 'unlocked' });
      expect(isNew()).toBe(false);
      echo.emit('office.statusChanged', { state: 'locked' });
      expect([isNew(), reloaded.mock.calls.length]).toEqual([true, round]);
    }
    webContents.emit('render-process-gone');
    expect(reloaded).toHaveBeenCalledTimes(4);
  });

  describe('the clipboard', () => {
    const copied = (webContents: { readonly mainFrame: unknown }) => ({
      sender: webContents,
      senderFrame: webContents.mainFrame,
    });
    async function withCopy(text = 'our row') {
      const opened = await started();
      const { electron, window } = opened;
      electron.clipboard.text = text;
      const { ipcMain } = electron.module as { ipcMain: EventEmitter };
      ipcMain.emit(COPIED_CHANNEL, copied(window.webContents));
      // What was copied is kept once the promises there are have run.
      await new Promise(setImmediate);
      return { ...opened, ipcMain };
    }

    it('is cleared at a lock, where it is still ours', async () => {
      const { electron, echo } = await withCopy();
      echo.emit('office.statusChanged', { state: 'locked' });
      await vi.waitFor(() => expect(electron.clipboard.text).toBe(''));
    });

    it('is cleared with the window', async () => {
      const { electron, window } = await withCopy();
      window.emit('closed');
      await vi.waitFor(() => expect(electron.clipboard.text).toBe(''));
    });

    it('is left alone where somebody else has put something there since', async () => {
      const { electron, echo } = await withCopy();
      electron.clipboard.text = 'theirs';
      echo.emit('office.statusChanged', { state: 'locked' });
      await new Promise(setImmediate);
      expect(electron.clipboard.text).toBe('theirs');
    });

    it('is left alone where nothing was copied, or only another frame says so', async () => {
      const { electron, echo, window } = await started();
      electron.clipboard.text = 'theirs';
      const { ipcMain } = electron.module as { ipcMain: EventEmitter };
      ipcMain.emit(COPIED_CHANNEL, {
        sender: window.webContents,
        senderFrame: new FrameDouble('https://evil.example'),
      });
      echo.emit('office.statusChanged', { state: 'locked' });
      await new Promise(setImmediate);
      expect(electron.clipboard.text).toBe('theirs');
    });
  });

  it('quits with its window, and a second start brings the first forward', async () => {
    const { electron, window } = await started();
    const focused = vi.fn();
    window.on('focused', focused);
    electron.app.emit('second-instance');
    expect(focused).toHaveBeenCalled();
    electron.app.emit('window-all-closed');
    expect(electron.app.calls).toContain('quit');
  });
});

describe('the sources', () => {
  const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  const host = readdirSync(new URL('../../electron/hosts/electron', import.meta.url)).map((name) => ({
    name,
    text: read(`electron/hosts/electron/${name}`),
  }));
  const main = read('electron/hosts/electron/main.ts');
  const preload = read('electron/preload/preload.ts');

  it('start no crash reporter and open no developer tools', () => {
    for (const { text } of host)
      expect(text).not.toMatch(/crashReporter|openDevTools|remote-debugging|executeJavaScript/);
  });

  it('make windows in one place only', () => {
    const makers = host.filter(({ text }) => /new (electron\.)?BrowserWindow\(/.test(text));
    expect(makers.map(({ name }) => name)).toEqual(['start-window.ts']);
  });

  it('open the browser through the one check', () => {
    const uses = host.flatMap(({ text }) => text.match(/openExternal\([^)]*\)/g) ?? []);
    expect(uses).toEqual(['openExternal(checkSignInUrl(url)']);
  });

  it('secure the app before it is ready and insist on a single instance', () => {
    const secured = main.indexOf('\nsecureApp(app)');
    expect(secured).toBeGreaterThan(0);
    expect(main.indexOf('app.requestSingleInstanceLock()')).toBeGreaterThan(secured);
    expect(main.indexOf('\n  run()')).toBeGreaterThan(secured);
  });

  it('expose one object from the preload script, over the host’s own four channels', () => {
    expect(preload.match(/exposeInMainWorld\(/g)).toHaveLength(1);
    for (const channel of [REQUEST_CHANNEL, EVENT_CHANNEL, ACTIVITY_CHANNEL, COPIED_CHANNEL])
      expect(preload).toContain(`'${channel}'`);
    expect(preload.match(/'strongroom\.[a-z]+'/g)).toHaveLength(4);
  });
});

describe('the fuses', () => {
  it('are those of the design, all of them decided', () => {
    expect(ELECTRON_FUSES).toEqual({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
      WasmTrapHandlers: true,
    });
    expect(STRICTLY_REQUIRE_ALL_FUSES).toBe(true);
  });
});
