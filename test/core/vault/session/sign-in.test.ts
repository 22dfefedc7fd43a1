// Admission: which invitation is still open, what the sign-in's entry says, in which order things count, and what a failure leaves.
import { describe, expect, it } from 'vitest';
import type { AuditDraft } from '../../../../electron/core/ports/audit-log.ts';
import { createCallContext, type SessionHolder } from '../../../../electron/core/vault/call-context.ts';
import type { VaultServices } from '../../../../electron/core/vault/services.ts';
import {
  admit,
  orClose,
  refreshHeader,
  tellOfAlerts,
  type Admission,
} from '../../../../electron/core/vault/sign-in.ts';
import type { SignInAlert } from '../../../../shared/ipc/contract/office.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { instantOf, type Instant } from '../../../../shared/model/instant.ts';
import { aSession, lightServices, NOW, OFFICE_ID, USER, type SessionOptions } from './session-bench.ts';

const at = instantOf(NOW);
const after = (milliseconds: number): Instant => instantOf(NOW + milliseconds);
const alert: SignInAlert = {
  userId: USER,
  userName: 'Ada',
  tries: 3,
  firstAt: after(-9),
  lastAt: after(-5),
  lockedOut: false,
};
const noAdmission: Admission = { code: null, window: null, alerts: [] };

function subject(options: SessionOptions = {}) {
  const bench = aSession(options);
  const services = lightServices();
  const holder: SessionHolder = { current: null };
  const context = createCallContext(services, 'vaultOffice.unlock', null);
  const enter = (admission: Partial<Admission> = {}): void =>
    admit(services, { holder, context }, { session: bench.session, admission: { ...noAdmission, ...admission } });
  return { ...bench, enter, holder, context };
}

describe('admission', () => {
  it('leaves one transaction with alerts, the code, the user and the entry; then the list is pinned and the session counts', () => {
    const { enter, events, entries, holder, session, context } = subject({
      app: true,
      lockAfterMinutes: 9,
      rosterVersion: 4,
    });
    enter({ code: 'next', window: 'w', alerts: [alert], facts: { source: 'previous' } });
    expect(events).toEqual([
      'begin',
      'entry office.failedSignIns denied',
      'step 8',
      ['user', USER, { lastSignInAt: at, state: 'active', invitationExpiresAt: null }],
      'entry vaultOffice.unlock done',
      'commit',
      'pin',
      ['header', { lockAfterMinutes: 9 }],
      'proof of w',
    ]);
    expect(entries[1]).toEqual({
      at,
      userId: USER,
      userName: 'Ada',
      action: 'vaultOffice.unlock',
      subject: OFFICE_ID,
      outcome: 'done',
      payload: { source: 'previous', factor: 'app' },
    });
    expect(holder.current).toBe(session);
    expect(context.session).toBe(session);
  });

  it('asks no code of who has none, proves no window unless it came from one, and says nothing of factors', () => {
    const { enter, events, entries, holder, session } = subject();
    enter({ code: 'next' });
    expect(events).toEqual([
      'begin',
      ['user', USER, { lastSignInAt: at, state: 'active', invitationExpiresAt: null }],
      'entry vaultOffice.unlock done',
      'commit',
    ]);
    expect(entries[0]?.payload).toEqual({});
    expect(holder.current).toBe(session);
  });

  it.each(['same', null])('denies a wrong code, and nobody is in: %s', (code) => {
    const { enter, events, entries, holder } = subject({ app: true });
    expect(() => enter({ code, window: 'w' })).toThrow(expect.objectContaining({ code: 'SESSION_WRONG_CREDENTIALS' }));
    expect(events).toEqual(['begin', 'entry vaultOffice.unlock denied', 'commit']);
    expect(entries).toMatchObject([{ subject: USER, payload: { factor: 'code' }, outcome: 'denied' }]);
    expect(holder.current).toBeNull();
  });
});

