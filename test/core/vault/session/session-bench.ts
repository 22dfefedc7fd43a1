// A signed-in session in memory: one user, her factors, the entries she leaves, in the order things happen. Only tests import it.
import type { AuditDraft } from '../../../../electron/core/ports/audit-log.ts';
import type { OfficeUser } from '../../../../electron/core/ports/office-repositories.ts';
import type { UserSlot, VaultHeader } from '../../../../electron/core/ports/vault-header.ts';
import type { OfficeSession } from '../../../../electron/core/vault/session.ts';
import type { VaultServices } from '../../../../electron/core/vault/services.ts';
import { UserId } from '../../../../shared/model/ids.ts';
import { bytes, foretoldTools } from '../../../builders/key-tools.ts';

export const USER = UserId.parse(`user_${'01'.repeat(10)}`);
export const OFFICE_ID = `office_${'0a'.repeat(10)}`;
/** The wall clock of every session here, in milliseconds. */
export const NOW = Date.parse('2026-07-01T08:00:00.000Z');

/** What a user's app shows, and which step that is. */
export const APP_CODES: Readonly<Record<string, number>> = { early: 6, same: 7, next: 8 };

/** Clock, chance and codes without anything slow; what else a vault has is missing on purpose. */
export function lightServices(overrides: Partial<VaultServices> = {}): VaultServices {
  const services: Partial<VaultServices> = {
    ...foretoldTools(),
    clock: { now: () => NOW, monotonic: () => 0 },
    oneTimeCodes: {
      stepOf: (code, secret, now) => (secret[0] === 20 && now === NOW ? (APP_CODES[code] ?? null) : null),
    } as VaultServices['oneTimeCodes'],
    ...overrides,
  };
  return services as VaultServices;
}

export interface SessionOptions {
  readonly user?: Partial<OfficeUser> | null;
  readonly slot?: Partial<UserSlot>;
  /** True where she enrolled an app, whose last step was 7. */
  readonly app?: boolean;
  readonly recoveryCodes?: readonly { readonly id: number; readonly salt: Uint8Array; readonly digest: string }[];
  /** When the newest entry was made. */
  readonly newestEntryAt?: string;
  readonly lockAfterMinutes?: number;
  /** Version of today's list; her slot pins 3. */
  readonly rosterVersion?: number;
}

export function aSession(options: SessionOptions = {}) {
  const events: unknown[] = [];
  const entries: AuditDraft[] = [];
  const row = { id: USER, name: 'Ada', role: 'owner', state: 'active', ...options.user };
  const user = options.user === null ? null : (row as OfficeUser);
  const slot = { kind: 'password', expiresAt: null, policy: { secondFactorKey: false }, ...options.slot };
  const header = { office: { id: OFFICE_ID }, lockAfterMinutes: 5 };
  let codes = options.recoveryCodes ?? [];
  let lastStep = 7;
  const newest = options.newestEntryAt;
  const store = {
    audit: {
      chain: OFFICE_ID,
      append: (draft: AuditDraft) => void (entries.push(draft), events.push(`entry ${draft.action} ${draft.outcome}`)),
      head: () => ({ sequence: newest === undefined ? 0 : 3, hash: '' }),
      lastCheckpoint: () => null,
      records: ({ after, limit }: { after: number; limit: number }) =>
        newest !== undefined && after === 2 && limit === 1 ? [{ at: newest }] : [],
    },
    transaction: (work: () => unknown) => {
      events.push('begin');
      const value = work();
      events.push('commit');
      return value;
    },
    users: {
      find: (id: UserId) => (id === user?.id ? user : null),
      update: (id: UserId, changes: object) => void events.push(['user', id, changes]),
    },
    factors: {
      code: () => (options.app ? { secret: bytes(20, 20), enrolledAt: '', lastStep } : null),
      setLastStep: (_id: UserId, step: number) => {
        const spent = step > lastStep;
        lastStep = Math.max(step, lastStep);
        events.push(`step ${step}`);
        return spent;
      },
      recoveryCodes: () => codes,
      useRecoveryCode: (id: number, at: string) => {
        const spent = codes.some((code) => code.id === id);
        codes = codes.filter((code) => code.id !== id);
        events.push(`code ${id} at ${at}`);
        return spent;
      },
    },
    profile: { get: () => ({ lockAfterMinutes: options.lockAfterMinutes ?? 5 }) },
    keyring: { get: () => ({ ownerKey: 'owners', rosterVersion: options.rosterVersion ?? 3 }) },
  };
  const proven = new Set<string | null>();
  const session = {
    directory: '/office',
    userId: USER,
    office: { store },
    waiting: { deviceDigest: null as string | null },
    tokens: { accepts: (given: string | null) => given === 'token', renew: () => 'the next token' },
    proofs: {
      grant: (window: string) => void (events.push(`proof of ${window}`), proven.add(window)),
      holds: (window: string | null) => proven.has(window),
    },
    header: () => header as unknown as VaultHeader,
    updateHeader: (changes: Partial<VaultHeader>) => void events.push(['header', changes]),
    ownSlot: () => ({ slot, key: bytes(1), secrets: { identity: '', ownerKey: 'owners', rosterVersion: 3 } }),
    replaceOwnSlot: () => void events.push('pin'),
    remember: (other: unknown) => void events.push(['remember', other]),
    close: () => {
      events.push('close');
      return 'anchor';
    },
  };
  return { session: session as unknown as OfficeSession, waiting: session.waiting, store, events, entries };
}
