// A lock while a call is waiting ends that call: it writes nothing with keys that are gone, and the office opens as before.
import { describe, expect, it } from 'vitest';
import type { VaultServices } from '../../../../electron/core/vault/services.ts';
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

const calls: readonly (readonly [string, (office: TestOffice) => Promise<unknown>])[] = [
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

/** How the call ended; null where it was over before the gate. */
async function lockedAt(stop: number, call: (office: TestOffice) => Promise<unknown>): Promise<unknown> {
  const gate = createGate();
  const office = await openTestVault(gate.services);
  await office.addClient('Acme');
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
