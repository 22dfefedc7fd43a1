// Failures of writing a file, said in the words of what the file was for.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';

/** Runs `work`; a failure with a code of the table is thrown with the code beside it. */
export async function speakingOf<T>(
  codes: Readonly<Partial<Record<ErrorCode, ErrorCode>>>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof AppError ? codes[error.code] : undefined;
    throw code && error instanceof AppError ? new AppError(code, error.params, { cause: error }) : error;
  }
}
