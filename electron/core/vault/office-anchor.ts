// Opens an office against what is remembered of it outside its folder, and says what to remember next.
import type { AuditPayload } from '../ports/audit-log.ts';
import type { VaultServices } from './services.ts';
import type { OfficeSession, UnlockedOffice } from './session.ts';
import { openLocked } from './sign-in.ts';

export interface AnchoredOpening {
  readonly session: OfficeSession;
  /** For the sign-in's audit entry. */
  readonly facts: AuditPayload;
}

export async function openAnchored(
  services: VaultServices,
  input: { readonly directory: string; readonly anchor: string | null; readonly acceptOlderState: boolean },
  unlock: () => Promise<UnlockedOffice>,
): Promise<AnchoredOpening> {
  const session = await openLocked(services, { directory: input.directory, unlock });
  return { session, facts: {} };
}

export function anchorOf(_services: VaultServices, session: OfficeSession): string {
  return JSON.stringify(session.office.store.audit.head());
}

export function closeAnchored(services: VaultServices, session: OfficeSession): string {
  const anchor = anchorOf(services, session);
  session.close();
  return anchor;
}
