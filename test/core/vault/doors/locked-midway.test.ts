// A lock while a call is waiting ends that call: it writes nothing with keys that are gone, and the office opens as before.
import { describe, expect, it } from 'vitest';
import type { VaultServices } from '../../../../electron/core/vault/services.ts';
import type { Rotation } from '../../../../shared/ipc/contract/security.ts';
import type { Access } from '../../../../shared/ipc/contract/users.ts';
import type { UserId } from '../../../../shared/model/ids.ts';
import {
  createTestVault,
  DEVICE_SECRET,
  lock,
  openTestVault,
  signIn,
  testServices,
  type TestOffice,
} from '../vault-bench.ts';

const NEXT = 'marble otter climbs eleven fences';

/** Stops at the n-th sealing or derivation after `arm`, until `open`. */
function createGate(): {
  readonly services: Partial<VaultServices>;
  readonly arm: (stop: number) => Promise<void>;
  readonly open: () => void;
} {
  const { kdf, sealer } = testServices();
  let left = Infinity;
  let reached = Promise.withResolvers<undefined>();
  let opened = Promise.withResolvers<undefined>();
  const pass = async <T>(result: T): Promise<T> => {
    left -= 1;
    if (left !== 0) return result;
    reached.resolve(undefined);
    await opened.promise;
    return result;
  };
  return {
    services: {
      kdf: { ...kdf, derive: async (...given) => await pass(await kdf.derive(...given)) },
      sealer: { ...sealer, seal: async (...given) => await pass(await sealer.seal(...given)) },
    },
    arm: async (stop) => {
      left = stop;
      reached = Promise.withResolvers<undefined>();
      opened = Promise.withResolvers<undefined>();
      await reached.promise;
    },
    open: () => opened.resolve(undefined),
  };
}

/** The one person besides the owner. */
async function colleague({ vault, owner }: TestOffice): Promise<UserId> {
  const other = (await vault.client.users.list({})).find(({ id }) => id !== owner.id);
  return other?.id ?? expect.fail('nobody was hired');
}

const everythingNew: Rotation = { what: { kind: 'all' }, reason: 'compromise' };

const calls: readonly (readonly [string, (office: TestOffice) => Promise<unknown>])[] = [
  ['new keys for all after a compromise', ({ vault }) => vault.client.security.rotate(everythingNew)],
  [
    'an invitation as an owner',
    async ({ vault }) => {
      const access: Access = { kind: 'all' };
      return vault.client.users.invite({ name: 'Bo', role: 'owner', access, replyKey: await vault.replyKey() });
    },
  ],
  [
    'a reset',
    async (office) => {
      const { vault } = office;
      return vault.client.users.reset({
        userId: await colleague(office),
        reason: 'forgotten',
        replyKey: await vault.replyKey(),
      });
    },
  ],
  ['a new client', ({ vault }) => vault.client.clients.add({ name: 'Quay Books' })],
  ['a removal', async (office) => office.vault.client.users.remove({ userId: await colleague(office) })],
  ['new keys', ({ vault }) => vault.client.security.rotate({ what: { kind: 'office' }, reason: 'routine' })],
  ['a new kit', async ({ vault }) => vault.client.office.renewRecoveryKit({ replyKey: await vault.replyKey() })],
  [
    'another password',
    async ({ vault, owner }) =>
      vault.client.vaultOffice.changePassword({
        current: await vault.seal('password', owner.password),
        next: await vault.seal('new-password', NEXT),
        deviceSecret: DEVICE_SECRET,
        deviceOutput: null,
      }),
  ],
];

/** Generations of the office's and the client's key, and the key that signs the audit log. */
async function keysOf({ vault }: TestOffice) {
  const { officeKey, clientKeys, audit } = await vault.client.security.state({});
  return { office: officeKey.generation, client: clientKeys[0]?.key.generation, checkpoint: audit.checkpointKey };
}

/** What was planned is finished by the sign-in, and all that belongs together is new, or none of it. */
async function expectNothingHalfDone(office: TestOffice, before: Awaited<ReturnType<typeof keysOf>>): Promise<void> {
  const { header } = office.vault.services.headers.read(office.directory);
  expect(header.pendingOfficeKey).toBeNull();
  const after = await keysOf(office);
  if (after.checkpoint === before.checkpoint) return expect(after.client).toBe(before.client);
  expect([after.office, after.client]).not.toContain(1);
}

/** How the call ended; null where it was over before the gate. */
async function lockedAt(stop: number, call: (office: TestOffice) => Promise<unknown>): Promise<unknown> {
  const gate = createGate();
  const office = await openTestVault(gate.services);
  await office.addClient('Acme');
  await office.hire('Cleo Reed', 'owner');
  const before = await keysOf(office);
  const armed = gate.arm(stop);
  const outcome = call(office).then(
    () => 'done',
    (error: unknown) => error,
  );
  const waiting = await Promise.race([armed.then(() => true), outcome.then(() => false)]);
  await lock(office.vault);
  gate.open();
  const ended = waiting ? await outcome : null;
  expect(office.vault.failures).toEqual([]);
  office.vault = createTestVault(testServices({ clock: office.time.clock }));
  await signIn(office.vault, { directory: office.directory, person: office.owner }).catch(async (error: unknown) => {
    if (waiting) throw error;
    await signIn(office.vault, { directory: office.directory, person: { ...office.owner, password: NEXT } });
  });
  expect((await office.vault.client.office.verify({})).checks.filter(({ ok }) => !ok)).toEqual([]);
  await expectNothingHalfDone(office, before);
  await office.remove();
  return ended;
}

describe('a lock in the middle of', () => {
  it.each(calls)(
    '%s leaves an office that opens, wherever it waits',
    async (_name, call) => {
      let stop = 1;
      for (; ; stop += 1) {
        const ended = await lockedAt(stop, call);
        if (ended === null) break;
        expect(ended, String(stop)).toMatchObject({ code: 'SESSION_LOCKED' });
      }
      expect(stop).toBeGreaterThan(2);
    },
    60_000,
  );
});
