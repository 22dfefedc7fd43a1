// People of an office: invited, promoted, given and denied clients, reset, removed; each change signed, audited, and in force at once.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClientId, UserId } from '../../../../shared/model/ids.ts';
import {
  acceptInvitation,
  appCode,
  auditEntries,
  lock,
  openTestVault,
  signIn,
  type TestOffice,
} from '../vault-bench.ts';

const DAY = 86_400_000;
let office: TestOffice;
let acme: ClientId;

beforeEach(async () => {
  office = await openTestVault();
  acme = (await office.addClient('Acme')).id;
  await office.addClient('Bolt');
});
afterEach(async () => await office.remove());

const users = () => office.vault.client.users.list({});
const user = async (id: UserId) => (await users()).find((one) => one.id === id);
const some = (...clientIds: ClientId[]) => ({ kind: 'some' as const, clientIds });
const all = { kind: 'all' as const };
const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const names = async () => (await office.vault.client.clients.list({})).map(({ name }) => name);
const entries = (action: string) => auditEntries(office.vault, { action });

describe('an invitation', () => {
  it('lets its user in once, with the clients she was given', async () => {
    const invited = await office.invite('Rita Quill', 'reviewer', some(acme));
    expect(invited.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){3}-[0-9A-HJKMNP-TV-Z]{6}$/);
    expect(await user(invited.userId)).toMatchObject({ state: 'invited', role: 'reviewer', access: some(acme) });
    const [entry] = await entries('users.invite');
    expect(entry).toMatchObject({ subject: invited.userId, outcome: 'done' });
    expect(JSON.stringify(entry)).not.toContain(invited.code.slice(0, 5));
    const person = await office.accept({ ...invited, code: invited.code.toLowerCase().replaceAll('-', ' ') });
    expect(await names()).toEqual(['Acme']);
    await lock(office.vault);
    await expect(
      acceptInvitation(
        office.vault,
        { directory: office.directory, userId: person.id },
        { ...invited, password: 'pelican harbour sixty maroon' },
      ),
    ).rejects.toEqual(code('SESSION_WRONG_CREDENTIALS'));
    await signIn(office.vault, { directory: office.directory, person });
    await office.signIn(office.owner);
    expect(await user(person.id)).toMatchObject({ state: 'active', invitationExpiresAt: null });
  });

  it('is refused after seven days, and with another code or another one’s', async () => {
    const first = await office.invite('Rita Quill', 'reviewer', all);
    const second = await office.invite('Sam Reed', 'accountant', all);
    const accept = (userId: UserId, typed: string) =>
      acceptInvitation(
        office.vault,
        { directory: office.directory, userId },
        { code: typed, password: 'pelican harbour sixty maroon' },
      );
    await lock(office.vault);
    for (const wrong of [second.code, `${first.code}0`, first.code.slice(1), ''])
      await expect(accept(first.userId, wrong)).rejects.toEqual(code('SESSION_WRONG_CREDENTIALS'));
    office.time.advance(7 * DAY - 1);
    await accept(second.userId, second.code);
    await lock(office.vault);
    office.time.advance(1);
    await expect(accept(first.userId, first.code)).rejects.toEqual(code('SESSION_INVITATION_EXPIRED'));
    await office.signIn(office.owner);
    expect(await user(first.userId)).toMatchObject({ state: 'invited' });
  });

  it('asks for a password that stands alone, and leaves the invitation usable when it does not', async () => {
    const invited = await office.invite('Rita Quill', 'reviewer', all);
    await lock(office.vault);
    const accept = (password: string) =>
      acceptInvitation(office.vault, { directory: office.directory, userId: invited.userId }, { ...invited, password });
    await expect(accept('quartz lamp 91')).rejects.toEqual(code('SESSION_PASSWORD_TOO_SHORT'));
    await expect(accept('ritaquill knows the way home')).rejects.toEqual(code('SESSION_PASSWORD_GUESSABLE'));
    await accept('pelican harbour sixty maroon');
  });

  it('is refused for a name that is taken, an owner with some clients, an unknown client', async () => {
    const { generation } = await inspectHeader();
    await expect(office.invite(' ADA  keel', 'reviewer', all)).rejects.toEqual(code('USER_NAME_TAKEN'));
    await expect(office.invite('Rita', 'owner', some(acme))).rejects.toEqual(code('USER_OWNER_ACCESS'));
    const unknown = `client_${'00'.repeat(10)}` as ClientId;
    await expect(office.invite('Rita', 'reviewer', some(unknown))).rejects.toEqual(code('CLIENT_NOT_FOUND'));
    expect(await inspectHeader()).toMatchObject({ generation });
    expect(await users()).toHaveLength(1);
  });

  const inspectHeader = async () => await Promise.resolve(office.vault.services.headers.read(office.directory).header);
});

