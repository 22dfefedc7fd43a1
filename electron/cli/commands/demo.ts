// `strongroom demo`: practice bank, office, connection, sync, import and backup in a folder of its own, from nothing to a table.
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { exitCodeOf } from '../../../shared/errors/codes.ts';
import { createKeychain } from '../../adapters/keychain/keychain.ts';
import { createMemorySecretStore } from '../../adapters/keychain/memory-secret-store.ts';
import { createSpawnedPracticeBank } from '../../adapters/practice-bank/spawned-practice-bank.ts';
import type { SecretStore } from '../../core/ports/secret-store.ts';
import { signIn } from '../../practice-bank/practice-browser.ts';
import type { Command, CommandContext } from '../command.ts';
import {
  backupDemo,
  connectDemo,
  createDemoOffice,
  importDemo,
  syncTwice,
  type DemoOffice,
} from '../demo/demo-steps.ts';
import { demoHolds, demoText, summariseDemo } from '../demo/demo-summary.ts';
import { showDemo } from '../demo/demo-window.ts';
import { clientOf, createCommandLineApp } from '../open-office.ts';

interface Workplace {
  readonly directory: string;
  readonly kept: boolean;
}

async function makeWorkplace({ args }: CommandContext): Promise<Workplace> {
  const keep = args.value('keep');
  if (keep === null) return { directory: await mkdtemp(join(tmpdir(), 'strongroom-demo-')), kept: false };
  const directory = resolve(keep);
  await mkdir(directory, { recursive: true });
  return { directory, kept: true };
}

/** Only a kept demonstration uses the OS keychain; one that vanishes leaves nothing behind there. */
async function demoSecrets({ kept }: Workplace): Promise<SecretStore> {
  const keychain = createKeychain();
  return kept && (await keychain.isAvailable()) ? keychain : createMemorySecretStore();
}

async function runDemo(context: CommandContext, workplace: Workplace): Promise<void> {
  const { args, output } = context;
  const practiceBank = createSpawnedPracticeBank();
  output.say('Starting the practice bank …');
  await practiceBank.start();
  const bank = practiceBank.process();
  if (!bank) throw new AppError('PRACTICE_NOT_RUNNING');
  const [person] = bank.details.signIns.toSorted((one, other) => other.companies.length - one.companies.length);
  if (!person) throw new AppError('PRACTICE_NOT_RUNNING');
  const folders = {
    office: join(workplace.directory, 'office'),
    statements: join(workplace.directory, 'statements'),
    backup: join(workplace.directory, 'office.strongroom.age'),
  };
  const app = createCommandLineApp({
    directory: folders.office,
    practiceBank,
    secrets: await demoSecrets(workplace),
    openSignIn: async (url) => {
      await signIn(url, { name: person.name, password: person.password, approve: true });
    },
  });
  try {
    const password = randomBytes(18).toString('base64url');
    const office: DemoOffice = { app: clientOf(app), bank, folders, password, say: output.say };
    const recoveryKey = await createDemoOffice(office);
    const connection = await connectDemo(office);
    const syncs = await syncTwice(office, connection);
    const connected = new Set(connection.accounts.map(({ account }) => account.iban ?? ''));
    const imports = await importDemo(office, connected);
    const backup = await backupDemo(office);
    const directory = workplace.kept ? workplace.directory : null;
    const screenshot = await showDemo(app, { directory, headless: args.flag('headless'), say: output.say });
    const summary = await summariseDemo(office.app, { syncs, imports, backup, screenshot, directory });
    if (workplace.kept) output.say(`Password of this demonstration: ${password}\nRecovery key: ${recoveryKey}`);
    output.result(summary, () => demoText(summary, syncs));
    if (!demoHolds(summary)) process.exitCode = exitCodeOf('INTERNAL_UNEXPECTED');
  } finally {
    await app.close();
  }
}

export const demo: Command = {
  usage: 'demo [--headless] [--keep DIR]',
  summary:
    'practice bank, office, connection, sync, import and backup in a temporary folder; opens the window where there is a display',
  run: async (context) => {
    const workplace = await makeWorkplace(context);
    try {
      await runDemo(context, workplace);
    } finally {
      if (!workplace.kept) await rm(workplace.directory, { recursive: true, force: true });
    }
  },
};
