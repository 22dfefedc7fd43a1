// Passwords, keys and codes for the command line: secrets from a prompt or a file, never from an argument or the environment itself.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { stdin, stderr } from 'node:process';
import type { Readable } from 'node:stream';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Arguments } from './arguments.ts';

/** Asks a person now, or hands out what a file already said. */
export type Ask = () => Promise<string>;

function wrong(problem: string, cause?: unknown): AppError {
  return new AppError('USAGE_INVALID', { problem }, { cause });
}

/** Reads one line without showing it. */
async function prompt(question: string): Promise<string> {
  if (!stdin.isTTY) throw wrong(`${question} needs a terminal or a file option`);
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
      if (character === '\u0003') throw wrong('cancelled');
      text = character === '\u007f' ? text.slice(0, -1) : text + character;
    }
  }
  return text;
}

/** What nobody sees while it is chosen is typed twice. */
async function promptTwice(question: string): Promise<string> {
  const text = await prompt(question);
  if ((await prompt(`${question}, once more`)) !== text) throw wrong('the two are not the same');
  return text;
}

/** The file's text without the line end an editor adds. Passwords are never trimmed otherwise. */
async function readSecretFile(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
  } catch (cause) {
    throw wrong(`${path} cannot be read`, cause);
  }
}

/** A file is read at once, so that a wrong name is found before anything starts; a person is asked when it is needed. */
async function fileOr(path: string | null, ask: Ask): Promise<Ask> {
  if (!path) return ask;
  const text = await readSecretFile(path);
  return () => Promise.resolve(text);
}

const passwordFile = (args: Arguments): string | null =>
  args.value('password-file') ?? process.env['STRONGROOM_PASSWORD_FILE'] ?? null;

export async function passwordSource(args: Arguments): Promise<Ask> {
  return await fileOr(passwordFile(args), () => prompt('Password'));
}

/** The password that a new or restored office begins with. */
export async function firstPasswordSource(args: Arguments, question: string): Promise<Ask> {
  return await fileOr(passwordFile(args), () => promptTwice(question));
}

/** The password that takes the place of another way in. */
export async function newPasswordSource(args: Arguments): Promise<Ask> {
  return await fileOr(args.value('new-password-file'), () => promptTwice('New password'));
}

export async function invitationSource(args: Arguments): Promise<Ask> {
  return await fileOr(args.value('invitation-file'), () => prompt('Code of the invitation'));
}

export async function recoveryKeySource(args: Arguments): Promise<Ask> {
  return await fileOr(args.value('recovery-key-file'), () => prompt('Recovery key, all eight groups'));
}

/** The passphrase of a backup, where one is wanted. */
export async function readPassphrase(args: Arguments): Promise<string | null> {
  const file = args.value('passphrase-file');
  if (file) return await readSecretFile(file);
  return args.flag('passphrase') ? await prompt('Passphrase of the backup') : null;
}

/** What comes next; null at the end. A stream that is paused only after its event holds no process open. */
async function nextChunk(input: Readable): Promise<string | null> {
  if (input.readableEnded) return null;
  let said = '';
  const hear = (chunk: string): void => void (said += chunk);
  const waiting = new AbortController();
  const { signal } = waiting;
  input.setEncoding('utf8').on('data', hear).resume();
  try {
    await Promise.race([once(input, 'data', { signal }), once(input, 'end', { signal })]);
  } finally {
    input.pause().off('data', hear);
    waiting.abort();
  }
  return said === '' ? null : said;
}

/**
 * Reads one line a call; null where there is no more. There is one for each input: what a pipe said ahead of the next question waits here, and a
 * second reader would miss it.
 */
export function createLineReader(input: Readable): () => Promise<string | null> {
  let ahead = '';
  return async () => {
    let chunk: string | null = '';
    while (!ahead.includes('\n') && chunk !== null) {
      chunk = await nextChunk(input);
      ahead += chunk ?? '';
    }
    if (ahead === '') return null;
    const [line = '', ...rest] = ahead.split('\n');
    ahead = rest.join('\n');
    return line.replace(/\r$/, '');
  };
}

const nextLine = createLineReader(stdin);

/** A code that is good once: it may be seen, and may come from a pipe. @throws {AppError} USAGE_INVALID where nobody answers */
export async function askCode(question: string, option = '--code'): Promise<string> {
  stderr.write(`${question}: `);
  const line = await nextLine();
  if (line === null) throw wrong(`${question} needs a terminal or ${option}`);
  return line;
}
