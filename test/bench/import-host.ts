// Entry of a process that is the program's host: real vault and connector processes under it, imports on request. Files are made while they are read.
import { fileURLToPath } from 'node:url';
import { UNNAMED_ACCOUNT } from '../../shared/model/source.ts';
import { anAppOnDisk } from '../builders/app-on-disk.ts';
import { forgetPeak, memoryOf, peakOf } from './process-peaks.ts';
import { type BenchFormat, profileOf, statementFile } from './statement-files.ts';

export type VaultKind = 'encrypted' | 'plain';

/** What a parent asks for. */
export interface ImportRequest {
  readonly format: BenchFormat;
  readonly rows: number;
  /** Staged and matched only. */
  readonly dryRun?: boolean;
}

/** `peaks`: the most memory of host, vault and connector above what each had before the first import; `peakBytes` their sum. */
export interface ImportRun {
  readonly ms: number;
  readonly stagedMs: number;
  readonly rows: number;
  readonly bytes: number;
  readonly peakBytes: number;
  readonly peaks: readonly number[];
}

const SLICE = 1_048_576;
const ENTRIES: Readonly<Record<VaultKind, string>> = {
  encrypted: fileURLToPath(new URL('../builders/insecure-vault-process.ts', import.meta.url)),
  plain: fileURLToPath(new URL('plain-vault-process.ts', import.meta.url)),
};

const app = await anAppOnDisk({ vault: ENTRIES[process.argv[2] as VaultKind] });
let clients = 0;

/** As a window sends a file: slices of 1 MiB. */
function* slicesOf(pieces: Iterable<Buffer>): Generator<Buffer> {
  let held: Buffer[] = [];
  let length = 0;
  for (const piece of pieces) {
    held.push(piece);
    length += piece.length;
    if (length < SLICE) continue;
    const whole = Buffer.concat(held);
    let at = 0;
    for (; at + SLICE <= whole.length; at += SLICE) yield whole.subarray(at, at + SLICE);
    held = [whole.subarray(at)];
    length = whole.length - at;
  }
  if (length > 0) yield Buffer.concat(held);
}

async function importFile({
  format,
  rows,
  dryRun = false,
}: ImportRequest): Promise<Omit<ImportRun, 'peakBytes' | 'peaks'>> {
  clients += 1;
  const { imports, batches } = app.client;
  const { id: clientId } = await app.client.clients.add({ name: `Client ${clients}` });
  const profile = profileOf(format);
  let bytes = 0;
  const started = performance.now();
  const { jobId } = await imports.begin({ clientId, fileName: `${format}.sta`, bytes: 0, ...(profile && { profile }) });
  for (const slice of slicesOf(statementFile(format, rows))) {
    bytes += slice.length;
    await imports.slice({ jobId, base64: slice.toString('base64') });
  }
  const { id: batchId, counts, statements } = await imports.finish({ jobId });
  const stagedMs = performance.now() - started;
  // A table that names no account: a new one, as a person would say.
  for (const { index, account } of statements)
    if (account.id === UNNAMED_ACCOUNT) await batches.assign({ clientId, batchId, statement: index, accountId: null });
  if (counts.new !== rows) throw new Error(`${counts.new} rows of ${rows} are new`);
  if (!dryRun) await batches.commit({ clientId, batchId });
  return { ms: performance.now() - started, stagedMs, rows, bytes };
}

// The processes are there and have done their work once: that is idle.
await importFile({ format: 'camt', rows: 100 });
const processes = [process.pid, app.process('vault').pid, app.process('connector').pid].map((pid) => ({
  pid,
  idle: memoryOf(pid),
}));

async function answer(request: ImportRequest): Promise<ImportRun> {
  for (const { pid } of processes) forgetPeak(pid);
  const run = await importFile(request);
  const peaks = processes.map(({ pid, idle }) => peakOf(pid) - idle);
  return { ...run, peaks, peakBytes: peaks.reduce((sum, bytes) => sum + bytes, 0) };
}

process.on('message', (request: ImportRequest | 'close') => {
  if (request === 'close') void app.close().then(() => process.exit(0));
  else void answer(request).then((run) => process.send?.(run));
});
process.send?.('ready');
