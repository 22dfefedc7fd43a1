// What a call works with: who asks, `act` as the one way to change something, and what there is where nobody is signed in.
import { describe, expect, it } from 'vitest';
import type { AuditCheckpoint } from '../../../../electron/core/ports/audit-log.ts';
import type { ClientStore, OfficeStore } from '../../../../electron/core/ports/vault-store.ts';
import { assertPermitted, createCallContext, deny } from '../../../../electron/core/vault/call-context.ts';
import type { OfficeSession } from '../../../../electron/core/vault/session.ts';
import type { ClientId } from '../../../../shared/model/ids.ts';
import { instantOf } from '../../../../shared/model/instant.ts';
import { anAuditLog, aSigner } from '../../../builders/audit-log.ts';
import { bytes } from '../../../builders/key-tools.ts';
import { aSession, lightServices, NOW, USER } from './session-bench.ts';

const locked: unknown = expect.objectContaining({ code: 'SESSION_LOCKED' });
const at = instantOf(NOW);

function subject() {
  const bench = aSession();
  const context = createCallContext(lightServices(), 'clients.add', bench.session);
  return { ...bench, context, office: bench.store as unknown as OfficeStore };
}

describe('a call’s context', () => {
  it('is locked where nobody is signed in, but for time and chance', () => {
    const context = createCallContext(lightServices(), 'office.status', null);
    expect(context.signedIn).toBe(false);
    expect(context.channel).toBe('office.status');
    for (const ask of [
      () => context.principal,
      () => context.session,
      () => context.office,
      () => context.clients(),
      () => context.client('' as ClientId),
    ])
      expect(ask).toThrow(locked);
    expect(context.now()).toBe(at);
    expect(context.random(4)).toEqual(bytes(1, 4));
  });

  it('is hers where she is, also from the middle of a call on', () => {
    const { session, office } = subject();
    const context = createCallContext(lightServices(), 'office.unlock', null);
    context.signIn(session);
    expect(context.signedIn).toBe(true);
    expect(context.session).toBe(session);
    expect(context.office).toBe(office);
    expect(context.principal).toEqual({ userId: USER, name: 'Ada', role: 'owner' });
  });

  it('is locked for somebody who was removed', () => {
    const { session } = aSession({ user: null });
    expect(() => createCallContext(lightServices(), 'clients.add', session).principal).toThrow(locked);
  });

  it('knows the clients she holds keys of, and opens them through her session', () => {
    const [held, other] = ['client_1', 'client_2'] as ClientId[];
    const { session, store } = aSession();
    const client = {} as ClientStore;
    const rows = [{ id: held }, { id: other }];
    const opened: unknown[] = [];
    const holding = {
      ...session,
      office: { store: { ...store, clients: { list: () => rows } } },
      clientIds: () => [held],
      client: (id: ClientId) => (opened.push(id), { store: client }),
    } as unknown as OfficeSession;
    const context = createCallContext(lightServices(), 'clients.list', holding);
    expect(context.clients()).toEqual([{ id: held }]);
    expect(context.client('client_9' as ClientId)).toBe(client);
    expect(opened).toEqual(['client_9']);
  });
});

describe('an action', () => {
  it('is one transaction with its entry, and marks the call as audited', () => {
    const { context, office, events, entries } = subject();
    expect(context.isAudited()).toBe(false);
    const value = context.act(office, { subject: 'client_1', payload: { a: 1 } }, () => (events.push('work'), 7));
    expect(value).toBe(7);
    expect(events).toEqual(['begin', 'work', 'entry clients.add done', 'commit']);
    const who = { at, userId: USER, userName: 'Ada', action: 'clients.add', outcome: 'done' };
    expect(entries).toEqual([{ ...who, subject: 'client_1', payload: { a: 1 } }]);
    expect(context.isAudited()).toBe(true);
    context.act(office, { subject: null }, () => undefined);
    expect(entries[1]).toEqual({ ...who, subject: null, payload: {} });
  });

  it('that fails leaves no entry and no mark', () => {
    const { context, office, events } = subject();
    const failing = (): never => {
      throw new RangeError('no');
    };
    expect(() => context.act(office, { subject: null }, failing)).toThrow(RangeError);
    expect(events).toEqual(['begin']);
    expect(context.isAudited()).toBe(false);
  });

  it('in a client’s database is remembered in the office’s; one in the office’s needs that not', () => {
    const { context, office, events } = subject();
    const client = anAuditLog(0);
    context.act(client, { subject: null }, () => undefined);
    expect(events).toEqual([['remember', client]]);
    expect(client.audit.head().sequence).toBe(1);
    context.act(office, { subject: null }, () => undefined);
    expect(events).toHaveLength(4);
  });

  it('signs the checkpoint that is due, with the office’s key of that moment', () => {
    const { context, store } = subject();
    const checkpoints: AuditCheckpoint[] = [];
    Object.assign(store.keyring, { get: () => aSigner(2).keyring });
    const { audit } = anAuditLog(0);
    const full = {
      audit: {
        ...audit,
        append: () => undefined,
        head: () => ({ sequence: 100, hash: 'h' }),
        addCheckpoint: (checkpoint: AuditCheckpoint) => void checkpoints.push(checkpoint),
      },
      transaction: <T>(work: () => T): T => work(),
    };
    context.act(full, { subject: null }, () => undefined);
    expect(checkpoints).toMatchObject([{ sequence: 100, hash: 'h', at, publicKey: aSigner(2).keyring.checkpointKey }]);
  });

  it('that was audited elsewhere can be marked', () => {
    const { context } = subject();
    context.noteAudited();
    expect(context.isAudited()).toBe(true);
  });
});

describe('a refusal', () => {
  it('leaves an entry in a transaction of its own and ends the call', () => {
    const { context, events, entries } = subject();
    expect(() => deny(context, 'SESSION_FORBIDDEN', { subject: 'x', payload: { b: 2 } })).toThrow(
      expect.objectContaining({ code: 'SESSION_FORBIDDEN' }),
    );
    expect(events).toEqual(['begin', 'entry clients.add denied', 'commit']);
    expect(entries).toMatchObject([{ subject: 'x', payload: { b: 2 }, outcome: 'denied' }]);
    expect(context.isAudited()).toBe(true);
  });

  it('says which call and permission, of the role first and then of the proof', () => {
    const needs = { channel: 'users.remove', permission: 'users.manage', stepUp: true, window: 'w' } as const;
    const reviewer = createCallContext(lightServices(), 'c', aSession({ user: { role: 'reviewer' } }).session);
    expect(() => assertPermitted(reviewer, needs)).toThrow(expect.objectContaining({ code: 'SESSION_FORBIDDEN' }));
    const { context, entries, session } = subject();
    expect(() => assertPermitted(context, needs)).toThrow(
      expect.objectContaining({ code: 'SESSION_STEP_UP_REQUIRED' }),
    );
    const { channel, permission } = needs;
    expect(entries).toMatchObject([{ subject: null, payload: { channel, permission }, outcome: 'denied' }]);
    session.proofs.grant('w');
    assertPermitted(context, needs);
    assertPermitted(context, { ...needs, stepUp: false, window: null });
    expect(entries).toHaveLength(1);
  });
});
