// An owner who leaves may have kept the recovery identity, and so may whoever had leaked keys: owners are told until the kit is new.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestVault, type Person, type TestOffice } from '../vault-bench.ts';

let office: TestOffice;
let olga: Person;

beforeEach(async () => {
  office = await openTestVault();
  olga = await office.hire('Olga Owner', 'owner');
});
afterEach(async () => await office.remove());

const due = async (): Promise<boolean> => (await office.vault.client.vaultOffice.due({})).recoveryKit;
const replyKey = () => office.vault.replyKey();
const reset = async (reason: 'forgotten' | 'compromised') =>
  office.vault.client.users.reset({ userId: olga.id, reason, replyKey: await replyKey() });

const causes: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['an owner is removed', () => office.vault.client.users.remove({ userId: olga.id })],
  ['an owner gets another role', () => office.vault.client.users.setRole({ userId: olga.id, role: 'accountant' })],
  ['an owner’s password or device leaked', () => reset('compromised')],
  [
    'a compromise is suspected',
    () => office.vault.client.security.rotate({ what: { kind: 'office' }, reason: 'compromise' }),
  ],
];

it.each(causes)('after %s, over sign-ins, until the kit is new', async (_name, cause) => {
  expect(await due()).toBe(false);
  expect((await office.vault.client.security.state({})).recoverySuspectSince).toBeNull();
  await cause();
  expect(await due()).toBe(true);
  expect((await office.signIn(office.owner)).recoveryKitDue).toBe(true);
  const { recoverySuspectSince } = await office.vault.client.security.state({});
  expect(recoverySuspectSince).not.toBeNull();
  office.time.advance(86_400_000);
  await office.signIn(office.owner);
  await office.vault.client.security.rotate({ what: { kind: 'office' }, reason: 'compromise' });
  expect((await office.vault.client.security.state({})).recoverySuspectSince).toBe(recoverySuspectSince);
  await office.vault.client.office.renewRecoveryKit({ replyKey: await replyKey() });
  expect(await due()).toBe(false);
  expect((await office.signIn(office.owner)).recoveryKitDue).toBe(false);
});

it('not where nobody goes who was an owner, and told to owners alone', async () => {
  const rita = await office.hire('Rita Quill', 'reviewer');
  await reset('forgotten');
  await office.vault.client.security.rotate({ what: { kind: 'office' }, reason: 'routine' });
  expect(await due()).toBe(false);
  await office.vault.client.users.remove({ userId: olga.id });
  expect((await office.signIn(rita)).recoveryKitDue).toBe(false);
});
