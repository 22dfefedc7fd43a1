// The signed list of people: exactly what is signed, whom a pin believes, and who reads what, for the list as it is and as it will be.
import { describe, expect, it } from 'vitest';
import type { OfficeKeyring, OfficeUser } from '../../../../electron/core/ports/office-repositories.ts';
import type { OfficeStore } from '../../../../electron/core/ports/vault-store.ts';
import {
  assertRoster,
  clientReaders,
  mayOpen,
  officeReaders,
  ownerReaders,
  plannedPeople,
  signRoster,
} from '../../../../electron/core/vault/keys/roster.ts';
import { sealOffice, storeSealed } from '../../../../electron/core/vault/keys/seal-office.ts';
import { publicKeyOf, signText } from '../../../../electron/core/vault/keys/signing-key.ts';
import type { ClientId, OfficeId, UserId } from '../../../../shared/model/ids.ts';
import { bytes, foretoldTools, hexOf, lookInto, recipientOf } from '../../../builders/key-tools.ts';

const officeId = `office_${'0a'.repeat(10)}` as OfficeId;
const [bakery, dairy] = ['c1', 'c2'].map((byte) => `client_${byte.repeat(10)}`) as [ClientId, ClientId];
const idOf = (digit: number): UserId => `user_${String(digit).repeat(20)}` as UserId;
const tampered: unknown = expect.objectContaining({ code: 'VAULT_ROSTER_TAMPERED' });

function person(digit: number, name: string, overrides: Partial<OfficeUser> = {}): OfficeUser {
  const row = { id: idOf(digit), name, role: 'reviewer', recipient: recipientOf(name), allClients: false };
  return { ...row, state: 'active', ...overrides } as OfficeUser;
}

const ada = person(2, 'ada', { role: 'owner', allClients: true });
const rita = person(1, 'rita');
const gone = person(3, 'gone', { role: 'owner', allClients: true, state: 'unreachable' });

/** An owner, a reviewer of one client, and an owner who must be invited anew, in the order they came. */
function anOffice() {
  const seed = bytes(4);
  const given = new Map<UserId, ClientId[]>([[rita.id, [bakery]]]);
  let keyring = {
    ownerKey: publicKeyOf(seed),
    recoveryRecipient: recipientOf('paper'),
    rosterSignature: '',
    rosterVersion: 6,
    succession: [],
  } as unknown as OfficeKeyring;
  const roster = {
    users: { list: () => [ada, rita, gone], clientsOf: (id: UserId) => given.get(id) ?? [] },
    keyring: {
      get: () => keyring,
      update: (changes: Partial<OfficeKeyring>) => void (keyring = { ...keyring, ...changes }),
    },
  } as unknown as Pick<OfficeStore, 'users' | 'keyring'>;
  return { roster, seed, given, people: roster.users };
}

describe('a signed list', () => {
  it('has its next version and the signature over everyone’s row, by id, and the recovery identity', () => {
    const { roster, seed } = anOffice();
    signRoster(officeId, roster, seed);
    const row = ({ id, name, role, recipient, allClients }: OfficeUser, clients: string): string =>
      `{"allClients":${allClients},"clients":[${clients}],"id":"${id}","name":"${name}","recipient":"${recipient}","role":"${role}"}`;
    const people = [row(rita, `"${bakery}"`), row(ada, ''), row(gone, '')].join(',');
    const text = `{"magic":"strongroom-roster","officeId":"${officeId}","people":[${people}],"recoveryRecipient":"age1paper","version":7}`;
    expect(roster.keyring.get()).toMatchObject({ rosterVersion: 7, rosterSignature: signText(seed, text) });
  });

  it('is signed by nobody but today’s owners, and else stays as it was', () => {
    const { roster } = anOffice();
    expect(() => signRoster(officeId, roster, bytes(5))).toThrow(tampered);
    expect(roster.keyring.get()).toMatchObject({ rosterVersion: 6, rosterSignature: '' });
  });

  it('is believed under the pinned key, from the pinned version on', () => {
    const { roster, seed, given } = anOffice();
    signRoster(officeId, roster, seed);
    const ownerKey = publicKeyOf(seed);
    for (const rosterVersion of [0, 6, 7]) assertRoster(officeId, roster, { ownerKey, rosterVersion });
    const refused = (pin: { ownerKey: string; rosterVersion: number }, id = officeId): void =>
      expect(() => assertRoster(id, roster, pin)).toThrow(tampered);
    refused({ ownerKey, rosterVersion: 8 });
    refused({ ownerKey: publicKeyOf(bytes(5)), rosterVersion: 0 });
    refused({ ownerKey, rosterVersion: 0 }, `office_${'0b'.repeat(10)}` as OfficeId);
    given.set(rita.id, [bakery, dairy]);
    refused({ ownerKey, rosterVersion: 0 });
    given.set(rita.id, [bakery]);
    assertRoster(officeId, roster, { ownerKey, rosterVersion: 7 });
    roster.keyring.update({ rosterSignature: signText(bytes(5), '') });
    refused({ ownerKey, rosterVersion: 0 });
  });
});

