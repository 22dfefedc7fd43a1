// A practice bank that somebody else runs and this program only uses.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { PracticeBankPort } from '../../core/ports/practice-bank.ts';
import type { PracticeBankDetails } from '../../practice-bank/details.ts';
import { portDetails } from './spawned-practice-bank.ts';

/** A port over a running bank's details; null stands for no bank at all. @throws {AppError} PRACTICE_NOT_RUNNING from `start` and `misbehave` */
export function createAttachedPracticeBank(details: PracticeBankDetails | null): PracticeBankPort {
  const known = details && portDetails(details);
  const refuse = (): never => {
    throw new AppError('PRACTICE_NOT_RUNNING');
  };
  return {
    misbehaviours: [],
    start: async () => known ?? refuse(),
    current: () => known,
    misbehave: async () => refuse(),
    misbehaving: () => [],
    stop: async () => undefined,
  };
}
