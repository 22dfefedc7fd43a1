// Remembers which requests the bank has seen, so that tests can count calls and find what a client should not have asked. No tokens, no bodies.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { Instant, instantOf } from '../../shared/model/instant.ts';
import type { Ledger } from './ledger/ledger.ts';

export const SeenRequest = z.strictObject({
  at: Instant,
  method: z.string(),
  /** The Host header: it differs from the issuer's when a client followed a redirect to another origin. */
  host: z.string(),
  /** Path without the query. */
  path: z.string(),
  accountId: z.string().nullable(),
  iban: z.string().nullable(),
  status: z.int(),
  /** The client said that the customer is present (x-fapi-customer-ip-address). */
  attended: z.boolean(),
});
export type SeenRequest = z.infer<typeof SeenRequest>;

const CAPACITY = 10_000;

export type RequestLog = {
  /** Writes the entry when the answer (or the lack of one) is over. */
  watch(request: IncomingMessage, response: ServerResponse): void;
  entries(): readonly SeenRequest[];
};

export function createRequestLog(ledger: Ledger): RequestLog {
  const entries: SeenRequest[] = [];
  return {
    watch(request, response) {
      const path = new URL(request.url ?? '/', 'https://bank').pathname;
      const accountId = /\/accounts\/(\w+)/.exec(path)?.[1] ?? null;
      const entry = {
        at: instantOf(Date.now()),
        method: request.method ?? '',
        host: request.headers.host ?? '',
        path,
        accountId,
        iban: accountId === null ? null : (ledger.accountById(accountId)?.iban ?? null),
        attended: request.headers['x-fapi-customer-ip-address'] !== undefined,
      };
      response.once('close', () => {
        entries.push({ ...entry, status: response.statusCode });
        if (entries.length > CAPACITY) entries.shift();
      });
    },
    entries: () => entries,
  };
}
