// Reads the audit log of the office or of one client, newest first, and says whether its chain holds.
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { VaultContext } from './context.ts';

export const auditHandlers: Handlers<AppContract, VaultContext, 'vault'>['audit'] = {
  list: ({ clientId, offset, limit }, context) => {
    const { audit } = clientId === null ? context.office : context.client(clientId);
    const { brokenAt } = audit.check();
    return { entries: audit.list({ offset, limit }), total: audit.head().sequence, intact: brokenAt === null };
  },
};