describe('who reads what', () => {
  const { people } = anOffice();

  it('is everyone, the owners, or who has the client, but never somebody who must be invited anew', () => {
    expect(officeReaders(people)).toEqual(['age1ada', 'age1rita']);
    expect(ownerReaders(people)).toEqual(['age1ada']);
    expect(clientReaders(people, bakery)).toEqual(['age1ada', 'age1rita']);
    expect(clientReaders(people, dairy)).toEqual(['age1ada']);
    expect([mayOpen(people, ada, dairy), mayOpen(people, rita, bakery)]).toEqual([true, true]);
    expect(mayOpen(people, rita, dairy)).toBe(false);
  });

  it('can be seen before a change', () => {
    const names = (change: Parameters<typeof plannedPeople>[1]) =>
      plannedPeople(people, change)
        .list()
        .map(({ name }) => name);
    expect(names({})).toEqual(['ada', 'rita', 'gone']);
    expect(names({ remove: rita.id })).toEqual(['ada', 'gone']);
    expect(names({ user: person(4, 'ben') })).toEqual(['ada', 'rita', 'gone', 'ben']);
    expect(names({ user: { ...rita, name: 'rita q' } })).toEqual(['ada', 'gone', 'rita q']);
    const more = plannedPeople(people, { user: rita, clients: [dairy] });
    expect(more.clientsOf(rita.id)).toEqual([dairy]);
    expect(more.clientsOf(ada.id)).toEqual([]);
    expect(clientReaders(more, dairy)).toEqual(['age1ada', 'age1rita']);
    expect(clientReaders(more, bakery)).toEqual(['age1ada']);
    expect(plannedPeople(people, { user: ada, clients: [dairy] }).clientsOf(rita.id)).toEqual([bakery]);
    expect(plannedPeople(people, { user: rita }).clientsOf(rita.id)).toEqual([bakery]);
    expect(plannedPeople(people, { clients: [dairy] }).clientsOf(rita.id)).toEqual([bakery]);
    expect(plannedPeople(people, { remove: rita.id }).clientsOf(rita.id)).toEqual([]);
  });

  it('is read at once: what becomes of the list afterwards changes nothing', () => {
    const office = anOffice();
    const list = [ada, rita];
    const planned = plannedPeople({ ...office.people, list: () => list }, {});
    office.given.set(rita.id, [dairy]);
    list.length = 0;
    expect(planned.list()).toEqual([ada, rita]);
    expect(planned.clientsOf(rita.id)).toEqual([bakery]);
  });
});

describe('what an office’s people share', () => {
  const clientKeys = new Map([
    [bakery, bytes(12)],
    [dairy, bytes(13)],
  ]);
  const secrets = { officeKey: bytes(10), ownerSeed: bytes(11), clientKeys };
  const seal = async () =>
    await sealOffice(foretoldTools(), secrets, { people: anOffice().people, recovery: ['age1paper', 'age1new'] });

  it('is sealed to its readers and to every recovery identity, and to nobody else', async () => {
    const sealed = await seal();
    const paper = ['age1paper', 'age1new'];
    expect(lookInto(sealed.officeKey)).toEqual({ to: ['age1ada', 'age1rita', ...paper], secret: hexOf(bytes(10)) });
    expect(lookInto(sealed.ownerSecret)).toEqual({ to: ['age1ada', ...paper], secret: hexOf(bytes(11)) });
    expect([...sealed.clientKeys].map(([id, key]) => [id, lookInto(key)])).toEqual([
      [bakery, { to: ['age1ada', 'age1rita', ...paper], secret: hexOf(bytes(12)) }],
      [dairy, { to: ['age1ada', ...paper], secret: hexOf(bytes(13)) }],
    ]);
  });

  it('takes its place in the office database, all of it', async () => {
    const sealed = await seal();
    const stored: unknown[] = [];
    const store = {
      clients: { setSealedKey: (...row: unknown[]) => void stored.push(row) },
      keyring: { update: (changes: unknown) => void stored.push(changes) },
    } as unknown as Pick<OfficeStore, 'clients' | 'keyring'>;
    storeSealed(store, sealed);
    expect(stored).toEqual([...sealed.clientKeys, { ownerSecret: sealed.ownerSecret }]);
  });
});
