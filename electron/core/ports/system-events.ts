// What the operating system tells about the person at the computer. A host brings what its system has.
import type { LockReason } from '../../../shared/ipc/contract/office.ts';

export type SystemEvent = Extract<LockReason, 'screen-lock' | 'suspend' | 'user-switch'>;

export interface SystemEvents {
  /** Which of the events this system and host can tell; the others are covered by the lock on idleness alone. */
  readonly covers: readonly SystemEvent[];
  /** Hears them until the returned function is called. */
  watch(listener: (event: SystemEvent) => void): () => void;
}
