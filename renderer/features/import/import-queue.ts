// The files on their way in, one after the other, whatever screen is open. It holds slices only while they are sent, and parses nothing.
import { useSyncExternalStore } from 'react';
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import type { ClientSummary } from '../../../shared/ipc/contract/clients.ts';
import { AppError, type WireError } from '../../../shared/errors/app-error.ts';
import { asWireError, client as program } from '../../api/client.ts';
import { slicesOf } from './slices.ts';

export interface QueuedFile {
  readonly key: number;
  readonly clientId: ClientSummary['id'];
  readonly name: string;
  readonly bytes: number;
  readonly state: 'waiting' | 'reading' | 'comparing' | 'failed' | 'cancelled';
  readonly sent: number;
  readonly rows: number;
  readonly rowsPerSecond: number;
  readonly error: WireError | null;
}

type OnRead = (batchId: BatchSummary['id']) => void;

interface Entry {
  readonly file: File;
  readonly onRead: OnRead;
  cancelled: boolean;
}

let queue: readonly QueuedFile[] = [];
let nextKey = 1;
let working = false;
let stopFollowing: (() => void) | undefined;
const entries = new Map<number, Entry>();
const listeners = new Set<() => void>();

function publish(next: readonly QueuedFile[]): void {
  queue = next;
  for (const listener of listeners) listener();
}

function update(key: number, change: Partial<QueuedFile>): void {
  publish(queue.map((file) => (file.key === key ? { ...file, ...change } : file)));
}

/** Sends all slices; false where the user stopped it on the way. */
async function send(key: number, entry: Entry, jobId: Awaited<ReturnType<typeof program.imports.begin>>['jobId']) {
  const startedAt = performance.now();
  for await (const { base64, end } of slicesOf(entry.file)) {
    if (entry.cancelled) return false;
    const { rows } = await program.imports.slice({ jobId, base64 });
    const seconds = (performance.now() - startedAt) / 1000;
    update(key, { sent: end, rows, rowsPerSecond: seconds > 0 ? Math.round(rows / seconds) : 0 });
  }
  return !entry.cancelled;
}

async function read({ key, clientId, name, bytes }: QueuedFile, entry: Entry): Promise<void> {
  const { jobId } = await program.imports.begin({ clientId, fileName: name, bytes });
  update(key, { state: 'reading' });
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
    update(key, { state: 'cancelled' });
    return;
  }
  update(key, { state: 'comparing' });
  const batch = await program.imports.finish({ jobId });
  dismissFile(key);
  entry.onRead(batch.id);
}

/** A locked office leaves no file name and no batch behind in the window. */
function forgetWhenLocked(): void {
  stopFollowing ??= program.office.onStatusChanged((status) => {
    if (status.state === 'unlocked') return;
    for (const entry of entries.values()) entry.cancelled = true;
    entries.clear();
    publish([]);
  });
}

async function work(): Promise<void> {
  if (working) return;
  working = true;
  for (let next = firstWaiting(); next !== undefined; next = firstWaiting()) {
    const { key } = next;
    const entry = entries.get(key);
    if (!entry) break;
    try {
      await read(next, entry);
    } catch (error) {
      const wire = asWireError(error);
      const cancelled = entry.cancelled || wire.code === 'SYNC_CANCELLED';
      update(key, cancelled ? { state: 'cancelled' } : { state: 'failed', error: wire });
    }
    entries.delete(key);
  }
  working = false;
}

function firstWaiting(): QueuedFile | undefined {
  return queue.find(({ state }) => state === 'waiting');
}

/** Puts files at the end of the queue and starts reading; a file that has become a staged batch leaves the queue. */
export function addFiles(clientId: ClientSummary['id'], files: readonly File[], onRead: OnRead): void {
  const added = files.map((file): QueuedFile => {
    const key = nextKey++;
    entries.set(key, { file, onRead, cancelled: false });
    const counters = { sent: 0, rows: 0, rowsPerSecond: 0, error: null };
    return { key, clientId, name: file.name, bytes: file.size, state: 'waiting', ...counters };
  });
  publish([...queue, ...added]);
  forgetWhenLocked();
  void work();
}

/** Stops a file before or while it is read. */
export function cancelFile(key: number): void {
  const entry = entries.get(key);
  if (entry) entry.cancelled = true;
  if (queue.some((file) => file.key === key && file.state === 'waiting')) update(key, { state: 'cancelled' });
}

/** Takes a file off the list. */
export function dismissFile(key: number): void {
  publish(queue.filter((file) => file.key !== key));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The queue of one client. */
export function useImportQueue(clientId: ClientSummary['id']): readonly QueuedFile[] {
  const files = useSyncExternalStore(subscribe, () => queue);
  return files.filter((file) => file.clientId === clientId);
}
