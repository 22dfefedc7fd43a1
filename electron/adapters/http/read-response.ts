// Reads one whole answer off the wire and refuses what is not whole, not plain or a redirect. It does not look into the body's meaning.
import type { Dispatcher } from 'undici';
import { AppError } from '../../../shared/errors/app-error.ts';
import { toHttpFailure } from './tls-failure.ts';

type Headers = Readonly<Record<string, string>>;

export interface WholeResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

function plainHeaders(headers: Dispatcher.ResponseData['headers']): Headers {
  const plain: [string, string][] = [];
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) plain.push([name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]);
  return Object.fromEntries(plain);
}

function targetOrigin(location: string | undefined, url: string): string {
  return location !== undefined && URL.canParse(location, url) ? new URL(location, url).origin : '';
}

function refuseHead(status: number, headers: Headers, url: string): void {
  const { host } = new URL(url);
  if (status >= 300 && status < 400)
    throw new AppError('BANK_REDIRECTED', {
      host,
      status: String(status),
      origin: targetOrigin(headers['location'], url),
    });
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity')
    throw new AppError('BANK_RESPONSE_INVALID', { host, where: 'content-encoding' });
}

/** A body that ends with the connection cannot be told from one cut short. */
function isDelimited(status: number, headers: Headers): boolean {
  return (
    status === 204 ||
    headers['content-length'] !== undefined ||
    (headers['transfer-encoding'] ?? '').endsWith('chunked')
  );
}

async function readBody(body: Dispatcher.ResponseData['body'], host: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await body.arrayBuffer());
  } catch (error) {
    const failure = toHttpFailure(error, host);
    if (failure.code !== 'BANK_UNREACHABLE') throw failure;
    throw new AppError('BANK_RESPONSE_TRUNCATED', { host }, { retryable: true, cause: error });
  }
}

/**
 * nginx and others accept any handshake and answer 400 when the client certificate is missing or bad.
 * @see nginx ngx_http_ssl_module, "Error Processing" (495, 496)
 */
function refusesCertificate(status: number, body: Uint8Array): boolean {
  return (
    status === 400 &&
    /SSL certificate (error|was sent)|required SSL certificate/i.test(new TextDecoder().decode(body.subarray(0, 4096)))
  );
}

/** @throws {AppError} BANK_REDIRECTED, BANK_RESPONSE_INVALID, BANK_RESPONSE_TRUNCATED, BANK_RESPONSE_TOO_LARGE, BANK_TIMEOUT, TLS_CLIENT_CERTIFICATE_REFUSED */
export async function readResponse(response: Dispatcher.ResponseData, url: string): Promise<WholeResponse> {
  const { host } = new URL(url);
  const headers = plainHeaders(response.headers);
  try {
    refuseHead(response.statusCode, headers, url);
  } catch (error) {
    // A body nobody reads reports its own end as an error; the refusal is what counts.
    response.body.once('error', () => undefined).destroy();
    throw error;
  }
  const body = await readBody(response.body, host);
  if (!isDelimited(response.statusCode, headers))
    throw new AppError('BANK_RESPONSE_TRUNCATED', { host }, { retryable: true });
  if (refusesCertificate(response.statusCode, body))
    throw new AppError('TLS_CLIENT_CERTIFICATE_REFUSED', { host, reason: 'http-400' });
  return { status: response.statusCode, headers, body };
}
