// What only the Chromium host promises: no port, nothing left behind, everything but our page refused, a lock that empties the page.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Page } from 'playwright-core';
import { acceptsSender } from '../../electron/core/app/app.ts';
import { BINDING } from '../../electron/hosts/chromium/bridge-script.ts';
import { findBrowser } from '../../electron/hosts/chromium/find-browser.ts';
import { openChromiumWindow } from '../../electron/hosts/chromium/open-window.ts';
import type { WireReply } from '../../shared/ipc/call.ts';
import { openWindowUnderTest, type OpenedWindow } from '../builders/chromium-window.ts';
import { TEST_WINDOW } from '../builders/test-window.ts';
import { anEchoApp } from '../contracts/host.ts';

const profiles = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('strongroom-window-'));
const log = (): string => '00000000';

describe.skipIf(findBrowser() === null)('the Chromium window', () => {
  const echo = anEchoApp();
  let opened: OpenedWindow;
  beforeAll(async () => {
    opened = await openWindowUnderTest(echo.app, TEST_WINDOW);
    // The page's own policy would hide what the host refuses.
    const session = await opened.page.context().newCDPSession(opened.page);
    await session.send('Page.setBypassCSP', { enabled: true });
    await opened.page.reload();
  });
  afterAll(() => opened.close());
  afterEach(() => vi.clearAllMocks());
  const run = (expression: string): Promise<unknown> => opened.page.evaluate(expression);
  const refusals = (): unknown[] =>
    opened.log.filter(({ event }) => event === 'window.request-refused').map(({ fields }) => fields?.['host']);

  it('applies the style of its own file', async () => {
    expect(await run(`getComputedStyle(document.getElementById('text')).color`)).toBe('rgb(1, 2, 3)');
  });

  it.each([
    ['fetch', `fetch('https://fetch.example/x').then(() => 'answered', () => 'refused')`],
    [
      'image',
      `new Promise((done) => { const image = new Image(); image.onload = () => done('answered'); image.onerror = () => done('refused'); image.src = 'https://image.example/x.png'; })`,
    ],
    [
      'websocket',
      `new Promise((done) => { const socket = new WebSocket('wss://socket.example/'); socket.onopen = () => done('answered'); socket.onerror = () => done('refused'); })`,
    ],
    ['beacon', `navigator.sendBeacon('https://beacon.example/', 'x') && 'refused'`],
  ])('lets no %s out, even without the page’s own policy', async (_, expression) => {
    expect(await run(expression)).toBe('refused');
  });

  it('notes which hosts were refused, without their paths', () => {
    expect(refusals()).toEqual(expect.arrayContaining(['fetch.example', 'image.example']));
    expect(JSON.stringify(opened.log)).not.toContain('x.png');
  });

  it('opens no second window', async () => {
    await run(`void window.open(location.href)`);
    await vi.waitFor(() =>
      expect(opened.log).toContainEqual(expect.objectContaining({ event: 'window.target-refused' })),
    );
    await vi.waitFor(() => expect(opened.page.context().pages()).toHaveLength(1));
  });

  it('starts no worker', async () => {
    const worker = `new Promise((done) => {
      const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])));
      worker.onmessage = () => done('ran'); worker.onerror = () => done('refused');
      setTimeout(() => done('never ran'), 300);
    })`;
    expect(await run(worker)).not.toBe('ran');
  });

  it.each(['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'clipboard-write'])(
    'denies %s',
    async (name) => {
      expect(await run(`navigator.permissions.query({ name: '${name}' }).then(({ state }) => state)`)).toBe('denied');
    },
  );

  it('reports a person’s input, and no script’s', async () => {
    await run(`document.body.dispatchEvent(new MouseEvent('click', { bubbles: true }))`);
    await run(`window.strongroom.calls['office.status']({})`);
    expect(echo.app.activity).not.toHaveBeenCalled();
    await opened.page.mouse.click(10, 10);
    await vi.waitFor(() => expect(echo.app.activity).toHaveBeenCalledOnce());
  });

  it('keeps its page while the office is open', async () => {
    await run(`window.secret = 'on the screen'`);
    echo.emit('office.statusChanged', { state: 'unlocked' });
    echo.emit('clients.changed', { clientId: null });
    expect(await run('window.secret')).toBe('on the screen');
  });

  it('takes a picture and prints', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'strongroom-test-'));
    await opened.window.screenshot(join(folder, 'a.png'), { width: 1024, height: 640 });
    await opened.window.printToPdf(join(folder, 'a.pdf'));
    const png = await readFile(join(folder, 'a.png'));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1024, 640]);
    expect((await readFile(join(folder, 'a.pdf'))).subarray(0, 5).toString()).toBe('%PDF-');
    await rm(folder, { recursive: true });
  });
});

