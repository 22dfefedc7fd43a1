// The vault's answers about what protects the office, and new keys for it.
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { Rotation, SecurityState } from '../../../shared/ipc/contract/security.ts';
import { Instant } from '../../../shared/model/instant.ts';
import { ANCHOR_MISSING_WARNING, anchorFacts } from './anchors/office-anchor.ts';
import { checkpointHolds } from './audit/checkpoints.ts';
import type { CallContext } from './call-context.ts';
import { officeIdentityOf } from './office-unlock.ts';
import { inTurn } from './permitted-turns.ts';
import { rotateKeys } from './rotation/rotate-keys.ts';
import type { VaultServices } from './services.ts';
import type { Turns } from './turns.ts';

type SecurityHandlers = Handlers<AppContract, CallContext, 'vault'>['security'];

/** Who can prove more than a password: an enrolled app, or a device in her slot. */
function usersOf({ office, session }: CallContext): SecurityState['users'] {
  const users = office.users.list();
  const { slots } = session.header();
  const devices = new Set(slots.filter(({ policy }) => policy.secondFactorKey).map(({ userId }) => userId));
  return {
    total: users.length,
    withSecondFactor: users.filter(({ id }) => devices.has(id) || office.factors.code(id) !== null).length,
    invited: users.filter(({ state }) => state === 'invited').length,
  };
}

/** What this computer was given to remember; null where the office was opened without anything to compare it with. */
function anchorStateOf({ session }: CallContext): SecurityState['anchor'] {
  return session.warnings.includes(ANCHOR_MISSING_WARNING) ? null : anchorFacts(session.waiting.anchor);
}

function auditState({ office }: CallContext): SecurityState['audit'] {
  const { audit, keyring } = office;
  const last = audit.lastCheckpoint();
  const signed = audit.checkpoints().every((checkpoint) => checkpointHolds(audit.chain, checkpoint));
  return {
    entries: audit.head().sequence,
    intact: signed && audit.check().brokenAt === null,
    checkpointKey: keyring.get().checkpointKey,
    lastCheckpointAt: last && Instant.parse(last.at),
  };
}

function clientKeysOf(context: CallContext): SecurityState['clientKeys'] {
  return context.clients().map(({ id, name, keyGeneration: generation, keySince: since }) => ({
    clientId: id,
    name,
    key: { generation, since },
  }));
}

type RecoveryState = Pick<SecurityState, 'recoveryProvenAt' | 'recoveryAsks' | 'recoverySuspectSince'>;

function recoveryOf({ office }: CallContext): RecoveryState {
  const { recoveryProvenAt, recoveryProof, recoverySuspectSince } = office.profile.get();
  return { recoveryProvenAt, recoveryAsks: recoveryProof && [...recoveryProof.positions], recoverySuspectSince };
}

function stateOf(services: VaultServices, context: CallContext): SecurityState {
  const { office, session } = context;
  const { kdf, policy } = session.ownSlot().slot;
  const [backup] = office.backups.list();
  const { officeKeyGeneration: generation, officeKeySince: since } = office.keyring.get();
  return {
    protection: officeIdentityOf(session.header()).protection,
    keyDerivation: { memoryMiB: Math.floor(kdf.memoryKiB / 1024), passes: kdf.passes, lanes: kdf.lanes },
    factors: { code: office.factors.code(session.userId) !== null, device: policy.secondFactorKey },
    users: usersOf(context),
    ...recoveryOf(context),
    lastBackup: backup ? { at: backup.createdAt, verifiedAt: backup.verifiedAt } : null,
    officeKey: { generation, since },
    clientKeys: clientKeysOf(context),
    anchor: anchorStateOf(context),
    audit: auditState(context),
    networkFolder: services.folders.isRemote(session.directory),
    coreDumps: services.coreDumps(),
    lockAfterMinutes: office.profile.get().lockAfterMinutes,
  };
}

export function createSecurityHandlers(services: VaultServices, turns: Turns): SecurityHandlers {
  return {
    state: (_input, context) => stateOf(services, context),
    rotate: inTurn(turns, 'keys.rotate', (rotation: Rotation, context) => rotateKeys(services, context, rotation)),
  };
}
