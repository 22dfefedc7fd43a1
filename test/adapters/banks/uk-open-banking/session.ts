// A job's session with a bank that exists only in a test.
import type { BankSession } from '../../../../electron/core/ports/bank-adapter.ts';
import type { HttpClient } from '../../../../electron/core/ports/http-client.ts';
import { Pin } from '../../../../shared/ipc/contract/connections.ts';
import type { Endpoint, Tokens } from '../../../../shared/ipc/processes/connector-contract.ts';

export const ISSUER = 'https://bank.test';
export const BASE = `${ISSUER}/aisp`;

export const someTokens: Tokens = {
  accessToken: 'access',
  accessTokenExpiresAt: null,
  refreshToken: 'refresh',
  scope: 'openid accounts',
};

export function aSession(
  http: HttpClient,
  change: Partial<Endpoint> = {},
  signal = new AbortController().signal,
): BankSession {
  const pin = Pin.parse('A'.repeat(43) + '=');
  const endpoint: Endpoint = {
    type: 'uk-open-banking',
    issuer: ISSUER,
    resourceBase: BASE,
    clientId: 'office',
    pins: [pin, pin],
    authorityPem: null,
    practice: false,
    certificatePem: '',
    privateKeyPem: '',
    ...change,
  };
  return { endpoint, http, signal };
}
