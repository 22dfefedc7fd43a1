// The one class for expected failures, and the form in which they cross a boundary. Anything else thrown is a bug.
import { z } from 'zod';
import { ERROR_CODES, type ErrorCode } from './codes.ts';

/** Values that fill an error's text. Never a secret, a full account number or a path outside the user's own choice. */
export type ErrorParams = Readonly<Record<string, string>>;

/** An expected failure with a stable code. `retryable` says that the same call may succeed later without anyone doing anything. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
  readonly retryable: boolean;
  /** The log's reference, on an error that came from the other side of a boundary. */
  readonly ref: string | null;

  constructor(
    code: ErrorCode,
    params: ErrorParams = {},
    options: { retryable?: boolean; cause?: unknown; ref?: string | null } = {},
  ) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.params = params;
    this.retryable = options.retryable ?? false;
    this.ref = options.ref ?? null;
  }
}

/** What crosses a boundary instead of a thrown error. `ref` names the line in the redacted log. */
export const WireError = z.strictObject({
  code: z.enum(ERROR_CODES),
  params: z.record(z.string(), z.string()),
  retryable: z.boolean(),
  ref: z.string().nullable(),
});
export type WireError = z.infer<typeof WireError>;

export function toWireError(error: AppError, ref: string | null = null): WireError {
  return { code: error.code, params: { ...error.params }, retryable: error.retryable, ref };
}

export function fromWireError(error: WireError): AppError {
  return new AppError(error.code, error.params, { retryable: error.retryable, ref: error.ref });
}
