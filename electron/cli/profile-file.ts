// Import profiles as JSON files: the same form as the window's export. A file that is no profile is refused before anything is read with it.
import { readFile, writeFile } from 'node:fs/promises';
import type { z } from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import { SavedProfile } from '../../shared/model/statement-profile.ts';

/** What one office hands to another: it names no client. */
export const ProfileFile = SavedProfile.pick({ name: true, signature: true, profile: true }).strict();
export type ProfileFile = z.infer<typeof ProfileFile>;

const MAX_CHARACTERS = 1_000_000;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** @throws {AppError} STATEMENT_UNREADABLE, USAGE_INVALID where the file is no profile */
export async function readProfileFile(path: string): Promise<ProfileFile> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AppError('STATEMENT_UNREADABLE', { path }, { cause });
  });
  const parsed = ProfileFile.safeParse(text.length > MAX_CHARACTERS ? null : parse(text));
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new AppError('USAGE_INVALID', { problem: `${path} is no import profile${where === '' ? '' : ` (${where})`}` });
}

/** Never over a file that is there. @throws {AppError} EXPORT_DESTINATION_EXISTS, EXPORT_FOLDER_NOT_FOUND */
export async function writeProfileFile(path: string, { name, signature, profile }: ProfileFile): Promise<void> {
  const text = `${JSON.stringify({ name, signature, profile }, null, 2)}\n`;
  await writeFile(path, text, { flag: 'wx' }).catch((cause: unknown) => {
    const exists = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    throw new AppError(exists ? 'EXPORT_DESTINATION_EXISTS' : 'EXPORT_FOLDER_NOT_FOUND', { path }, { cause });
  });
}
