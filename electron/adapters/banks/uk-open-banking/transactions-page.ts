// One page of transactions: the request, and the judgement of its frame. Records are mapped elsewhere.
import { z } from 'zod';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import type { HttpResponse } from '../../../core/ports/http-client.ts';
import { checkShape, invalidResponse, JsonNumber, parseJsonBody } from './response-body.ts';
import { DateOfDateTime } from './values.ts';

const MAX_RECORDS = 100_000;

/** @see OBReadTransaction6, Links, Meta */
const PageResponse = z.object({
  Data: z.object({ Transaction: z.array(z.unknown()).max(MAX_RECORDS).optional() }),
  Links: z.object({ Next: z.string().max(8000).optional() }).optional(),
  Meta: z.object({ TotalPages: JsonNumber.optional(), FirstAvailableDateTime: DateOfDateTime.optional() }).optional(),
});

export interface TransactionsPage {
  readonly records: readonly unknown[];
  /** Absolute address of the next page, opaque, on the same origin. */
  readonly next: string | null;
  readonly totalPages: number | null;
  /** The first day the bank shows, where it says so. */
  readonly firstAvailable: CalendarDate | null;
}

/** "If the Date Time contains a timezone, the ASPSP must ignore the timezone component." @see FromBookingDateTimeParam */
export function firstPageUrl(resourceBase: string, resourceId: string, from: CalendarDate): string {
  const url = new URL(`${resourceBase}/accounts/${encodeURIComponent(resourceId)}/transactions`);
  url.searchParams.set('fromBookingDateTime', `${from}T00:00:00Z`);
  return url.href;
}

function nextUrl(next: string | undefined, url: string): string | null {
  if (next === undefined || next === '') return null;
  if (!URL.canParse(next, url)) throw invalidResponse('Links.Next');
  const target = new URL(next, url);
  if (target.origin !== new URL(url).origin)
    throw new AppError('BANK_REDIRECTED', { host: new URL(url).host, origin: target.origin });
  return target.href;
}

/** @throws {AppError} BANK_RESPONSE_INVALID; BANK_REDIRECTED when the next page lies on another origin */
export function judgeTransactionsPage(response: HttpResponse, url: string): TransactionsPage {
  const { Data, Links, Meta } = checkShape(PageResponse, parseJsonBody(response));
  const total = Meta?.TotalPages;
  if (total !== undefined && !/^\d{1,9}$/.test(total)) throw invalidResponse('Meta.TotalPages');
  return {
    records: Data.Transaction ?? [],
    next: nextUrl(Links?.Next, url),
    totalPages: total === undefined ? null : Number(total),
    firstAvailable: Meta?.FirstAvailableDateTime ?? null,
  };
}
