// Builders of bank answers and of a bank that exists only as a function, for tests without a network.
import type { HttpClient, HttpRequest, HttpResponse } from '../../../electron/core/ports/http-client.ts';
import type { TlsIdentity } from '../../../shared/ipc/contract/connections.ts';
import { instantOf } from '../../../shared/model/instant.ts';

export const SOME_TLS: TlsIdentity = {
  host: 'bank.test',
  protocol: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  subject: 'CN=bank.test',
  issuer: 'CN=Authority',
  validFrom: instantOf(0),
  validTo: instantOf(4_000_000_000_000),
  spkiSha256: 'A'.repeat(43) + '=',
  certificateSha256: '0'.repeat(64),
};

export interface Answer {
  readonly status?: number;
  /** Sent as JSON, or as it is when a string. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export function aResponse({ status = 200, body = {}, headers = {} }: Answer = {}): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
    tls: SOME_TLS,
  };
}

export interface FakeHttp extends HttpClient {
  readonly requests: HttpRequest[];
}

/** A client whose every request is answered by `answer`; the interaction id comes back by itself. */
export function aFakeHttp(answer: (request: HttpRequest) => Answer | Promise<Answer>): FakeHttp {
  const requests: HttpRequest[] = [];
  return {
    requests,
    async send(request) {
      requests.push(request);
      const id = request.headers['x-fapi-interaction-id'];
      const { headers = {}, ...rest } = await answer(request);
      return aResponse({
        ...rest,
        headers: { ...(id === undefined ? {} : { 'x-fapi-interaction-id': id }), ...headers },
      });
    },
    close: () => Promise.resolve(),
  };
}
