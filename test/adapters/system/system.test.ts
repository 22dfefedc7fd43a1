// Folders a case a system, which addresses may be handed to the user's browser, and the clock that waits are measured with.
import { uptime } from 'node:os';
import { describe, expect, it } from 'vitest';
import { checkSignInUrl } from '../../../electron/adapters/system/open-sign-in.ts';
import { systemFolders } from '../../../electron/adapters/system/folders.ts';
import { systemUptime } from '../../../electron/adapters/system/system.ts';

describe('systemFolders', () => {
  it.each([
    ['linux', {}, '/home/o', '/home/o/.local/share/strongroom/office', '/home/o/.local/state/strongroom'],
    ['linux', { XDG_DATA_HOME: '/d', XDG_STATE_HOME: '/s' }, '/home/o', '/d/strongroom/office', '/s/strongroom'],
    [
      'darwin',
      {},
      '/Users/o',
      '/Users/o/Library/Application Support/Strongroom/office',
      '/Users/o/Library/Logs/Strongroom',
    ],
    ['win32', { LOCALAPPDATA: 'C:\\L' }, 'C:\\Users\\o', 'C:\\L\\Strongroom\\office', 'C:\\L\\Strongroom\\logs'],
    [
      'win32',
      {},
      'C:\\Users\\o',
      'C:\\Users\\o\\AppData\\Local\\Strongroom\\office',
      'C:\\Users\\o\\AppData\\Local\\Strongroom\\logs',
    ],
  ] as const)('on %s with %j', (platform, environment, home, office, logs) => {
    expect(systemFolders({ platform, environment, home })).toMatchObject({ office, logs });
  });
});

describe('checkSignInUrl', () => {
  it.each([
    'https://bank.example/authorise?x=1',
    'https://127.0.0.1:4000/a',
    'http://127.0.0.1:4000/a',
    'http://[::1]:4000/a',
  ])('lets %s through', (url) => {
    expect(checkSignInUrl(url)).toBe(url);
  });

  it.each([
    'http://bank.example/',
    'http://localhost:4000/',
    'http://127.0.0.1.evil.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'ms-settings:privacy',
    'https://user:secret@bank.example/',
    '--version',
    '',
  ])('refuses %s', (url) => {
    expect(() => checkSignInUrl(url)).toThrow(expect.objectContaining({ code: 'HOST_BROWSER_FAILED' }) as Error);
  });
});

describe('systemUptime', () => {
  it('is how long the computer has run, in milliseconds, not how long this program has', () => {
    const [before, now, after] = [uptime(), systemUptime(), uptime()];
    expect(now).toBeGreaterThanOrEqual(before * 1000);
    expect(now).toBeLessThanOrEqual(after * 1000);
    expect(now).toBeGreaterThan(process.uptime() * 1000);
  });
});
