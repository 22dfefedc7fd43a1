// The context of an `audit` call around databases in memory: an office's chain and one client's. No session, no process. Only tests import it.
import { AppError } from '../../shared/errors/app-error.ts';
import { ClientId, UserId } from '../../shared/model/ids.ts';
import { instantOf } from '../../shared/model/instant.ts';
import type { ClientStore, OfficeStore, Store } from '../../electron/core/ports/vault-store.ts';
import type { VaultContext } from '../../electron/core/vault/context.ts';
import { aSigner } from './audit-log.ts';

export const CLIENT = ClientId.parse(`client_${'c1'.repeat(10)}`);
const USER = UserId.parse(`user_${'01'.repeat(10)}`);

/** What `audit` handlers ask of an office and its client; anything else is missing on purpose. */
export function anAuditContext(stores: { readonly office: Store; readonly client: Store }): VaultContext {
  const office = {
    ...stores.office,
    keyring: { get: () => aSigner().keyring },
    profile: { get: () => ({ name: 'Keel & Partners' }) },
  } as unknown as OfficeStore;
  const now = () => instantOf(Date.parse('2026-07-01T08:00:00.000Z'));
  const context = {
    channel: 'audit.export',
    principal: { userId: USER, name: 'Ada Owner', role: 'owner' },
    office,
    client: (clientId: ClientId) => {
      if (clientId !== CLIENT) throw new AppError('CLIENT_NOT_FOUND');
      return stores.client as ClientStore;
    },
    act: (store, { subject, payload = {} }, work) =>
      store.transaction(() => {
        const value = work();
        const by = { userId: USER, userName: 'Ada Owner', outcome: 'done' } as const;
        store.audit.append({ ...by, at: now(), action: 'audit.export', subject, payload });
        return value;
      }),
    now,
  } satisfies Partial<VaultContext>;
  return context as unknown as VaultContext;
}
