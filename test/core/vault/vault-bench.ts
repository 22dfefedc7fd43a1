// A vault in this process on real files with a toy KDF, spoken to through its dispatcher as the host and its windows do. Only tests import it.
import { createHmac, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSealedTexts } from '../../../electron/adapters/crypto/hpke-sealed-texts.ts';
import type { VaultServices } from '../../../electron/core/vault/services.ts';
import { createVaultDispatch, vaultProcessContract } from '../../../electron/core/vault/vault-dispatch.ts';
import { createClient } from '../../../shared/ipc/client.ts';
import type { InputOf } from '../../../shared/ipc/call.ts';
import type { AuditEntry, AuditFilter } from '../../../shared/ipc/contract/audit.ts';
import type { CodeEnrolment } from '../../../shared/ipc/contract/factors.ts';
import type { RecoveryKit } from '../../../shared/ipc/contract/office.ts';
import type { Access } from '../../../shared/ipc/contract/users.ts';
import type { OpenedOffice, VaultContract } from '../../../shared/ipc/processes/vault-contract.ts';
import { newId, OfficeId, type ClientId, type UserId } from '../../../shared/model/ids.ts';
import type { Role } from '../../../shared/model/roles.ts';
import type { SealedPurpose, SealedText } from '../../../shared/model/sealed-text.ts';
import { createFakeTime, type FakeTime } from '../../builders/fake-time.ts';
import { officeServices } from '../../builders/office-on-disk.ts';

type Calls = VaultContract['vaultOffice'];

export const PASSWORD = 'seven violet kettles hum by the quay';
export const DEVICE_SECRET = Buffer.alloc(32, 7).toString('base64');
/** The window that a test asks from unless it says another. */
export const WINDOW = 'window-1';

/** Everything a vault process has, with toy costs. */
export function testServices(overrides: Partial<VaultServices> = {}): VaultServices {
  return { ...officeServices(), ...overrides };
}

/** Somebody who can sign in, and with what. */
export interface Person {
  readonly id: UserId;
  readonly password: string;
  /** Base64; null in password-only mode. */
  readonly deviceSecret: string | null;
  /** What her second-factor device makes of the slot's salt, base64. */
  readonly deviceOutput?: string;
}

/** One vault process, and the windows in front of it. */
export function createTestVault(services: VaultServices = testServices()) {
  const failures: unknown[] = [];
  const dispatch = createVaultDispatch(services, ({ error, expected }) => {
    if (!expected) failures.push(error);
    return null;
  });
  const screen = createSealedTexts();
  let session: string | null = null;
  const call = (channel: string, input: unknown, window: string | null) =>
    dispatch('parent', JSON.stringify({ call: channel, input, session, window }));
  const clientOf = (window: string | null) =>
    createClient(vaultProcessContract, {
      call: (channel, input) => call(channel, input, window),
      subscribe: () => () => undefined,
    });
  return {
    services,
    client: clientOf(WINDOW),
    /** The same session from another window. */
    through: clientOf,
    /** The bare reply. */
    ask: (channel: string, input: unknown, window: string | null = WINDOW) => call(channel, input, window),
    /** Errors that were no AppError. */
    failures,
    token: () => session,
    setSession: (token: string | null) => void (session = token),
    adopt: (opened: Pick<OpenedOffice, 'session'>) => void (session = opened.session),
    /** What replies are sealed to. */
    replyKey: () => screen.publicKey(),
    /** As a window seals what was typed. */
    seal: async (purpose: SealedPurpose, text: string): Promise<SealedText> =>
      await screen.seal(await services.sealedTexts.publicKey(), purpose, text),
    /** As a window reads what is shown once. */
    open: (purpose: SealedPurpose, sealed: SealedText) => screen.open(purpose, sealed),
  };
}
export type TestVault = ReturnType<typeof createTestVault>;

export interface CreateOptions {
  readonly deviceSecret?: string | null;
  readonly name?: string;
  readonly ownerName?: string;
  readonly password?: string;
  readonly lockAfterMinutes?: number;
}

/** What the host asks of the vault at the first run. */
export async function createInput(
  vault: TestVault,
  directory: string,
  { password = PASSWORD, ...overrides }: CreateOptions = {},
): Promise<InputOf<Calls['create']>> {
  return {
    directory,
    window: WINDOW,
    officeId: newId(OfficeId, 'office', randomBytes(10)),
    name: 'Keel & Partners',
    ownerName: 'Ada Keel',
    password: await vault.seal('new-password', password),
    deviceSecret: DEVICE_SECRET,
    lockAfterMinutes: 5,
    replyKey: await vault.replyKey(),
    ...overrides,
  };
}

