// Starts the browser as a window of its own: app mode, DevTools over pipes, a fresh profile that goes when it ends. It opens no port.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { AppError } from '../../../shared/errors/app-error.ts';
import { RENDERER_ORIGIN } from '../../../shared/ipc/bridge.ts';
import type { Logger } from '../../core/ports/logger.ts';
import { createDevtoolsPipe, type DevtoolsPipe } from './devtools-pipe.ts';

/** Smallest window, and the size a new one has, in CSS pixels. */
export const SMALLEST_WINDOW = { width: 1024, height: 640 };
const FIRST_WINDOW = { width: 1360, height: 860 };

const FLAGS = [
  '--remote-debugging-pipe',
  '--block-new-web-contents',
  '--deny-permission-prompts',
  '--disable-background-networking',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-features=AutofillServerCommunication,DialMediaRouteProvider,MediaRouter,OptimizationHints,Translate',
  '--disable-quic',
  '--disable-save-password-bubble',
  '--disable-search-engine-choice-screen',
  '--disable-sync',
  '--dns-prefetch-disable',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  // No name resolves: should a request slip past the refusals, it has nowhere to go.
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--metrics-recording-only',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
  '--no-service-autorun',
  '--password-store=basic',
  '--use-mock-keychain',
];

/** A profile that offers to remember nothing. */
const PREFERENCES = {
  credentials_enable_service: false,
  autofill: { credit_card_enabled: false, profile_enabled: false },
  profile: { password_manager_enabled: false },
  search: { suggest_enabled: false },
};

export interface LaunchOptions {
  /** Absolute path of the browser. */
  readonly executable: string;
  readonly headless: boolean;
  readonly log: Logger;
  /** Further switches. Tests only: the product opens no debugging port. */
  readonly extraArguments: readonly string[];
}

export interface Browser {
  readonly devtools: DevtoolsPipe;
  /** Settles when the process has ended and its profile is gone. */
  readonly ended: Promise<void>;
  /** Kills it where it does not end by itself. */
  readonly kill: () => void;
}

/** The browser refuses its own sandbox to root; everyone else has it. */
const isRoot = (): boolean => process.getuid?.() === 0;

export function browserArguments(options: LaunchOptions, profile: string): string[] {
  return [
    `--app=${RENDERER_ORIGIN}/`,
    `--user-data-dir=${profile}`,
    `--window-size=${FIRST_WINDOW.width},${FIRST_WINDOW.height}`,
    ...FLAGS,
    ...(options.headless ? ['--headless'] : []),
    ...(isRoot() ? ['--no-sandbox'] : []),
    ...options.extraArguments,
  ];
}

async function createProfile(): Promise<string> {
  const profile = await mkdtemp(join(tmpdir(), 'strongroom-window-'));
  await mkdir(join(profile, 'Default'));
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(PREFERENCES));
  return profile;
}

async function endOf(child: ChildProcess, profile: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** @throws {AppError} HOST_NOT_AVAILABLE */
export async function launchBrowser(options: LaunchOptions): Promise<Browser> {
  if (isRoot()) options.log({ level: 'warn', event: 'window.no-sandbox' });
  const profile = await createProfile();
  const child = spawn(options.executable, browserArguments(options, profile), {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    windowsHide: false,
  });
  const [, , , toBrowser, fromBrowser] = child.stdio as unknown as [null, null, null, Writable, Readable];
  const devtools = createDevtoolsPipe(toBrowser, fromBrowser);
  try {
    await once(child, 'spawn');
  } catch (cause) {
    await rm(profile, { recursive: true, force: true });
    throw new AppError('HOST_NOT_AVAILABLE', { reason: 'start' }, { cause });
  }
  const ended = endOf(child, profile).finally(() => devtools.end());
  return { devtools, ended, kill: () => void child.kill('SIGKILL') };
}
