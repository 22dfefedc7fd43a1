// `strongroom import`: statement files into a client's ledger, shown as a difference first.
import { basename } from 'node:path';
import { AppError, toWireError, type WireError } from '../../../shared/errors/app-error.ts';
import { exitCodeOf } from '../../../shared/errors/codes.ts';
import type { BatchSummary, Receipt } from '../../../shared/ipc/contract/batches.ts';
import type { AccountId, ClientId } from '../../../shared/model/ids.ts';
import type { AppClient, Command } from '../command.ts';
import { describeError } from '../../../shared/errors/describe-error.ts';
import { findClient } from '../lookup.ts';
import { withOffice } from '../open-office.ts';
import { formatTable, type Cell } from '../output.ts';
import { fileBytes, readFileChunks } from '../read-file.ts';

/** Sends a file's bytes slice by slice and returns the staged batch. Nothing stays of a file that cannot be read. */
export async function stageFile(app: AppClient, clientId: ClientId, path: string): Promise<BatchSummary> {
  const bytes = await fileBytes(path);
  const { jobId } = await app.imports.begin({ clientId, fileName: basename(path), bytes });
  for await (const chunk of readFileChunks(path)) {
    await app.imports.slice({ jobId, base64: Buffer.from(chunk).toString('base64') });
  }
  return await app.imports.finish({ jobId });
}

interface Imported {
  readonly file: string;
  readonly batch: BatchSummary | null;
  readonly receipt: Receipt | null;
  readonly error: WireError | null;
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
  return { file: path, batch, receipt: dryRun ? null : await app.batches.commit(reference), error: null };
}

/** Every file is tried; one that fails changes nothing and does not keep the others from coming in. */
async function importEach(app: AppClient, paths: readonly string[], options: ImportOptions): Promise<Imported[]> {
  const imported: Imported[] = [];
  for (const path of paths) {
    try {
      imported.push(await importFile(app, path, options));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      options.say(`${path}: ${describeError(error)}`);
      imported.push({ file: path, batch: null, receipt: null, error: toWireError(error) });
    }
  }
  return imported;
}

function rowOf({ file, batch, error }: Imported): Cell[] {
  if (!batch) return [basename(file), null, null, null, null, error?.code ?? null];
  const { counts, statements } = batch;
  const proofs = statements.map(({ proof }) => proof).join(', ');
  return [basename(file), counts.new, counts.known, counts.changed, counts.doubtful, proofs];
}

async function accountOf(app: AppClient, clientId: ClientId, id: string | null): Promise<AccountId | null> {
  if (id === null) return null;
  const account = (await app.accounts.list({ clientId })).find((one) => one.id === id || one.iban === id);
  if (!account) throw new AppError('ACCOUNT_NOT_FOUND', { account: id });
  return account.id;
}

interface ImportOptions {
  readonly clientId: ClientId;
  readonly accountId: AccountId | null;
  readonly dryRun: boolean;
  readonly say: (sentence: string) => void;
}

export const importFiles: Command = {
  usage: 'import DIR FILE… --client NAME [--account ID] [--dry-run]',
  summary: 'imports statement files; --dry-run shows the difference and commits nothing',
  run: async ({ args, output }) => {
    const paths = args.words.slice(2);
    if (paths.length === 0) throw new AppError('USAGE_INVALID', { problem: 'FILE is missing' });
    await withOffice(args, args.word(1, 'DIR'), async (app) => {
      const { id: clientId } = await findClient(app, args.required('client'));
      const accountId = await accountOf(app, clientId, args.value('account'));
      const imported = await importEach(app, paths, {
        clientId,
        accountId,
        dryRun: args.flag('dry-run'),
        say: output.say,
      });
      const head = ['file', 'new', 'known', 'changed', 'doubtful', 'proof or error'];
      output.result(imported, () => formatTable(head, imported.map(rowOf), [1, 2, 3, 4]));
      const failed = imported.find(({ error }) => error !== null);
      if (failed?.error) process.exitCode = exitCodeOf(failed.error.code);
    });
  },
};
