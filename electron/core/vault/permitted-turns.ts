// Work on keys and on whole databases, one piece after the other, each for somebody who may still ask for it when her turn comes.
import type { Permission } from '../../../shared/model/roles.ts';
import { assertPermitted, type CallContext } from './call-context.ts';
import type { Turns } from './turns.ts';

/** A handler that waits for its turn. @throws {AppError} SESSION_FORBIDDEN where the permission was taken away meanwhile, SESSION_LOCKED */
export function inTurn<I, O>(
  turns: Turns,
  permission: Permission,
  work: (input: I, context: CallContext) => O | Promise<O>,
): (input: I, context: CallContext) => Promise<O> {
  return (input, context) =>
    turns(async () => {
      const { channel } = context;
      // A proof that was fresh when she asked is good enough.
      assertPermitted(context, { channel, permission, stepUp: false, window: null });
      return await work(input, context);
    });
}
