// The double's answers for what protects the office, new keys and the audit log.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AuditEntry, AuditFilter } from '../../../shared/ipc/contract/audit.ts';
import { recoveryKit } from './office-data.ts';
import { fakeHash, instantAgo } from './ids.ts';
import { factorsOf } from './people.ts';
import { change, KIT_DUE, makeKitDue, signedIn } from './session.ts';
import { mayOpen, type AppHandlers, type World } from './world.ts';

const CHECKPOINT_KEY = 'strongroom-audit:9fGk2vQ7mXw4TzLr0aHsYc8BnEuJd1PiKo6WtRqZxVM';

const ageOf = (world: World, id: string, days: number) => {
  const generation = world.generations.get(id) ?? 1;
  return { generation, since: instantAgo(generation === 1 ? days : 0) };
};

export const security: AppHandlers['security'] = {
  state: (_, world) => {
    const person = signedIn(world);
    const active = world.people.filter(({ state }) => state === 'active');
    const [newest] = world.backups;
    const { protection, recoveryProven, lockAfterMinutes } = world.status;
    return {
      protection: protection ?? 'keychain',
      keyDerivation: { memoryMiB: 256, passes: 3, lanes: 4 },
      factors: factorsOf(person),
      users: {
        total: active.length,
        withSecondFactor: active.filter(({ code, device }) => code !== null || device !== null).length,
        invited: world.people.filter(({ state }) => state === 'invited').length,
      },
      recoveryProvenAt: recoveryProven === true ? instantAgo(120) : null,
      recoveryAsks: recoveryProven === true ? null : (world.kit ?? recoveryKit('')).prove,
      recoverySuspectSince: world.status.warnings.includes(KIT_DUE) ? instantAgo(0) : null,
      lastBackup: newest ? { at: newest.createdAt, verifiedAt: newest.verifiedAt } : null,
      officeKey: ageOf(world, 'office', 180),
      clientKeys: world.clients.map(({ id, name }, index) => ({
        clientId: id,
        name,
        key: ageOf(world, id, 180 - index * 9),
      })),
      anchor: { sequence: 1240, at: instantAgo(0.02) },
      audit: {
        entries: world.audit.length,
        intact: true,
        checkpointKey: CHECKPOINT_KEY,
        lastCheckpointAt: instantAgo(0.02),
      },
      networkFolder: false,
      coreDumps: 'off',
      lockAfterMinutes,
      ...world.security,
    };
  },
  rotate: async ({ what, reason }, world) => {
    if (reason === 'compromise') {
      makeKitDue(world);
      await change(world, {});
    }
    const all = ['office', ...world.clients.map(({ id }) => id)];
    const ids = what.kind === 'all' ? all : [what.kind === 'office' ? 'office' : what.clientId];
    for (const id of ids) world.generations.set(id, (world.generations.get(id) ?? 1) + 1);
    return { databases: ids.length, bytes: ids.length * 4_030_464 };
  },
};

function passes(entry: AuditEntry, { userId, action, outcome, from, until }: AuditFilter): boolean {
  return (
    (userId === null || entry.userId === userId) &&
    (action === null || entry.action === action || entry.action.startsWith(`${action}.`)) &&
    (outcome === null || entry.outcome === outcome) &&
    (from === null || entry.at >= from) &&
    (until === null || entry.at < until)
  );
}

/** A client's chain is short: what was done with its batches. */
function chainOf(world: World, clientId: string | null): readonly AuditEntry[] {
  if (clientId === null) return world.audit;
  if (!mayOpen(world, clientId)) throw new AppError('CLIENT_NO_ACCESS');
  return world.audit.filter(({ action }) => action.startsWith('batches.'));
}

export const audit: AppHandlers['audit'] = {
  list: ({ clientId, filter, offset, limit }, world) => {
    const chain = chainOf(world, clientId);
    const entries = chain.filter((entry) => passes(entry, filter)).toReversed();
    const users = new Map(chain.flatMap(({ userId, user }) => (userId === null ? [] : [[userId, user] as const])));
    return {
      entries: entries.slice(offset, offset + limit),
      total: entries.length,
      intact: world.status.problem === null,
      users: [...users].map(([id, name]) => ({ id, name })),
      actions: [...new Set(chain.map(({ action }) => action))].toSorted(),
    };
  },
  export: ({ clientId, path }, world) => {
    if (world.exports.includes(path)) throw new AppError('BACKUP_DESTINATION_EXISTS');
    world.exports.push(path);
    const chain = chainOf(world, clientId);
    return { entries: chain.length, checkpointKey: CHECKPOINT_KEY, head: chain.at(-1)?.hash ?? fakeHash(0) };
  },
};
