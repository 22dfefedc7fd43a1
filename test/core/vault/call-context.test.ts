// Permissions in the vault: every role against every permission, counted from the stored user at each call, refusals audited.
import { describe, expect, it } from 'vitest';
import type { AuditDraft } from '../../../electron/core/ports/audit-log.ts';
import { authoriseIn, type SessionHolder } from '../../../electron/core/vault/call-context.ts';
import type { OfficeSession } from '../../../electron/core/vault/session.ts';
import { PERMISSIONS, Role, roleAllows } from '../../../shared/model/roles.ts';
import { UserId } from '../../../shared/model/ids.ts';
import { lightServices } from './session/session-bench.ts';

const userId = UserId.parse(`user_${'0'.repeat(20)}`);
const token = 'T'.repeat(43);

/** An open office of one user whose role a test may change, and the entries it collects. */
function anOffice(role: Role | null) {
  const entries: AuditDraft[] = [];
  const stored = { role };
  const store = {
    audit: { append: (draft: AuditDraft) => void entries.push(draft) },
    transaction: (work: () => unknown) => work(),
    users: { find: () => (stored.role ? { id: userId, name: 'Ada', role: stored.role } : null) },
  };
  const tokens = { accepts: (given: string | null) => given === token };
  const proofs = { holds: (window: string | null) => window === 'proven' };
  const current = { tokens, proofs, userId, office: { store } } as unknown as OfficeSession;
  const holder: SessionHolder = { current };
  const authorise = authoriseIn(lightServices(), holder);
  const ask = (
    permission: (typeof PERMISSIONS)[number],
    {
      session = token,
      stepUp = false,
      window = null,
    }: { session?: string | null; stepUp?: boolean; window?: string | null } = {},
  ) =>
    authorise({
      channel: 'area.call',
      policy: { permission, runsIn: 'vault', audited: false, stepUp },
      session,
      window,
      input: {},
    });
  return { ask, entries, stored, holder };
}

describe('authoriseIn', () => {
  for (const role of Role.options) {
    it.each(PERMISSIONS)(`${role}: %s`, (permission) => {
      const { ask, entries } = anOffice(role);
      if (roleAllows(role, permission)) {
        expect(ask(permission).principal).toEqual({ userId, name: 'Ada', role });
        expect(entries).toEqual([]);
        return;
      }
      expect(() => ask(permission)).toThrow(expect.objectContaining({ code: 'SESSION_FORBIDDEN' }));
      expect(entries).toEqual([
        expect.objectContaining({
          action: 'area.call',
          outcome: 'denied',
          userId,
          payload: { channel: 'area.call', permission },
        }),
      ]);
    });
  }

  it('takes a changed role at once, and a removed user’s session away', () => {
    const { ask, stored } = anOffice('owner');
    ask('office.manage');
    stored.role = 'reviewer';
    expect(() => ask('office.manage')).toThrow(expect.objectContaining({ code: 'SESSION_FORBIDDEN' }));
    stored.role = null;
    expect(() => ask('clients.read')).toThrow(expect.objectContaining({ code: 'SESSION_LOCKED' }));
  });

  it('asks for the session token and fails closed on step-up', () => {
    const { ask, entries } = anOffice('owner');
    for (const session of [null, '', 'T'.repeat(42), `${'T'.repeat(42)}U`])
      expect(() => ask('clients.read', { session })).toThrow(expect.objectContaining({ code: 'SESSION_LOCKED' }));
    for (const window of [null, 'other'])
      expect(() => ask('clients.read', { stepUp: true, window })).toThrow(
        expect.objectContaining({ code: 'SESSION_STEP_UP_REQUIRED' }),
      );
    expect(entries).toHaveLength(2);
    ask('clients.read', { stepUp: true, window: 'proven' });
    expect(entries).toHaveLength(2);
    const open = ask('public', { session: null });
    expect(open.signedIn).toBe(false);
    expect(ask('public').signedIn).toBe(true);
    expect(() => open.principal).toThrow(expect.objectContaining({ code: 'SESSION_LOCKED' }));
    expect(() => open.office).toThrow(expect.objectContaining({ code: 'SESSION_LOCKED' }));
  });

  it('knows nobody where no office is open', () => {
    const { ask, holder } = anOffice('owner');
    holder.current = null;
    expect(() => ask('signed-in')).toThrow(expect.objectContaining({ code: 'SESSION_LOCKED' }));
  });
});