const lives = (pid: number): boolean => existsSync(`/proc/${pid}`);

/** Renderer processes of the browser that shows `page`. */
async function renderersOf(page: Page): Promise<number[]> {
  const session = await page.context().browser()?.newBrowserCDPSession();
  const list = await session?.send('SystemInfo.getProcessInfo');
  return (list?.processInfo ?? []).filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

describe.skipIf(findBrowser() === null)('a lock of the office', () => {
  const echo = anEchoApp();
  let opened: OpenedWindow;
  beforeAll(async () => {
    opened = await openWindowUnderTest(echo.app, TEST_WINDOW);
  });
  afterAll(() => opened.close());

  it.skipIf(process.platform !== 'linux')('ends every renderer process there was and keeps the window', async () => {
    const before = await renderersOf(opened.page);
    expect(before.length).toBeGreaterThan(0);
    await opened.page.evaluate(`window.secret = 'on the screen'; location.hash = '#/accounts'`);
    echo.emit('office.statusChanged', { state: 'locked' });
    const page = await opened.renewed();
    expect(before.filter(lives)).toEqual([]);
    await vi.waitFor(async () =>
      expect(await page.evaluate('document.body?.dataset.loaded')).toEqual(expect.any(String)),
    );
    expect(await page.evaluate('[typeof window.secret, location.hash, innerWidth]')).toEqual([
      'undefined',
      '#/accounts',
      1360,
    ]);
  });

  it('leaves a page that has its bridge and every refusal, round after round', async () => {
    for (const round of [1, 2, 3]) {
      echo.emit('office.statusChanged', { state: 'unlocked' });
      echo.emit('office.statusChanged', { state: 'locked' });
      const page = await opened.renewed();
      await vi.waitFor(async () => expect(await page.evaluate('typeof window.strongroom')).toBe('object'));
      echo.heard.length = 0;
      expect(await page.evaluate(`window.strongroom.calls['clients.list']({ round: ${round} })`)).toEqual({
        ok: true,
        value: { call: 'clients.list', input: { round }, session: null, window: null },
      });
      expect(echo.heard.map(({ sender }) => acceptsSender(sender))).toEqual([true]);
      expect(await page.evaluate(`typeof window.${BINDING}`)).toBe('undefined');
      expect(await page.evaluate(`fetch('https://fetch.example/x').then(() => 'answered', () => 'refused')`)).toBe(
        'refused',
      );
      const session = await page.context().newCDPSession(page);
      await session.send('Page.setBypassCSP', { enabled: true });
      await page.reload();
      expect(await page.evaluate(`fetch('https://again.example/x').then(() => 'answered', () => 'refused')`)).toBe(
        'refused',
      );
      const refused = opened.log.flatMap(({ fields }) => fields?.['host'] ?? []);
      expect(refused.filter((host) => host === 'again.example')).toHaveLength(round);
    }
  });

  it('reports input in the new page', async () => {
    vi.mocked(echo.app.activity).mockClear();
    await opened.page.mouse.click(10, 10);
    await vi.waitFor(() => expect(echo.app.activity).toHaveBeenCalledOnce());
  });

  it('brings events to the new page, and no answer meant for the one before', async () => {
    let answer = (_reply: WireReply): void => undefined;
    const late = new Promise<WireReply>((resolve) => (answer = resolve));
    const dispatch = vi.spyOn(echo.app, 'dispatch').mockImplementationOnce(() => late);
    echo.emit('office.statusChanged', { state: 'unlocked' });
    await opened.page.reload();
    void opened.page.evaluate(`void window.strongroom.calls['accounts.list']({})`);
    await vi.waitFor(() => expect(dispatch).toHaveBeenCalledOnce());
    echo.emit('office.statusChanged', { state: 'locked' });
    const page = await opened.renewed();
    await vi.waitFor(async () => expect(await page.evaluate('typeof window.strongroom')).toBe('object'));
    // The first call of the new page has the number of the first call of the old one.
    const unanswered = new Promise<WireReply>(() => undefined);
    dispatch.mockImplementationOnce(() => unanswered);
    await page.evaluate(`(() => {
      window.answers = [];
      void window.strongroom.calls['office.status']({}).then((reply) => window.answers.push(reply));
      window.heard = new Promise((resolve) => window.strongroom.events['clients.changed'](resolve));
    })()`);
    answer({ ok: true, value: 'of the page before' });
    await vi.waitFor(() => expect(opened.log.some(({ event }) => event === 'window.message-undelivered')).toBe(true));
    echo.emit('clients.changed', { clientId: 'one' });
    expect(await page.evaluate('window.heard')).toEqual({ clientId: 'one' });
    expect(await page.evaluate('window.answers')).toEqual([]);
    dispatch.mockRestore();
  });

  it('and a crash of the page leave it loaded anew', async () => {
    for (const pid of await renderersOf(opened.page)) process.kill(pid, 'SIGKILL');
    const page = await opened.renewed();
    await vi.waitFor(async () => expect(await page.evaluate('typeof window.strongroom')).toBe('object'));
  });
});

/** Command lines of running processes that hold `text`, where the system shows them. */
function commandLines(text: string): string[] {
  const lines: string[] = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      if (line.includes(text)) lines.push(line);
    } catch (error) {
      // The process ended while it was looked at.
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
  }
  return lines;
}

