// A connection's credentials in the OS keychain, under its id. They are never in the vault, a log or a reply to a window.
import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import { Tokens, type Endpoint } from '../../../shared/ipc/processes/connector-contract.ts';
import type { ConnectionJob } from '../../../shared/ipc/processes/vault-contract.ts';
import type { ConnectionId } from '../../../shared/model/ids.ts';
import type { SecretStore } from '../ports/secret-store.ts';

export const ConnectionSecrets = z.strictObject({
  certificatePem: z.string(),
  privateKeyPem: z.string(),
  tokens: Tokens.nullable(),
});
export type ConnectionSecrets = z.infer<typeof ConnectionSecrets>;

const keyOf = (id: ConnectionId): string => `connection/${id}`;

/** @throws {AppError} CONNECTION_CREDENTIALS_MISSING where the office was restored or the entry was removed. */
export async function readConnectionSecrets(store: SecretStore, id: ConnectionId): Promise<ConnectionSecrets> {
  const text = await store.get(keyOf(id));
  if (text === null) throw new AppError('CONNECTION_CREDENTIALS_MISSING', { connection: id });
  return ConnectionSecrets.parse(JSON.parse(text));
}

export async function writeConnectionSecrets(
  store: SecretStore,
  id: ConnectionId,
  secrets: ConnectionSecrets,
): Promise<void> {
  await store.set(keyOf(id), JSON.stringify(secrets));
}

export async function deleteConnectionSecrets(store: SecretStore, id: ConnectionId): Promise<void> {
  await store.delete(keyOf(id));
}

/** What the connector needs to reach the bank of a job. */
export function endpointOf(job: ConnectionJob, secrets: ConnectionSecrets): Endpoint {
  const { type, issuer, resourceBase, clientId, authorityPem, practice } = job.details;
  const { certificatePem, privateKeyPem } = secrets;
  return {
    type,
    issuer,
    resourceBase,
    clientId,
    authorityPem,
    practice,
    pins: job.pins,
    certificatePem,
    privateKeyPem,
  };
}
