// The wizard's steps in order, and where a connection that exists already goes on.
import type { ConnectionView } from '../../../../shared/ipc/contract/connections.ts';

export const STEPS = ['type', 'institution', 'identity', 'permissions', 'signIn', 'accounts', 'result'] as const;
export type StepName = (typeof STEPS)[number];

export function firstStep(resume: ConnectionView | null): StepName {
  if (resume === null) return 'type';
  return resume.stage === 'created' ? 'signIn' : 'accounts';
}
