// The parts of the Chromium host that need no browser: where one lies, how it starts, how its pipe is read.
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDevtoolsPipe } from '../../electron/hosts/chromium/devtools-pipe.ts';
import { findBrowser } from '../../electron/hosts/chromium/find-browser.ts';
import { browserArguments } from '../../electron/hosts/chromium/launch-browser.ts';

describe('findBrowser', () => {
  const search = (platform: NodeJS.Platform, environment: NodeJS.ProcessEnv, installed: string) =>
    findBrowser({ platform, environment, exists: (path) => path === installed });

  it.each([
    ['linux', { PATH: '/opt/bin' }, '/opt/bin/chromium'],
    ['linux', {}, '/usr/bin/google-chrome-stable'],
    ['linux', {}, '/snap/bin/chromium'],
    ['darwin', { HOME: '/Users/o' }, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    ['darwin', { HOME: '/Users/o' }, '/Users/o/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
    ['win32', { PROGRAMFILES: 'C:\\Program Files' }, 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
    ['win32', { 'PROGRAMFILES(X86)': 'C:\\P86' }, 'C:\\P86\\Microsoft\\Edge\\Application\\msedge.exe'],
  ] as const)('finds on %s with %j the one at %s', (platform, environment, installed) => {
    expect(search(platform, environment, installed)).toBe(installed);
  });

  it('finds nothing where nothing is', () => {
    for (const platform of ['linux', 'darwin', 'win32', 'aix'] as const)
      expect(search(platform, { PATH: '/usr/bin' }, '')).toBeNull();
  });
});

describe('browserArguments', () => {
  afterEach(() => vi.restoreAllMocks());
  const words = (headless = false) =>
    browserArguments({ executable: '/b', headless, extraArguments: [], log: () => '00000000' }, '/profile');

  it('opens our origin in app mode over the pipe, without a port', () => {
    expect(words()).toContain('--app=https://app.strongroom.invalid/');
    expect(words()).toContain('--user-data-dir=/profile');
    expect(words()).toContain('--remote-debugging-pipe');
    expect(words().some((word) => word.includes('remote-debugging-port'))).toBe(false);
    for (const flag of [
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ])
      expect(words()).toContain(flag);
  });

  it('keeps the browser’s sandbox for everyone but root', () => {
    vi.spyOn(process, 'getuid').mockReturnValue(1000);
    expect(words()).not.toContain('--no-sandbox');
    vi.spyOn(process, 'getuid').mockReturnValue(0);
    expect(words()).toContain('--no-sandbox');
  });

  it('shows a window unless told otherwise', () => {
    expect(words()).not.toContain('--headless');
    expect(words(true)).toContain('--headless');
  });
});

describe('the DevTools pipe', () => {
  function aPipe() {
    const toBrowser = new PassThrough();
    const fromBrowser = new PassThrough();
    return { toBrowser, fromBrowser, pipe: createDevtoolsPipe(toBrowser, fromBrowser) };
  }

  it('reads messages wherever the chunks end', async () => {
    const { fromBrowser, pipe } = aPipe();
    const heard: unknown[] = [];
    pipe.on('A.happened', (params, sessionId) => heard.push([params['text'], sessionId]));
    const bytes = Buffer.from(
      ['ä€😀', 'two', 'x'.repeat(300)]
        .map((text) => `${JSON.stringify({ method: 'A.happened', params: { text }, sessionId: 's' })}\0`)
        .join(''),
    );
    for (const byte of bytes) fromBrowser.write(Buffer.from([byte]));
    fromBrowser.write(bytes);
    await vi.waitFor(() => expect(heard).toHaveLength(6));
    expect(heard[0]).toEqual(['ä€😀', 's']);
  });

  it('pairs results and errors with commands', async () => {
    const { toBrowser, fromBrowser, pipe } = aPipe();
    toBrowser.on('data', (chunk: Buffer) => {
      const { id, method } = JSON.parse(chunk.subarray(0, -1).toString()) as { id: number; method: string };
      const answer = method === 'A.good' ? { id, result: { a: 1 } } : { id, error: { message: 'no' } };
      fromBrowser.write(`${JSON.stringify(answer)}\0`);
    });
    const [good, bad] = await Promise.allSettled([pipe.send('A.good'), pipe.send('A.bad')]);
    expect(good).toMatchObject({ value: { a: 1 } });
    expect(bad).toMatchObject({ reason: { code: 'HOST_NOT_AVAILABLE', params: { method: 'A.bad', reason: 'no' } } });
  });

  it('fails what waits and what comes later when the browser is gone', async () => {
    const { fromBrowser, pipe } = aPipe();
    const waiting = pipe.send('A.never').catch((error: unknown) => error);
    fromBrowser.destroy();
    expect(await waiting).toMatchObject({ code: 'HOST_NOT_AVAILABLE' });
    await expect(pipe.send('A.later')).rejects.toMatchObject({ code: 'HOST_NOT_AVAILABLE' });
  });
});
