// `strongroom import`: statement files into a client's ledger, shown as a difference first.
import { basename } from 'node:path';
import { AppError, toWireError, type WireError } from '../../../shared/errors/app-error.ts';
import { exitCodeOf } from '../../../shared/errors/codes.ts';
import type { BatchSummary, Receipt } from '../../../shared/ipc/contract/batches.ts';
import type { AccountId, BatchId, ClientId } from '../../../shared/model/ids.ts';
import { UNNAMED_ACCOUNT } from '../../../shared/model/source.ts';
import type { StatementProfile } from '../../../shared/model/statement-profile.ts';
import type { AppClient, Command } from '../command.ts';
import { describeError } from '../../../shared/errors/describe-error.ts';
import { findAccount, findClient, findProfile, sameName, wordAccount } from '../lookup.ts';
import { withOffice } from '../open-office.ts';
import { formatTable, type Cell } from '../output.ts';
import { readProfileFile } from '../profile-file.ts';
import { profileNeeded } from '../profile-questions.ts';
import { fileBytes, readFileChunks, readFileHead } from '../read-file.ts';

interface Given {
  readonly profile?: StatementProfile | null;
  readonly accountId?: AccountId | null;
}

/** Sends a file's bytes slice by slice and returns the staged batch. Nothing stays of a file that cannot be read. */
export async function stageFile(
  app: AppClient,
  clientId: ClientId,
  { path, profile = null, accountId = null }: Given & { readonly path: string },
): Promise<BatchSummary> {
  const bytes = await fileBytes(path);
  const { jobId } = await app.imports.begin({ clientId, fileName: basename(path), bytes, profile, accountId });
  for await (const chunk of readFileChunks(path)) {
    await app.imports.slice({ jobId, base64: Buffer.from(chunk).toString('base64') });
  }
  return await app.imports.finish({ jobId });
}

/** The office's own profile for such files; null where the file needs none. @throws {AppError} STATEMENT_PROFILE_NEEDED */
async function recognisedProfile(app: AppClient, path: string): Promise<StatementProfile | null> {
  const { head } = await readFileHead(path);
  const base64 = Buffer.from(head).toString('base64');
  const { survey, recognised } = await app.imports.survey({ fileName: basename(path), base64 });
  if (survey.format === null || survey.proposal === null) return null;
  if (recognised === null) throw profileNeeded(survey.format, survey.proposal);
  return (await findProfile(app, recognised)).profile;
}

/** A saved profile by its name, or one in a file. */
async function namedProfile(app: AppClient, name: string | null): Promise<StatementProfile | null> {
  if (name === null) return null;
  const saved = (await app.profiles.list({})).find((profile) => sameName(profile.name, name));
  return saved?.profile ?? (await readProfileFile(name)).profile;
}

interface Imported {
  readonly file: string;
  readonly batch: BatchSummary | null;
  readonly receipt: Receipt | null;
  readonly error: WireError | null;
}

async function importFile(app: AppClient, path: string, options: ImportOptions): Promise<Imported> {
  const { clientId, accountId, dryRun } = options;
  const profile = options.profile ?? (await recognisedProfile(app, path));
  const { id: batchId } = await stageFile(app, clientId, { path, profile, accountId: accountId ?? null });
  const reference = { clientId, batchId };
  let receipt: Receipt | null = null;
  try {
    await assignAccount(app, reference, accountId);
    if (options.invertSigns) await invertSigns(app, reference);
    const batch = await app.batches.get(reference);
    if (!dryRun) receipt = await app.batches.commit(reference);
    return { file: path, batch, receipt, error: null };
  } finally {
    if (receipt === null) await app.batches.discard(reference);
  }
}

interface BatchReference {
  readonly clientId: ClientId;
  readonly batchId: BatchId;
}

/**
 * A file of one statement goes to the account that was named, or to a new one, whatever it calls itself. Of several statements those that name
 * no account were put by their currency when the file was staged, or go to new ones.
 */
async function assignAccount(
  app: AppClient,
  reference: BatchReference,
  accountId: AccountId | null | undefined,
): Promise<void> {
  if (accountId === undefined) return;
  const { statements } = await app.batches.get(reference);
  const isMeant = ({ account }: BatchSummary['statements'][number]): boolean =>
    statements.length === 1 || (accountId === null && account.id === UNNAMED_ACCOUNT);
  const meant = statements.filter(isMeant);
  for (const { index } of meant) await app.batches.assign({ ...reference, statement: index, accountId });
}

async function invertSigns(app: AppClient, reference: BatchReference): Promise<void> {
  const { statements } = await app.batches.get(reference);
  for (const { index } of statements) await app.batches.invert({ ...reference, statement: index, inverted: true });
}

/** What to say on the next try; null where the error says it. */
async function wayOut(app: AppClient, error: AppError, clientId: ClientId): Promise<string | null> {
  const { questions, answer } = error.params;
  if (questions !== undefined) return `${questions} ${answer ?? ''}`;
  if (error.code !== 'ACCOUNT_AMBIGUOUS') return null;
  const accounts = (await app.accounts.list({ clientId })).map(wordAccount);
  return `Say --account NAME with one of ${accounts.join(', ')}; --account new makes one.`;
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
      const way = await wayOut(app, error, options.clientId);
      if (way !== null) options.say(way);
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

async function readAccount(
  app: AppClient,
  clientId: ClientId,
  name: string | null,
): Promise<AccountId | null | undefined> {
  if (name === null) return undefined;
  return name === 'new' ? null : (await findAccount(app, clientId, name)).id;
}

interface ImportOptions {
  readonly clientId: ClientId;
  /** Null makes a new one; undefined leaves it to what the files say. */
  readonly accountId: AccountId | null | undefined;
  /** For all files; null lets each find the office's own. */
  readonly profile: StatementProfile | null;
  readonly dryRun: boolean;
  /** Turns every amount's sign round, and remembers it for the accounts and this kind of file. */
  readonly invertSigns: boolean;
  readonly say: (sentence: string) => void;
}

export const importFiles: Command = {
  usage:
    'import DIR FILE… --client NAME [--profile NAME] [--account NAME | --account new] [--invert-signs] [--dry-run]',
  summary:
    'imports statement files; --profile is a saved profile or a JSON file, --invert-signs turns every sign round, now and for later files of the kind, --dry-run shows the difference and commits nothing',
  run: async ({ args, output }) => {
    const paths = args.words.slice(2);
    if (paths.length === 0) throw new AppError('USAGE_INVALID', { problem: 'FILE is missing' });
    await withOffice(args, args.word(1, 'DIR'), async (app) => {
      const { id: clientId } = await findClient(app, args.required('client'));
      const accountId = await readAccount(app, clientId, args.value('account'));
      const imported = await importEach(app, paths, {
        clientId,
        accountId,
        profile: await namedProfile(app, args.value('profile')),
        dryRun: args.flag('dry-run'),
        invertSigns: args.flag('invert-signs'),
        say: output.say,
      });
      const head = ['file', 'new', 'known', 'changed', 'doubtful', 'proof or error'];
      output.result(imported, () => formatTable(head, imported.map(rowOf), [1, 2, 3, 4]));
      const failed = imported.find(({ error }) => error !== null);
      if (failed?.error) process.exitCode = exitCodeOf(failed.error.code);
    });
  },
};
