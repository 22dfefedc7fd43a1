// A failure as a terminal says it: the error's own words, whose move it is, and, where an office is in trouble, the commands that lead out.
import { join } from 'node:path';
import type { AppError } from '../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import { describeError } from '../../shared/errors/describe-error.ts';
import { wordError, type ErrorText } from '../../shared/errors/texts.ts';

const MOVES: Readonly<Record<ErrorText['whoseMove'], string>> = {
  nobody: 'nobody’s, only time helps',
  you: 'yours',
  bank: 'the bank’s',
  client: 'the client’s',
  program: 'the program’s',
};

/** A command without its `strongroom`, and what it is for. */
type Way = readonly [command: string, purpose: string];

const RESTORE: Way = ['backup restore FILE NEW_DIR --recovery-key-file F', 'the latest backup, into an empty folder'];
const AGAIN: Way = ['office unlock-check DIR', 'then see whether it opens'];
const CHECK: Way = ['verify DIR', 'then see that everything is whole'];
const RECOVER: Way = ['office recover DIR --recovery-key-file F', 'with the recovery key on paper'];

/** What to run next; DIR stands for the folder that was named. */
const WAYS_OUT: Partial<Readonly<Record<ErrorCode, readonly Way[]>>> = {
  OFFICE_FOLDER_NOT_WRITABLE: [AGAIN],
  OFFICE_IN_USE: [AGAIN],
  OFFICE_NOT_FOUND: [
    ['office create DIR', 'a new office'],
    ['backup restore FILE DIR --recovery-key-file F', 'one from a backup'],
  ],
  VAULT_CORRUPT: [RESTORE],
  VAULT_HEADER_CORRUPT: [RESTORE],
  VAULT_HEADER_TAMPERED: [RESTORE],
  VAULT_KDF_REFUSED: [RESTORE],
  VAULT_ROLLED_BACK: [RESTORE, ['office unlock-check DIR --accept-older-state', 'the older state, knowingly']],
  VAULT_ROSTER_TAMPERED: [RESTORE],
  VAULT_SCHEMA_NEWER: [AGAIN],
  VAULT_DISK_FULL: [CHECK],
  VAULT_IO: [CHECK],
  KEYCHAIN_ENTRY_MISSING: [RECOVER],
  SESSION_WRONG_CREDENTIALS: [['office recover DIR --recovery-key-file F', 'if the owner’s password is lost']],
};

/** Where the shell needs it, a name in quotes. */
function quoted(path: string): string {
  return /^[\w./:\\-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

function evidenceOf({ params }: Pick<AppError, 'params'>, directory: string | null): string[] {
  const { evidence } = params;
  if (evidence === undefined) return [];
  if (evidence === 'none') return ['No copy of the damaged files could be kept: copy the folder yourself first.'];
  return [`Copies of the damaged files: ${join(directory ?? '', evidence)}`];
}

/** `directory` is the office's folder as it was named. */
export function describeFailure(error: AppError, directory: string | null): string {
  const ways = WAYS_OUT[error.code];
  const text = describeError(error);
  if (!ways) return text;
  const { whoseMove, byWhen } = wordError(error);
  const place = directory === null ? 'DIR' : quoted(directory);
  const commands = ways.map(([command, purpose]) => `${command.replace(/\bDIR\b/, () => place)}   # ${purpose}`);
  return [
    text,
    `The next move is ${MOVES[whoseMove]}${byWhen ? `, ${byWhen}` : ''}.`,
    ...evidenceOf(error, directory),
    ...commands.map((command) => `  strongroom ${command}`),
  ].join('\n');
}
