// What a host sees of the program: one way in, one way out, lock and close. It says nothing about windows.
import type { WireReply } from '../../../shared/ipc/call.ts';
import type { LockReason } from '../../../shared/ipc/contract/office.ts';
import { RENDERER_ORIGIN } from '../../../shared/ipc/bridge.ts';

/** Who sent a request, as the host itself saw it; nothing in it comes from the page. */
export type AppSender =
  { readonly kind: 'window'; readonly origin: string; readonly mainFrame: boolean } | { readonly kind: 'command-line' };

/** The program behind every host. */
export interface App {
  /** Answers one request, a WireRequest as JSON text without a session. Never throws. */
  dispatch(sender: AppSender, request: string): Promise<WireReply>;
  /** Hears every event of THE contract; returns the way to stop. */
  onEvent(listener: (channel: string, payload: unknown) => void): () => void;
  /** Tells that a person used the window: postpones the lock by idleness. */
  activity(): void;
  /** Locks the office: kills the vault and connector processes and tells every window. Does nothing where it is locked already. */
  lock(reason: LockReason): Promise<void>;
  /** Locks without telling anyone, ends the practice bank and every process. Idempotent. */
  close(): Promise<void>;
}

/** Only the main frame of the one origin that the host serves itself, or the command line. */
export function acceptsSender(sender: AppSender): boolean {
  return sender.kind === 'command-line' || (sender.mainFrame && sender.origin === RENDERER_ORIGIN);
}
