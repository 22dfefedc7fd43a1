// Staging: what a source sends waits in the client's encrypted file until it is matched. Nothing here reaches the ledger.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { VaultContract } from '../../../shared/ipc/processes/vault-contract.ts';
import { BatchId, newId } from '../../../shared/model/ids.ts';
import type { SourceEvent } from '../../../shared/model/source.ts';
import type { ClientStore } from '../ports/vault-store.ts';
import type { VaultContext } from './context.ts';
import { matchBatch } from './match-batch.ts';
import { FINGERPRINT_VERSION, fingerprintOf } from './matching/fingerprint.ts';

interface Target {
  readonly store: ClientStore;
  readonly batchId: BatchId;
  readonly resourceId: string | null;
}

/** Stages one event and returns how many rows it brought. */
function stageEvent({ store: { staging }, batchId, resourceId }: Target, event: SourceEvent): number {
  if (event.type === 'statement') staging.openStatement(batchId, resourceId, event);
  else if (event.type === 'statement-end') staging.closeStatement(batchId, resourceId, event);
  else if (event.type === 'warning') staging.addWarning(batchId, event);
  else {
    const { items } = event;
    const rows = items.map((row) => ({ row, fingerprint: fingerprintOf(row), version: FINGERPRINT_VERSION }));
    staging.addRows(batchId, resourceId, rows);
    return items.length;
  }
  return 0;
}

type StagingHandlers = Pick<Handlers<VaultContract, VaultContext, 'vault'>, 'staging'>;

/** The vault's answers to the host's `staging` calls. */
export function createStagingHandlers(): StagingHandlers {
  return {
    staging: {
      open: ({ clientId, ...batch }, context) => {
        const batchId = newId(BatchId, 'batch', context.random(10));
        const store = context.client(clientId);
        store.transaction(() => store.staging.create({ ...batch, id: batchId, createdAt: context.now() }));
        return { batchId };
      },
      add: ({ clientId, batchId, resourceId, events }, context) => {
        const store = context.client(clientId);
        const rows = store.transaction(() => {
          store.staging.assertOpen(batchId);
          return events.reduce((sum, event) => sum + stageEvent({ store, batchId, resourceId }, event), 0);
        });
        return { rows };
      },
      finish: ({ clientId, batchId, ...facts }, context) => {
        const store = context.client(clientId);
        const subject = { subject: batchId, payload: { payloadSha256: facts.payloadSha256, reader: facts.reader } };
        return context.act(store, subject, () => {
          store.staging.assertOpen(batchId);
          store.staging.seal(batchId, facts);
          matchBatch(store, batchId);
          const summary = store.batches.get(batchId);
          const rows = summary.statements.reduce((sum, statement) => sum + statement.rows, 0);
          if (summary.kind === 'file' && rows === 0)
            throw new AppError('STATEMENT_NO_TRANSACTIONS', { file: summary.source });
          return summary;
        });
      },
      drop: ({ clientId, batchId }, context) => {
        const store = context.client(clientId);
        store.transaction(() => store.staging.drop(batchId));
        return {};
      },
    },
  };
}
