// A supervised child process behind one interface: utilityProcess under Electron, child_process under Node.
import type { ClientTransport } from '../../../shared/ipc/client.ts';

export type ProcessName = 'vault' | 'connector';

/** Why a process is no longer there. `killed` was asked for; `crashed` was not. */
export interface ProcessExit {
  readonly reason: 'killed' | 'crashed';
  readonly code: number | null;
  readonly signal: string | null;
}

/** One running child. Requests and replies are single JSON strings; secrets travel in them, so nothing logs them. */
export interface ProcessPort {
  readonly name: ProcessName;
  readonly pid: number;
  post(message: string): void;
  onMessage(listener: (message: string) => void): () => void;
  onExit(listener: (exit: ProcessExit) => void): () => void;
  /** Ends the process at once, without its cooperation (SIGKILL or TerminateProcess): the wipe of its memory. */
  kill(): void;
}

/** Starts a child by its name. A host implements it. */
export type SpawnProcess = (name: ProcessName) => ProcessPort;

/** A transport whose calls carry the session token, for the host's clients of its own processes. */
export interface ProcessTransport extends ClientTransport {
  /** `window` is where a person asked from; absent or null for the host's own calls. */
  call(channel: string, input: unknown, window?: string | null): Promise<unknown>;
  setSession(session: string | null): void;
}
