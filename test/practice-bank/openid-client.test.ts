// A foreign OpenID client, as most programs use it, goes the whole way to the practice bank's tokens.
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import * as openid from 'openid-client';
import { Agent, fetch as undiciFetch } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPracticeBank, type PracticeBank } from '../../electron/practice-bank/practice-bank.ts';
import { signIn } from '../../electron/practice-bank/practice-browser.ts';
import { createConsent, json, read, type ConsentReply } from './bank-client.ts';

let bank: PracticeBank;
let agent: Agent;
beforeAll(async () => {
  bank = await createPracticeBank();
  const { authorityPem: ca, client } = bank.details;
  agent = new Agent({ connect: { ca, cert: client.certificatePem, key: client.privateKeyPem, minVersion: 'TLSv1.3' } });
});
afterAll(async () => {
  await agent.close();
  await bank.close();
});

/** The two libraries type the same web standard apart; only plain values pass between them. */
const overMutualTls: openid.CustomFetch = async (url, options) => {
  const { method, headers, body } = options;
  const answer = await undiciFetch(url, {
    method,
    headers,
    redirect: 'manual',
    dispatcher: agent,
    ...(body instanceof URLSearchParams ? { body: body.toString() } : {}),
  });
  return new Response(answer.status === 204 ? null : await answer.arrayBuffer(), {
    status: answer.status,
    headers: [...answer.headers],
  });
};

it('discovers, pushes, signs in, redeems, validates the id token and refreshes', async () => {
  const { clientId } = bank.details.client;
  const metadata = { use_mtls_endpoint_aliases: true, id_token_signed_response_alg: 'ES256' };
  const config = await openid.discovery(new URL(bank.details.issuer), clientId, metadata, openid.TlsClientAuth(), {
    [openid.customFetch]: overMutualTls,
  });
  // Only the page for the person's browser is plain http; the agent above speaks TLS to everything else.
  openid.allowInsecureRequests(config);
  const granted = await openid.clientCredentialsGrant(config, { scope: 'accounts' });
  expect(granted.expires_in).toBe(600);

  const listener = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const consentId = (json(await createConsent(bank.details)) as ConsentReply).Data.ConsentId;
  const [verifier, state, nonce] = [openid.randomPKCECodeVerifier(), openid.randomState(), openid.randomNonce()];
  const url = await openid.buildAuthorizationUrlWithPAR(config, {
    redirect_uri: `http://127.0.0.1:${(listener.address() as AddressInfo).port}/callback`,
    scope: 'openid accounts',
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    claims: JSON.stringify({ id_token: { openbanking_intent_id: { value: consentId, essential: true } } }),
  });
  const { redirectedTo } = await signIn(url.href, { name: 'ben', password: 'practice', approve: true });
  listener.close();
  const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
  const tokens = await openid.authorizationCodeGrant(config, new URL(redirectedTo), checks);
  expect(tokens.claims()?.['openbanking_intent_id']).toBe(consentId);
  const renewed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '');
  expect(renewed.refresh_token).not.toBe(tokens.refresh_token);
  expect((await read(bank.details, renewed.access_token, '/accounts')).status).toBe(200);
  await openid.tokenRevocation(config, renewed.refresh_token ?? '');
  expect((await read(bank.details, renewed.access_token, '/accounts')).status).toBe(401);
});
