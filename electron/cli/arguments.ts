// The command line's words: parsing, typed access, and what is said when they are wrong. No command runs here.
import { parseArgs } from 'node:util';
import { AppError } from '../../shared/errors/app-error.ts';

const OPTIONS = {
  'accept-older-state': { type: 'boolean' },
  account: { type: 'string' },
  all: { type: 'boolean' },
  client: { type: 'string' },
  clients: { type: 'string', multiple: true },
  code: { type: 'string' },
  compromised: { type: 'boolean' },
  connection: { type: 'string' },
  csv: { type: 'boolean' },
  details: { type: 'string' },
  'dry-run': { type: 'boolean' },
  format: { type: 'string' },
  from: { type: 'string' },
  headless: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  'invert-signs': { type: 'boolean' },
  'invitation-file': { type: 'string' },
  json: { type: 'boolean' },
  keep: { type: 'string' },
  key: { type: 'string' },
  kit: { type: 'string' },
  misbehave: { type: 'string', multiple: true },
  name: { type: 'string' },
  'new-password-file': { type: 'string' },
  none: { type: 'boolean' },
  output: { type: 'string' },
  owner: { type: 'string' },
  passphrase: { type: 'boolean' },
  'passphrase-file': { type: 'string' },
  'password-file': { type: 'string' },
  'password-only': { type: 'boolean' },
  personal: { type: 'boolean' },
  port: { type: 'string' },
  practice: { type: 'boolean' },
  profile: { type: 'string' },
  reason: { type: 'string' },
  'recovery-key-file': { type: 'string' },
  role: { type: 'string' },
  search: { type: 'string' },
  'sign-in': { type: 'string' },
  start: { type: 'string' },
  to: { type: 'string' },
  type: { type: 'string' },
  user: { type: 'string' },
} as const;

type Flag = {
  [Name in keyof typeof OPTIONS]: (typeof OPTIONS)[Name]['type'] extends 'boolean' ? Name : never;
}[keyof typeof OPTIONS];
type Repeated = 'clients' | 'misbehave';
type Valued = Exclude<keyof typeof OPTIONS, Flag | Repeated>;

/** One parsed command line. */
export interface Arguments {
  /** Words that are no options, the command's own included. */
  readonly words: readonly string[];
  /** Names of the options that were given. */
  readonly given: readonly string[];
  flag(name: Flag): boolean;
  value(name: Valued): string | null;
  values(name: Repeated): readonly string[];
  /** @throws {AppError} USAGE_INVALID */
  required(name: Valued): string;
  /** The word at a position. @throws {AppError} USAGE_INVALID naming what belongs there */
  word(position: number, what: string): string;
}

/** @throws {AppError} USAGE_INVALID for an option that does not exist or lacks its value */
export function parseArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parse(argv);
  const value = (name: Valued): string | null => values[name] ?? null;
  return {
    words: positionals,
    given: Object.keys(values),
    flag: (name) => values[name] ?? false,
    value,
    values: (name) => values[name] ?? [],
    required: (name) => value(name) || missing(`--${name}`),
    word: (position, what) => positionals[position]?.trim() || missing(what),
  };
}

const EVERYWHERE = ['help', 'json', 'password-file'];
const SIGNING_IN = ['accept-older-state', 'code', 'user'];

/** What a command says about its own words. */
export interface Usage {
  readonly usage: string;
  /** False where DIR is not signed in to. */
  readonly signsIn?: boolean;
}

const signsIn = ({ usage, signsIn = usage.includes(' DIR') }: Usage): boolean => signsIn;

/**
 * Refuses what a command's usage does not name, so that a misplaced option is never silently without effect.
 * @throws {AppError} USAGE_INVALID
 */
export function assertUsage({ given, words }: Arguments, command: Usage): void {
  const { usage } = command;
  const known = [...EVERYWHERE, ...(signsIn(command) ? SIGNING_IN : [])];
  const stranger = given.find((name) => !known.includes(name) && !new RegExp(`--${name}\\b(?!-)`).test(usage));
  if (stranger) throw new AppError('USAGE_INVALID', { problem: `--${stranger} does not belong to ‘${usage}’` });
  const named = usage.split(/ (?:\[|--)/, 1)[0]?.split(' ').length ?? 0;
  const extra = usage.includes('…') ? undefined : words[named];
  if (extra !== undefined) throw new AppError('USAGE_INVALID', { problem: `‘${extra}’ does not belong to ‘${usage}’` });
}

function missing(what: string): never {
  throw new AppError('USAGE_INVALID', { problem: `${what} is missing` });
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (cause) {
    throw new AppError(
      'USAGE_INVALID',
      { problem: cause instanceof Error ? cause.message : 'unknown option' },
      { cause },
    );
  }
}
