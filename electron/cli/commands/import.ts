// `strongroom import`: statement files into a client's ledger, shown as a difference first.
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { BatchSummary, Receipt } from '../../../shared/ipc/contract/batches.ts';
import { AccountId, type ClientId } from '../../../shared/model/ids.ts';
import type { AppClient, Command } from '../command.ts';
import { findClient } from '../lookup.ts';
import { withOffice } from '../open-office.ts';
import { formatTable } from '../output.ts';

const SLICE_BYTES = 1024 * 1024;

/** Sends a file's bytes slice by slice and returns the staged batch. Nothing stays of a file that cannot be read. */
export async function stageFile(app: AppClient, clientId: ClientId, path: string): Promise<BatchSummary> {
  const file = await open(path).catch((cause: unknown) => {
    throw new AppError('USAGE_INVALID', { problem: `${path} cannot be read` }, { cause });
  });
  try {
    const { size } = await file.stat();
    const { jobId } = await app.imports.begin({ clientId, fileName: basename(path), bytes: size });
    const buffer = Buffer.alloc(SLICE_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, SLICE_BYTES, null);
      if (bytesRead === 0) return await app.imports.finish({ jobId });
      await app.imports.slice({ jobId, base64: buffer.toString('base64', 0, bytesRead) });
    }
  } finally {
    await file.close();
  }
}

interface Imported {
  readonly file: string;
  readonly batch: BatchSummary;
  readonly receipt: Receipt | null;
}

async function importFile(app: AppClient, path: string, options: ImportOptions): Promise<Imported> {
  const { clientId, accountId, dryRun } = options;
  const staged = await stageFile(app, clientId, path);
  const reference = { clientId, batchId: staged.id };
  if (accountId) {
    for (const { index } of staged.statements) await app.batches.assign({ ...reference, statement: index, accountId });
  }
  const batch = await app.batches.get(reference);
  if (dryRun) await app.batches.discard(reference);
  return { file: path, batch, receipt: dryRun ? null : await app.batches.commit(reference) };
}

interface ImportOptions {
  readonly clientId: ClientId;
  readonly accountId: AccountId | null;
  readonly dryRun: boolean;
}

export const importFiles: Command = {
  usage: 'import DIR FILE… --client NAME [--account ID] [--dry-run]',
  summary: 'imports statement files; --dry-run shows the difference and commits nothing',
  run: async ({ args, output }) => {
    const paths = args.words.slice(2);
    if (paths.length === 0) throw new AppError('USAGE_INVALID', { problem: 'FILE is missing' });
    await withOffice(args, args.word(1, 'DIR'), async (app) => {
      const { id: clientId } = await findClient(app, args.required('client'));
      const account = args.value('account');
      const options = {
        clientId,
        accountId: account === null ? null : AccountId.parse(account),
        dryRun: args.flag('dry-run'),
      };
      const imported: Imported[] = [];
      for (const path of paths) imported.push(await importFile(app, path, options));
      const row = ({ file, batch: { counts, statements } }: Imported) => [
        basename(file),
        counts.new,
        counts.known,
        counts.changed,
        counts.doubtful,
        statements.map(({ proof }) => proof).join(', '),
      ];
      output.result(imported, () =>
        formatTable(['file', 'new', 'known', 'changed', 'doubtful', 'proof'], imported.map(row), [1, 2, 3, 4]),
      );
    });
  },
};