describe('an invitation', () => {
  const invited = { state: 'invited' } as const;
  const invitation = (expiresAt: Instant | null) => ({ kind: 'invitation', expiresAt }) as const;
  const expired: unknown = expect.objectContaining({ code: 'SESSION_INVITATION_EXPIRED' });

  it.each([
    ['that never ends', { user: invited, slot: invitation(null) }],
    ['that ends later', { user: invited, slot: invitation(after(1)) }],
    ['that ends after the newest entry', { user: invited, slot: invitation(after(10)), newestEntryAt: after(9) }],
    ['of a clock before it', { user: invited, slot: invitation(after(1)), newestEntryAt: after(-9) }],
  ])('%s lets in, and stays what it is', (_what, options) => {
    const { enter, events, holder, session } = subject(options);
    enter();
    expect(events).toContainEqual(['user', USER, { lastSignInAt: at }]);
    expect(holder.current).toBe(session);
  });

  it.each([
    ['that ends now', { user: invited, slot: invitation(at) }],
    ['that ended', { user: invited, slot: invitation(after(-1)) }],
    ['that ended by the newest entry', { user: invited, slot: invitation(after(9)), newestEntryAt: after(9) }],
    ['that was taken up', { slot: invitation(null) }],
    ['of somebody unreachable', { user: { state: 'unreachable' }, slot: invitation(null) } as const],
    ['of nobody', { user: null, slot: invitation(null) }],
  ])('%s lets nobody in', (_what, options) => {
    const { enter, events, holder } = subject(options);
    expect(() => enter()).toThrow(expired);
    expect(events).toEqual([]);
    expect(holder.current).toBeNull();
  });

  it('is not asked of who has a password, whatever her row says', () => {
    const { enter, holder, session } = subject({ user: invited, slot: { kind: 'password', expiresAt: after(-1) } });
    enter();
    expect(holder.current).toBe(session);
  });
});

describe('failed tries', () => {
  it('leave an entry each, about whom they were', () => {
    const drafts: AuditDraft[] = [];
    const audit = { append: (draft: AuditDraft) => void drafts.push(draft) } as Parameters<
      typeof tellOfAlerts
    >[0]['audit'];
    const principal = { userId: USER, name: 'Ada', role: 'owner' } as const;
    const other = { ...alert, tries: 10, lockedOut: true };
    tellOfAlerts({ audit }, { channel: 'vaultOffice.unlock', principal, now: () => at }, [alert, other]);
    const entry = {
      at,
      userId: USER,
      userName: 'Ada',
      action: 'office.failedSignIns',
      subject: USER,
      outcome: 'denied',
    };
    const { firstAt, lastAt } = alert;
    expect(drafts).toEqual([
      { ...entry, payload: { tries: 3, firstAt, lastAt, lockedOut: false } },
      { ...entry, payload: { tries: 10, firstAt, lastAt, lockedOut: true } },
    ]);
  });
});

describe('the header’s lock time', () => {
  it('is written where it differs from the database’s', () => {
    const [same, other] = [aSession(), aSession({ lockAfterMinutes: 6 })];
    for (const { session } of [same, other]) refreshHeader(session);
    expect(same.events).toEqual([]);
    expect(other.events).toEqual([['header', { lockAfterMinutes: 6 }]]);
  });
});

describe('a session that can’t be anybody’s', () => {
  function failing(failure: unknown, close?: () => string) {
    const bench = aSession();
    const session = close ? { ...bench.session, close } : bench.session;
    const kept: unknown[] = [];
    const services = lightServices({
      evidence: {
        keep: (...inputs: unknown[]) => (kept.push(inputs), 'evidence/1'),
      } as unknown as VaultServices['evidence'],
    });
    const holder: SessionHolder = { current: bench.session };
    const run = async () => await orClose(services, { holder, session }, () => Promise.reject(failure));
    return { ...bench, run, holder, kept };
  }

  it('is left open where all goes well', async () => {
    const { session, events } = aSession();
    const holder: SessionHolder = { current: session };
    expect(await orClose(lightServices(), { holder, session }, () => Promise.resolve('in'))).toBe('in');
    expect(events).toEqual([]);
    expect(holder.current).toBe(session);
  });

  it('is closed, and the error goes on', async () => {
    const error = new AppError('SESSION_WRONG_CREDENTIALS');
    const { run, holder, events, kept } = failing(error);
    await expect(run()).rejects.toBe(error);
    expect([holder.current, events, kept]).toEqual([null, ['close'], []]);
  });

  it('leaves a copy of what was damaged', async () => {
    const { run, kept } = failing(new AppError('VAULT_CORRUPT', { a: 'b' }));
    await expect(run()).rejects.toMatchObject({ code: 'VAULT_CORRUPT', params: { a: 'b', evidence: 'evidence/1' } });
    expect(kept).toEqual([['/office', 'office']]);
  });

  it('may be unable to close, which is no news; a bug there is', async () => {
    const error = new AppError('SESSION_LOCKED');
    const closing = (reason: Error) => () => {
      throw reason;
    };
    await expect(failing(error, closing(new AppError('VAULT_IO'))).run()).rejects.toBe(error);
    const bug = new TypeError('a bug');
    const { run, holder } = failing(error, closing(bug));
    await expect(run()).rejects.toBe(bug);
    expect(holder.current).toBeNull();
  });
});
