// A small raw client of the practice bank for its tests: mutual TLS, tokens, the whole sign-in. Independent of the product's own connector.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { signIn } from '../../electron/practice-bank/practice-browser.ts';
import type { PracticeBankDetails } from '../../electron/practice-bank/details.ts';

export type Reply = { status: number; headers: Record<string, string | string[] | undefined>; text: string };
export type Send = { method?: string; headers?: Record<string, string>; body?: string; tls?: RequestOptions };

/** One request over its own connection. Rejects with Node's own error when TLS or the body fails. */
export function send(details: PracticeBankDetails, url: string, options: Send = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = httpsRequest(
      url,
      {
        agent: false,
        method: options.method ?? 'GET',
        headers: options.headers ?? {},
        ca: details.authorityPem,
        cert: details.client.certificatePem,
        key: details.client.privateKeyPem,
        minVersion: 'TLSv1.3',
        ...options.tls,
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      },
    );
    request.on('error', reject);
    request.end(options.body);
  });
}

/** The body; the caller says what it expects there. */
export function json(reply: Reply): unknown {
  return JSON.parse(reply.text);
}

export type TokenReply = {
  access_token: string;
  refresh_token: string;
  id_token: string;
  expires_in: number;
  scope: string;
  error?: string;
};

export function postForm(details: PracticeBankDetails, path: string, form: Record<string, string>): Promise<Reply> {
  return send(details, `${details.issuer}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ client_id: details.client.clientId, ...form }).toString(),
  });
}

export async function clientToken(details: PracticeBankDetails): Promise<string> {
  const reply = await postForm(details, '/token', { grant_type: 'client_credentials', scope: 'accounts' });
  return (json(reply) as TokenReply).access_token;
}

export type ConsentReply = { Data: { ConsentId: string; Status: string } };

export const ALL_PERMISSIONS = [
  'ReadAccountsDetail',
  'ReadBalances',
  'ReadTransactionsDetail',
  'ReadTransactionsCredits',
  'ReadTransactionsDebits',
];

export async function createConsent(details: PracticeBankDetails, data: Record<string, unknown> = {}): Promise<Reply> {
  return send(details, `${details.resourceBase}/account-access-consents`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await clientToken(details)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ Data: { Permissions: ALL_PERMISSIONS, ...data }, Risk: {} }),
  });
}

export async function readConsent(details: PracticeBankDetails, consentId: string): Promise<ConsentReply> {
  const headers = { authorization: `Bearer ${await clientToken(details)}` };
  const reply = await send(details, `${details.resourceBase}/account-access-consents/${consentId}`, { headers });
  return json(reply) as ConsentReply;
}

export type Person = { name?: string; password?: string; accounts?: readonly string[]; approve?: boolean };

/** A listener for one redirect, on a free port as the product does it. */
async function loopback(): Promise<{ redirectUri: string; close: () => void }> {
  const server = createServer((_request, response) => response.end('You may close this window.'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  return { redirectUri: `http://127.0.0.1:${port}/callback`, close: () => server.close() };
}

export type Authorised = { redirect: URL; verifier: string; redirectUri: string; state: string };

export type AuthoriseOptions = { person?: Person; claims?: unknown };

/** PAR, browser, redirect. */
export async function authorise(
  details: PracticeBankDetails,
  consentId: string,
  options: AuthoriseOptions = {},
): Promise<Authorised> {
  const { redirectUri, close } = await loopback();
  const [verifier, state] = [randomBytes(32).toString('base64url'), randomUUID()];
  const par = await postForm(details, '/par', {
    response_type: 'code',
    scope: 'openid accounts',
    redirect_uri: redirectUri,
    state,
    nonce: 'n-1',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    claims: JSON.stringify(
      options.claims ?? { id_token: { openbanking_intent_id: { value: consentId, essential: true } } },
    ),
  });
  if (par.status !== 201) throw new Error(`PAR answered ${par.status}: ${par.text}`);
  const discovery = await send(details, `${details.issuer}/.well-known/openid-configuration`);
  const url = new URL((json(discovery) as { authorization_endpoint: string }).authorization_endpoint);
  url.search = new URLSearchParams({
    client_id: details.client.clientId,
    request_uri: (json(par) as { request_uri: string }).request_uri,
  }).toString();
  const { name = 'olivia', password = 'practice', accounts, approve = true } = options.person ?? {};
  try {
    const outcome = await signIn(url.href, { name, password, approve, ...(accounts ? { accounts } : {}) });
    return { redirect: new URL(outcome.redirectedTo), verifier, redirectUri, state };
  } finally {
    close();
  }
}

export async function redeem(details: PracticeBankDetails, authorised: Authorised): Promise<TokenReply> {
  const form = {
    grant_type: 'authorization_code',
    code: authorised.redirect.searchParams.get('code') ?? '',
    redirect_uri: authorised.redirectUri,
    code_verifier: authorised.verifier,
  };
  return json(await postForm(details, '/token', form)) as TokenReply;
}

export type Connected = { consentId: string; tokens: TokenReply };

/** Everything up to usable tokens. */
export async function connect(
  details: PracticeBankDetails,
  options: { person?: Person; data?: Record<string, unknown> } = {},
): Promise<Connected> {
  const consentId = (json(await createConsent(details, options.data)) as ConsentReply).Data.ConsentId;
  const tokens = await redeem(
    details,
    await authorise(details, consentId, options.person ? { person: options.person } : {}),
  );
  return { consentId, tokens };
}

/** GET of a path under the resource base, or of a whole link. */
export function read(details: PracticeBankDetails, token: string, path: string): Promise<Reply> {
  const url = path.startsWith('https:') ? path : `${details.resourceBase}${path}`;
  return send(details, url, {
    headers: { authorization: `Bearer ${token}`, 'x-fapi-interaction-id': randomUUID() },
  });
}

export type Transaction = {
  TransactionId: string;
  Status: string;
  CreditDebitIndicator: 'Credit' | 'Debit';
  BookingDateTime: string;
  Amount: { Amount: string; Currency: string };
  TransactionInformation?: string;
  CurrencyExchange?: { SourceCurrency: string; InstructedAmount: { Amount: string } };
  SupplementaryData?: { BatchDetails: { Amount: { Amount: string } }[] };
  Balance?: { CreditDebitIndicator: string; Amount: { Amount: string } };
};

export type TransactionsReply = {
  Data: { Transaction: Transaction[] };
  Links: { Self: string; Next?: string };
  Meta: { TotalPages: number; FirstAvailableDateTime: string };
};

/** All pages of an account, in the bank's order. */
export async function readAllTransactions(
  details: PracticeBankDetails,
  token: string,
  path: string,
): Promise<Transaction[]> {
  const rows: Transaction[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const page = json(await read(details, token, next)) as TransactionsReply;
    rows.push(...page.Data.Transaction);
    next = page.Links.Next;
  }
  return rows;
}

export type Shown = { pin: string; protocol: string | null };

/** What the bank shows in a handshake, trusted or not. */
export function shownIdentity(details: PracticeBankDetails): Promise<Shown> {
  return new Promise((resolve, reject) => {
    const { certificatePem: cert, privateKeyPem: key } = details.client;
    const socket = connectTls(
      { host: 'localhost', port: Number(new URL(details.issuer).port), cert, key, rejectUnauthorized: false },
      () => {
        const spki =
          socket.getPeerX509Certificate()?.publicKey.export({ format: 'der', type: 'spki' }) ?? Buffer.alloc(0);
        resolve({ pin: createHash('sha256').update(spki).digest('base64'), protocol: socket.getProtocol() });
        socket.destroy();
      },
    );
    socket.on('error', reject);
  });
}
