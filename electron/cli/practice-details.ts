// Where a practice bank that runs alone leaves word of itself for `connect --practice`.
import { readFile, stat } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import { PracticeBankDetails } from '../practice-bank/details.ts';

/** One practice bank a user: its details file, readable by that user only. */
export function defaultDetailsPath(): string {
  return join(tmpdir(), `strongroom-practice-bank-${userInfo().username}.json`);
}

/** @throws {AppError} PRACTICE_NOT_RUNNING */
export async function readPracticeDetails(path: string): Promise<PracticeBankDetails> {
  try {
    const { uid } = await stat(path);
    if (process.getuid && uid !== process.getuid()) throw new TypeError('the details belong to another user');
    return PracticeBankDetails.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new AppError('PRACTICE_NOT_RUNNING', { path }, { cause });
  }
}