describe('roles', () => {
  it('count at once: who gives up being an owner is refused in the same session', async () => {
    const olga = await office.hire('Olga Owner', 'owner');
    await office.vault.client.users.setRole({ userId: office.owner.id, role: 'reviewer' });
    await expect(users()).rejects.toEqual(code('SESSION_FORBIDDEN'));
    await expect(office.addClient('Cove')).rejects.toEqual(code('SESSION_FORBIDDEN'));
    expect(await names()).toEqual(['Acme', 'Bolt']);
    await office.signIn(olga);
    expect(await user(office.owner.id)).toMatchObject({ role: 'reviewer', access: all });
    await expect(office.vault.client.users.setRole({ userId: olga.id, role: 'auditor' })).rejects.toEqual(
      code('USER_LAST_OWNER'),
    );
    await expect(office.vault.client.users.remove({ userId: olga.id })).rejects.toEqual(code('USER_LAST_OWNER'));
  });

  it('are changed one after the other, and a change that waited is refused when the role is gone', async () => {
    await office.hire('Olga Owner', 'owner');
    const { client } = office.vault;
    const replyKey = await office.vault.replyKey();
    const outcomes = await Promise.allSettled([
      client.users.setRole({ userId: office.owner.id, role: 'accountant' }),
      client.users.invite({ name: 'Late', role: 'owner', access: all, replyKey }),
    ]);
    expect(outcomes[0].status).toBe('fulfilled');
    expect(outcomes[1]).toMatchObject({ status: 'rejected', reason: { code: 'SESSION_FORBIDDEN' } });
  });

  it('an invited owner is no owner yet who could stand in for the last one', async () => {
    await office.invite('Olga Owner', 'owner', all);
    await expect(office.vault.client.users.setRole({ userId: office.owner.id, role: 'auditor' })).rejects.toEqual(
      code('USER_LAST_OWNER'),
    );
  });

  it('a promoted user can do all that an owner does, also with what was there before her', async () => {
    const rita = await office.hire('Rita Quill', 'reviewer', { access: some(acme) });
    await office.vault.client.users.setRole({ userId: rita.id, role: 'owner' });
    expect(await user(rita.id)).toMatchObject({ role: 'owner', access: all });
    await office.signIn(rita);
    expect(await names()).toEqual(['Acme', 'Bolt']);
    await office.hire('Sam Reed', 'accountant', { by: rita });
    await office.vault.client.clients.add({ name: 'Cove' });
    const backup = `${office.root}/b.age`;
    await office.vault.client.backups.create({ path: backup, passphrase: null });
    expect(await office.vault.client.backups.verifyOwn({ path: backup })).toMatchObject({ ok: true });
  });
});

