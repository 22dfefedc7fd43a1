// Account access consents: the request for the least permissions, and what the bank says about one. It decides no user's question.
import { z } from 'zod';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import { instantOf, type Instant } from '../../../../shared/model/instant.ts';
import type { HttpResponse } from '../../../core/ports/http-client.ts';
import type { SignInRequest } from '../../../core/ports/bank-adapter.ts';
import { checkShape, invalidResponse, parseJsonBody } from './response-body.ts';
import { DateOfDateTime } from './values.ts';

/** Body of `POST /account-access-consents`. @see OBReadConsent1 */
export function buildConsentRequest(request: SignInRequest): unknown {
  return {
    Data: {
      Permissions: request.permissions,
      ...(request.expiresAt === null ? {} : { ExpirationDateTime: request.expiresAt.replace(/\.\d{3}Z$/, '+00:00') }),
      TransactionFromDateTime: `${request.from}T00:00:00+00:00`,
    },
    Risk: {},
  };
}

const ExpirationDateTime = z.iso.datetime({ offset: true }).transform((text) => instantOf(Date.parse(text)));

/** @see OBReadConsentResponse1 */
const ConsentResponse = z.object({
  Data: z.object({
    ConsentId: z.string().min(1).max(128),
    Status: z.enum(['AWAU', 'AUTH', 'RJCT', 'CANC', 'EXPD']),
    Permissions: z.array(z.string().max(100)).max(100),
    ExpirationDateTime: ExpirationDateTime.optional(),
    TransactionFromDateTime: DateOfDateTime.optional(),
  }),
});

/** A consent as the bank holds it. */
export interface Consent {
  readonly id: string;
  readonly status: 'AWAU' | 'AUTH' | 'RJCT' | 'CANC' | 'EXPD';
  readonly permissions: string[];
  readonly expiresAt: Instant | null;
  readonly from: CalendarDate | null;
}

/** @throws {AppError} BANK_RESPONSE_INVALID, also when the bank answers with another consent than `id` */
export function judgeConsent(response: HttpResponse, id: string | null): Consent {
  const { Data } = checkShape(ConsentResponse, parseJsonBody(response));
  if (id !== null && Data.ConsentId !== id) throw invalidResponse('Data.ConsentId');
  return {
    id: Data.ConsentId,
    status: Data.Status,
    permissions: Data.Permissions,
    expiresAt: Data.ExpirationDateTime ?? null,
    from: Data.TransactionFromDateTime ?? null,
  };
}

/** Why a consent gives no access, or null when it does. `AWAU` after a grant means that the bank took the grant back. */
export function consentProblem(consent: Consent, now: number): AppError | null {
  const params = { status: consent.status, ...(consent.expiresAt === null ? {} : { expiresAt: consent.expiresAt }) };
  if (consent.status === 'EXPD') return new AppError('CONSENT_EXPIRED', params);
  if (consent.status === 'RJCT') return new AppError('CONSENT_REJECTED', params);
  if (consent.status !== 'AUTH') return new AppError('CONSENT_REVOKED', params);
  const over = consent.expiresAt !== null && Date.parse(consent.expiresAt) <= now;
  return over ? new AppError('CONSENT_EXPIRED', params) : null;
}

/** The permissions granted, all of which were asked for. @throws {AppError} CONSENT_SIGN_IN_FAILED for more than was asked */
export function judgePermissions(granted: readonly string[], asked: readonly string[]): string[] {
  const more = granted.filter((permission) => !asked.includes(permission));
  if (more.length > 0) throw new AppError('CONSENT_SIGN_IN_FAILED', { reason: 'permissions', more: more.join(' ') });
  return [...granted];
}
