// Work on keys, on one's own way in and on whole databases goes one after the other: nothing of it is lost, and who may no longer ask is refused.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { DEVICE_SECRET, lock, openTestVault, signIn, testServices, type TestOffice } from '../vault-bench.ts';

let office: TestOffice;
afterEach(async () => await office.remove());

const forbidden: unknown = expect.objectContaining({ code: 'SESSION_FORBIDDEN' });
const NEW_PASSWORD = 'marble otter climbs eleven fences';

/** Something that a test holds up in the middle. */
function gate() {
  const [reached, opened] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let armed = false;
  return {
    arm: () => void (armed = true),
    reached: reached.promise,
    open: () => opened.resolve(),
    pass: async () => {
      if (!armed) return;
      armed = false;
      reached.resolve();
      await opened.promise;
    },
  };
}

/** What could go on by now has gone on. */
async function everythingElse(): Promise<void> {
  for (let turn = 0; turn < 300; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function changePassword(): Promise<void> {
  const { vault, owner } = office;
  await vault.client.vaultOffice.changePassword({
    current: await vault.seal('password', owner.password),
    next: await vault.seal('new-password', NEW_PASSWORD),
    deviceSecret: DEVICE_SECRET,
    deviceOutput: null,
  });
}

it('a password chosen while somebody is invited stands', async () => {
  const { sealer } = testServices();
  const door = gate();
  const seal: typeof sealer.seal = async (...all) => {
    await door.pass();
    return await sealer.seal(...all);
  };
  office = await openTestVault({ sealer: { ...sealer, seal } });
  door.arm();
  const invited = office.invite('Rita Quill', 'accountant', { kind: 'all' });
  await door.reached;
  const changed = changePassword();
  await everythingElse();
  door.open();
  await Promise.all([invited, changed]);
  await lock(office.vault);
  const { directory } = office;
  await signIn(office.vault, { directory, person: { ...office.owner, password: NEW_PASSWORD } });
  await lock(office.vault);
  await expect(signIn(office.vault, { directory, person: office.owner })).rejects.toMatchObject({
    code: 'SESSION_WRONG_CREDENTIALS',
  });
});

it('a removal waits for a backup that is being written, then every key is new', async () => {
  const { archive } = testServices();
  const door = gate();
  const write: typeof archive.write = async (options) => {
    await door.pass();
    return await archive.write(options);
  };
  office = await openTestVault({ archive: { ...archive, write } });
  await office.addClient('Acme');
  const rita = await office.hire('Rita Quill', 'accountant');
  const { client } = office.vault;
  const path = join(office.root, 'office.age');
  door.arm();
  const backup = client.backups.create({ path, passphrase: null });
  await door.reached;
  const removed = client.users.remove({ userId: rita.id }).catch((error: unknown) => error);
  await everythingElse();
  door.open();
  await backup;
  expect(await removed).toEqual({});
  expect(existsSync(path)).toBe(true);
  const { officeKey, clientKeys } = await client.security.state({});
  expect([officeKey.generation, ...clientKeys.map(({ key }) => key.generation)]).toEqual([2, 2]);
});

it('a role that is taken away while a call waits counts', async () => {
  office = await openTestVault();
  await office.addClient('Acme');
  const olga = await office.hire('Olga Owner', 'owner');
  await office.signIn(olga);
  const { client, replyKey } = office.vault;
  const key = await replyKey();
  const path = join(office.root, 'office.age');
  const resigned = client.users.setRole({ userId: olga.id, role: 'reviewer' });
  const waiting = [
    client.security.rotate({ what: { kind: 'all' }, reason: 'routine' }),
    client.clients.add({ name: 'Zed' }),
    client.backups.create({ path, passphrase: null }),
    client.office.renewRecoveryKit({ replyKey: key }),
  ];
  const outcomes = await Promise.allSettled(waiting);
  await resigned;
  for (const outcome of outcomes) expect(outcome).toEqual({ status: 'rejected', reason: forbidden });
  expect(existsSync(path)).toBe(false);
});
