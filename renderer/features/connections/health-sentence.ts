// A connection's health in one line: what is the matter and whose move it is. The state itself was decided by the vault.
import type { ConnectionView } from '../../../shared/ipc/contract/connections.ts';
import { connectionsText as text } from '../../text/connections.ts';
import { wordError } from '../../../shared/errors/texts.ts';

export function healthSentence({ stage, health }: ConnectionView): string {
  const { cause, causeParams, whoseMove } = health;
  if (stage !== 'ready') return text.stages[stage];
  const move = whoseMove === 'nobody' ? '' : `${text.moves[whoseMove]}.`;
  if (cause === null) return `${text.noCause[health.state]} ${move}`.trim();
  const { title } = wordError({ code: cause, params: causeParams });
  return `${title}. ${move}`.trim();
}
