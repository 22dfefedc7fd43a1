// What a host sees of the program: one way in, one way out, lock and close. It says nothing about windows.
import type { WireReply } from '../../../shared/ipc/call.ts';
import type { LockReason } from '../../../shared/ipc/contract/office.ts';
import { RENDERER_ORIGIN } from '../../../shared/ipc/bridge.ts';

/**
 * Who sent a request, as the host itself saw it; nothing in it comes from the page. `id` names one window from its opening to its
 * closing or reload, at most 100 characters: a fresh proof holds for one.
 */
export type AppSender =
  | { readonly kind: 'window'; readonly id: string; readonly origin: string; readonly mainFrame: boolean }
  | { readonly kind: 'command-line' };

/** The window of everything the command line sends. */
export const COMMAND_LINE_WINDOW = 'command-line';

/** The program behind every host. */
export interface App {
  /** Answers one request, a WireRequest as JSON text with neither session nor window. Never throws. */
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

/** What fresh proofs of a sender are kept under. */
export function windowOf(sender: AppSender): string {
  return sender.kind === 'command-line' ? COMMAND_LINE_WINDOW : sender.id;
}