describe('a reset', () => {
  it('shuts the old way in, reveals nothing, and leaves role and clients as they were', async () => {
    const rita = await office.hire('Rita Quill', 'accountant', { access: some(acme) });
    await office.signIn(rita);
    const { secret } = await office.enrolApp();
    await office.signIn(office.owner);
    expect(await user(rita.id)).toMatchObject({ factors: { code: true } });
    const before = office.vault.services.headers.read(office.directory).header.slots;
    const replyKey = await office.vault.replyKey();
    const { user: view, code: sealed } = await office.vault.client.users.reset({
      userId: rita.id,
      reason: 'forgotten',
      replyKey,
    });
    expect(view).toMatchObject({ state: 'invited', role: 'accountant', access: some(acme), factors: { code: false } });
    const after = office.vault.services.headers.read(office.directory).header.slots;
    const slotOf = (slots: typeof before) => slots.find(({ userId }) => userId === rita.id);
    expect(slotOf(after)).toMatchObject({ kind: 'invitation', policy: { code: false, secondFactorKey: false } });
    expect(slotOf(after)?.recipient).not.toBe(slotOf(before)?.recipient);
    expect(slotOf(after)?.kdf.salt).not.toBe(slotOf(before)?.kdf.salt);
    const invitation = await office.vault.open('invitation-code', sealed);
    await lock(office.vault);
    await expect(
      signIn(
        office.vault,
        { directory: office.directory, person: rita },
        { code: appCode(secret, office.time.clock.now()) },
      ),
    ).rejects.toEqual(code('SESSION_WRONG_CREDENTIALS'));
    await office.accept({ userId: rita.id, code: invitation }, 'eleven quiet gardens beyond umber');
    expect(await names()).toEqual(['Acme']);
    expect(await office.vault.client.vaultOffice.factorState({})).toMatchObject({ code: null, device: null });
  });

  it('of an owner gives her every owner’s secret again', async () => {
    const olga = await office.hire('Olga Owner', 'owner');
    const replyKey = await office.vault.replyKey();
    const reset = await office.vault.client.users.reset({ userId: olga.id, reason: 'forgotten', replyKey });
    const again = { userId: olga.id, code: await office.vault.open('invitation-code', reset.code) };
    await office.accept(again);
    await office.invite('Sam Reed', 'auditor', all);
    await office.vault.client.users.remove({ userId: office.owner.id });
    expect((await users()).map(({ name }) => name)).toEqual(['Olga Owner', 'Sam Reed']);
    expect(await names()).toEqual(['Acme', 'Bolt']);
  });

  it('is for others: nobody resets or removes herself, and nobody is found who is not there', async () => {
    await office.hire('Olga Owner', 'owner');
    const { users: calls } = office.vault.client;
    const replyKey = await office.vault.replyKey();
    const self = { userId: office.owner.id };
    await expect(calls.reset({ ...self, reason: 'forgotten', replyKey })).rejects.toEqual(code('USER_SELF'));
    await expect(calls.remove(self)).rejects.toEqual(code('USER_SELF'));
    const nobody = { userId: `user_${'00'.repeat(10)}` as UserId };
    const missing = code('USER_NOT_FOUND');
    await expect(calls.reset({ ...nobody, reason: 'forgotten', replyKey })).rejects.toEqual(missing);
    await expect(calls.remove(nobody)).rejects.toEqual(missing);
    await expect(calls.setRole({ ...nobody, role: 'owner' })).rejects.toEqual(missing);
    await expect(calls.setAccess({ ...nobody, access: all })).rejects.toEqual(missing);
    await expect(calls.setAccess({ ...self, access: some(acme) })).rejects.toEqual(code('USER_OWNER_ACCESS'));
  });
});

describe('every change', () => {
  it('leaves facts in the log: ids, role and access, never a name or a code', async () => {
    const { userId, code: invitation } = await office.invite('Rita Quill', 'reviewer', some(acme));
    const { users: calls } = office.vault.client;
    await calls.setRole({ userId, role: 'accountant' });
    await calls.setAccess({ userId, access: all });
    await calls.reset({ userId, reason: 'forgotten', replyKey: await office.vault.replyKey() });
    await calls.remove({ userId });
    const found = (await auditEntries(office.vault, { action: 'users' })).reverse();
    expect(found.map(({ action }) => action)).toEqual([
      'users.invite',
      'users.setRole',
      'users.setAccess',
      'users.reset',
      // New keys follow a removal: two clients and the office.
      ...Array.from({ length: 4 }, () => 'users.remove'),
    ]);
    expect(found.slice(0, 5).map(({ payload }) => payload)).toEqual([
      { role: 'reviewer', access: [acme], expiresAt: expect.any(String) as string },
      { role: 'accountant', before: 'reviewer' },
      { access: 'all' },
      { role: 'accountant', expiresAt: expect.any(String) as string, reason: 'forgotten' },
      { role: 'accountant' },
    ]);
    expect(found.every(({ outcome, user: by }) => outcome === 'done' && by === 'Ada Keel')).toBe(true);
    expect(JSON.stringify(found)).not.toContain(invitation.slice(-6));
  });

  it('needs a fresh proof, and leaves an entry where there is none', async () => {
    const rita = await office.hire('Rita Quill', 'reviewer');
    const other = office.vault.through('window-2').users;
    const refused = code('SESSION_STEP_UP_REQUIRED');
    await expect(other.setRole({ userId: rita.id, role: 'owner' })).rejects.toEqual(refused);
    await expect(other.remove({ userId: rita.id })).rejects.toEqual(refused);
    office.time.advance(5 * 60_000);
    await expect(office.vault.client.users.remove({ userId: rita.id })).rejects.toEqual(refused);
    const denied = await auditEntries(office.vault, { outcome: 'denied' });
    expect(denied.map(({ action, payload }) => [action, payload])).toEqual([
      ['users.remove', { channel: 'users.remove', permission: 'users.manage' }],
      ['users.remove', { channel: 'users.remove', permission: 'users.manage' }],
      ['users.setRole', { channel: 'users.setRole', permission: 'users.manage' }],
    ]);
  });
});
