// The command line's entry: finds the command, runs it, turns an expected failure into a sentence and its area's exit code.
import { AppError } from '../../shared/errors/app-error.ts';
import { exitCodeOf } from '../../shared/errors/codes.ts';
import { createStandardErrorLogger } from '../adapters/log/standard-error-logger.ts';
import { assertUsage, parseArguments, type Arguments } from './arguments.ts';
import type { Command } from './command.ts';
import { auditExport, auditVerify } from './commands/audit.ts';
import { backupCreate, backupRestore, backupVerify } from './commands/backup.ts';
import { batchesDecide, batchesDoubts, batchesList, batchesUndo } from './commands/batches.ts';
import { clientsAdd, clientsList } from './commands/clients.ts';
import { connect } from './commands/connect.ts';
import { demo } from './commands/demo.ts';
import { transactionsExclude, transactionsRestore } from './commands/exclusions.ts';
import { factorsCodes, factorsRemoveTotp, factorsTotp } from './commands/factors.ts';
import { importFiles } from './commands/import.ts';
import { keysRotate } from './commands/keys.ts';
import { officePassword, officeRecover } from './commands/office-keys.ts';
import { officeSecurity } from './commands/office-security.ts';
import { officeCreate, officeInfo, officeUnlockCheck } from './commands/office.ts';
import { practiceBank } from './commands/practice-bank.ts';
import { profilesExport, profilesList, profilesRemove, profilesSave } from './commands/profiles.ts';
import { recoveryProve, recoveryRenew } from './commands/recovery.ts';
import { statementsCoverage, statementsExport } from './commands/statements-office.ts';
import { statementsInspect, statementsSurvey } from './commands/statements.ts';
import { health, sync } from './commands/sync.ts';
import { transactions } from './commands/transactions.ts';
import { usersAccept } from './commands/users-accept.ts';
import { usersAccess, usersInvite, usersList, usersRemove, usersReset, usersRole } from './commands/users.ts';
import { verify } from './commands/verify.ts';
import { describeFailure } from './describe-failure.ts';
import { createOutput } from './output.ts';

const COMMANDS: Readonly<Record<string, Command>> = {
  demo,
  'practice-bank': practiceBank,
  'office create': officeCreate,
  'office unlock-check': officeUnlockCheck,
  'office info': officeInfo,
  'office password': officePassword,
  'office recover': officeRecover,
  'office security': officeSecurity,
  'users list': usersList,
  'users invite': usersInvite,
  'users accept': usersAccept,
  'users role': usersRole,
  'users access': usersAccess,
  'users reset': usersReset,
  'users remove': usersRemove,
  'factors totp': factorsTotp,
  'factors remove-totp': factorsRemoveTotp,
  'factors codes': factorsCodes,
  'keys rotate': keysRotate,
  'recovery renew': recoveryRenew,
  'recovery prove': recoveryProve,
  'clients add': clientsAdd,
  'clients list': clientsList,
  connect,
  sync,
  'statements inspect': statementsInspect,
  'statements survey': statementsSurvey,
  'statements coverage': statementsCoverage,
  'statements export': statementsExport,
  'profiles list': profilesList,
  'profiles save': profilesSave,
  'profiles remove': profilesRemove,
  'profiles export': profilesExport,
  import: importFiles,
  'batches list': batchesList,
  'batches undo': batchesUndo,
  'batches doubts': batchesDoubts,
  'batches decide': batchesDecide,
  transactions,
  'transactions exclude': transactionsExclude,
  'transactions restore': transactionsRestore,
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
    'Where an office is opened: --user NAME in an office of several people, --code CODE where a second factor is set up,',
    '--accept-older-state for an office that is older than this computer remembers.',
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

/** The folder that the command's DIR stands for. */
function directoryOf({ words }: Arguments, { usage }: Command): string | null {
  const position = usage.split(' ').indexOf('DIR');
  return position < 0 ? null : (words[position] ?? null);
}

function fail(error: unknown, directory: string | null, json: boolean): number {
  const failure = error instanceof AppError ? error : unexpected(error);
  process.stderr.write(`${describeFailure(failure, directory)}\n`);
  if (json) process.stdout.write(`${JSON.stringify({ error: { code: failure.code, params: failure.params } })}\n`);
  return exitCodeOf(failure.code);
}

/** Runs one command line. Resolves with the exit code. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  const json = argv.includes('--json');
  let directory: string | null = null;
  try {
    const args = parseArguments(argv);
    if (args.flag('help') || args.words.length === 0) {
      process.stdout.write(`${helpText()}\n`);
      return 0;
    }
    const command = findCommand(args.words);
    directory = directoryOf(args, command);
    assertUsage(args, command);
    await command.run({ args, output: createOutput(json) });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return fail(error, directory, json);
  }
}

process.exitCode = await runCommandLine(process.argv.slice(2));
