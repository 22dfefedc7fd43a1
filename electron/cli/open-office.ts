// The command line's own host: the same app a window has, over child processes and the OS keychain, for the length of one command.
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { createClient } from '../../shared/ipc/client.ts';
import { contract } from '../../shared/ipc/contract.ts';
import type { SealedText } from '../../shared/model/sealed-text.ts';
import { createAttachedPracticeBank } from '../adapters/practice-bank/attached-practice-bank.ts';
import { createKeychain } from '../adapters/keychain/keychain.ts';
import { createStandardErrorLogger } from '../adapters/log/standard-error-logger.ts';
import { createChildProcessSpawn } from '../adapters/process/child-process-port.ts';
import { createProcessTransport } from '../adapters/process/process-transport.ts';
import { systemClock, systemRandom, systemTimer, systemUptime } from '../adapters/system/system.ts';
import { createTriesFile } from '../adapters/vault-files/tries-file.ts';
import type { App } from '../core/app/app.ts';
import { createAppTransport } from '../core/app/app-transport.ts';
import { createApp, type AppOptions } from '../core/app/create-app.ts';
import { signIn as signInAtBank } from '../practice-bank/practice-browser.ts';
import type { Arguments } from './arguments.ts';
import type { AppClient } from './command.ts';
import { createOutput } from './output.ts';
import { defaultDetailsPath, readPracticeDetails } from './practice-details.ts';
import { passwordSource, type Ask } from './secrets-input.ts';
import { createSealedSecrets, type SealedSecrets } from './sealed-secrets.ts';
import { proveAfresh, signIn, type Entrance } from './signing-in.ts';
import { provingAfresh } from './step-up.ts';

type Own = 'directory' | 'practiceBank' | 'openSignIn';

/** An app of the command line. `overrides` replaces the OS keychain in a demonstration. */
export function createCommandLineApp(own: Pick<AppOptions, Own> & Partial<AppOptions>): App {
  const log = createStandardErrorLogger();
  return createApp({
    clock: systemClock,
    random: systemRandom,
    timer: systemTimer,
    uptime: systemUptime,
    triesFile: createTriesFile(own.directory),
    secondFactorDevice: null,
    log,
    secrets: createKeychain(),
    documentsDirectory: join(homedir(), 'Documents'),
    spawn: createChildProcessSpawn({
      onStandardError: (name, line) => void log({ level: 'warn', event: 'process.said', fields: { name, line } }),
    }),
    connect: createProcessTransport,
    ...own,
  });
}

export function clientOf(app: App): AppClient {
  return createClient(contract, createAppTransport(app));
}

async function practiceBankOf(args: Arguments) {
  if (!args.flag('practice')) return createAttachedPracticeBank(null);
  return createAttachedPracticeBank(await readPracticeDetails(args.value('details') ?? defaultDetailsPath()));
}

/** The app of one command, over child processes; `sign-in` of its words signs in at the practice bank. */
async function appOf(args: Arguments, directory: string | null): Promise<App> {
  return createCommandLineApp({
    idleLock: false,
    directory: resolve(directory ?? '.'),
    practiceBank: await practiceBankOf(args),
    openSignIn: async (url) => {
      const name = args.value('sign-in') ?? 'olivia';
      await signInAtBank(url, { name, password: 'practice', approve: true });
    },
  });
}

/** What a command gets that opens no office by itself. */
export interface Door {
  readonly app: AppClient;
  readonly secrets: SealedSecrets;
}

/** Runs `work` on an app whose office is not opened; everything ends with it. */
export async function withLockedApp(
  args: Arguments,
  directory: string | null,
  work: (door: Door) => Promise<void>,
): Promise<void> {
  const app = await appOf(args, directory);
  try {
    const client = clientOf(app);
    await work({ app: client, secrets: createSealedSecrets(client) });
  } finally {
    await app.close();
  }
}

/** What a command gets besides the app of an office that is signed in to. */
export interface SignedIn {
  readonly secrets: SealedSecrets;
  /** The password she signed in with, sealed once more. */
  readonly password: () => Promise<SealedText>;
}

/** An app that asks for a fresh proof where a call wants one. */
function entranceOf(app: App, args: Arguments, password: Ask): Entrance {
  const { say } = createOutput(args.flag('json'));
  const transport = provingAfresh(createAppTransport(app), () => proveAfresh(entrance));
  const client = createClient(contract, transport);
  const entrance: Entrance = { app: client, secrets: createSealedSecrets(client), args, password, say };
  return entrance;
}

/** Signs in to the office in `directory` for the length of `work`. @throws {AppError} USAGE_INVALID, SESSION_*, FACTOR_*, OFFICE_*, VAULT_* */
export async function withOffice(
  args: Arguments,
  directory: string,
  work: (app: AppClient, signedIn: SignedIn) => Promise<void>,
): Promise<void> {
  const password = await passwordSource(args);
  const app = await appOf(args, directory);
  try {
    const entrance = entranceOf(app, args, password);
    const typed = await signIn(entrance);
    const { secrets } = entrance;
    await work(entrance.app, { secrets, password: () => secrets.seal('password', typed) });
  } finally {
    await app.close();
  }
}