describe.skipIf(findBrowser() === null)('the Chromium browser', () => {
  it.skipIf(process.platform !== 'linux')('opens no debugging port and leaves nothing behind', async () => {
    const place = await mkdtemp(join(tmpdir(), 'strongroom-browser-'));
    onTestFinished(() => rm(place, { recursive: true }));
    vi.stubEnv('TMPDIR', place);
    onTestFinished(() => void vi.unstubAllEnvs());
    const window = await openChromiumWindow({ app: anEchoApp().app, files: TEST_WINDOW, log, headless: true });
    const [profile] = profiles();
    const lines = commandLines(String(profile));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.some((line) => line.includes('--remote-debugging-port'))).toBe(false);
    expect(readdirSync(join(tmpdir(), String(profile)))).not.toContain('DevToolsActivePort');
    await window.close();
    await window.closed;
    expect(profiles()).not.toContain(profile);
    expect(commandLines(String(profile))).toEqual([]);
  });

  it('ends when its page is closed', async () => {
    const { window, page } = await openWindowUnderTest(anEchoApp().app, TEST_WINDOW);
    await page.close();
    await window.closed;
  });

  it('says that it is not available when the program is missing or no browser', async () => {
    const options = { app: anEchoApp().app, files: TEST_WINDOW, log, headless: true };
    await expect(openChromiumWindow({ ...options, executable: '/nowhere/chromium' })).rejects.toMatchObject({
      code: 'HOST_NOT_AVAILABLE',
    });
    await expect(openChromiumWindow({ ...options, executable: process.execPath })).rejects.toMatchObject({
      code: 'HOST_NOT_AVAILABLE',
    });
  });
});
