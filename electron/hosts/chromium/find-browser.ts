// Where an installed Chromium, Chrome or Edge lies on this system. It starts and downloads nothing.
import { existsSync } from 'node:fs';
import { delimiter, posix, win32 } from 'node:path';

export interface BrowserSearch {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  readonly exists: (path: string) => boolean;
}

const LINUX_PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const LINUX_FOLDERS = ['/usr/bin', '/usr/local/bin', '/snap/bin'];
const MAC_PROGRAMS = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const WINDOWS_PROGRAMS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'Chromium\\Application\\chrome.exe',
];
const WINDOWS_FOLDERS = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'];

function candidates({ platform, environment }: BrowserSearch): string[] {
  const folders = (names: readonly (string | undefined)[]): string[] => names.filter((name) => name !== undefined);
  if (platform === 'linux') {
    const paths = [...(environment['PATH'] ?? '').split(delimiter).filter((path) => path !== ''), ...LINUX_FOLDERS];
    return LINUX_PROGRAMS.flatMap((program) => paths.map((path) => posix.join(path, program)));
  }
  if (platform === 'darwin') {
    const places = folders(['/Applications', environment['HOME'] && posix.join(environment['HOME'], 'Applications')]);
    return MAC_PROGRAMS.flatMap((program) => places.map((place) => posix.join(place, program)));
  }
  if (platform === 'win32') {
    const places = folders(WINDOWS_FOLDERS.map((name) => environment[name]));
    return WINDOWS_PROGRAMS.flatMap((program) => places.map((place) => win32.join(place, program)));
  }
  return [];
}

const HERE: BrowserSearch = { platform: process.platform, environment: process.env, exists: existsSync };

/** Absolute path of a browser that can be the window, null where none is installed. */
export function findBrowser(search: BrowserSearch = HERE): string | null {
  return candidates(search).find((path) => search.exists(path)) ?? null;
}
