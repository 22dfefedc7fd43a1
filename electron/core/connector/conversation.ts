// One conversation with a bank: a client for the endpoint's hosts only, credentials for its length, one end.
import type { TlsIdentity } from '../../../shared/ipc/contract/connections.ts';
import type { Endpoint } from '../../../shared/ipc/processes/connector-contract.ts';
import type { BankSession } from '../ports/bank-adapter.ts';
import type { OpenHttpClient } from '../ports/http-client.ts';
import type { Job } from './jobs.ts';
import { RecordedHttp } from './recorded-http.ts';

export class Conversation implements Job {
  readonly #abort = new AbortController();
  readonly http: RecordedHttp;
  readonly session: BankSession;

  constructor(endpoint: Endpoint, openHttpClient: OpenHttpClient) {
    const origins = [new URL(endpoint.issuer).origin, new URL(endpoint.resourceBase).origin];
    const { pins, authorityPem, certificatePem, privateKeyPem } = endpoint;
    const clientCertificate = { certificatePem, privateKeyPem };
    const { signal } = this.#abort;
    this.http = new RecordedHttp(openHttpClient({ origins, pins, authorityPem, clientCertificate }), signal);
    this.session = { endpoint, http: this.http, signal };
  }

  /** Who answered; there was an answer. */
  get tls(): TlsIdentity {
    const { tls } = this.http.seen;
    if (!tls) throw new TypeError('no answer was seen');
    return tls;
  }

  /** Stops what is under way and closes every connection. */
  async end(): Promise<void> {
    this.#abort.abort();
    await this.http.close();
  }
}
