// Says whether a password may protect an office, and why not. It stores and sends nothing; the vault process asks again before it hashes.
import type { PasswordStrength } from '../../../shared/ipc/contract/office.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { COMMON_STEMS } from './common-passwords.ts';

/** Shortest password in characters while there is no second factor; the device secret is a key ingredient, not a factor of the person. @see NIST SP 800-63B-4 §3.1.1.2 */
export const MINIMUM_PASSWORD_LENGTH = 15;

const LOOKALIKES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};
const KEYBOARD_RUNS =
  '01234567890 09876543210 abcdefghijklmnopqrstuvwxyz qwertyuiop asdfghjkl zxcvbnm qwertzuiop yxcvbnm'.split(' ');

export interface PasswordCandidate {
  readonly password: string;
  readonly officeName: string;
}

/** In characters, not in UTF-16 units. */
const lengthOf = (text: string): number => Array.from(text).length;
const lettersOf = (text: string): string => text.replace(/[^\p{L}]/gu, '');
const plain = (text: string): string => text.normalize('NFKC').toLowerCase();
const withoutLookalikes = (text: string): string => text.replace(/[0134579@$!]/g, (mark) => LOOKALIKES[mark] ?? mark);

function isStem(text: string): boolean {
  if (COMMON_STEMS.has(text)) return true;
  for (let cut = 2; cut <= text.length - 2; cut += 1)
    if (COMMON_STEMS.has(text.slice(0, cut)) && COMMON_STEMS.has(text.slice(cut))) return true;
  return false;
}

function isRun(text: string): boolean {
  return text.length >= 4 && KEYBOARD_RUNS.some((run) => `${run}${run}`.includes(text));
}

/** Common: a listed word or two with digits and marks around or inside, or a run of the keyboard. */
function isCommon(password: string): boolean {
  const text = plain(password);
  const core = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const readings = [
    lettersOf(text),
    lettersOf(core),
    lettersOf(withoutLookalikes(text)),
    lettersOf(withoutLookalikes(core)),
  ];
  return isRun(text) || readings.some((reading) => isStem(reading)) || (/^[^\p{L}]*$/u.test(text) && text.length < 20);
}

/** True where a unit of one to four characters makes up the whole, `abcabcabcabc`. */
function repeats(password: string): boolean {
  return /^(.{1,4}?)\1+.{0,3}$/su.test(password) || new Set(password).size < Math.min(5, password.length);
}

function containsOfficeName(password: string, officeName: string): boolean {
  const name = lettersOf(plain(officeName));
  const rest = lettersOf(plain(password)).replace(name, '');
  return name.length >= 3 && lettersOf(plain(password)).includes(name) && rest.length < 6;
}

function scoreOf(password: string, reasons: PasswordStrength['reasons']): number {
  if (reasons.length > 0) return reasons.includes('too-short') || reasons.includes('common') ? 0 : 1;
  const length = lengthOf(password);
  const variety = new Set(password).size;
  return 1 + [length >= 16, length >= 20, variety >= 10 && length >= 24].filter(Boolean).length;
}

/** Rates without a rule of composition: length, common words, repetition, the office's own name. */
export function ratePassword({ password, officeName }: PasswordCandidate): PasswordStrength {
  const normal = password.normalize('NFKC');
  const minimumLength = MINIMUM_PASSWORD_LENGTH;
  const reasons: PasswordStrength['reasons'] = [];
  if (lengthOf(normal) < minimumLength) reasons.push('too-short');
  if (isCommon(normal)) reasons.push('common');
  if (repeats(normal)) reasons.push('repeats');
  if (containsOfficeName(normal, officeName)) reasons.push('office-name');
  return { acceptable: reasons.length === 0, score: scoreOf(normal, reasons), minimumLength, reasons };
}

/** @throws {AppError} SESSION_PASSWORD_TOO_SHORT, SESSION_PASSWORD_COMMON */
export function requireAcceptablePassword(candidate: PasswordCandidate): void {
  const { acceptable, minimumLength, reasons } = ratePassword(candidate);
  if (acceptable) return;
  if (reasons.includes('too-short'))
    throw new AppError('SESSION_PASSWORD_TOO_SHORT', { minimum: String(minimumLength) });
  throw new AppError('SESSION_PASSWORD_COMMON');
}
