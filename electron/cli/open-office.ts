// The command line's own host: the same app a window has, over child processes and the OS keychain, for the length of one command.
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { createClient } from '../../shared/ipc/client.ts';
import { contract } from '../../shared/ipc/contract.ts';
import { createAttachedPracticeBank } from '../adapters/practice-bank/attached-practice-bank.ts';
import { createKeychain } from '../adapters/keychain/keychain.ts';
import { createStandardErrorLogger } from '../adapters/log/standard-error-logger.ts';
import { createChildProcessSpawn } from '../adapters/process/child-process-port.ts';
import { createProcessTransport } from '../adapters/process/process-transport.ts';
import { systemClock, systemRandom, systemTimer } from '../adapters/system/system.ts';
import type { App } from '../core/app/app.ts';
import { createAppTransport } from '../core/app/app-transport.ts';
import { createApp, type AppOptions } from '../core/app/create-app.ts';
import { signIn } from '../practice-bank/practice-browser.ts';
import type { Arguments } from './arguments.ts';
import type { AppClient } from './command.ts';
import { defaultDetailsPath, readPracticeDetails } from './practice-details.ts';
import { readPassword } from './secrets-input.ts';

type Own = 'directory' | 'practiceBank' | 'openSignIn';

/** An app of the command line. `overrides` replaces the OS keychain in a demonstration. */
export function createCommandLineApp(own: Pick<AppOptions, Own> & Partial<AppOptions>): App {
  const log = createStandardErrorLogger();
  return createApp({
    clock: systemClock,
    random: systemRandom,
    timer: systemTimer,
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

async function practiceBankOf(args: Arguments | null) {
  if (!args?.flag('practice')) return createAttachedPracticeBank(null);
  return createAttachedPracticeBank(await readPracticeDetails(args.value('details') ?? defaultDetailsPath()));
}

/** Runs `work` on an app whose office is not opened; everything ends with it. */
export async function withLockedApp(
  directory: string | null,
  work: (app: AppClient) => Promise<void>,
  args: Arguments | null = null,
): Promise<void> {
  const app = createCommandLineApp({
    idleLock: false,
    directory: resolve(directory ?? '.'),
    practiceBank: await practiceBankOf(args),
    openSignIn: async (url) => {
      const name = args?.value('sign-in') ?? 'olivia';
      await signIn(url, { name, password: 'practice', approve: true });
    },
  });
  try {
    await work(clientOf(app));
  } finally {
    await app.close();
  }
}

/** Unlocks the office in `directory` for the length of `work`. @throws {AppError} SESSION_*, OFFICE_*, VAULT_* */
export async function withOffice(
  args: Arguments,
  directory: string,
  work: (app: AppClient) => Promise<void>,
): Promise<void> {
  const password = await readPassword(args);
  const run = async (app: AppClient): Promise<void> => {
    await app.office.unlock({ password });
    await work(app);
  };
  await withLockedApp(directory, run, args);
}
