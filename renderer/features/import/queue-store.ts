// The files on their way in, as the window shows them. It reads none and asks nothing of the program.
import { useSyncExternalStore } from 'react';
import type { WireError } from '../../../shared/errors/app-error.ts';
import type { ClientSummary } from '../../../shared/ipc/contract/clients.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { StatementProfile } from '../../../shared/model/statement-profile.ts';
import type { StatementSurvey } from '../../../shared/model/statement-survey.ts';

/** What a person, or a profile she saved, says about a file that does not say it itself. */
export interface FileAnswer {
  readonly profile: StatementProfile | null;
  readonly profileName: string | null;
  /** Where statements go that name no account. */
  readonly accountId: AccountId | null;
}

export interface QueuedFile {
  readonly key: number;
  readonly clientId: ClientSummary['id'];
  readonly name: string;
  readonly bytes: number;
  /** `asking`: a person must say how it is to be read. `waiting`: all is known, other files come first. `staged`: it is a batch now. */
  readonly state: 'surveying' | 'asking' | 'waiting' | 'reading' | 'comparing' | 'staged' | 'failed' | 'cancelled';
  readonly survey: StatementSurvey | null;
  readonly answer: FileAnswer;
  readonly sent: number;
  readonly rows: number;
  readonly rowsPerSecond: number;
  readonly error: WireError | null;
}

export const NO_ANSWER: FileAnswer = { profile: null, profileName: null, accountId: null };

let queue: readonly QueuedFile[] = [];
const listeners = new Set<() => void>();

export function queuedFiles(): readonly QueuedFile[] {
  return queue;
}

export function publishFiles(next: readonly QueuedFile[]): void {
  queue = next;
  for (const listener of listeners) listener();
}

export function updateFile(key: number, change: Partial<QueuedFile>): void {
  publishFiles(queue.map((file) => (file.key === key ? { ...file, ...change } : file)));
}

/** Takes a file off the list. */
export function dismissFile(key: number): void {
  publishFiles(queue.filter((file) => file.key !== key));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const ENDED: readonly QueuedFile['state'][] = ['staged', 'failed', 'cancelled'];

/** How the files of a queue stand, in numbers. */
export function tallyOf(files: readonly QueuedFile[]): { ok: number; needYou: number; underWay: number } {
  const count = (...states: readonly QueuedFile['state'][]): number =>
    files.filter(({ state }) => states.includes(state)).length;
  const [ok, needYou] = [count('staged'), count('asking', 'failed')];
  return { ok, needYou, underWay: files.length - ok - needYou - count('cancelled') };
}

/** Takes what has ended off one client's list. */
export function dismissEnded(clientId: ClientSummary['id']): void {
  publishFiles(queue.filter((file) => file.clientId !== clientId || !ENDED.includes(file.state)));
}

/** The queue of one client. */
export function useImportQueue(clientId: ClientSummary['id']): readonly QueuedFile[] {
  return useSyncExternalStore(subscribe, queuedFiles).filter((file) => file.clientId === clientId);
}
