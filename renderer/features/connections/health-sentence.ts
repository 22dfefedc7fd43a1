// A connection's health in one line: what is the matter and whose move it is. The state itself was decided by the vault.
import type { ConnectionView } from '../../../shared/ipc/contract/connections.ts';
import { connectionsText as text } from '../../text/connections.ts';
import { wordError } from '../../text/errors.ts';

export function healthSentence({ stage, health }: ConnectionView): string {
  const { cause, causeParams, whoseMove } = health;
  if (stage !== 'ready') return text.stages[stage];
  if (cause === null) return whoseMove === 'nobody' ? text.noCause[health.state] : text.moves[whoseMove];
  const { title } = wordError({ code: cause, params: causeParams });
  return `${title}. ${text.moves[whoseMove]}.`;
}
