// Says whether a password may protect an office, and why not. It stores and sends nothing; the vault process asks before it hashes.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { PasswordStrength } from '../../../shared/ipc/contract/office.ts';
import type { PasswordEstimator } from '../ports/password-estimator.ts';

/** Shortest password that stands alone, in characters. @see NIST SP 800-63B-4 §3.1.1.2 */
const ALONE = 15;
/** Shortest one beside a second factor on a device-bound office. @see NIST SP 800-63B-4 §3.1.1.2 */
const BESIDE_FACTOR = 8;
/** Longest one in characters. Four bytes each, they still fit one sealed text. */
const LONGEST = 1024;
/** Letters a name must have to be looked for: shorter ones are part of too many words, and the estimate knows them anyway. */
const SHORTEST_NAME = 4;

/** What a guesser tries beside names. */
const PROGRAM_WORDS = ['strongroom'];

export interface PasswordCandidate {
  readonly password: string;
  readonly officeName: string;
  readonly userName: string;
  /** What `minimumPasswordLength` says. */
  readonly minimumLength: number;
}

/** The device secret is an ingredient of the key, not a factor of the person: both are needed for the short one. */
export function minimumPasswordLength(user: { readonly secondFactor: boolean; readonly deviceBound: boolean }): number {
  return user.secondFactor && user.deviceBound ? BESIDE_FACTOR : ALONE;
}

/** In characters, not in UTF-16 units. */
const lengthOf = (text: string): number => Array.from(text).length;
const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}]/gu, '');

/** Names as a guesser has them: whole, and word by word. */
const wordsOf = (name: string): string[] => [name, ...name.split(/[^\p{L}\p{N}]+/u)].filter((word) => word !== '');

function contains(password: string, name: string): boolean {
  const letters = lettersOf(name);
  return lengthOf(letters) >= SHORTEST_NAME && lettersOf(password).includes(letters);
}

/** Lowest estimate: 10^8 guesses, or 10^6 beside a second factor, because eight characters never count for more than 10^8. */
const lowestScore = (minimumLength: number): number => (minimumLength < ALONE ? 2 : 3);

/**
 * Rates without a rule of composition: length, the list of common passwords, the estimate, the office's and the user's name.
 * @throws {AppError} IPC_INPUT_INVALID above 1,024 characters
 */
export function ratePassword(estimator: PasswordEstimator, candidate: PasswordCandidate): PasswordStrength {
  const { minimumLength } = candidate;
  const [password, officeName, userName] = [candidate.password, candidate.officeName, candidate.userName].map((text) =>
    text.normalize('NFKC'),
  ) as [string, string, string];
  if (lengthOf(password) > LONGEST) throw new AppError('IPC_INPUT_INVALID', { where: 'password' });
  const { score, common } = estimator.estimate(password, [
    ...wordsOf(officeName),
    ...wordsOf(userName),
    ...PROGRAM_WORDS,
  ]);
  const reasons: PasswordStrength['reasons'] = [];
  if (lengthOf(password) < minimumLength) reasons.push('too-short');
  if (common) reasons.push('common');
  if (score < lowestScore(minimumLength)) reasons.push('guessable');
  if (contains(password, officeName)) reasons.push('office-name');
  if (contains(password, userName)) reasons.push('own-name');
  return { acceptable: reasons.length === 0, score, minimumLength, reasons };
}

/** @throws {AppError} SESSION_PASSWORD_TOO_SHORT, SESSION_PASSWORD_COMMON, SESSION_PASSWORD_GUESSABLE, IPC_INPUT_INVALID above 1,024 characters */
export function requireAcceptablePassword(estimator: PasswordEstimator, candidate: PasswordCandidate): void {
  const { acceptable, minimumLength, reasons } = ratePassword(estimator, candidate);
  if (acceptable) return;
  if (reasons.includes('too-short'))
    throw new AppError('SESSION_PASSWORD_TOO_SHORT', { minimum: String(minimumLength) });
  throw new AppError(reasons.includes('common') ? 'SESSION_PASSWORD_COMMON' : 'SESSION_PASSWORD_GUESSABLE');
}
