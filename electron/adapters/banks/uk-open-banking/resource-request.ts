// Builds requests to the account information API and judges what every answer has in common. It sends nothing.
import { z } from 'zod';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { instantOf } from '../../../../shared/model/instant.ts';
import type { HttpRequest, HttpResponse } from '../../../core/ports/http-client.ts';
import { invalidResponse, parseJsonBody } from './response-body.ts';

export interface ResourceRequest {
  readonly method: HttpRequest['method'];
  readonly url: string;
  readonly accessToken: string;
  /** RFC 4122 UID; the answer must bring it back. */
  readonly interactionId: string;
  /** Address of the user's machine while she waits; null for an unattended call. */
  readonly customerIpAddress: string | null;
  readonly body: unknown;
}

export function buildResourceRequest(request: ResourceRequest): HttpRequest {
  const { customerIpAddress, body } = request;
  return {
    method: request.method,
    url: request.url,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${request.accessToken}`,
      'x-fapi-interaction-id': request.interactionId,
      ...(customerIpAddress === null ? {} : { 'x-fapi-customer-ip-address': customerIpAddress }),
      ...(body === null ? {} : { 'content-type': 'application/json' }),
    },
    body: body === null ? null : JSON.stringify(body),
  };
}

const MAX_WAIT_MS = 7 * 86_400_000;

/** `Retry-After` in seconds or as a date, as an instant at most a week ahead; null when absent or unreadable. @see RFC 9110 §10.2.3 */
export function retryAfterOf(header: string | undefined, now: number): string | null {
  if (header === undefined || !/^(\d{1,9}|[A-Z][a-z]+, .+ GMT)$/.test(header)) return null;
  const at = /^\d+$/.test(header) ? now + Number(header) * 1000 : Date.parse(header);
  return Number.isFinite(at) ? instantOf(Math.min(Math.max(at, now), now + MAX_WAIT_MS)) : null;
}

/** v4.0 requires only `Errors[]`; v3.1 and many gateways add `Code`. @see OBErrorResponse1 */
const ErrorBody = z.object({
  Code: z.string().optional(),
  Errors: z.array(z.object({ ErrorCode: z.string() })).optional(),
});

function reasonOf(response: HttpResponse): string {
  try {
    const body = ErrorBody.safeParse(parseJsonBody(response)).data;
    return (body?.Errors?.[0]?.ErrorCode ?? body?.Code ?? '').replace(/[^\w. -]/g, '').slice(0, 64);
  } catch (error) {
    if (error instanceof AppError) return '';
    throw error;
  }
}

/** The error for a status that is not the expected one. */
export function judgeRefusal(response: HttpResponse, now: number): AppError {
  const { status } = response;
  const retryAfter = retryAfterOf(response.headers['retry-after'], now);
  const params = { status: String(status), reason: reasonOf(response), ...(retryAfter === null ? {} : { retryAfter }) };
  if (status === 401) return new AppError('BANK_UNAUTHORISED', params);
  if (status === 429) return new AppError('BANK_RATE_LIMITED', params, { retryable: true });
  if (status === 408 || status === 504) return new AppError('BANK_TIMEOUT', params, { retryable: true });
  if (status >= 500) return new AppError('BANK_SERVER_ERROR', params, { retryable: true });
  if (status >= 400) return new AppError('BANK_REFUSED', params);
  return invalidResponse('status');
}

/** The checked answer to a resource request: expected status, and the interaction id came back. @throws {AppError} BANK_* */
export function judgeResource(
  response: HttpResponse,
  expected: { status: number; interactionId: string; now: number },
): HttpResponse {
  if (response.status !== expected.status) throw judgeRefusal(response, expected.now);
  if (response.headers['x-fapi-interaction-id']?.toLowerCase() !== expected.interactionId)
    throw invalidResponse('x-fapi-interaction-id');
  return response;
}
