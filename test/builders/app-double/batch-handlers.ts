// The double's answers for batches and imports.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { BatchStatement, BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import { receiptOf } from './batches.ts';
import { decidedRows, decide, doubts } from './doubts.ts';
import { importedBatch, refusalOf } from './imported-files.ts';
import { jobId } from './ids.ts';
import { preview, survey } from './surveys.ts';
import { accountOf, find, putBatch, type AppHandlers, type World } from './world.ts';

let imported = 0;

export function commitBatch(world: World, id: string): BatchSummary {
  const batch = find(world.batches, id, 'BATCH_NOT_FOUND');
  if (batch.state !== 'staged') throw new AppError('BATCH_NOT_STAGED');
  return putBatch(world, { ...batch, state: 'committed', receipt: receiptOf(batch, accountOf(world, batch)) });
}

function negated(minor: string | null): string | null {
  return minor === null ? null : (-BigInt(minor)).toString();
}

function turned(statement: BatchStatement, inverted: boolean): BatchStatement {
  if (statement.inverted === inverted) return statement;
  const { openingMinor, closingMinor } = statement;
  const sides = { openingMinor: negated(openingMinor), closingMinor: negated(closingMinor) };
  return {
    ...statement,
    ...sides,
    inverted,
    signs: 'chosen',
    bookedMinor: (-BigInt(statement.bookedMinor)).toString(),
  };
}

export const batches: AppHandlers['batches'] = {
  list: ({ clientId }, world) => world.batches.filter((batch) => batch.clientId === clientId),
  get: ({ batchId }, world) => find(world.batches, batchId, 'BATCH_NOT_FOUND'),
  diff: ({ batchId, kind, offset, limit }, world) => {
    const batch = find(world.batches, batchId, 'BATCH_NOT_FOUND');
    const rows = decidedRows(world, batch).filter((row) => kind === null || row.kind === kind);
    return { rows: rows.slice(offset, offset + limit), total: rows.length };
  },
  doubts,
  decide,
  assign: ({ batchId, statement, accountId }, world) => {
    const batch = find(world.batches, batchId, 'BATCH_NOT_FOUND');
    const statements = batch.statements.map((item) => (item.index === statement ? { ...item, accountId } : item));
    return putBatch(world, { ...batch, statements });
  },
  invert: ({ batchId, statement, inverted }, world) => {
    const batch = find(world.batches, batchId, 'BATCH_NOT_FOUND');
    if (batch.state !== 'staged') throw new AppError('BATCH_NOT_STAGED');
    const statements = batch.statements.map((each) => (each.index === statement ? turned(each, inverted) : each));
    return putBatch(world, { ...batch, statements });
  },
  commit: ({ batchId }, world) => {
    const { receipt } = commitBatch(world, batchId);
    if (receipt === null) throw new TypeError('a committed batch has a receipt');
    return receipt;
  },
  undo: ({ batchId }, world) => {
    const batch = find(world.batches, batchId, 'BATCH_NOT_FOUND');
    if (batch.state !== 'committed') throw new AppError('BATCH_NOT_COMMITTED');
    return putBatch(world, { ...batch, state: 'undone' });
  },
  discard: ({ batchId }, world) => {
    world.batches = world.batches.filter(({ id }) => id !== batchId);
    return {};
  },
};

export const imports: AppHandlers['imports'] = {
  survey,
  preview,
  begin: ({ clientId, fileName }, world) => {
    const id = jobId((imported += 1));
    world.imports.set(id, { client: clientId, fileName, bytes: 0 });
    return { jobId: id };
  },
  slice: ({ jobId: id, base64 }, world) => {
    const upload = world.imports.get(id);
    if (!upload) throw new AppError('BATCH_NOT_FOUND');
    upload.bytes += Math.floor((base64.length * 3) / 4);
    return { rows: Math.floor(upload.bytes / 300) };
  },
  finish: ({ jobId: id }, world) => {
    const upload = world.imports.get(id);
    if (!upload) throw new AppError('BATCH_NOT_FOUND');
    world.imports.delete(id);
    const refusal = refusalOf(upload);
    if (refusal !== null) throw refusal;
    const account = world.accounts.find(({ client }) => client === upload.client);
    if (!account) throw new AppError('ACCOUNT_NOT_FOUND');
    return putBatch(world, importedBatch(account, { fileName: upload.fileName, number: 90_000 + (imported += 1) }));
  },
  cancel: ({ jobId: id }, world) => {
    world.imports.delete(id);
    return {};
  },
};
