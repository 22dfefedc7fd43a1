// Sends resource requests and hands each answer to its judge. One instance serves one bank call with one token.
import { randomUUID } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import type { BankSession, SignInRequest } from '../../../core/ports/bank-adapter.ts';
import type { Clock } from '../../../core/ports/clock.ts';
import type { HttpRequest, HttpResponse } from '../../../core/ports/http-client.ts';
import { judgeAccounts, type ListedAccount } from './accounts.ts';
import { judgeBalances } from './balances.ts';
import { buildConsentRequest, judgeConsent, type Consent } from './consent.ts';
import { buildResourceRequest, judgeResource } from './resource-request.ts';
import { firstPageUrl, judgeTransactionsPage, type TransactionsPage } from './transactions-page.ts';

/** The machine's address on its own network: all that Strongroom knows of where the user is. @see x-fapi-customer-ip-address */
export function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}

export interface ResourceOptions {
  readonly session: BankSession;
  readonly clock: Clock;
  readonly accessToken: string;
  readonly customerIpAddress: string | null;
}

interface Ask {
  readonly method: HttpRequest['method'];
  readonly url: string;
  readonly body?: unknown;
  readonly status: number;
}

export class Resources {
  readonly #options: ResourceOptions;
  readonly #base: string;

  constructor(options: ResourceOptions) {
    this.#options = options;
    this.#base = options.session.endpoint.resourceBase.replace(/\/$/, '');
  }

  async createConsent(request: SignInRequest): Promise<Consent> {
    const url = `${this.#base}/account-access-consents`;
    return judgeConsent(
      await this.#send({ method: 'POST', url, body: buildConsentRequest(request), status: 201 }),
      null,
    );
  }

  async readConsent(id: string): Promise<Consent> {
    return judgeConsent(await this.#send({ method: 'GET', url: this.#consentUrl(id), status: 200 }), id);
  }

  async deleteConsent(id: string): Promise<void> {
    await this.#send({ method: 'DELETE', url: this.#consentUrl(id), status: 204 });
  }

  async accounts(): Promise<ListedAccount[]> {
    return judgeAccounts(await this.#send({ method: 'GET', url: `${this.#base}/accounts`, status: 200 }));
  }

  async balances(resourceId: string): Promise<ReturnType<typeof judgeBalances>> {
    const url = `${this.#base}/accounts/${encodeURIComponent(resourceId)}/balances`;
    return judgeBalances(await this.#send({ method: 'GET', url, status: 200 }), resourceId);
  }

  /** Address of the first page of an account's transactions. */
  firstPage(resourceId: string, from: CalendarDate): string {
    return firstPageUrl(this.#base, resourceId, from);
  }

  async transactionsPage(url: string): Promise<TransactionsPage> {
    return judgeTransactionsPage(await this.#send({ method: 'GET', url, status: 200 }), url);
  }

  #consentUrl(id: string): string {
    return `${this.#base}/account-access-consents/${encodeURIComponent(id)}`;
  }

  async #send({ method, url, body = null, status }: Ask): Promise<HttpResponse> {
    const { session, clock, accessToken, customerIpAddress } = this.#options;
    const interactionId = randomUUID();
    const request = buildResourceRequest({ method, url, accessToken, interactionId, customerIpAddress, body });
    return judgeResource(await session.http.send(request), { status, interactionId, now: clock.now() });
  }
}
