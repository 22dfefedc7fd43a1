// Compares a chain with what is remembered of it. It opens nothing.
import type { AuditLog } from '../../ports/audit-log.ts';

/** What is remembered of a chain: its head at some time. */
export interface RememberedHead {
  readonly sequence: number;
  readonly head: string;
}

/** True where the remembered entry is in the chain: it may have grown since, never shrunk or changed. */
export function continues(audit: Pick<AuditLog, 'head' | 'records'>, { sequence, head }: RememberedHead): boolean {
  if (sequence === 0) return true;
  if (sequence > audit.head().sequence) return false;
  const [record] = audit.records({ after: sequence - 1, limit: 1 });
  return record?.sequence === sequence && record.hash === head;
}

/** True where nobody has worked in the database since: the remembered entry is its last. */
export function endsAt(audit: Pick<AuditLog, 'head'>, { sequence, head }: RememberedHead): boolean {
  const now = audit.head();
  return now.sequence === sequence && now.hash === head;
}
