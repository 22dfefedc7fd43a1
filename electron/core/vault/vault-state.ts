// The state of one vault process and the parts of its dispatcher that need it: authorisation, audit check, and the office's own handlers.
import type { AuthoriseRequest } from '../../../shared/ipc/dispatch.ts';
import { createAuditHandlers } from './audit-handlers.ts';
import { createBackupHandlers } from './backup-handlers.ts';
import { authoriseIn, type CallContext, type SessionHolder } from './call-context.ts';
import { createClientHandlers } from './clients-handlers.ts';
import { createFactorHandlers } from './factor-handlers.ts';
import { createDoorHandlers, createOfficeHandlers } from './office-handlers.ts';
import { inTurn } from './permitted-turns.ts';
import { createSecurityHandlers } from './security-handlers.ts';
import type { VaultServices } from './services.ts';
import { createTurns, type Turns } from './turns.ts';
import { createUserHandlers } from './users/user-handlers.ts';

export interface VaultState {
  readonly authorise: (request: AuthoriseRequest) => CallContext;
  /** @throws {TypeError} for a call that must leave an audit entry and didn't: a bug */
  readonly assertAudited: (channel: string, context: CallContext) => void;
  readonly handlers: ReturnType<typeof createHandlers>;
}

/** What writes the own slot. */
function factorsInTurn(services: VaultServices, turns: Turns): ReturnType<typeof createFactorHandlers> {
  const factors = createFactorHandlers(services);
  const { confirmCode, removeCode } = factors;
  return {
    ...factors,
    confirmCode: inTurn(turns, 'signed-in', confirmCode),
    removeCode: inTurn(turns, 'signed-in', removeCode),
  };
}

function createHandlers(services: VaultServices, holder: SessionHolder) {
  // Whatever seals keys to people, replaces keys or copies whole databases starts from what the one before has left.
  const turns = createTurns();
  return {
    ...createOfficeHandlers(services, turns),
    ...createDoorHandlers(services, holder, turns),
    users: createUserHandlers(services, turns),
    factors: factorsInTurn(services, turns),
    security: createSecurityHandlers(services, turns),
    clients: createClientHandlers(services, turns),
    backups: createBackupHandlers(services, turns),
    audit: createAuditHandlers(services),
  };
}

/** A vault with no office open. */
export function createVaultState(services: VaultServices): VaultState {
  const holder: SessionHolder = { current: null };
  return {
    authorise: authoriseIn(services, holder),
    assertAudited: (channel, context) => {
      if (!context.isAudited()) throw new TypeError(`${channel} left no audit entry`);
    },
    handlers: createHandlers(services, holder),
  };
}
