// Writes the bank's details, which hold a practice client key, to a file that only this user can read, and removes it again.
import { rmSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import type { PracticeBankDetails } from './details.ts';

/** Atomic: a reader sees no file or a whole one. */
export async function writeDetailsFile(file: string, details: PracticeBankDetails): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  await writeFile(draft, `${JSON.stringify(details, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  await rename(draft, file);
}

export function removeDetailsFile(file: string): void {
  rmSync(file, { force: true });
}
