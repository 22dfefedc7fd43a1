// Answers the `audit` calls: reads the log of the office or of one client and says whether its chain holds, and exports it.
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { NewFiles } from '../ports/new-files.ts';
import type { VaultContext } from './context.ts';
import { checkpointHolds } from './audit/checkpoints.ts';
import { exportAudit } from './audit/export-audit.ts';
import type { AuditLog } from '../ports/audit-log.ts';

function intact(audit: AuditLog): boolean {
  const signed = audit.checkpoints().every((checkpoint) => checkpointHolds(audit.chain, checkpoint));
  return signed && audit.check().brokenAt === null;
}

export function createAuditHandlers(services: {
  readonly newFiles: NewFiles;
}): Handlers<AppContract, VaultContext, 'vault'>['audit'] {
  return {
    list: ({ clientId, ...query }, context) => {
      const { audit } = clientId === null ? context.office : context.client(clientId);
      return { ...audit.list(query), intact: intact(audit) };
    },
    export: (input, context) => exportAudit(services.newFiles, context, input),
  };
}
