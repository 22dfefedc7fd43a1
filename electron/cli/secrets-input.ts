// Passwords and recovery keys for the command line: from a prompt or a file, never from an argument or the environment itself.
import { readFile } from 'node:fs/promises';
import { stdin, stderr } from 'node:process';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Arguments } from './arguments.ts';

/** Reads one line without showing it. */
async function prompt(question: string): Promise<string> {
  if (!stdin.isTTY) throw new AppError('USAGE_INVALID', { problem: `${question} needs a terminal or a file option` });
  stderr.write(`${question}: `);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  try {
    return await readHidden();
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}

async function readHidden(): Promise<string> {
  let text = '';
  for await (const chunk of stdin.iterator({ destroyOnReturn: false }) as AsyncIterable<string>) {
    for (const character of chunk) {
      if (character === '\r' || character === '\n') return text;
      if (character === '\u0003') throw new AppError('USAGE_INVALID', { problem: 'cancelled' });
      text = character === '\u007f' ? text.slice(0, -1) : text + character;
    }
  }
  return text;
}

/** The file's text without the line end an editor adds. Passwords are never trimmed otherwise. */
async function readSecretFile(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
  } catch (cause) {
    throw new AppError('USAGE_INVALID', { problem: `${path} cannot be read` }, { cause });
  }
}

export async function readPassword(args: Arguments, question = 'Password of the office'): Promise<string> {
  const file = args.value('password-file') ?? process.env['STRONGROOM_PASSWORD_FILE'] ?? null;
  return file ? await readSecretFile(file) : await prompt(question);
}

/** The passphrase of a backup, where one is wanted. */
export async function readPassphrase(args: Arguments): Promise<string | null> {
  const file = args.value('passphrase-file');
  if (file) return await readSecretFile(file);
  return args.flag('passphrase') ? await prompt('Passphrase of the backup') : null;
}

export async function readRecoveryKey(args: Arguments): Promise<string> {
  const file = args.value('recovery-key-file');
  return file ? await readSecretFile(file) : await prompt('Recovery key, all eight groups');
}
