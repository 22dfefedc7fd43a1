// Writes the bank's details, which hold a practice client key, to a file that only this user can read, and removes it again.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { PracticeBankDetails } from './details.ts';

/** Atomic: a reader sees no file or a whole one. */
export async function writeDetailsFile(file: string, details: PracticeBankDetails): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  await writeFile(draft, `${JSON.stringify(details, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  await rename(draft, file);
}

/** Removes the file only while it still names this bank: another one may have taken its place. */
export function removeDetailsFile(file: string, details: PracticeBankDetails): void {
  if (!existsSync(file)) return;
  const named = z.object({ issuer: z.string() }).safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (named.data?.issuer === details.issuer) rmSync(file);
}
