// Watches a job's requests: how many, over which TLS identity, and a digest of every body in order. It keeps no body.
import { createHash } from 'node:crypto';
import type { TlsIdentity } from '../../../shared/ipc/contract/connections.ts';
import type { HttpClient, HttpRequest, HttpResponse } from '../ports/http-client.ts';

/** What was seen so far. `payloadSha256` covers all response bodies in order, `payloadBytes` their length. */
export interface Seen {
  readonly calls: number;
  readonly tls: TlsIdentity | null;
  readonly payloadSha256: string;
  readonly payloadBytes: number;
}

/** An HttpClient whose every request ends with the job. */
export class RecordedHttp implements HttpClient {
  readonly #http: HttpClient;
  readonly #signal: AbortSignal;
  readonly #payload = createHash('sha256');
  #calls = 0;
  #bytes = 0;
  #tls: TlsIdentity | null = null;

  constructor(http: HttpClient, signal: AbortSignal) {
    this.#http = http;
    this.#signal = signal;
  }

  get seen(): Seen {
    const payloadSha256 = this.#payload.copy().digest('hex');
    return { calls: this.#calls, tls: this.#tls, payloadSha256, payloadBytes: this.#bytes };
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    this.#calls += 1;
    const response = await this.#http.send(request, this.#signal);
    this.#tls = response.tls;
    this.#payload.update(response.body);
    this.#bytes += response.body.length;
    return response;
  }

  close(): Promise<void> {
    return this.#http.close();
  }
}
