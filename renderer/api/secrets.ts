// Secrets on their way: sealed to the vault when they are sent, opened when they are shown once. Nothing typed is kept here.
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import type { z } from 'zod';
import { AppError, fromWireError } from '../../shared/errors/app-error.ts';
import {
  NO_SEALING_KEY,
  type SealedPurpose,
  type SealedText,
  type SealingKey,
} from '../../shared/model/sealed-text.ts';
import { client } from './client.ts';
import { createSealedTexts } from './sealed-text.ts';

/** This page's own end: what comes back is sealed to it. */
const own = createSealedTexts();
let entryKey: SealingKey | null = null;

/** Seals one text to the vault. */
export type Seal = (purpose: SealedPurpose, text: string) => Promise<SealedText>;

/** What the vault seals to when something is shown once. */
export const replyKey = (): Promise<SealingKey> => own.publicKey();

/** Reads what the vault sealed to this page. @throws {AppError} SESSION_SECRET_STALE */
export const openText = (purpose: SealedPurpose, sealed: SealedText): Promise<string> => own.open(purpose, sealed);

/** The same for JSON of a known shape. */
export async function openJson<Schema extends z.ZodType>(
  schema: Schema,
  purpose: SealedPurpose,
  sealed: SealedText,
): Promise<z.output<Schema>> {
  return schema.parse(JSON.parse(await openText(purpose, sealed)));
}

/** @throws {AppError} what keeps the vault from answering, so that there is nothing to seal to */
async function askEntryKey(): Promise<SealingKey> {
  const { entryKey: key, problem } = await client.office.status({});
  if (key !== NO_SEALING_KEY) return key;
  throw problem ? fromWireError(problem) : new AppError('PROCESS_CRASHED', { process: 'vault' });
}

async function sealer(): Promise<Seal> {
  entryKey ??= await askEntryKey();
  const to = entryKey;
  return (purpose, text) => own.seal(to, purpose, text);
}

/** Runs a call whose input holds secrets. The vault's key changes with every lock: sealed for an older one, it is sealed once more. */
export async function withSecrets<T>(run: (seal: Seal) => Promise<T>): Promise<T> {
  try {
    return await run(await sealer());
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'SESSION_SECRET_STALE') throw error;
    entryKey = null;
    return run(await sealer());
  }
}

/**
 * Like `useAction` for what needs or brings secrets. `run` reads the fields when it runs, so that no secret becomes an input that is
 * remembered.
 */
export function useSecretAction<T>(
  run: (seal: Seal) => Promise<T>,
  onSuccess?: (result: T) => void,
): UseMutationResult<T, Error, void> {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => withSecrets(run),
    ...(onSuccess ? { onSuccess } : {}),
    onSettled: () => cache.invalidateQueries(),
  });
}
