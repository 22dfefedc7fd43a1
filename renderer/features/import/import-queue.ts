// Brings files in, whatever screen is open: each is looked at first, then read one after the other. One that waits for a person holds up no other.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import type { ClientSummary } from '../../../shared/ipc/contract/clients.ts';
import type { StatementProfile } from '../../../shared/model/statement-profile.ts';
import type { ProfilePreview } from '../../../shared/model/statement-survey.ts';
import { asWireError, client as program } from '../../api/client.ts';
import { NO_ANSWER, publishFiles, queuedFiles, updateFile, type FileAnswer, type QueuedFile } from './queue-store.ts';
import { headOf, slicesOf } from './slices.ts';

export interface FileListener {
  /** A staged batch came of the file. */
  onRead(batchId: BatchSummary['id']): void;
  /** The file waits for a person. */
  onAsk(key: number): void;
}

interface Entry {
  readonly file: File;
  readonly listener: FileListener;
  cancelled: boolean;
}

let nextKey = 1;
let stopFollowing: (() => void) | undefined;
const entries = new Map<number, Entry>();

/** A saved profile that fits is used at once. */
async function savedAnswer(profileId: string | null): Promise<FileAnswer | null> {
  if (profileId === null) return null;
  const saved = (await program.profiles.list({})).find(({ id }) => id === profileId);
  return saved ? { ...NO_ANSWER, profile: saved.profile, profileName: saved.name } : null;
}

async function survey({ key, name }: QueuedFile, entry: Entry): Promise<void> {
  const { survey: found, recognised } = await program.imports.survey({
    fileName: name,
    base64: await headOf(entry.file),
  });
  if (entry.cancelled) return;
  if (found.error !== null) {
    updateFile(key, { state: 'failed', survey: found, error: found.error });
    return;
  }
  const answer = found.proposal === null ? NO_ANSWER : await savedAnswer(recognised);
  if (entry.cancelled) return;
  if (answer !== null) {
    updateFile(key, { state: 'waiting', survey: found, answer });
    return;
  }
  updateFile(key, { state: 'asking', survey: found });
  entry.listener.onAsk(key);
}

/** Sends all slices; false where the user stopped it on the way. */
async function send(key: number, entry: Entry, jobId: Awaited<ReturnType<typeof program.imports.begin>>['jobId']) {
  const startedAt = performance.now();
  for await (const { base64, end } of slicesOf(entry.file)) {
    if (entry.cancelled) return false;
    const { rows } = await program.imports.slice({ jobId, base64 });
    const seconds = (performance.now() - startedAt) / 1000;
    updateFile(key, { sent: end, rows, rowsPerSecond: seconds > 0 ? Math.round(rows / seconds) : 0 });
  }
  return !entry.cancelled;
}

async function read({ key, clientId, name, bytes, answer }: QueuedFile, entry: Entry): Promise<void> {
  const { profile, accountId } = answer;
  const { jobId } = await program.imports.begin({ clientId, fileName: name, bytes, profile, accountId });
  updateFile(key, { state: 'reading' });
  let complete = false;
  try {
    complete = await send(key, entry, jobId);
  } catch (error) {
    // The program ends an import by itself when a slice fails; a file that can no longer be read only this side knows of.
    if (!(error instanceof AppError)) await program.imports.cancel({ jobId });
    throw error;
  }
  if (!complete) {
    await program.imports.cancel({ jobId });
    updateFile(key, { state: 'cancelled' });
    return;
  }
  updateFile(key, { state: 'comparing' });
  const batch = await program.imports.finish({ jobId });
  updateFile(key, { state: 'staged' });
  entry.listener.onRead(batch.id);
}

/** A locked office leaves no file name and no batch behind in the window. */
function forgetWhenLocked(): void {
  stopFollowing ??= program.office.onStatusChanged((status) => {
    if (status.state === 'unlocked') return;
    for (const entry of entries.values()) entry.cancelled = true;
    entries.clear();
    publishFiles([]);
  });
}

async function step(file: QueuedFile, work: (file: QueuedFile, entry: Entry) => Promise<void>): Promise<void> {
  const entry = entries.get(file.key);
  if (!entry) return;
  try {
    await work(file, entry);
  } catch (error) {
    const wire = asWireError(error);
    const cancelled = entry.cancelled || wire.code === 'SYNC_CANCELLED';
    updateFile(file.key, cancelled ? { state: 'cancelled' } : { state: 'failed', error: wire });
  }
}

function stateOf(key: number): QueuedFile['state'] | undefined {
  return queuedFiles().find((file) => file.key === key)?.state;
}

/** Works off the files of one state, one after the other; called again while it runs, it does nothing. */
function worker(state: QueuedFile['state'], work: (file: QueuedFile) => Promise<void>): () => Promise<void> {
  let working = false;
  const next = (): QueuedFile | undefined => queuedFiles().find((file) => file.state === state);
  return async () => {
    if (working) return;
    working = true;
    for (let file = next(); file !== undefined && entries.has(file.key); file = next()) await work(file);
    working = false;
  };
}

const readAll = worker('waiting', async (file) => {
  await step(file, read);
  entries.delete(file.key);
});

const surveyAll = worker('surveying', async (file) => {
  await step(file, survey);
  if (stateOf(file.key) !== 'asking' && stateOf(file.key) !== 'waiting') entries.delete(file.key);
  void readAll();
});

/** A drop after the last one has come to its end begins a new count. */
function unfinished(): readonly QueuedFile[] {
  const files = queuedFiles();
  return files.every(({ state }) => state === 'staged') ? [] : files;
}

/** Puts files at the end of the queue. */
export function addFiles(clientId: ClientSummary['id'], files: readonly File[], listener: FileListener): void {
  const added = files.map((file): QueuedFile => {
    const key = nextKey++;
    entries.set(key, { file, listener, cancelled: false });
    const counters = { sent: 0, rows: 0, rowsPerSecond: 0, error: null };
    const { name, size: bytes } = file;
    return { key, clientId, name, bytes, state: 'surveying', survey: null, answer: NO_ANSWER, ...counters };
  });
  publishFiles([...unfinished(), ...added]);
  forgetWhenLocked();
  void surveyAll();
}

/** A person has said how a file is to be read. */
export function answerFile(key: number, answer: FileAnswer): void {
  updateFile(key, { state: 'waiting', answer });
  void readAll();
}

/** What a profile makes of the beginning of a file that waits. */
export async function previewFile(key: number, profile: StatementProfile): Promise<ProfilePreview> {
  const entry = entries.get(key);
  if (!entry) throw new TypeError('the file has left the queue');
  return await program.imports.preview({ base64: await headOf(entry.file), profile });
}

/** Stops a file before or while it is read. */
export function cancelFile(key: number): void {
  const entry = entries.get(key);
  if (entry) entry.cancelled = true;
  const state = stateOf(key);
  if (state !== 'surveying' && state !== 'asking' && state !== 'waiting') return;
  entries.delete(key);
  updateFile(key, { state: 'cancelled' });
}
