// Turns a response body into checked values. Numbers keep the bank's own digits; nothing passes through a float.
import { z } from 'zod';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { HttpResponse } from '../../../core/ports/http-client.ts';

/** A JSON number as the source wrote it; JSON.stringify writes the same digits. @see TC39 JSON.parse source text access */
export const JsonNumber = z.object({ rawJSON: z.string().max(60) }).transform((number) => number.rawJSON);

interface JsonWithSource {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
}
const json = JSON as unknown as JsonWithSource;

/** `where` says which part of the answer is wrong, in the specification's names; values of the bank stay out of it. */
export function invalidResponse(where: string, cause?: unknown): AppError {
  return new AppError('BANK_RESPONSE_INVALID', { where: where.slice(0, 200) }, { cause });
}

/** JSON in which every number is a JsonNumber. @throws {AppError} BANK_RESPONSE_INVALID */
export function parseJsonBody(response: HttpResponse): unknown {
  if (!/^application\/json\b/i.test(response.headers['content-type'] ?? '')) throw invalidResponse('content-type');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(response.body);
    return json.parse(text, (_key, value, { source }) =>
      typeof value === 'number' && source !== undefined ? json.rawJSON(source) : value,
    );
  } catch (cause) {
    throw invalidResponse('body', cause);
  }
}

/** @throws {AppError} BANK_RESPONSE_INVALID naming the first wrong part under `at` */
export function checkShape<T>(schema: z.ZodType<T>, value: unknown, at = ''): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const path = [at, ...(parsed.error.issues[0]?.path ?? [])].filter((part) => part !== '');
  throw invalidResponse(path.join('.') || 'body', parsed.error);
}
