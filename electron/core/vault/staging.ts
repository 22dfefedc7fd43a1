// Staging: what a source sends waits in the client's encrypted file until it is matched. Nothing here reaches the ledger.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import type { VaultContract } from '../../../shared/ipc/processes/vault-contract.ts';
import { addDays } from '../../../shared/model/calendar-date.ts';
import { BatchId, newId } from '../../../shared/model/ids.ts';
import type { SourceEvent } from '../../../shared/model/source.ts';
import type { ClientStore } from '../ports/vault-store.ts';
import type { VaultContext } from './context.ts';
import { matchBatch } from './match-batch.ts';
import { FINGERPRINT_VERSION, fingerprintOf } from './matching/fingerprint.ts';
import { placeUnnamed } from './unnamed-statements.ts';

interface Target {
  readonly store: ClientStore;
  readonly batchId: BatchId;
  readonly resourceId: string | null;
}

type StatementEnd = Extract<SourceEvent, { type: 'statement-end' }>;

/** An empty statement that states no days is of those between its balances: the first is of the day before, unless both are of one day. */
function withDays(end: StatementEnd): StatementEnd {
  const { declaredEmpty, from, opening, closing } = end;
  if (!declaredEmpty || from !== null || !opening || !closing) return end;
  const to = end.to ?? closing.date;
  return { ...end, from: opening.date < to ? addDays(opening.date, 1) : to, to };
}

/** Stages one event and returns how many rows it brought. */
function stageEvent({ store: { staging }, batchId, resourceId }: Target, event: SourceEvent): number {
  if (event.type === 'statement') staging.openStatement(batchId, resourceId, event);
  else if (event.type === 'statement-end') staging.closeStatement(batchId, resourceId, withDays(event));
  else if (event.type === 'warning') staging.addWarning(batchId, event);
  else {
    const { items } = event;
    const rows = items.map((row) => ({ row, fingerprint: fingerprintOf(row), version: FINGERPRINT_VERSION }));
    staging.addRows(batchId, resourceId, rows);
    return items.length;
  }
  return 0;
}

/** @throws {AppError} STATEMENT_NO_TRANSACTIONS for a file without rows, unless a statement in it says that it has none */
function assertSaysSomething({ matching }: ClientStore, { id, source }: BatchSummary): void {
  const statements = matching.statements(id);
  if (statements.some(({ rows, declaredEmpty }) => rows > 0 || declaredEmpty)) return;
  throw new AppError('STATEMENT_NO_TRANSACTIONS', { file: source });
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
      finish: ({ clientId, batchId, accountId, ...facts }, context) => {
        const store = context.client(clientId);
        const { payloadSha256, reader } = facts;
        return context.act(store, { subject: batchId, payload: { payloadSha256, reader, account: accountId } }, () => {
          store.staging.assertOpen(batchId);
          store.staging.seal(batchId, facts);
          if (accountId !== null) placeUnnamed(store, batchId, accountId);
          matchBatch(store, batchId);
          const summary = store.batches.get(batchId);
          if (summary.kind === 'file') assertSaysSomething(store, summary);
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