/** The kit as the window shows it. */
export async function openKit(vault: TestVault, sealed: SealedText): Promise<RecoveryKit> {
  return JSON.parse(await vault.open('recovery-kit', sealed)) as RecoveryKit;
}

/** A folder that goes away with `remove`; the office's own folder does not exist yet. */
export function temporaryPlace() {
  const root = mkdtempSync(join(tmpdir(), 'strongroom-vault-'));
  return { root, directory: join(root, 'office'), remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** An office that was just created and is open. */
export async function openNewOffice(directory: string, vault: TestVault = createTestVault(), options?: CreateOptions) {
  const input = await createInput(vault, directory, options);
  const { opened, kit } = await vault.client.vaultOffice.create(input);
  vault.adopt(opened);
  const { password = PASSWORD } = options ?? {};
  const owner: Person = { id: opened.user.id, password, deviceSecret: input.deviceSecret };
  return { vault, opened, kit: await openKit(vault, kit), input, owner };
}

export interface SignInOptions {
  readonly code?: string | null;
  readonly anchor?: string | null;
  readonly acceptOlderState?: boolean;
  readonly alerts?: InputOf<Calls['unlock']>['alerts'];
  readonly window?: string | null;
}

/** Signs a person in and adopts her session. */
export async function signIn(
  vault: TestVault,
  { directory, person }: { readonly directory: string; readonly person: Person },
  options: SignInOptions = {},
): Promise<OpenedOffice> {
  const opened = await vault.client.vaultOffice.unlock({
    directory,
    window: WINDOW,
    userId: person.id,
    password: await vault.seal('password', person.password),
    deviceSecret: person.deviceSecret,
    deviceOutput: person.deviceOutput ?? null,
    code: null,
    anchor: null,
    acceptOlderState: false,
    alerts: [],
    ...options,
  });
  vault.adopt(opened);
  return opened;
}

/** As a lock does. Returns the anchor. */
export async function lock(vault: TestVault): Promise<string | null> {
  const { anchor } = await vault.client.vaultOffice.close({});
  vault.setSession(null);
  return anchor;
}

export interface AcceptOptions {
  readonly code: string;
  readonly password: string;
  readonly deviceSecret?: string | null;
}

/** Takes up an invitation and adopts the session. */
export async function acceptInvitation(
  vault: TestVault,
  { directory, userId }: { readonly directory: string; readonly userId: UserId },
  { code, password, deviceSecret = DEVICE_SECRET }: AcceptOptions,
): Promise<OpenedOffice> {
  const opened = await vault.client.vaultOffice.acceptInvitation({
    directory,
    window: WINDOW,
    userId,
    password: await vault.seal('password', code),
    newPassword: await vault.seal('new-password', password),
    deviceSecret,
    anchor: null,
    alerts: [],
  });
  vault.adopt(opened);
  return opened;
}

const EVERYTHING: AuditFilter = { userId: null, action: null, outcome: null, from: null, until: null };

/** The newest 500 entries of the office's log, or of a client's, newest first; fails where the chain is broken. */
export async function auditEntries(
  { client }: Pick<TestVault, 'client'>,
  { clientId = null, ...filter }: Partial<AuditFilter> & { readonly clientId?: ClientId | null } = {},
): Promise<AuditEntry[]> {
  const page = { clientId, filter: { ...EVERYTHING, ...filter }, offset: 0, limit: 500 };
  const { entries, intact } = await client.audit.list(page);
  if (!intact) throw new TypeError('the audit log is broken');
  return entries;
}

/** What an authenticator app shows at `at` milliseconds. @see RFC 6238 §4, written anew so that the program is not its own judge */
export function appCode(base32: string, at: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = Array.from(base32, (sign) => alphabet.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const bytes = (bits.match(/.{8}/g) ?? []).map((octet) => parseInt(octet, 2));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', Buffer.from(bytes)).update(counter).digest();
  const word = mac.readUInt32BE(mac.readUInt8(19) & 15) & 0x7fffffff;
  return String(word % 1_000_000).padStart(6, '0');
}

const EVERY_CLIENT: Access = { kind: 'all' };

const PASSWORDS = [
  'pelican harbour sixty maroon',
  'walnut drifting under copper sails',
  'eleven quiet gardens beyond umber',
  'tortoise velvet quartz nine lamp',
];

/** An office of several people with a clock that a test moves. */
export interface TestOffice {
  readonly root: string;
  readonly directory: string;
  readonly time: FakeTime;
  readonly owner: Person;
  readonly kit: RecoveryKit;
  /** The process that is running now. */
  vault: TestVault;
  /** Ends the process as a lock does and starts another one. Returns the anchor. */
  restart(overrides?: Partial<VaultServices>): Promise<string | null>;
  /** Locks, and signs another person in. */
  signIn(person: Person, options?: SignInOptions): Promise<OpenedOffice>;
  /** Asks for an invitation in the name of whoever is signed in. */
  invite(name: string, role: Role, access: Access): Promise<{ readonly userId: UserId; readonly code: string }>;
  /** Locks, and takes up an invitation. */
  accept(invited: { readonly userId: UserId; readonly code: string }, password?: string): Promise<Person>;
  /** Invites and accepts; `by` is signed in before and after, the first owner unless named. */
  hire(name: string, role: Role, options?: { readonly access?: Access; readonly by?: Person }): Promise<Person>;
  addClient(name: string): ReturnType<TestVault['client']['clients']['add']>;
  /** Sets up the signed-in user's authenticator app. Returns the app's secret in base 32 and her recovery codes. */
  enrolApp(): Promise<{ readonly secret: string; readonly recoveryCodes: string[] }>;
  /** Locks, expects that nothing but expected failures happened, and removes the folder. */
  remove(): Promise<void>;
}

/** A new office in a folder of its own, its owner signed in. */
export async function openTestVault(
  overrides: Partial<VaultServices> = {},
  options: CreateOptions = {},
): Promise<TestOffice> {
  const place = temporaryPlace();
  const time = createFakeTime();
  const all = { clock: time.clock, ...overrides };
  const first = createTestVault(testServices(all));
  const { owner, kit } = await openNewOffice(place.directory, first, options);
  const { directory } = place;
  let hired = 0;
  const unexpected = (): unknown[] => office.vault.failures;
  const office: TestOffice = {
    root: place.root,
    directory,
    time,
    owner,
    kit,
    vault: first,
    restart: async (changed = {}) => {
      const anchor = await lock(office.vault);
      if (unexpected().length > 0) throw unexpected()[0];
      office.vault = createTestVault(testServices({ ...all, ...changed }));
      return anchor;
    },
    signIn: async (person, signInOptions) => {
      await lock(office.vault);
      return await signIn(office.vault, { directory, person }, signInOptions);
    },
    invite: async (name, role, access) => {
      // No two people come in the same millisecond: the list has them in the order they came.
      time.advance(1_000);
      const replyKey = await office.vault.replyKey();
      const { user, code } = await office.vault.client.users.invite({ name, role, access, replyKey });
      return { userId: user.id, code: await office.vault.open('invitation-code', code) };
    },
    accept: async ({ userId, code }, password = PASSWORDS[hired % PASSWORDS.length] ?? PASSWORD) => {
      await lock(office.vault);
      hired += 1;
      await acceptInvitation(office.vault, { directory, userId }, { code, password });
      return { id: userId, password, deviceSecret: DEVICE_SECRET };
    },
    hire: async (name, role, { access = EVERY_CLIENT, by = owner } = {}) => {
      const person = await office.accept(await office.invite(name, role, access));
      await office.signIn(by);
      return person;
    },
    addClient: (name) => office.vault.client.clients.add({ name }),
    enrolApp: async () => {
      const { vault } = office;
      const replyKey = await vault.replyKey();
      const { enrolment } = await vault.client.factors.beginCode({ replyKey });
      const { secret } = JSON.parse(await vault.open('one-time-codes', enrolment)) as CodeEnrolment;
      const code = appCode(secret, time.clock.now());
      const { recoveryCodes } = await vault.client.factors.confirmCode({ code, replyKey });
      return { secret, recoveryCodes: JSON.parse(await vault.open('recovery-codes', recoveryCodes)) as string[] };
    },
    remove: async () => {
      await lock(office.vault);
      place.remove();
      if (unexpected().length > 0) throw unexpected()[0];
    },
  };
  return office;
}
