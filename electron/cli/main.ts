// The command line's entry: finds the command, runs it, turns an expected failure into a sentence and its area's exit code.
import { AppError } from '../../shared/errors/app-error.ts';
import { exitCodeOf } from '../../shared/errors/codes.ts';
import { createStandardErrorLogger } from '../adapters/log/standard-error-logger.ts';
import { describeError } from '../../shared/errors/describe-error.ts';
import { assertUsage, parseArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { auditExport, auditVerify } from './commands/audit.ts';
import { backupCreate, backupRestore, backupVerify } from './commands/backup.ts';
import { clientsAdd, clientsList } from './commands/clients.ts';
import { connect } from './commands/connect.ts';
import { demo } from './commands/demo.ts';
import { importFiles } from './commands/import.ts';
import { officeCreate, officeInfo, officeUnlockCheck } from './commands/office.ts';
import { practiceBank } from './commands/practice-bank.ts';
import { statementsInspect } from './commands/statements.ts';
import { health, sync } from './commands/sync.ts';
import { transactions } from './commands/transactions.ts';
import { verify } from './commands/verify.ts';
import { createOutput } from './output.ts';

const COMMANDS: Readonly<Record<string, Command>> = {
  demo,
  'practice-bank': practiceBank,
  'office create': officeCreate,
  'office unlock-check': officeUnlockCheck,
  'office info': officeInfo,
  'clients add': clientsAdd,
  'clients list': clientsList,
  connect,
  sync,
  'statements inspect': statementsInspect,
  import: importFiles,
  transactions,
  health,
  verify,
  'audit export': auditExport,
  'audit verify': auditVerify,
  'backup create': backupCreate,
  'backup verify': backupVerify,
  'backup restore': backupRestore,
};

function helpText(): string {
  const lines = Object.values(COMMANDS).map(({ usage, summary }) => `  strongroom ${usage}\n      ${summary}`);
  return [
    'Strongroom: clients’ bank data, connected over pinned TLS, kept in an encrypted vault.',
    '',
    ...lines,
    '',
    'Everywhere: --json prints JSON on stdout; messages go to stderr. A password comes from a prompt, from --password-file F or from',
    'the file named in STRONGROOM_PASSWORD_FILE, never from an argument. Exit codes: 0 done, 2 wrong usage, others one an area.',
  ].join('\n');
}

/** @throws {AppError} USAGE_INVALID */
function findCommand(words: readonly string[]): Command {
  const command = COMMANDS[words.slice(0, 2).join(' ')] ?? COMMANDS[words[0] ?? ''];
  if (!command)
    throw new AppError('USAGE_INVALID', { problem: `there is no command ‘${words.join(' ')}’; --help lists them` });
  return command;
}

/** A bug: its details go to the redacted log on stderr, the person gets a reference to them. */
function unexpected(error: unknown): AppError {
  const reference = createStandardErrorLogger()({ level: 'error', event: 'command.failed', error });
  return new AppError('INTERNAL_UNEXPECTED', { reference });
}

/** Runs one command line. Resolves with the exit code. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  const json = argv.includes('--json');
  try {
    const args = parseArguments(argv);
    if (args.flag('help') || args.words.length === 0) {
      process.stdout.write(`${helpText()}\n`);
      return 0;
    }
    const command = findCommand(args.words);
    assertUsage(args, command.usage);
    await command.run({ args, output: createOutput(json) });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    const failure = error instanceof AppError ? error : unexpected(error);
    process.stderr.write(`${describeError(failure)}\n`);
    if (json) process.stdout.write(`${JSON.stringify({ error: { code: failure.code, params: failure.params } })}\n`);
    return exitCodeOf(failure.code);
  }
}

process.exitCode = await runCommandLine(process.argv.slice(2));
